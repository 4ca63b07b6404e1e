//! What congestion control says of a connection, and memory in its older form (linux/inet_diag.h).

use nlink_uapi::inet_diag as uapi;

nlink_core::fixed_struct! {
    /// Memory of a socket in four numbers, bytes (`struct inet_diag_meminfo`).
    #[derive(Default)]
    pub struct MemoryInfo = uapi::inet_diag_meminfo {
        /// Received and not read.
        pub received: u32 = idiag_rmem,
        /// Queued to be sent.
        pub queued: u32 = idiag_wmem,
        /// Set aside for what comes next.
        pub forward: u32 = idiag_fmem,
        /// Handed to the network.
        pub sent: u32 = idiag_tmem,
    }
}

nlink_core::fixed_struct! {
    /// Vegas, and others that measure as it does (`struct tcpvegas_info`).
    #[derive(Default)]
    pub struct VegasInfo = uapi::tcpvegas_info {
        /// Whether it is at work, 0 or 1.
        pub enabled: u32 = tcpv_enabled,
        /// Round trips measured in this one.
        pub round_trips: u32 = tcpv_rttcnt,
        /// The round trip, microseconds; `0x7fffffff` where it is not known.
        pub rtt: u32 = tcpv_rtt,
        /// The shortest round trip, microseconds.
        pub min_rtt: u32 = tcpv_minrtt,
    }
}

nlink_core::fixed_struct! {
    /// DCTCP (`struct tcp_dctcp_info`).
    #[derive(Default)]
    pub struct DctcpInfo = uapi::tcp_dctcp_info {
        /// Whether it is at work, 0 or 1.
        pub enabled: u16 = dctcp_enabled,
        /// Whether the last packet was marked.
        pub ce_state: u16 = dctcp_ce_state,
        /// The share of marked packets, in 1024ths.
        pub alpha: u32 = dctcp_alpha,
        /// Bytes acknowledged that were marked.
        pub marked_bytes: u32 = dctcp_ab_ecn,
        /// Bytes acknowledged.
        pub bytes: u32 = dctcp_ab_tot,
    }
}

nlink_core::fixed_struct! {
    /// BBR (`struct tcp_bbr_info`).
    #[derive(Default)]
    pub struct BbrInfo = uapi::tcp_bbr_info {
        /// The low half of the bandwidth, see [`bandwidth`](BbrInfo::bandwidth).
        pub bandwidth_low: u32 = bbr_bw_lo,
        /// The high half.
        pub bandwidth_high: u32 = bbr_bw_hi,
        /// The shortest round trip, microseconds.
        pub min_rtt: u32 = bbr_min_rtt,
        /// The gain of pacing, in 256ths.
        pub pacing_gain: u32 = bbr_pacing_gain,
        /// The gain of the window, in 256ths.
        pub cwnd_gain: u32 = bbr_cwnd_gain,
    }
}

impl BbrInfo {
    /// The estimated bandwidth, bytes a second.
    pub fn bandwidth(&self) -> u64 {
        u64::from(self.bandwidth_high) << 32 | u64::from(self.bandwidth_low)
    }
}

nlink_core::fixed!(MemoryInfo, VegasInfo, DctcpInfo, BbrInfo);
