//! The time of an event, as iproute2 writes it with `-t` and `-ts`: local time, to the microsecond.

use jiff::Zoned;
use nlink_core::show::{Show, Sink};

use crate::options::Options;

/// How the time is written, if at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// Not at all.
    None,
    /// On a line of its own.
    Line,
    /// Before the event.
    Short,
}

impl Stamp {
    /// As the options say.
    pub fn of(options: &Options) -> Self {
        match options {
            Options { tshort: true, .. } => Stamp::Short,
            Options { timestamp: true, .. } => Stamp::Line,
            _ => Stamp::None,
        }
    }

    /// The time now, to be shown before something else.
    pub fn now(self) -> Time {
        Time { stamp: self, at: Zoned::now() }
    }
}

/// A time, to be shown.
#[derive(Clone, Debug)]
pub struct Time {
    stamp: Stamp,
    at: Zoned,
}

impl Show for Time {
    fn show(&self, sink: &mut Sink<'_>) {
        let day = self.at.strftime("%Y-%m-%dT%H:%M:%S.%6f").to_string();
        match self.stamp {
            Stamp::None => {}
            Stamp::Short => sink.put("timestamp", day.as_str(), format_args!("[{day}] ")),
            Stamp::Line => {
                let (date, micros) = (self.at.strftime("%a %b %e %H:%M:%S %Y"), self.at.subsec_nanosecond() / 1000);
                sink.put("timestamp", day.as_str(), format_args!("Timestamp: {date} {micros} usec\n"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use nlink_core::show::{Format, Options};

    use super::*;

    #[test]
    fn both_forms_are_those_of_iproute2() {
        let at = jiff::civil::date(2025, 11, 4).at(20, 22, 11, 456_000).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
        let text = |stamp| Sink::render(&Time { stamp, at: at.clone() }, Format::Text, &Options::default());
        assert_eq!(text(Stamp::Line), "Timestamp: Tue Nov  4 20:22:11 2025 456 usec\n");
        assert_eq!(text(Stamp::Short), "[2025-11-04T20:22:11.000456] ");
        assert_eq!(text(Stamp::None), "");
    }
}
