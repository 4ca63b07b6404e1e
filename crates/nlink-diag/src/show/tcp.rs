//! The state of a TCP connection: `-i`.

use std::time::Duration;

use nlink_core::show::Sink;
use nlink_core::wire::{FlagSet, OpenEnum};
use nlink_uapi::tcp::tcp_info;
use nlink_uapi::tls::*;

use super::View;
use super::number::{General, Millis, Rate};
use crate::{State, SubflowInfo, TcpOptions, TcpSocket, TlsInfo, UlpInfo};

/// Writes ` key:value`, where the value is not zero.
fn number(key: &str, value: impl Into<u64>, sink: &mut Sink<'_>) {
    let value = value.into();
    if value != 0 {
        sink.put(key, value, format_args!(" {key}:{value}"));
    }
}

fn milliseconds(microseconds: u32) -> f64 {
    f64::from(microseconds) / 1000.0
}

/// Writes ` key:milliseconds` of microseconds, where they are not zero.
fn time(key: &str, microseconds: u32, sink: &mut Sink<'_>) {
    if microseconds != 0 {
        let value = milliseconds(microseconds);
        sink.put(key, value, format_args!(" {key}:{}", Millis(microseconds)));
    }
}

#[allow(clippy::cast_precision_loss, reason = "as C has it")]
fn bits(bytes: u64) -> f64 {
    bytes as f64 * 8.0
}

pub(super) fn show(socket: &TcpSocket, view: &View, sink: &mut Sink<'_>) {
    if let Some(info) = socket.info.as_kernel() {
        let shown = Shown { socket, info, view };
        shown.agreed(sink);
        shown.segments(sink);
        shown.congestion(sink);
        shown.rates(sink);
        shown.losses(sink);
        shown.windows(sink);
    }
    if let Some(keys) = &socket.md5_keys {
        let each = size_of::<nlink_uapi::tcp::tcp_diag_md5sig>();
        // The keys themselves are secret; ss shows them.
        number("md5keys", u32::try_from(keys.expose().0.len() / each).unwrap_or_default(), sink);
    }
    if let Some(upper) = &socket.upper {
        nlink_core::show::Show::show(upper, sink);
    }
}

struct Shown<'a> {
    socket: &'a TcpSocket,
    info: &'a tcp_info,
    view: &'a View,
}

impl Shown<'_> {
    fn rate(&self, bits: f64) -> Rate {
        Rate { bits, numeric: self.view.services.is_none() }
    }

    fn agreed(&self, sink: &mut Sink<'_>) {
        let options = TcpOptions(self.info.tcpi_options);
        if self.view.timers {
            let hidden = TcpOptions::WSCALE | TcpOptions::TFO_CHILD;
            for name in FlagSet::names(options.difference(hidden)) {
                sink.put(name, true, format_args!(" {name}"));
            }
        }
        if let Some(name) = &self.socket.congestion {
            sink.put("congestion", name.as_str(), format_args!(" {name}"));
        }
        if options.contains(TcpOptions::WSCALE)
            && let Some((send, receive)) = self.socket.info.window_scales()
        {
            sink.text(format_args!(" wscale:{send},{receive}"));
            sink.json("snd_wscale", send);
            sink.json("rcv_wscale", receive);
        }
    }

    fn segments(&self, sink: &mut Sink<'_>) {
        let info = self.info;
        // The initial timeout says nothing.
        if info.tcpi_rto != INITIAL_TIMEOUT {
            time("rto", info.tcpi_rto, sink);
        }
        number("backoff", info.tcpi_backoff, sink);
        if info.tcpi_rtt != 0 {
            let (rtt, variance) = (milliseconds(info.tcpi_rtt), milliseconds(info.tcpi_rttvar));
            sink.put("rtt", rtt, format_args!(" rtt:{}/{}", Millis(info.tcpi_rtt), Millis(info.tcpi_rttvar)));
            sink.json("rttvar", variance);
        }
        time("ato", info.tcpi_ato, sink);
        number("mss", info.tcpi_snd_mss, sink);
        number("pmtu", info.tcpi_pmtu, sink);
        number("rcvmss", info.tcpi_rcv_mss, sink);
        number("advmss", info.tcpi_advmss, sink);
        number("cwnd", info.tcpi_snd_cwnd, sink);
        if info.tcpi_snd_ssthresh < UNBOUNDED {
            number("ssthresh", info.tcpi_snd_ssthresh, sink);
        }
        number("bytes_sent", info.tcpi_bytes_sent, sink);
        number("bytes_retrans", info.tcpi_bytes_retrans, sink);
        number("bytes_acked", info.tcpi_bytes_acked, sink);
        number("bytes_received", info.tcpi_bytes_received, sink);
        number("segs_out", info.tcpi_segs_out, sink);
        number("segs_in", info.tcpi_segs_in, sink);
        number("data_segs_out", info.tcpi_data_segs_out, sink);
        number("data_segs_in", info.tcpi_data_segs_in, sink);
    }

    fn congestion(&self, sink: &mut Sink<'_>) {
        match &self.socket.dctcp {
            Some(dctcp) if dctcp.enabled != 0 => {
                sink.text(format_args!(
                    " dctcp:(ce_state:{},alpha:{},ab_ecn:{},ab_tot:{})",
                    dctcp.ce_state, dctcp.alpha, dctcp.marked_bytes, dctcp.bytes
                ));
                sink.object("dctcp", |sink| {
                    sink.json("ce_state", dctcp.ce_state);
                    sink.json("alpha", dctcp.alpha);
                    sink.json("ab_ecn", dctcp.marked_bytes);
                    sink.json("ab_tot", dctcp.bytes);
                });
            }
            Some(_) => sink.put("dctcp", "fallback_mode", format_args!(" dctcp:fallback_mode")),
            None => {}
        }
        let Some(bbr) = &self.socket.bbr else { return };
        let gain = |gain: u32| f64::from(gain) / 256.0;
        let rtt = milliseconds(bbr.min_rtt);
        sink.text(format_args!(" bbr:(bw:{}bps,mrtt:{}", self.rate(bits(bbr.bandwidth())), Millis(bbr.min_rtt)));
        sink.object("bbr", |sink| {
            sink.json("bw", bits(bbr.bandwidth()));
            sink.json("mrtt", rtt);
            for (key, value) in [("pacing_gain", bbr.pacing_gain), ("cwnd_gain", bbr.cwnd_gain)] {
                if value != 0 {
                    sink.put(key, gain(value), format_args!(",{key}:{}", General(gain(value), 6)));
                }
            }
        });
        sink.text(format_args!(")"));
    }

    fn rates(&self, sink: &mut Sink<'_>) {
        let info = self.info;
        let vegas = self.socket.vegas.filter(|vegas| vegas.enabled != 0 && vegas.rtt != 0 && vegas.rtt != UNMEASURED);
        let rtt = vegas.map_or(info.tcpi_rtt, |vegas| vegas.rtt);
        if rtt != 0 && info.tcpi_snd_mss != 0 && info.tcpi_snd_cwnd != 0 {
            let send = f64::from(info.tcpi_snd_cwnd) * f64::from(info.tcpi_snd_mss) * 8_000_000.0 / f64::from(rtt);
            sink.put("send", send, format_args!(" send {}bps", self.rate(send)));
        }
        number("lastsnd", info.tcpi_last_data_sent, sink);
        number("lastrcv", info.tcpi_last_data_recv, sink);
        number("lastack", info.tcpi_last_ack_recv, sink);
        let known = |rate: u64| Some(rate).filter(|rate| *rate != 0 && *rate != u64::MAX).map(bits);
        if let Some(rate) = known(info.tcpi_pacing_rate) {
            sink.put("pacing_rate", rate, format_args!(" pacing_rate {}bps", self.rate(rate)));
            if let Some(most) = known(info.tcpi_max_pacing_rate) {
                sink.put("max_pacing_rate", most, format_args!("/{}bps", self.rate(most)));
            }
        }
        if info.tcpi_delivery_rate != 0 {
            let rate = bits(info.tcpi_delivery_rate);
            sink.put("delivery_rate", rate, format_args!(" delivery_rate {}bps", self.rate(rate)));
        }
        number("delivered", info.tcpi_delivered, sink);
        number("delivered_ce", info.tcpi_delivered_ce, sink);
        if self.socket.info.is_delivery_rate_limited() {
            sink.put("app_limited", true, format_args!(" app_limited"));
        }
        self.limits(sink);
    }

    fn limits(&self, sink: &mut Sink<'_>) {
        let info = self.info;
        if info.tcpi_busy_time == 0 {
            return;
        }
        let busy = info.tcpi_busy_time / 1000;
        sink.put("busy", busy, format_args!(" busy:{busy}ms"));
        for (key, time) in [("rwnd_limited", info.tcpi_rwnd_limited), ("sndbuf_limited", info.tcpi_sndbuf_limited)] {
            if time != 0 {
                let (of, whole) = (Duration::from_micros(time), Duration::from_micros(info.tcpi_busy_time));
                let share = 100.0 * of.as_secs_f64() / whole.as_secs_f64();
                sink.put(key, time / 1000, format_args!(" {key}:{}ms({share:.1}%)", time / 1000));
            }
        }
    }

    fn losses(&self, sink: &mut Sink<'_>) {
        let info = self.info;
        number("unacked", info.tcpi_unacked, sink);
        if info.tcpi_retrans != 0 || info.tcpi_total_retrans != 0 {
            let (now, ever) = (info.tcpi_retrans, info.tcpi_total_retrans);
            sink.put("retrans", now, format_args!(" retrans:{now}/{ever}"));
            sink.json("retrans_total", ever);
        }
        number("lost", info.tcpi_lost, sink);
        if self.socket.header.state != State::LISTEN {
            number("sacked", info.tcpi_sacked, sink);
        }
        number("dsack_dups", info.tcpi_dsack_dups, sink);
        number("fackets", info.tcpi_fackets, sink);
        // Three is where every connection begins.
        if info.tcpi_reordering != 3 {
            sink.put("reordering", info.tcpi_reordering, format_args!(" reordering:{}", info.tcpi_reordering));
        }
        number("reord_seen", info.tcpi_reord_seen, sink);
    }

    fn windows(&self, sink: &mut Sink<'_>) {
        let info = self.info;
        time("rcv_rtt", info.tcpi_rcv_rtt, sink);
        number("rcv_space", info.tcpi_rcv_space, sink);
        number("rcv_ssthresh", info.tcpi_rcv_ssthresh, sink);
        number("notsent", info.tcpi_notsent_bytes, sink);
        if info.tcpi_min_rtt != u32::MAX {
            time("minrtt", info.tcpi_min_rtt, sink);
        }
        number("rcv_ooopack", info.tcpi_rcv_ooopack, sink);
        number("snd_wnd", info.tcpi_snd_wnd, sink);
        number("rcv_wnd", info.tcpi_rcv_wnd, sink);
        number("rehash", info.tcpi_rehash, sink);
    }
}

/// The retransmission timeout before anything was measured, as older kernels had it, microseconds.
const INITIAL_TIMEOUT: u32 = 3_000_000;

/// A slow start threshold from here on is none.
const UNBOUNDED: u32 = 0xffff;

/// A round trip that Vegas has not measured.
const UNMEASURED: u32 = 0x7fff_ffff;

/// What the layer above says.
pub(super) fn upper(upper: &UlpInfo, sink: &mut Sink<'_>) {
    if let Some(name) = &upper.name {
        sink.put("tcp_ulp", name.as_str(), format_args!(" tcp-ulp-{name}"));
    }
    if let Some(info) = &upper.tls {
        sink.object("tls", |sink| tls(info, sink));
    }
    if let Some(info) = &upper.mptcp {
        sink.object("mptcp", |sink| subflow(info, sink));
    }
}

fn tls(info: &TlsInfo, sink: &mut Sink<'_>) {
    if let Some(version) = info.version {
        let text = match u32::from(version) {
            TLS_1_2_VERSION => "1.2".into(),
            TLS_1_3_VERSION => "1.3".into(),
            _ => format!("unknown({version})"),
        };
        sink.put("version", text.as_str(), format_args!(" version: {text}"));
    }
    let cipher = info.cipher.map(u32::from);
    let ciphers = [(TLS_CIPHER_AES_GCM_128, "aes-gcm-128"), (TLS_CIPHER_AES_GCM_256, "aes-gcm-256")];
    if let Some((_, name)) = ciphers.iter().find(|(number, _)| Some(*number) == cipher) {
        sink.put("cipher", *name, format_args!(" cipher: {name}"));
    }
    for (key, conf) in [("rxconf", info.receive), ("txconf", info.transmit)] {
        if let Some(conf) = conf {
            let text = conf.name().map_or_else(|| format!("unknown({})", conf.0), ToOwned::to_owned);
            sink.put(key, text.as_str(), format_args!(" {key}: {text}"));
        }
    }
    for (key, set) in [("zc_ro_tx", info.zero_copy), ("no_pad_rx", info.no_padding)] {
        if set {
            sink.put(key, true, format_args!(" {key}"));
        }
    }
}

fn subflow(info: &SubflowInfo, sink: &mut Sink<'_>) {
    if let Some(flags) = info.flags.filter(|flags| flags.0 != 0) {
        let letters: String = FlagSet::names(flags).collect();
        sink.put("flags", letters.as_str(), format_args!(" flags:{letters}"));
    }
    if let (Some(remote), Some(local), Some(remote_id), Some(local_id)) =
        (info.remote_token, info.local_token, info.remote_id, info.local_id)
    {
        let text = format!("{remote:04x}(id:{remote_id})/{local:04x}(id:{local_id})");
        sink.put("token", text.as_str(), format_args!(" token:{text}"));
    }
    let numbers = [
        ("seq", info.map_sequence),
        ("sfseq", info.map_subflow_sequence.map(u64::from)),
        ("ssnoff", info.offset.map(u64::from)),
        ("maplen", info.map_length.map(u64::from)),
    ];
    for (key, value) in numbers {
        if let Some(value) = value {
            sink.put(key, value, format_args!(" {key}:{value}"));
        }
    }
}
