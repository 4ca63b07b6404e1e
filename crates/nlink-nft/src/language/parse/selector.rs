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
const UNQUALIFIED: [MetaKey; 21] = [
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
    MetaKey::TIME_NS,
    MetaKey::TIME_DAY,
    MetaKey::TIME_HOUR,
];

/// Selectors that nft has and this grammar has not yet.
const OTHERS: [&str; 23] = [
    "fib", "rt", "socket", "osf", "ipsec", "xfrm", "numgen", "jhash", "symhash", "exthdr", "hbh", "rt0", "rt2", "rt4",
    "srh", "frag", "dst", "mh", "vxlan", "gre", "gretap", "geneve", "tunnel",
];
/// What it has behind the name of a header that is no field.
const PARTS: [&str; 2] = ["option", "chunk"];

/// Other words for keys of `meta`.
const ALIASES: [(&str, MetaKey); 3] =
    [("secpath", MetaKey::SECPATH), ("ibriport", MetaKey::BRI_IIFNAME), ("obriport", MetaKey::BRI_OIFNAME)];

/// Keys of `ct` that may say of which direction they are, and those that have to.
const OF_DIRECTION: [CtKey; 10] = [
    CtKey::SRC,
    CtKey::DST,
    CtKey::L3PROTOCOL,
    CtKey::PROTOCOL,
    CtKey::PROTO_SRC,
    CtKey::PROTO_DST,
    CtKey::BYTES,
    CtKey::PACKETS,
    CtKey::AVERAGE,
    CtKey::ZONE,
];
const OF_ONE_DIRECTION: [CtKey; 4] = [CtKey::SRC_IP, CtKey::DST_IP, CtKey::SRC_IP6, CtKey::DST_IP6];

fn ct_key(word: &str, with_direction: bool) -> Option<CtKey> {
    CtKey::from_name(word).filter(|key| match with_direction {
        true => OF_DIRECTION.contains(key) || OF_ONE_DIRECTION.contains(key),
        false => !OF_ONE_DIRECTION.contains(key),
    })
}

fn meta_key(word: &str) -> Option<MetaKey> {
    MetaKey::from_name(word).or_else(|| ALIASES.iter().find(|(alias, _)| *alias == word).map(|(_, key)| *key))
}

impl Cursor<'_> {
    /// What is known of packets; nothing where a word has no such meaning. A header's name may be a value, too, where
    /// values may stand.
    pub(super) fn selector(&mut self, values: bool) -> Parsed<Option<Term>> {
        let Some(word) = self.peek_word() else { return Ok(None) };
        if let Some(base) = word.strip_prefix('@').and_then(PayloadBase::from_name) {
            return self.raw(base).map(Some);
        }
        if OTHERS.contains(&word) {
            return Err(SyntaxError::unsupported(word, self.span()));
        }
        if let Some(header) = header(word) {
            let is_value = values && self.word_ahead(1).is_none();
            return if is_value { Ok(None) } else { self.field(header).map(Some) };
        }
        match (word, meta_key(word)) {
            ("meta", _) => {
                self.pass();
                self.named("a key of meta", meta_key).map(|key| Some(Term::Meta(key)))
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
        match self.one_or_two(|word| ct_key(word, direction.is_some())) {
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
