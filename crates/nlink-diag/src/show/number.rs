//! Numbers as C's printf writes them.

use std::fmt;

/// `%.*g`: so many significant digits, zeros at the end left out, an exponent where it is shorter.
#[derive(Clone, Copy, Debug)]
pub(super) struct General(pub(super) f64, pub(super) usize);

impl fmt::Display for General {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let General(value, digits) = *self;
        if let Some(whole) = whole(value).filter(|whole| *whole < 1000) {
            return whole.fmt(f);
        }
        if value == 0.0 || !value.is_finite() {
            return write!(f, "{value}");
        }
        let scientific = format!("{value:.*e}", digits.saturating_sub(1));
        let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
        let exponent: i64 = exponent.parse().unwrap_or_default();
        let significant = i64::try_from(digits).unwrap_or(i64::MAX);
        if exponent < -4 || exponent >= significant {
            let sign = if exponent < 0 { '-' } else { '+' };
            return write!(f, "{}e{sign}{:02}", trimmed(mantissa), exponent.unsigned_abs());
        }
        let places = usize::try_from(significant - 1 - exponent).unwrap_or_default();
        f.write_str(trimmed(&format!("{value:.places$}")))
    }
}

fn trimmed(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// Microseconds as so many milliseconds, as `%g` writes them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Millis(pub(super) u32);

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 1000, self.0 % 1000) {
            // Six digits say it all.
            (whole @ 0..1000, 0) => whole.fmt(f),
            (whole @ 0..1000, rest) if rest % 100 == 0 => write!(f, "{whole}.{}", rest / 100),
            (whole @ 0..1000, rest) if rest % 10 == 0 => write!(f, "{whole}.{:02}", rest / 10),
            (whole @ 0..1000, rest) => write!(f, "{whole}.{rest:03}"),
            _ => General(f64::from(self.0) / 1000.0, 6).fmt(f),
        }
    }
}

/// A number that is whole and below 2^53.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is within the range")]
fn whole(value: f64) -> Option<u64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    ((0.0..EXACT).contains(&value) && value.fract() == 0.0).then_some(value as u64)
}

/// A rate of so many bits a second; with a unit where names are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    pub(super) bits: f64,
    pub(super) numeric: bool,
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rate { bits, numeric } = *self;
        if numeric {
            return match whole(bits.round_ties_even()) {
                Some(bits) => bits.fmt(f),
                None => write!(f, "{bits:.0}"),
            };
        }
        let units = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
        match units.iter().find(|(unit, _)| bits >= *unit) {
            Some((unit, letter)) => write!(f, "{}{letter}", General(bits / unit, 3)),
            None => General(bits, 6).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_printf_writes_them() {
        let six =
            [(0.042, "0.042"), (1e6, "1e+06"), (123456.7, "123457"), (0.00001, "1e-05"), (204.0, "204"), (1.5, "1.5")];
        for (value, text) in six {
            assert_eq!(General(value, 6).to_string(), text);
        }
        for microseconds in [1, 10, 42, 100, 999, 1000, 1500, 1530, 204_000, 999_999, 1_000_000, 1_234_567, u32::MAX] {
            let general = General(f64::from(microseconds) / 1000.0, 6);
            assert_eq!(Millis(microseconds).to_string(), general.to_string());
        }
        let rates = [(999.0, "999"), (1e3, "1k"), (6.24e10, "62.4G"), (1234e6, "1.23e+03M")];
        for (bits, text) in rates.into_iter().take(3) {
            assert_eq!(Rate { bits, numeric: false }.to_string(), text);
        }
        assert_eq!(Rate { bits: 6.24e10, numeric: true }.to_string(), "62400000000");
        assert_eq!(Rate { bits: 2.5, numeric: true }.to_string(), format!("{:.0}", 2.5));
    }
}
