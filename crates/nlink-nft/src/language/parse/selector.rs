//! What is known of packets: fields of headers, `meta`, `ct`, raw bits.

use nlink_core::wire::OpenEnum;

use super::SyntaxError;
use super::cursor::{Cursor, Parsed};
use crate::expression::kinds::ct::CtKey;
use crate::expression::kinds::meta::MetaKey;
use crate::expression::kinds::payload::PayloadBase;
use crate::language::header::{Header, header};
use crate::language::tree::{CtTerm, HeaderField, RawPayload, Term};

/// Keys that need no `meta` before them.
const UNQUALIFIED: [MetaKey; 18] = [
    MetaKey::MARK,
    MetaKey::IIF,
    MetaKey::OIF,
    MetaKey::IIFNAME,
    MetaKey::OIFNAME,
    MetaKey::IIFTYPE,
    MetaKey::OIFTYPE,
    MetaKey::SKUID,
    MetaKey::SKGID,
    MetaKey::NFTRACE,
    MetaKey::RTCLASSID,
    MetaKey::BRI_IIFNAME,
    MetaKey::BRI_OIFNAME,
    MetaKey::PKTTYPE,
    MetaKey::CPU,
    MetaKey::IIFGROUP,
    MetaKey::OIFGROUP,
    MetaKey::CGROUP,
];

/// Selectors that nft has and this grammar has not yet.
const OTHERS: [&str; 23] = [
    "fib", "rt", "socket", "osf", "ipsec", "xfrm", "numgen", "jhash", "symhash", "exthdr", "hbh", "rt0", "rt2", "rt4",
    "srh", "frag", "dst", "mh", "vxlan", "gre", "gretap", "geneve", "tunnel",
];
/// What it has behind the name of a header that is no field.
const PARTS: [&str; 2] = ["option", "chunk"];

impl Cursor<'_> {
    /// What is known of packets; nothing where a word has no such meaning.
    pub(super) fn selector(&mut self) -> Parsed<Option<Term>> {
        let Some(word) = self.peek_word() else { return Ok(None) };
        if let Some(base) = word.strip_prefix('@').and_then(PayloadBase::from_name) {
            return self.raw(base).map(Some);
        }
        if OTHERS.contains(&word) {
            return Err(SyntaxError::unsupported(word, self.span()));
        }
        if let Some(header) = header(word) {
            return self.field(header).map(Some);
        }
        match (word, MetaKey::from_name(word)) {
            ("meta", _) => {
                self.pass();
                self.named("a key of meta", MetaKey::from_name).map(|key| Some(Term::Meta(key)))
            }
            ("ct", _) => self.ct().map(Some),
            (_, Some(key)) if UNQUALIFIED.contains(&key) => {
                self.pass();
                Ok(Some(Term::Meta(key)))
            }
            _ => Ok(None),
        }
    }

    /// Two words, or one of them, that `find` knows.
    fn one_or_two<T>(&mut self, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let first = self.peek_word()?;
        let both = self.word_ahead(1).and_then(|second| find(&format!("{first} {second}")));
        let found = both.map(|value| (value, 2)).or_else(|| find(first).map(|value| (value, 1)));
        let (value, words) = found?;
        (0..words).for_each(|_| self.pass());
        Some(value)
    }

    /// `tcp dport`, `arp saddr ip`
    fn field(&mut self, header: &'static Header) -> Parsed<Term> {
        let start = self.span();
        self.pass();
        if let Some(part) = self.peek_word().filter(|word| PARTS.contains(word)) {
            return Err(SyntaxError::unsupported(&format!("{} {part}", header.name), self.since(start)));
        }
        match self.one_or_two(|name| header.field(name)) {
            Some(field) => Ok(Term::Header(HeaderField { header, field, span: self.since(start) })),
            None => Err(self.unexpected(&format!("a field of {}", header.name))),
        }
    }

    /// `ct state`, `ct original ip saddr`
    fn ct(&mut self) -> Parsed<Term> {
        let start = self.span();
        self.pass();
        let direction = match self.peek_word() {
            Some("original") => Some(0),
            Some("reply") => Some(1),
            _ => None,
        };
        if direction.is_some() {
            self.pass();
        }
        if self.peek_word() == Some("count") {
            return Err(SyntaxError::unsupported("ct count", start));
        }
        match self.one_or_two(CtKey::from_name) {
            Some(key) => Ok(Term::Ct(CtTerm { key, direction, span: self.since(start) })),
            None => Err(self.unexpected("a key of ct")),
        }
    }

    /// `@nh,96,32`
    fn raw(&mut self, base: PayloadBase) -> Parsed<Term> {
        let start = self.span();
        self.pass();
        self.sign(",")?;
        let offset = self.number("a number of bits")?;
        self.sign(",")?;
        let bits = self.number("a number of bits")?;
        Ok(Term::Raw(RawPayload { base, offset, bits, span: self.since(start) }))
    }
}
