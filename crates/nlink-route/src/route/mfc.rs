//! How much a multicast route has forwarded (`RTA_MFC_STATS`, linux/rtnetlink.h).

use nlink_uapi::rtnetlink::rta_mfc_stats;

/// Counters of a multicast route (`struct rta_mfc_stats`).
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    zerocopy::FromBytes,
    zerocopy::IntoBytes,
    zerocopy::KnownLayout,
    zerocopy::Immutable,
)]
#[repr(C)]
pub struct MfcStats {
    /// Packets forwarded.
    pub packets: u64,
    /// Bytes forwarded.
    pub bytes: u64,
    /// Packets that came in by the wrong interface.
    pub wrong_interface: u64,
}

nlink_uapi::same_layout!(MfcStats = rta_mfc_stats {
    packets = mfcs_packets,
    bytes = mfcs_bytes,
    wrong_interface = mfcs_wrong_if,
});

nlink_core::fixed!(MfcStats);
