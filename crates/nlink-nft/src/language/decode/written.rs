//! What is set in the packet: fields, and bits that are none.

use super::held::{Change, Held, Source};
use super::read::{is_run, turned};
use super::rule::Decoder;
use crate::expression::kinds::Payload;
use crate::expression::kinds::payload::PayloadBase;
use crate::language::Span;
use crate::language::compile::assign::{has_checksums, written};
use crate::language::compile::bits::{number_of, ones};
use crate::language::compile::load::Place;
use crate::language::tree::{Assignment, Constant, HeaderField, RawPayload, Statement, Term};
use crate::language::value::{ByteOrder, ValueType};

/// Bytes of the packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bytes {
    base: PayloadBase,
    offset: u32,
    len: u32,
}

impl Decoder<'_> {
    /// Bytes of the packet that are set, or some of their bits.
    pub(super) fn written(&self, payload: &Payload) -> Option<Statement> {
        let held = self.peek(payload.source?)?;
        let bytes = Bytes { base: payload.base?, offset: payload.offset?, len: payload.len? };
        let is_target = |field: &HeaderField| {
            let place = written(field);
            (place.offset, place.len) == (bytes.offset, bytes.len) && has_checksums(payload, &Term::Header(*field))
        };
        let fields = self.known.fields(bytes.base).into_iter().filter(is_target);
        let (target, value) = match changed(held, bytes) {
            Some((keep, turn)) => fields
                .filter_map(|field| in_field(field, bytes, keep, turn))
                .next()
                .or_else(|| in_bits(bytes, keep, turn).filter(|(raw, _)| has_checksums(payload, raw)))?,
            None => {
                let whole = fields.filter(|field| written(field).is_whole()).map(Term::Header).next();
                let raw = bytes.raw(0, bytes.bits()?);
                let target = whole.or(Some(raw).filter(|raw| has_checksums(payload, raw)))?;
                let of = ValueType { order: ByteOrder::Network, ..target.value_type()? };
                let value = self.value(held, of)?;
                (target, value)
            }
        };
        Some(Statement::Assignment(Assignment { target, value }))
    }
}

impl Bytes {
    fn bits(self) -> Option<u32> {
        self.len.checked_mul(u8::BITS)
    }

    /// So many of their bits, behind some.
    fn raw(self, before: u32, bits: u32) -> Term {
        let offset = self.offset.saturating_mul(u8::BITS).saturating_add(before);
        Term::Raw(RawPayload { base: self.base, offset, bits, span: Span::default() })
    }
}

/// Which bits of the bytes stay and which are turned around, where they are set to what they are themselves but for some.
fn changed(held: &Held, bytes: Bytes) -> Option<(u128, u128)> {
    match (&held.source, held.changes.as_slice()) {
        (Source::Packet { base, offset, len }, [Change::Mask(keep, turn)])
            if (Bytes { base: *base, offset: *offset, len: *len }) == bytes && bytes.bits()? <= u128::BITS =>
        {
            Some((number_of(keep, ByteOrder::Network), number_of(turn, ByteOrder::Network)))
        }
        _ => None,
    }
}

/// The field, where no other bits change, and what it is set to.
fn in_field(field: HeaderField, bytes: Bytes, keep: u128, turn: u128) -> Option<(Term, Term)> {
    let (place, of) = (written(&field), field.field.value_type);
    let others = ones(bytes.bits()?) & !place.mask();
    (keep & others == others && turn & others == 0).then_some(())?;
    let own = |bits: u128| (bits & place.mask()).checked_shr(place.shift);
    let value = match (own(keep)?, own(turn)?) {
        (0, turn) if !place.is_whole() => Term::Constant(Constant::number(of, turn)),
        (keep, turn) => turned(Term::Header(field), of, of.bits.into(), keep, turn),
    };
    Some((Term::Header(field), value))
}

/// Bits side by side that are set to a number, or else all of the bytes.
fn in_bits(bytes: Bytes, keep: u128, turn: u128) -> Option<(Term, Term)> {
    let bits = bytes.bits()?;
    let (changed, behind) = (ones(bits) & !keep, keep.trailing_ones());
    let before = bits.checked_sub(behind)?.checked_sub(changed.count_ones());
    if is_run(changed)
        && turn & keep == 0
        && let Some(before) = before
        && let raw @ Term::Raw(of) = &bytes.raw(before, changed.count_ones())
        && let place = Place::new(of.base, of.offset, of.bits)
        && (place.offset, place.len) == (bytes.offset, bytes.len)
        && !place.is_whole()
    {
        return Some((raw.clone(), Term::Constant(Constant::number(raw.value_type()?, turn.checked_shr(behind)?))));
    }
    let raw = bytes.raw(0, bits);
    Some((raw.clone(), turned(raw.clone(), raw.value_type()?, bits, keep, turn)))
}
