//! Counters of a link (`struct rtnl_link_stats64`, linux/if_link.h), and how `ip -s` lays them out.

use nlink_core::show::{Options, Sink};
use nlink_core::wire::Tailed;
use nlink_uapi::if_link::rtnl_link_stats64;

use super::Link;

/// Counters of a link. The kernel's struct grows: [`Tailed::len`] tells how much of it this kernel has.
pub type LinkStatistics = Tailed<rtnl_link_stats64>;

/// Widens the 32 bit counters of old kernels.
fn widened(link: &Link) -> Option<rtnl_link_stats64> {
    if let Some(statistics) = &link.statistics {
        return Some(statistics.fixed);
    }
    let narrow = &link.statistics32.as_ref()?.fixed;
    macro_rules! widen {
        ($($counter:ident)*) => {
            rtnl_link_stats64 { $($counter: narrow.$counter.into(),)* ..Default::default() }
        };
    }
    Some(widen!(
        rx_packets tx_packets rx_bytes tx_bytes rx_errors tx_errors rx_dropped tx_dropped multicast collisions
        rx_length_errors rx_over_errors rx_crc_errors rx_frame_errors rx_fifo_errors rx_missed_errors
        tx_aborted_errors tx_carrier_errors tx_fifo_errors tx_heartbeat_errors tx_window_errors
        rx_compressed tx_compressed rx_nohandler
    ))
}

/// One counter: its key, its column's heading, its value, and whether it stands only where it is not zero.
struct Counter(&'static str, &'static str, u64, bool);

/// The four tables: received, receive errors, sent, send errors.
struct Tables {
    rx: Vec<Counter>,
    rx_errors: Vec<Counter>,
    tx: Vec<Counter>,
    tx_errors: Vec<Counter>,
}

impl Tables {
    fn of(s: &rtnl_link_stats64, carrier_changes: Option<u32>) -> Self {
        let changes = carrier_changes.map(|count| Counter("carrier_changes", "transns", count.into(), false));
        Tables {
            rx: vec![
                Counter("bytes", "bytes", s.rx_bytes, false),
                Counter("packets", "packets", s.rx_packets, false),
                Counter("errors", "errors", s.rx_errors, false),
                Counter("dropped", "dropped", s.rx_dropped, false),
                Counter("over_errors", "missed", s.rx_over_errors, false),
                Counter("multicast", "mcast", s.multicast, false),
                Counter("compressed", "compressed", s.rx_compressed, true),
            ],
            rx_errors: vec![
                Counter("length_errors", "length", s.rx_length_errors, false),
                Counter("crc_errors", "crc", s.rx_crc_errors, false),
                Counter("frame_errors", "frame", s.rx_frame_errors, false),
                Counter("fifo_errors", "fifo", s.rx_fifo_errors, false),
                Counter("missed_errors", "overrun", s.rx_missed_errors, false),
                Counter("nohandler", "nohandler", s.rx_nohandler, true),
            ],
            tx: vec![
                Counter("bytes", "bytes", s.tx_bytes, false),
                Counter("packets", "packets", s.tx_packets, false),
                Counter("errors", "errors", s.tx_errors, false),
                Counter("dropped", "dropped", s.tx_dropped, false),
                Counter("carrier_errors", "carrier", s.tx_carrier_errors, false),
                Counter("collisions", "collsns", s.collisions, false),
                Counter("compressed", "compressed", s.tx_compressed, true),
            ],
            tx_errors: [
                Counter("aborted_errors", "aborted", s.tx_aborted_errors, false),
                Counter("fifo_errors", "fifo", s.tx_fifo_errors, false),
                Counter("window_errors", "window", s.tx_window_errors, false),
                Counter("heartbeat_errors", "heartbt", s.tx_heartbeat_errors, false),
            ]
            .into_iter()
            .chain(changes)
            .collect(),
        }
    }

    /// In text, `missed` and `overrun` stand where JSON has the other one of the two.
    fn swap_missed(&mut self) {
        if let (Some(over), Some(missed)) = (self.rx.get_mut(4), self.rx_errors.get_mut(4)) {
            std::mem::swap(&mut over.2, &mut missed.2);
        }
    }
}

/// Shows a link's counters, where it has any; `level` is how often `-s` was given.
pub(super) fn show(link: &Link, level: u8, sink: &mut Sink<'_>) {
    let Some(statistics) = widened(link) else { return };
    let mut tables = Tables::of(&statistics, link.carrier_changes);
    if sink.is_json() {
        let key = if link.statistics.is_some() { "stats64" } else { "stats" };
        sink.object(key, |sink| {
            for (direction, counters, errors) in
                [("rx", &tables.rx, &tables.rx_errors), ("tx", &tables.tx, &tables.tx_errors)]
            {
                sink.object(direction, |sink| {
                    let errors = errors.iter().filter(|_| level > 1);
                    for Counter(key, _, value, optional) in counters.iter().chain(errors) {
                        if !optional || *value != 0 {
                            sink.json(key, *value);
                        }
                    }
                });
            }
        });
        return;
    }
    tables.swap_missed();
    text(&tables, level, sink);
}

fn text(tables: &Tables, level: u8, sink: &mut Sink<'_>) {
    let options = sink.options();
    let mut widths = ["*X errors:", "packets", "errors", "dropped", "heartbt", "overrun", "compressed"].map(str::len);
    let errors = |counters: &[Counter]| -> Vec<u64> {
        std::iter::once(0).chain(counters.iter().map(|counter| counter.2)).collect()
    };
    let plain = |counters: &[Counter]| -> Vec<u64> { counters.iter().map(|counter| counter.2).collect() };
    let mut rows = vec![plain(&tables.rx), plain(&tables.tx)];
    if level > 1 {
        rows.extend([errors(&tables.rx_errors), errors(&tables.tx_errors)]);
    }
    for row in &rows {
        for (width, value) in widths.iter_mut().zip(row) {
            *width = (*width).max(number(*value, options).len());
        }
    }
    for (title, counters, errors_of) in [("RX", &tables.rx, &tables.rx_errors), ("TX", &tables.tx, &tables.tx_errors)] {
        if title == "TX" {
            sink.line();
        }
        let shown = |counter: &&Counter| !counter.3 || counter.2 != 0;
        sink.text(format_args!("    {title}:"));
        heading(counters.iter(), &widths, 4, sink);
        sink.line();
        sink.text(format_args!("    "));
        for (counter, width) in counters.iter().filter(shown).zip(&widths) {
            sink.text(format_args!("{:>width$} ", number(counter.2, options)));
        }
        if level > 1 {
            sink.line();
            let rest = widths.get(1..).unwrap_or_default();
            let indent = widths.first().copied().unwrap_or_default();
            sink.text(format_args!("    {title} errors:{:1$}", "", indent.saturating_sub(10)));
            for (counter, width) in errors_of.iter().filter(shown).zip(rest) {
                sink.text(format_args!(" {:>width$}", counter.1));
            }
            sink.line();
            sink.text(format_args!("{:1$}", "", indent + 5));
            for (counter, width) in errors_of.iter().filter(shown).zip(rest) {
                sink.text(format_args!("{:>width$} ", number(counter.2, options)));
            }
        }
    }
}

/// The headings over a row; the first column gives way to what stands before it.
fn heading<'c>(counters: impl Iterator<Item = &'c Counter>, widths: &[usize], before: usize, sink: &mut Sink<'_>) {
    for (index, (counter, width)) in counters.zip(widths).enumerate() {
        let width = if index == 0 { width.saturating_sub(before) } else { *width };
        let title = if counter.3 && counter.2 == 0 { "" } else { counter.1 };
        sink.text(format_args!(" {title:>width$}"));
    }
}

/// A number as it is, or with `-h` as three digits and a suffix.
fn number(value: u64, options: &Options) -> String {
    let (base, unit) = if options.iec { (1024, "i") } else { (1000, "") };
    if !options.human || value < base {
        return value.to_string();
    }
    let mut scaled = value;
    let mut power = 1u64;
    let mut suffix = "";
    for next in ["k", "M", "G", "T", "P", "E"] {
        if scaled < base {
            break;
        }
        scaled /= base;
        power = power.saturating_mul(base);
        suffix = next;
    }
    let precision = match scaled {
        0..10 => 2,
        10..100 => 1,
        _ => 0,
    };
    #[allow(clippy::cast_precision_loss)] // three digits are shown
    let rounded = value as f64 / power as f64;
    format!("{rounded:.precision$}{suffix}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn human_numbers_have_three_digits() {
        let human = Options { human: true, ..Options::default() };
        let shown = [999, 1000, 12_345, 123_456, 1_234_567].map(|n| number(n, &human));
        assert_eq!(shown, ["999", "1.00k", "12.3k", "123k", "1.23M"]);
        let iec = Options { iec: true, ..human };
        assert_eq!([1000, 1024, 1_572_864].map(|n| number(n, &iec)), ["1000", "1.00ki", "1.50Mi"]);
    }
}
