//! Dates and times of day, in the zone of the machine, as nft writes them. The kernel counts in UTC.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

const DAY: i64 = 86_400;
const NANOSECONDS: u64 = 1_000_000_000;
/// How a date is written: the first also when it is shown.
const DATES: [&str; 2] = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"];

/// `2025-11-04 20:22:11`, `2025-11-04`, or seconds since 1970: nanoseconds since then.
pub fn date_value(text: &str) -> Option<u64> {
    if let Ok(seconds) = text.parse::<u64>() {
        return seconds.checked_mul(NANOSECONDS);
    }
    let whole = DATES.iter().find_map(|form| DateTime::strptime(form, text).ok());
    let date = whole.or_else(|| DateTime::strptime(DATES[0], format!("{text} 00:00:00")).ok())?;
    let at = date.to_zoned(TimeZone::system()).ok()?;
    u64::try_from(at.timestamp().as_nanosecond()).ok()
}

/// Nanoseconds since 1970 as a date.
pub fn date_text(nanoseconds: u64) -> String {
    let at = Timestamp::from_nanosecond(nanoseconds.into()).map(|at| at.to_zoned(TimeZone::system()));
    at.map_or_else(|_| (nanoseconds / NANOSECONDS).to_string(), |at| at.strftime(DATES[0]).to_string())
}

/// `17:30`, `17:30:05`, or seconds: seconds since midnight in UTC.
pub fn hour_value(text: &str) -> Option<u32> {
    if let Ok(seconds) = text.parse() {
        return Some(seconds);
    }
    let below = |part: &str, limit: i64| part.parse().ok().filter(|number| (0..limit).contains(number));
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes] => (hours, minutes, "0"),
        [hours, minutes, seconds] => (hours, minutes, *seconds),
        _ => return None,
    };
    let local = below(hours, 24)? * 3600 + below(minutes, 60)? * 60 + below(seconds, 60)?;
    u32::try_from((local - offset()).rem_euclid(DAY)).ok()
}

/// Seconds since midnight in UTC as a time of day.
pub fn hour_text(seconds: u32) -> String {
    let local = (i64::from(seconds) + offset()).rem_euclid(DAY);
    let (hours, minutes, seconds) = (local / 3600, local / 60 % 60, local % 60);
    match seconds {
        0 => format!("{hours:02}:{minutes:02}"),
        seconds => format!("{hours:02}:{minutes:02}:{seconds:02}"),
    }
}

/// By how many seconds the machine's clock is ahead of UTC now.
fn offset() -> i64 {
    Zoned::now().offset().seconds().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_it_is_written() {
        for seconds in [0, 1_561_136_400, 1_762_287_731] {
            assert_eq!(date_value(&date_text(seconds * NANOSECONDS)), Some(seconds * NANOSECONDS));
        }
        assert_eq!(date_value("2019-06-21"), date_value("2019-06-21 00:00"));
        assert_eq!(date_value("12"), Some(12 * NANOSECONDS));
        assert_eq!(["2019-13-01", "soon", "2019-06-21 25:00:00"].map(date_value), [None; 3]);
    }

    #[test]
    fn a_time_of_day_is_read_as_it_is_written() {
        for seconds in [0, 1, 60, 61_205, 86_399] {
            assert_eq!(hour_value(&hour_text(seconds)), Some(seconds));
        }
        assert_eq!(hour_value("5:00"), hour_value("05:00:00"));
        assert_eq!(["24:00", "12", "12:60", "1:2:3:4", "noon"].map(hour_value), [None, Some(12), None, None, None]);
    }
}
