//! How much a multicast route has forwarded (`RTA_MFC_STATS`, linux/rtnetlink.h).

use nlink_uapi::rtnetlink::rta_mfc_stats;

nlink_core::fixed_struct! {
    /// Counters of a multicast route (`struct rta_mfc_stats`).
    #[derive(Default)]
    pub struct MfcStats = rta_mfc_stats {
        /// Packets forwarded.
        pub packets: u64 = mfcs_packets,
        /// Bytes forwarded.
        pub bytes: u64 = mfcs_bytes,
        /// Packets that came in by the wrong interface.
        pub wrong_interface: u64 = mfcs_wrong_if,
    }
}

nlink_core::fixed!(MfcStats);
