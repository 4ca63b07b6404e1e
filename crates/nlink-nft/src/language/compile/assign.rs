//! What is set: marks, and fields of the packet.

use nlink_uapi::nf_tables::*;

use super::bits::{data, number_bytes, ones};
use super::load::{Place, byteorder, mask};
use super::program::{Program, load_bytes};
use super::set::Values;
use super::statement::immediate;
use crate::DataType;
use crate::expression::kinds::byteorder::ByteorderOperation;
use crate::expression::kinds::payload::PayloadBase;
use crate::expression::kinds::{Ct, Meta, Payload};
use crate::expression::{Expression, Register};
use crate::language::MeaningError;
use crate::language::bind::span;
use crate::language::tree::{Assignment, BinaryOperation, Constant, HeaderField, Scalar, Term};
use crate::language::value::{ByteOrder, Nature, ValueType};

/// Where a header has its checksum, bytes from its start, and of which kind it is.
const CHECKSUMS: [(&str, u32, u32); 6] = [
    ("ip", 10, NFT_PAYLOAD_CSUM_INET),
    ("tcp", 16, NFT_PAYLOAD_CSUM_INET),
    ("icmp", 2, NFT_PAYLOAD_CSUM_INET),
    ("icmpv6", 2, NFT_PAYLOAD_CSUM_INET),
    ("igmp", 2, NFT_PAYLOAD_CSUM_INET),
    ("sctp", 8, NFT_PAYLOAD_CSUM_SCTP),
];
/// Fields that the checksums of transport headers cover, too.
const PSEUDO_HEADER: [(&str, &[&str]); 2] =
    [("ip", &["saddr", "daddr", "protocol", "length"]), ("ip6", &["saddr", "daddr", "nexthdr", "length"])];
/// The header whose checksum may be left out: the kernel looks whether it is there.
const OPTIONAL_CHECKSUM: &str = "udp";
/// Where a checksum of 16 bits covers a byte, the byte beside it goes with it.
const PAIR: u32 = 2;

impl Program<'_> {
    pub(super) fn assign(&mut self, of: &Assignment) -> Result<(), MeaningError> {
        self.need_all(&of.target)?;
        self.need_all(&of.value)?;
        if let Some(target) = self.written(&of.target) {
            return self.write(&of.target, target, &of.value);
        }
        let value_type = of.target.value_type().unwrap_or(ValueType::of(DataType::INTEGER));
        let mut expressions = self.value(&of.value, value_type)?;
        let source = Some(Register::ONE);
        expressions.push(match &of.target {
            Term::Meta(key) => Meta { key: Some(*key), source, ..Meta::default() }.into(),
            Term::Ct(ct) => Ct { key: Some(ct.key), direction: ct.direction, source, ..Ct::default() }.into(),
            other => return Err(MeaningError::new("this can not be set", span(other))),
        });
        self.action(expressions);
        Ok(())
    }

    /// A value of that type into the first register.
    pub(super) fn value(&mut self, value: &Term, of: ValueType) -> Result<Vec<Expression>, MeaningError> {
        Ok(match value {
            Term::Constant(constant) => {
                vec![immediate(Register::ONE, data(constant, of, of.len().into(), 0))]
            }
            Term::Lookup(map) => self.looked_up(map, &Values::Of(vec![of]), 0)?,
            other => {
                fits(other, of)?;
                let mut loaded = match other {
                    Term::Binary(binary) => self.operated(binary, 0, of.bits.into())?,
                    other => self.load_aligned(other, 0)?,
                };
                if loaded.value_type.order != of.order && loaded.len > 1 {
                    let operation = match of.order {
                        ByteOrder::Host => ByteorderOperation::NTOH,
                        ByteOrder::Network => ByteorderOperation::HTON,
                    };
                    loaded.expressions.push(byteorder(loaded.register, operation, loaded.len));
                }
                loaded.expressions
            }
        })
    }

    /// Where the bytes lie that are written so that a term changes; nothing where it is none of the packet.
    fn written(&self, term: &Term) -> Option<Place> {
        match term {
            Term::Header(field) => Some(written(field).behind(self.context.tags_before(field))),
            Term::Raw(_) => self.place(term),
            _ => None,
        }
    }

    /// Bytes of the packet, with the checksums that cover them.
    fn write(&mut self, target: &Term, place: Place, value: &Term) -> Result<(), MeaningError> {
        let of = target.value_type().unwrap_or(ValueType::of(DataType::INTEGER));
        let of = ValueType { order: ByteOrder::Network, ..of };
        let changed = changed(target, of, value);
        let mut expressions = match changed {
            Some((keep, turn)) if !place.is_whole() || matches!(value, Term::Binary(_)) => {
                let len = usize::try_from(place.len).unwrap_or(usize::MAX);
                let bytes = |number| number_bytes(number, len, ByteOrder::Network);
                let others = ones(place.len.saturating_mul(u8::BITS)) & !place.mask();
                vec![
                    load_bytes(place.base, place.offset, place.len, Register::ONE),
                    mask(Register::ONE, len, bytes(others | keep << place.shift), bytes(turn << place.shift)),
                ]
            }
            _ if place.is_whole() => self.value(value, of)?,
            _ => return Err(MeaningError::new("a part of a byte is set to a value", span(value))),
        };
        let (checksum, in_pseudo_header) = checksums(target);
        expressions.push(
            Payload {
                source: Some(Register::ONE),
                base: Some(place.base),
                offset: Some(place.offset),
                len: Some(place.len),
                checksum_type: checksum.map(|(.., kind)| kind),
                checksum_offset: checksum.map(|(_, offset, _)| offset),
                checksum_flags: in_pseudo_header.then_some(NFT_PAYLOAD_L4CSUM_PSEUDOHDR),
                ..Payload::default()
            }
            .into(),
        );
        self.action(expressions);
        Ok(())
    }
}

/// Which bits of the target stay and which are turned around, where that is known: it is set to a value, or to what it
/// is itself but for some bits.
fn changed(target: &Term, of: ValueType, value: &Term) -> Option<(u128, u128)> {
    match value {
        Term::Constant(Constant { scalar: Scalar::Number(number), .. }) => Some((0, *number)),
        Term::Binary(binary) => {
            let Term::Constant(Constant { scalar: Scalar::Number(number), .. }) = binary.right else { return None };
            let (keep, turn) = if binary.left == *target {
                (ones(of.bits.into()), 0)
            } else {
                changed(target, of, &binary.left).filter(|_| matches!(binary.left, Term::Binary(_)))?
            };
            match binary.operation {
                BinaryOperation::And => Some((keep & number, turn & number)),
                BinaryOperation::Or => Some((keep & !number, turn & !number | number)),
                BinaryOperation::Xor => Some((keep, turn ^ number)),
                BinaryOperation::Left | BinaryOperation::Right => None,
            }
        }
        _ => None,
    }
}

/// The checksum of the header that the target is in, and whether those of transport headers cover it, too.
fn checksums(target: &Term) -> (Option<(&'static str, u32, u32)>, bool) {
    let Term::Header(field) = target else { return (None, false) };
    let (header, name) = (field.header.name, field.field.name);
    let above = PSEUDO_HEADER.iter().any(|(of, fields)| *of == header && fields.contains(&name));
    (CHECKSUMS.into_iter().find(|(of, ..)| *of == header), above || header == OPTIONAL_CHECKSUM)
}

/// Whether such bytes are written with the checksums that cover that target.
pub(crate) fn has_checksums(written: &Payload, target: &Term) -> bool {
    let (checksum, in_pseudo_header) = checksums(target);
    let (offset, kind) = checksum.map_or((0, NFT_PAYLOAD_CSUM_NONE), |(_, offset, kind)| (offset, kind));
    let flags = if in_pseudo_header { NFT_PAYLOAD_L4CSUM_PSEUDOHDR } else { 0 };
    written.checksum_type.unwrap_or_default() == kind
        && written.checksum_offset.unwrap_or_default() == offset
        && written.checksum_flags.unwrap_or_default() == flags
}

/// What is written so that a field changes: whole pairs of bytes where a checksum covers it, or it is a part of
/// one of the link layer.
pub(crate) fn written(field: &HeaderField) -> Place {
    let own = Place::of(field);
    let is_covered = CHECKSUMS.iter().any(|(of, ..)| *of == field.header.name);
    let is_part = field.header.base == PayloadBase::LINK && !own.is_whole();
    if is_covered || is_part { paired(own) } else { own }
}

fn paired(place: Place) -> Place {
    let before = place.offset % PAIR;
    let len = before.saturating_add(place.len).next_multiple_of(PAIR);
    let behind = len.saturating_sub(before).saturating_sub(place.len);
    let shift = place.shift.saturating_add(behind.saturating_mul(u8::BITS));
    Place { offset: place.offset.saturating_sub(before), len, shift, ..place }
}

/// Whether a term's values may be set where values of a type are wanted: the same ones; a mark takes other numbers.
fn fits(term: &Term, wanted: ValueType) -> Result<(), MeaningError> {
    let Some(of) = term.value_type() else { return Ok(()) };
    let is_field = matches!(term, Term::Header(_));
    let is_short = of.data_type == DataType::INTEGER && is_field && matches!(of.bits, 8 | 16);
    let is_none = matches!(of.nature(), Nature::Flags | Nature::Text);
    let is_number = !(is_none || is_short || is_field && of.bits > 32);
    if of.data_type == wanted.data_type || (wanted.data_type == DataType::MARK && is_number) {
        return Ok(());
    }
    let message = format!("datatype mismatch: expected {}, expression has type {}", wanted.data_type, of.data_type);
    Err(MeaningError::new(message, span(term)))
}
