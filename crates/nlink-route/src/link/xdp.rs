//! XDP programs on a link (`IFLA_XDP`, linux/if_link.h; `ifla_xdp_policy` in net/core/rtnetlink.c).

use nlink_core::wire::UnknownAttrs;
use nlink_uapi::if_link::{
    IFLA_XDP_ATTACHED, IFLA_XDP_DRV_PROG_ID, IFLA_XDP_EXPECTED_FD, IFLA_XDP_FD, IFLA_XDP_FLAGS, IFLA_XDP_HW_PROG_ID,
    IFLA_XDP_PROG_ID, IFLA_XDP_SKB_PROG_ID, XDP_ATTACHED_DRV, XDP_ATTACHED_HW, XDP_ATTACHED_MULTI, XDP_ATTACHED_NONE,
    XDP_ATTACHED_SKB,
};

nlink_core::open_enum! {
    /// Where programs run (`XDP_ATTACHED_…`); names as `ip` prints before the program's id.
    pub struct XdpMode(u8) {
        /// None is attached.
        NONE = XDP_ATTACHED_NONE, "none";
        /// In the driver.
        DRIVER = XDP_ATTACHED_DRV, "xdp";
        /// In the stack, whatever the driver.
        GENERIC = XDP_ATTACHED_SKB, "xdpgeneric";
        /// In the hardware.
        HARDWARE = XDP_ATTACHED_HW, "xdpoffload";
        /// More than one of them.
        MULTI = XDP_ATTACHED_MULTI, "xdpmulti";
    }
}

/// XDP programs of a link.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq, Eq)]
pub struct Xdp {
    /// To be attached: the program's file descriptor, -1 to detach.
    #[attr(IFLA_XDP_FD)]
    pub fd: Option<i32>,
    /// Where programs run.
    #[attr(IFLA_XDP_ATTACHED)]
    pub mode: Option<XdpMode>,
    /// How to attach (`XDP_FLAGS_…`).
    #[attr(IFLA_XDP_FLAGS)]
    pub flags: Option<u32>,
    /// The program's id, where there is one only.
    #[attr(IFLA_XDP_PROG_ID)]
    pub program: Option<u32>,
    /// The program in the driver.
    #[attr(IFLA_XDP_DRV_PROG_ID)]
    pub driver_program: Option<u32>,
    /// The program in the stack.
    #[attr(IFLA_XDP_SKB_PROG_ID)]
    pub generic_program: Option<u32>,
    /// The program in the hardware.
    #[attr(IFLA_XDP_HW_PROG_ID)]
    pub hardware_program: Option<u32>,
    /// Attach only if this one is attached now; Linux 5.7.
    #[attr(IFLA_XDP_EXPECTED_FD)]
    pub expected_fd: Option<i32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}
