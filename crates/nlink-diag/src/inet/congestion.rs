//! What congestion control says of a connection, and memory in its older form (linux/inet_diag.h).

use nlink_uapi::inet_diag as uapi;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// Memory of a socket in four numbers, bytes (`struct inet_diag_meminfo`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct MemoryInfo {
    /// Received and not read.
    pub received: u32,
    /// Queued to be sent.
    pub queued: u32,
    /// Set aside for what comes next.
    pub forward: u32,
    /// Handed to the network.
    pub sent: u32,
}

nlink_uapi::same_layout!(MemoryInfo = uapi::inet_diag_meminfo {
    received = idiag_rmem,
    queued = idiag_wmem,
    forward = idiag_fmem,
    sent = idiag_tmem,
});

/// Vegas, and others that measure as it does (`struct tcpvegas_info`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct VegasInfo {
    /// Whether it is at work, 0 or 1.
    pub enabled: u32,
    /// Round trips measured in this one.
    pub round_trips: u32,
    /// The round trip, microseconds; `0x7fffffff` where it is not known.
    pub rtt: u32,
    /// The shortest round trip, microseconds.
    pub min_rtt: u32,
}

nlink_uapi::same_layout!(VegasInfo = uapi::tcpvegas_info {
    enabled = tcpv_enabled,
    round_trips = tcpv_rttcnt,
    rtt = tcpv_rtt,
    min_rtt = tcpv_minrtt,
});

/// DCTCP (`struct tcp_dctcp_info`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct DctcpInfo {
    /// Whether it is at work, 0 or 1.
    pub enabled: u16,
    /// Whether the last packet was marked.
    pub ce_state: u16,
    /// The share of marked packets, in 1024ths.
    pub alpha: u32,
    /// Bytes acknowledged that were marked.
    pub marked_bytes: u32,
    /// Bytes acknowledged.
    pub bytes: u32,
}

nlink_uapi::same_layout!(DctcpInfo = uapi::tcp_dctcp_info {
    enabled = dctcp_enabled,
    ce_state = dctcp_ce_state,
    alpha = dctcp_alpha,
    marked_bytes = dctcp_ab_ecn,
    bytes = dctcp_ab_tot,
});

/// BBR (`struct tcp_bbr_info`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct BbrInfo {
    /// The low half of the bandwidth, see [`bandwidth`](BbrInfo::bandwidth).
    pub bandwidth_low: u32,
    /// The high half.
    pub bandwidth_high: u32,
    /// The shortest round trip, microseconds.
    pub min_rtt: u32,
    /// The gain of pacing, in 256ths.
    pub pacing_gain: u32,
    /// The gain of the window, in 256ths.
    pub cwnd_gain: u32,
}

nlink_uapi::same_layout!(BbrInfo = uapi::tcp_bbr_info {
    bandwidth_low = bbr_bw_lo,
    bandwidth_high = bbr_bw_hi,
    min_rtt = bbr_min_rtt,
    pacing_gain = bbr_pacing_gain,
    cwnd_gain = bbr_cwnd_gain,
});

impl BbrInfo {
    /// The estimated bandwidth, bytes a second.
    pub fn bandwidth(&self) -> u64 {
        u64::from(self.bandwidth_high) << 32 | u64::from(self.bandwidth_low)
    }
}

nlink_core::fixed!(MemoryInfo, VegasInfo, DctcpInfo, BbrInfo);
