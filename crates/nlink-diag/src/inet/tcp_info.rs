//! The state of a TCP connection (`struct tcp_info`, linux/tcp.h): a struct that grows with every few kernels.

use std::mem::offset_of;
use std::time::Duration;

use nlink_core::Interface;
use nlink_core::wire::{Attr, Codec, Form, Plain, Shape, Tailed, WireError, Writer};
use nlink_uapi::tcp::*;

nlink_core::flag_set! {
    /// What was agreed on (`TCPI_OPT_…`, linux/tcp.h).
    pub struct TcpOptions(u8) {
        /// Timestamps.
        TIMESTAMPS = TCPI_OPT_TIMESTAMPS, "ts";
        /// Timestamps in microseconds (Linux 6.7).
        USEC_TS = TCPI_OPT_USEC_TS, "usec_ts";
        /// Selective acknowledgements.
        SACK = TCPI_OPT_SACK, "sack";
        /// Explicit congestion notification.
        ECN = TCPI_OPT_ECN, "ecn";
        /// At least one packet with it was received.
        ECN_SEEN = TCPI_OPT_ECN_SEEN, "ecnseen";
        /// Data in the SYN was acknowledged.
        SYN_DATA = TCPI_OPT_SYN_DATA, "fastopen";
        /// Window scaling.
        WSCALE = TCPI_OPT_WSCALE, "wscale";
        /// Accepted by fast open (Linux 6.17).
        TFO_CHILD = TCPI_OPT_TFO_CHILD, "tfo_child";
    }
}

/// The state of a TCP connection, in whole.
///
/// Every value is an `Option`: there is none where the connection's state was not asked for, and none where the running
/// kernel does not know the value yet. Zero is zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TcpInfo(Option<Box<Tailed<tcp_info>>>);

impl From<Tailed<tcp_info>> for TcpInfo {
    fn from(info: Tailed<tcp_info>) -> Self {
        Self(Some(Box::new(info)))
    }
}

fn millis(value: u32) -> Duration {
    Duration::from_millis(value.into())
}

fn micros(value: impl Into<u64>) -> Duration {
    Duration::from_micros(value.into())
}

macro_rules! values {
    ($($(#[$doc:meta])* $name:ident = $field:ident: $ty:ty $(, $with:expr)?;)*) => {
        impl TcpInfo {
            $(
                $(#[$doc])*
                pub fn $name(&self) -> Option<$ty> {
                    let value = self.known(offset_of!(tcp_info, $field))?.$field;
                    $(let value = $with(value);)?
                    Some(value)
                }
            )*
        }
    };
}

values! {
    /// How congestion control sees it (`TCP_CA_…`).
    congestion_state = tcpi_ca_state: u8;
    /// Retransmissions of the packet at hand.
    retransmits = tcpi_retransmits: u8;
    /// Probes without an answer.
    probes = tcpi_probes: u8;
    /// How often the timeout was doubled.
    backoff = tcpi_backoff: u8;
    /// What was agreed on.
    options = tcpi_options: TcpOptions, TcpOptions;
    /// The retransmission timeout.
    rto = tcpi_rto: Duration, micros;
    /// The delay of acknowledgements.
    ato = tcpi_ato: Duration, micros;
    /// The largest segment that is sent, bytes.
    send_mss = tcpi_snd_mss: u32;
    /// The largest segment that was received, bytes.
    receive_mss = tcpi_rcv_mss: u32;
    /// Segments sent and not acknowledged; of a listening socket, connections not accepted.
    unacked = tcpi_unacked: u32;
    /// Segments acknowledged selectively; of a listening socket, how many connections may wait.
    sacked = tcpi_sacked: u32;
    /// Segments thought lost.
    lost = tcpi_lost: u32;
    /// Segments retransmitted and not acknowledged.
    retransmitted = tcpi_retrans: u32;
    /// Segments acknowledged up to the highest selective one; 0 on kernels of today.
    fackets = tcpi_fackets: u32;
    /// Since data was sent.
    last_data_sent = tcpi_last_data_sent: Duration, millis;
    /// Since data was received.
    last_data_received = tcpi_last_data_recv: Duration, millis;
    /// Since an acknowledgement was received.
    last_ack_received = tcpi_last_ack_recv: Duration, millis;
    /// The path's MTU, bytes.
    path_mtu = tcpi_pmtu: u32;
    /// The receive window's threshold, bytes.
    receive_threshold = tcpi_rcv_ssthresh: u32;
    /// The smoothed round trip.
    rtt = tcpi_rtt: Duration, micros;
    /// How much it varies.
    rtt_variance = tcpi_rttvar: Duration, micros;
    /// The slow start threshold, segments.
    send_threshold = tcpi_snd_ssthresh: u32;
    /// The congestion window, segments.
    congestion_window = tcpi_snd_cwnd: u32;
    /// The largest segment that was announced, bytes.
    advertised_mss = tcpi_advmss: u32;
    /// How far segments come out of order.
    reordering = tcpi_reordering: u32;
    /// The round trip as the receiver measures it.
    receive_rtt = tcpi_rcv_rtt: Duration, micros;
    /// The receive buffer that is tuned for, bytes.
    receive_space = tcpi_rcv_space: u32;
    /// Segments retransmitted, ever.
    total_retransmitted = tcpi_total_retrans: u32;
    /// The rate of pacing, bytes a second; `u64::MAX` is none (Linux 3.15).
    pacing_rate = tcpi_pacing_rate: u64;
    /// Its bound, bytes a second; `u64::MAX` is none.
    max_pacing_rate = tcpi_max_pacing_rate: u64;
    /// Bytes acknowledged (Linux 4.1).
    bytes_acked = tcpi_bytes_acked: u64;
    /// Bytes received (Linux 4.1).
    bytes_received = tcpi_bytes_received: u64;
    /// Segments sent (Linux 4.2).
    segments_sent = tcpi_segs_out: u32;
    /// Segments received (Linux 4.2).
    segments_received = tcpi_segs_in: u32;
    /// Bytes not sent yet (Linux 4.6).
    not_sent = tcpi_notsent_bytes: u32;
    /// The shortest round trip; `u32::MAX` microseconds where none was measured (Linux 4.6).
    min_rtt = tcpi_min_rtt: Duration, micros;
    /// Segments received with data (Linux 4.6).
    data_segments_received = tcpi_data_segs_in: u32;
    /// Segments sent with data (Linux 4.6).
    data_segments_sent = tcpi_data_segs_out: u32;
    /// The rate of delivery, bytes a second (Linux 4.9).
    delivery_rate = tcpi_delivery_rate: u64;
    /// How long there was something to send (Linux 4.10).
    busy = tcpi_busy_time: Duration, micros;
    /// How long the other side's window held it up (Linux 4.10).
    receive_window_limited = tcpi_rwnd_limited: Duration, micros;
    /// How long the send buffer held it up (Linux 4.10).
    send_buffer_limited = tcpi_sndbuf_limited: Duration, micros;
    /// Segments delivered (Linux 4.18).
    delivered = tcpi_delivered: u32;
    /// Of those, marked for congestion.
    delivered_marked = tcpi_delivered_ce: u32;
    /// Bytes sent, retransmissions counted (Linux 4.19).
    bytes_sent = tcpi_bytes_sent: u64;
    /// Bytes retransmitted.
    bytes_retransmitted = tcpi_bytes_retrans: u64;
    /// Segments that the other side received twice.
    duplicates = tcpi_dsack_dups: u32;
    /// How often segments came out of order.
    reorderings = tcpi_reord_seen: u32;
    /// Segments received out of order (Linux 5.4).
    received_out_of_order = tcpi_rcv_ooopack: u32;
    /// The other side's window, bytes (Linux 5.4).
    send_window = tcpi_snd_wnd: u32;
    /// This side's window, bytes (Linux 6.2).
    receive_window = tcpi_rcv_wnd: u32;
    /// How often another path was tried by another hash (Linux 6.2).
    rehashes = tcpi_rehash: u32;
    /// Retransmission timeouts (Linux 6.7).
    timeouts = tcpi_total_rto: u16;
    /// Recoveries from them.
    timeout_recoveries = tcpi_total_rto_recoveries: u16;
    /// Time spent in them.
    timeout_time = tcpi_total_rto_time: Duration, millis;
}

impl TcpInfo {
    /// The kernel's struct, with how much of it the kernel filled in. The values of explicit congestion feedback (Linux
    /// 6.18) stand there only.
    pub fn as_kernel(&self) -> Option<&Tailed<tcp_info>> {
        self.0.as_deref()
    }

    /// Where the running kernel knows what stands there.
    fn known(&self, offset: usize) -> Option<&Tailed<tcp_info>> {
        self.as_kernel().filter(|info| info.len() > offset)
    }

    /// The factors, as powers of two, that windows are multiplied with: those sent, and those received.
    pub fn window_scales(&self) -> Option<(u8, u8)> {
        let [scales, _] = self.as_kernel()?.bits_1;
        let (low, high) = (scales & 0xf, scales >> 4);
        // Bit fields of C begin at the other end where bytes do.
        Some(if cfg!(target_endian = "big") { (high, low) } else { (low, high) })
    }

    /// Whether the rate of delivery was measured while there was too little to send.
    pub fn is_delivery_rate_limited(&self) -> bool {
        let first = if cfg!(target_endian = "big") { 0x80 } else { 0x01 };
        self.as_kernel().is_some_and(|info| info.bits_1.last().is_some_and(|bits| bits & first != 0))
    }
}

impl Form<TcpInfo> for Plain {
    const SHAPE: Shape = Tailed::<tcp_info>::SHAPE;

    fn put(field: &mut TcpInfo, attr: &Attr<'_>) -> Result<(), WireError> {
        *field = Tailed::<tcp_info>::decode(attr.payload())?.into();
        Ok(())
    }

    fn emit(field: &TcpInfo, kind: u16, writer: &mut Writer) {
        Self::emit(&field.0, kind, writer);
    }

    fn visit_interfaces(_: &mut TcpInfo, _: &mut dyn FnMut(&mut Interface)) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use zerocopy::IntoBytes;

    #[test]
    fn of_an_older_kernel_the_last_values_are_absent_and_not_zero() {
        let whole = tcp_info { tcpi_rtt: 1500, tcpi_bytes_acked: 7, ..tcp_info::default() };
        let short = &whole.as_bytes()[..offset_of!(tcp_info, tcpi_pacing_rate)];
        let info = TcpInfo::from(Tailed::decode(short).unwrap());
        assert_eq!(info.rtt(), Some(Duration::from_micros(1500)));
        assert_eq!((info.total_retransmitted(), info.bytes_acked()), (Some(0), None));
    }

    #[test]
    fn of_a_newer_kernel_the_tail_is_kept() {
        let longer = [tcp_info::default().as_bytes(), &[7; 8]].concat();
        let info = TcpInfo::from(Tailed::decode(&longer).unwrap());
        assert_eq!(info.as_kernel().unwrap().tail(), [7; 8]);
        assert_eq!(TcpInfo::default().rtt(), None);
    }
}
