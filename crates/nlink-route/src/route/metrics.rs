//! Metrics of a route: what TCP and path MTU discovery start from (`RTA_METRICS`, `RTAX_…` of linux/rtnetlink.h; policy
//! in net/ipv4/metrics.c).

use nlink_core::Attributes;
use nlink_core::show::{Show, Sink};
use nlink_core::wire::{FlagSet, UnknownAttrs};
use nlink_uapi::rtnetlink::*;

nlink_core::flag_set! {
    /// Metrics that the kernel shall not change (`RTAX_LOCK`): a bit for each metric's number.
    pub struct MetricLock(u32) {
        /// No path MTU discovery.
        MTU = 1u32 << RTAX_MTU, "mtu";
        /// Window.
        WINDOW = 1u32 << RTAX_WINDOW, "window";
        /// Round trip time.
        RTT = 1u32 << RTAX_RTT, "rtt";
        /// Its variance.
        RTTVAR = 1u32 << RTAX_RTTVAR, "rttvar";
        /// Slow start threshold.
        SSTHRESH = 1u32 << RTAX_SSTHRESH, "ssthresh";
        /// Congestion window.
        CWND = 1u32 << RTAX_CWND, "cwnd";
        /// Maximum segment size.
        ADVMSS = 1u32 << RTAX_ADVMSS, "advmss";
        /// Reordering.
        REORDERING = 1u32 << RTAX_REORDERING, "reordering";
        /// Hop limit.
        HOPLIMIT = 1u32 << RTAX_HOPLIMIT, "hoplimit";
        /// Initial congestion window.
        INITCWND = 1u32 << RTAX_INITCWND, "initcwnd";
        /// Least retransmission timeout.
        RTO_MIN = 1u32 << RTAX_RTO_MIN, "rto_min";
        /// Initial receive window.
        INITRWND = 1u32 << RTAX_INITRWND, "initrwnd";
        /// Congestion control.
        CC_ALGO = 1u32 << RTAX_CC_ALGO, "congctl";
    }
}

nlink_core::flag_set! {
    /// Features of TCP on a route (`RTAX_FEATURE_…`).
    pub struct RouteFeatures(u32) {
        /// Explicit congestion notification.
        ECN = RTAX_FEATURE_ECN, "ecn";
        /// Timestamps in microseconds (Linux 6.7).
        TCP_USEC_TS = RTAX_FEATURE_TCP_USEC_TS, "tcp_usec_ts";
    }
}

/// What TCP and path MTU discovery start from on a route; what is absent the kernel chooses.
#[derive(Attributes, Clone, Debug, Default, PartialEq)]
pub struct Metrics {
    /// Which of these the kernel shall not change.
    #[attr(RTAX_LOCK)]
    pub lock: Option<MetricLock>,
    /// MTU of the path, bytes.
    #[attr(RTAX_MTU)]
    pub mtu: Option<u32>,
    /// Largest window to advertise, bytes.
    #[attr(RTAX_WINDOW)]
    pub window: Option<u32>,
    /// Round trip time, eighths of a millisecond.
    #[attr(RTAX_RTT)]
    pub rtt: Option<u32>,
    /// Its variance, quarters of a millisecond.
    #[attr(RTAX_RTTVAR)]
    pub rttvar: Option<u32>,
    /// Slow start threshold, segments.
    #[attr(RTAX_SSTHRESH)]
    pub ssthresh: Option<u32>,
    /// Most segments in flight; counts only when locked.
    #[attr(RTAX_CWND)]
    pub cwnd: Option<u32>,
    /// Maximum segment size to advertise, bytes.
    #[attr(RTAX_ADVMSS)]
    pub advmss: Option<u32>,
    /// Reordering that TCP is ready for, segments.
    #[attr(RTAX_REORDERING)]
    pub reordering: Option<u32>,
    /// TTL or hop limit of packets; all ones is the interface's.
    #[attr(RTAX_HOPLIMIT)]
    pub hoplimit: Option<u32>,
    /// Congestion window that connections start with, segments.
    #[attr(RTAX_INITCWND)]
    pub initcwnd: Option<u32>,
    /// Features of TCP.
    #[attr(RTAX_FEATURES)]
    pub features: Option<RouteFeatures>,
    /// Least retransmission timeout, milliseconds.
    #[attr(RTAX_RTO_MIN)]
    pub rto_min: Option<u32>,
    /// Receive window that connections start with, segments.
    #[attr(RTAX_INITRWND)]
    pub initrwnd: Option<u32>,
    /// Acknowledge at once.
    #[attr(RTAX_QUICKACK, as = u32)]
    pub quickack: Option<bool>,
    /// Congestion control algorithm.
    #[attr(RTAX_CC_ALGO)]
    pub congctl: Option<String>,
    /// TCP fast open without a cookie (Linux 4.15).
    #[attr(RTAX_FASTOPEN_NO_COOKIE, as = u32)]
    pub fastopen_no_cookie: Option<bool>,
    /// Everything else.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl Metrics {
    /// Whether the kernel is kept from changing a metric.
    pub fn is_locked(&self, lock: MetricLock) -> bool {
        self.lock.is_some_and(|locked| locked.contains(lock))
    }

    /// Keeps the kernel from changing a metric.
    pub fn lock(&mut self, lock: MetricLock) {
        *self.lock.get_or_insert_default() |= lock;
    }
}

/// Milliseconds as `ip` prints them: from a second on in seconds with six digits.
fn milliseconds(value: u32) -> String {
    if value < 1000 { format!("{value}ms") } else { format!("{}s", six_digits(f64::from(value) / 1e3)) }
}

/// A number with six significant digits, as C's `%g` writes it.
fn six_digits(value: f64) -> String {
    let scientific = format!("{value:.5e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let trimmed = |number: &str| match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => number.to_owned(),
    };
    if (-4..6).contains(&exponent) {
        let decimals = usize::try_from(5 - exponent).unwrap_or_default();
        trimmed(&format!("{value:.decimals$}"))
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{}e{sign}{:02}", trimmed(mantissa), exponent.unsigned_abs())
    }
}

/// As `ip` lists them: in the order of the kernel's numbers, locked ones that have no value as 0.
impl Show for Metrics {
    fn show(&self, sink: &mut Sink<'_>) {
        let lock = self.lock.unwrap_or_default();
        let number = |sink: &mut Sink<'_>, name: &str, bit: u32, value: Option<u32>, text: fn(u32) -> String| {
            let locked = lock.0 & (1 << bit) != 0;
            if value.is_none() && !locked {
                return;
            }
            let value = value.unwrap_or_default();
            let lock = if locked { "lock " } else { "" };
            sink.put(name, value, format_args!("{name} {lock}{} ", text(value)));
        };
        let plain: fn(u32) -> String = |value| value.to_string();
        number(sink, "mtu", RTAX_MTU, self.mtu, plain);
        number(sink, "window", RTAX_WINDOW, self.window, plain);
        number(sink, "rtt", RTAX_RTT, self.rtt.map(|rtt| rtt / 8), milliseconds);
        number(sink, "rttvar", RTAX_RTTVAR, self.rttvar.map(|rttvar| rttvar / 4), milliseconds);
        number(sink, "ssthresh", RTAX_SSTHRESH, self.ssthresh, plain);
        number(sink, "cwnd", RTAX_CWND, self.cwnd, plain);
        number(sink, "advmss", RTAX_ADVMSS, self.advmss, plain);
        number(sink, "reordering", RTAX_REORDERING, self.reordering, plain);
        if self.hoplimit != Some(u32::MAX) {
            number(sink, "hoplimit", RTAX_HOPLIMIT, self.hoplimit, plain);
        }
        number(sink, "initcwnd", RTAX_INITCWND, self.initcwnd, plain);
        if let Some(features) = self.features {
            sink.text(format_args!("features "));
            for name in features.names() {
                sink.null(name, format_args!("{name} "));
            }
            if features.unnamed() != 0 {
                sink.put("features", format!("{:#x}", features.0), format_args!("{:#x} ", features.0));
            }
        }
        number(sink, "rto_min", RTAX_RTO_MIN, self.rto_min, milliseconds);
        number(sink, "initrwnd", RTAX_INITRWND, self.initrwnd, plain);
        number(sink, "quickack", RTAX_QUICKACK, self.quickack.map(u32::from), plain);
        if let Some(congctl) = &self.congctl {
            let lock = if self.is_locked(MetricLock::CC_ALGO) { "lock " } else { "" };
            sink.put("congestion", congctl.as_str(), format_args!("congctl {lock}{congctl} "));
        }
        number(sink, "fastopen_no_cookie", RTAX_FASTOPEN_NO_COOKIE, self.fastopen_no_cookie.map(u32::from), plain);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_c_writes_them() {
        let cases = [
            (999, "999ms"),
            (1000, "1s"),
            (1500, "1.5s"),
            (123_456, "123.456s"),
            (1_234_567, "1234.57s"),
            (u32::MAX, "4.29497e+06s"),
        ];
        for (value, text) in cases {
            assert_eq!(milliseconds(value), text);
        }
    }
}
