//! Units: of time, of amounts.

/// Units of rates and their seconds.
pub const TIMES: [(u64, &str); 5] = [(1, "second"), (60, "minute"), (3600, "hour"), (86_400, "day"), (604_800, "week")];

/// Units of amounts and their bytes.
pub const AMOUNTS: [(u64, &str); 3] = [(1, "bytes"), (1 << 10, "kbytes"), (1 << 20, "mbytes")];

/// Parts of a time and their milliseconds, in the order in which they stand.
const PARTS: [(u64, &str); 5] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s"), (1, "ms")];

/// The largest unit that the bytes are a whole number of, and that number.
pub fn amount(bytes: u64) -> (u64, &'static str) {
    let whole = |(unit, _): &&(u64, &str)| bytes != 0 && bytes.is_multiple_of(*unit);
    AMOUNTS.iter().rev().find(whole).map_or((bytes, "bytes"), |(unit, name)| (bytes / unit, name))
}

/// `1d2h3m4s5ms` in milliseconds.
pub fn time_value(text: &str) -> Option<u64> {
    let (mut rest, mut total) = (text, 0u64);
    let mut parts = PARTS.iter();
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = rest.split_at_checked(digits)?;
        let letters = behind.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, behind) = behind.split_at_checked(letters)?;
        // Each part once, the larger ones first.
        let (unit, _) = parts.find(|(_, known)| *known == name)?;
        total = total.checked_add(number.parse::<u64>().ok()?.checked_mul(*unit)?)?;
        rest = behind;
    }
    (!text.is_empty()).then_some(total)
}

/// Milliseconds as `1d2h3m4s5ms`.
pub fn time_text(milliseconds: u64) -> String {
    let (mut rest, mut text) = (milliseconds, String::new());
    for (unit, name) in PARTS {
        if rest >= unit {
            text.push_str(&format!("{}{name}", rest / unit));
            rest %= unit;
        }
    }
    if text.is_empty() { "0s".into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_it_is_written() {
        for milliseconds in [0, 1, 1000, 60_000, 93_784_005, 86_400_000, u64::MAX] {
            assert_eq!(time_value(&time_text(milliseconds)), Some(milliseconds));
        }
        assert_eq!(time_text(93_784_005), "1d2h3m4s5ms");
        for wrong in ["", "5", "1m1h", "1x", "s", "1s1s", "99999999999999999999d"] {
            assert_eq!(time_value(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_amount_has_the_largest_unit_that_fits() {
        assert_eq!(
            [0, 1500, 1 << 10, 25 << 20, 1 << 30].map(amount),
            [(0, "bytes"), (1500, "bytes"), (1, "kbytes"), (25, "mbytes"), (1024, "mbytes"),]
        );
    }
}
