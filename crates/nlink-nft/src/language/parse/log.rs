//! `log`, with its options in any order.

use nlink_core::wire::OpenEnum;

use super::SyntaxError;
use super::cursor::{Cursor, Parsed};
use crate::expression::kinds::Log;
use crate::expression::kinds::log::{LogFlags, LogLevel};
use crate::language::Span;

/// The longest prefix: the kernel's array has a zero behind it.
const PREFIX: usize = nlink_uapi::nf_log::NF_LOG_PREFIXLEN as usize - 1;

impl Cursor<'_> {
    /// The options, those that go together.
    pub(super) fn log(&mut self, start: Span) -> Parsed<Log> {
        let log = self.log_options()?;
        let wrong = |message: &str| Err(SyntaxError::new(message, self.since(start)));
        match &log {
            Log { level: Some(LogLevel::AUDIT), .. } if log != Log { level: log.level, ..Log::default() } => {
                wrong("log level audit doesn't support any further options")
            }
            Log { level: Some(_), group: Some(_), .. } => wrong("level and group are mutually exclusive"),
            Log { flags: Some(_), group: Some(_), .. } => wrong("flags and group are mutually exclusive"),
            Log { prefix: Some(prefix), .. } if prefix.is_empty() => {
                wrong("log prefix must have a minimum length of 1 character")
            }
            Log { prefix: Some(prefix), .. } if prefix.len() > PREFIX => wrong("log prefix is too long"),
            _ => Ok(log),
        }
    }

    fn log_options(&mut self) -> Parsed<Log> {
        let mut log = Log::default();
        loop {
            match self.peek_word() {
                Some("prefix") => {
                    self.pass();
                    log.prefix = Some(self.text("a prefix")?);
                }
                Some("level") => {
                    self.pass();
                    log.level = Some(self.one_of(LogLevel::NAMES, "a level")?);
                }
                Some("group") => {
                    self.pass();
                    log.group = Some(self.number("a group")?);
                }
                Some("snaplen") => {
                    self.pass();
                    log.snaplen = Some(self.number("a number of bytes")?);
                }
                Some("queue-threshold") => {
                    self.pass();
                    log.threshold = Some(self.number("a number of packets")?);
                }
                Some("flags") => {
                    self.pass();
                    let flags = self.log_flags()?;
                    *log.flags.get_or_insert_default() |= flags;
                }
                _ => return Ok(log),
            }
        }
    }

    /// `all`, `tcp sequence,options`, `ip options`, `skuid`, `ether`
    fn log_flags(&mut self) -> Parsed<LogFlags> {
        const TCP: [(LogFlags, &str); 2] = [(LogFlags::TCP_SEQUENCE, "sequence"), (LogFlags::TCP_OPTIONS, "options")];
        let mut flags = LogFlags::default();
        match self.peek_word() {
            Some("all") => flags = LogFlags::from_bits_retain(nlink_uapi::nf_log::NF_LOG_MASK),
            Some("skuid") => flags = LogFlags::UID,
            Some("ether") => flags = LogFlags::ETHER,
            Some("ip") => {
                self.pass();
                if self.peek_word() != Some("options") {
                    return Err(self.unexpected("options"));
                }
                flags = LogFlags::IP_OPTIONS;
            }
            Some("tcp") => {
                self.pass();
                loop {
                    flags |= self.one_of(&TCP, "sequence or options")?;
                    if !self.takes_sign(",") {
                        return Ok(flags);
                    }
                }
            }
            _ => return Err(self.unexpected("all, tcp, ip, skuid or ether")),
        }
        self.pass();
        Ok(flags)
    }
}
