//! Rates and amounts: `10/minute burst 5 packets`, `25 mbytes`.

use super::cursor::{Cursor, Parsed};
use super::{SyntaxError, token::Kind};
use crate::expression::kinds::Limit;
use crate::expression::kinds::limit::{LimitFlags, LimitType};
use crate::language::value::{AMOUNTS, TIMES, time_value};

/// Packets that nft lets through at once where it is not said how many.
const BURST: u32 = 5;

fn unit(units: &[(u64, &str)], name: &str) -> Option<u64> {
    units.iter().find(|(_, known)| *known == name).map(|(unit, _)| *unit)
}

impl Cursor<'_> {
    /// `over`, or `until`, which goes without saying.
    pub(super) fn over(&mut self) -> bool {
        let over = self.takes("over");
        if !over {
            self.takes("until");
        }
        over
    }

    /// `25 mbytes`
    pub(super) fn bytes(&mut self) -> Parsed<u64> {
        let start = self.span();
        let number: u64 = self.number("a number of bytes")?;
        let unit = self.named("bytes, kbytes or mbytes", |word| unit(&AMOUNTS, word))?;
        number.checked_mul(unit).ok_or_else(|| SyntaxError::new("too many bytes", self.since(start)))
    }

    /// `rate over 10/minute burst 5 packets`, `rate 10 mbytes/second burst 2 mbytes`
    pub(super) fn limit(&mut self) -> Parsed<Limit> {
        self.word("rate")?;
        let flags = if self.over() { LimitFlags::OVER } else { LimitFlags::default() };
        let start = self.span();
        let number: u64 = self.number("a rate")?;
        let by_bytes = self.peek_word().is_some();
        let (rate, seconds) = if by_bytes { self.bytes_in_time(number, start)? } else { (number, self.in_time()?) };
        let burst = match (self.takes("burst"), by_bytes) {
            (true, true) => {
                let bytes = self.bytes()?;
                let burst = u32::try_from(bytes);
                burst.map_err(|_| SyntaxError::new("the burst is too large", self.since(start)))?
            }
            (true, false) => {
                let burst = self.number("a number of packets")?;
                self.word("packets")?;
                burst
            }
            (false, by_bytes) => {
                if by_bytes {
                    0
                } else {
                    BURST
                }
            }
        };
        Ok(Limit {
            rate: Some(rate),
            unit: Some(seconds),
            burst: Some(burst),
            limit_type: Some(if by_bytes { LimitType::BYTES } else { LimitType::PACKETS }),
            flags: Some(flags),
            ..Limit::default()
        })
    }

    /// `/second`
    fn in_time(&mut self) -> Parsed<u64> {
        self.sign("/")?;
        self.named("second, minute, hour, day or week", |word| unit(&TIMES, word))
    }

    /// ` mbytes/second`, a word or three.
    fn bytes_in_time(&mut self, number: u64, start: crate::language::Span) -> Parsed<(u64, u64)> {
        let word = self.peek_word().unwrap_or_default().to_owned();
        let (amount, time) = word.split_once('/').map_or((word.as_str(), None), |(amount, time)| (amount, Some(time)));
        let amount = unit(&AMOUNTS, amount).ok_or_else(|| self.unexpected("bytes, kbytes or mbytes"))?;
        let seconds = match time {
            Some(time) => {
                let seconds = unit(&TIMES, time).ok_or_else(|| self.unexpected("a rate"))?;
                self.pass();
                seconds
            }
            None => {
                self.pass();
                self.in_time()?
            }
        };
        let rate = number.checked_mul(amount).ok_or_else(|| SyntaxError::new("too many bytes", self.since(start)))?;
        Ok((rate, seconds))
    }

    /// `1h30m`, `90s`, a number of seconds: milliseconds.
    pub(super) fn time(&mut self) -> Parsed<u64> {
        let milliseconds = match self.peek() {
            Kind::Number(text) => text.parse::<u64>().ok().and_then(|seconds| seconds.checked_mul(1000)),
            Kind::Word(text) => time_value(text),
            _ => None,
        };
        let milliseconds = milliseconds.ok_or_else(|| self.unexpected("a time"))?;
        self.pass();
        Ok(milliseconds)
    }
}
