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

/// `10` packets, or `10mbytes`.
fn amount_of(text: &str) -> Option<(u64, LimitType)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, name) = text.split_at_checked(digits)?;
    let number: u64 = number.parse().ok()?;
    match name {
        "" => Some((number, LimitType::PACKETS)),
        name => Some((number.checked_mul(unit(&AMOUNTS, name)?)?, LimitType::BYTES)),
    }
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
        let (rate, limit_type, seconds) = self.rate()?;
        let burst = match (self.takes("burst"), limit_type) {
            (true, LimitType::BYTES) => self.burst_of_bytes()?,
            (true, _) => self.burst_of_packets()?,
            (false, LimitType::BYTES) => 0,
            (false, _) => BURST,
        };
        Ok(Limit {
            rate: Some(rate),
            unit: Some(seconds),
            burst: Some(burst),
            limit_type: Some(limit_type),
            flags: Some(flags),
            ..Limit::default()
        })
    }

    /// `10/minute`, `10 mbytes/second`: wherever there are blanks in it, up to four tokens.
    fn rate(&mut self) -> Parsed<(u64, LimitType, u64)> {
        let start = self.span();
        let mut text = String::new();
        while text.split_once('/').is_none_or(|(_, time)| time.is_empty()) {
            match self.peek() {
                Kind::Number(part) => text.push_str(part),
                Kind::Word(part) => text.push_str(part),
                Kind::Sign("/") => text.push('/'),
                _ => return Err(self.unexpected("a rate")),
            }
            self.pass();
        }
        let rate = text.split_once('/').and_then(|(amount, time)| {
            let (number, limit_type) = amount_of(amount)?;
            Some((number, limit_type, unit(&TIMES, time)?))
        });
        rate.ok_or_else(|| SyntaxError::new(format!("{text} is no rate"), self.since(start)))
    }

    fn burst_of_packets(&mut self) -> Parsed<u32> {
        let start = self.span();
        let burst = self.number("a number of packets")?;
        self.word("packets")?;
        if burst == 0 {
            return Err(SyntaxError::new("packet limit burst must be > 0", self.since(start)));
        }
        Ok(burst)
    }

    fn burst_of_bytes(&mut self) -> Parsed<u32> {
        let start = self.span();
        let bytes = match self.peek_word().and_then(amount_of) {
            Some((bytes, LimitType::BYTES)) => {
                self.pass();
                bytes
            }
            _ => self.bytes()?,
        };
        u32::try_from(bytes).map_err(|_| SyntaxError::new("the burst is too large", self.since(start)))
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
