//! What is in a register, as a term.

use super::field::number;
use super::held::{Change, Held, Source};
use super::rule::Decoder;
use crate::DataType;
use crate::expression::kinds::payload::PayloadBase;
use crate::language::Span;
use crate::language::compile::bits::{number_of, ones};
use crate::language::compile::load::Place;
use crate::language::tree::{Binary, BinaryOperation, Constant, RawPayload, Term};
use crate::language::value::{ByteOrder, ValueType};

/// What is in a register.
pub(super) struct Read {
    pub(super) term: Term,
    /// Its type.
    pub(super) said: ValueType,
    /// The same as it lies there.
    pub(super) of: ValueType,
    pub(super) len: usize,
    /// Bits behind it.
    pub(super) shift: u32,
    /// What is done to it beyond that.
    pub(super) mask: Option<(u128, u128)>,
}

impl Decoder<'_> {
    /// A register as a term.
    pub(super) fn read(&self, held: &Held) -> Option<Read> {
        let (term, mut shift, changes) = match &held.source {
            Source::Term(term) => (term.clone(), 0, held.changes.as_slice()),
            Source::Immediate(_) => return None,
            Source::Packet { base, offset, len } => self.bytes(*base, *offset, *len, &held.changes)?,
        };
        let said = term.value_type()?;
        let mut of = said;
        if matches!(held.source, Source::Packet { .. }) {
            of.order = ByteOrder::Network;
        }
        let mut read = Read { term, said, of, len: held.source.len(), shift: 0, mask: None };
        for change in changes {
            match change {
                Change::Operation(BinaryOperation::Right, by, _) if shift > 0 && number(by) == Some(shift.into()) => {
                    shift = 0;
                }
                Change::Operation(operation, other, len) if shift == 0 => {
                    read = read.operated(*operation, other.clone(), *len)?;
                }
                Change::Order => read.of.order = other(read.of.order),
                Change::Mask(keep, turn) if read.mask.is_none() => {
                    if read.len < keep.len() {
                        read.ordered();
                    }
                    read.len = read.len.max(keep.len());
                    read.mask = Some((number_of(keep, read.of.order), number_of(turn, read.of.order)));
                }
                _ => return None,
            }
        }
        Some(Read { shift, ..read })
    }

    /// Bytes of the packet: the field that they are or that a mask leaves of them, the bits behind it, and the changes
    /// that are not its own.
    fn bytes<'h>(
        &self,
        base: PayloadBase,
        offset: u32,
        len: u32,
        changes: &'h [Change],
    ) -> Option<(Term, u32, &'h [Change])> {
        let (bits, at) = (len.checked_mul(u8::BITS)?, offset.checked_mul(u8::BITS)?);
        let raw = |offset, bits| Term::Raw(RawPayload { base, offset, bits, span: Span::default() });
        let own = match changes {
            [Change::Mask(mask, xor), rest @ ..] if xor.iter().all(|byte| *byte == 0) => {
                Some((number_of(mask, ByteOrder::Network), rest))
            }
            _ => None,
        };
        if let Some((mask, rest)) = own
            && let Some(field) = self.known.field(base, offset, len, Some(mask))
        {
            return Some((Term::Header(field), Place::of(&field).shift, rest));
        }
        if let Some(field) = self.known.field(base, offset, len, None) {
            return Some((Term::Header(field), 0, changes));
        }
        // Only whole bytes are told as such: so nft has it.
        match own.filter(|(mask, _)| is_run(*mask) && mask.count_ones().is_multiple_of(u8::BITS)) {
            Some((mask, rest)) => {
                let behind = mask.trailing_zeros();
                let before = bits.checked_sub(mask.count_ones())?.checked_sub(behind)?;
                Some((raw(at.checked_add(before)?, mask.count_ones()), behind, rest))
            }
            None => Some((raw(at, bits), 0, changes)),
        }
    }
}

impl Read {
    /// What comes of it by an operation, in so many bytes.
    fn operated(mut self, operation: BinaryOperation, right: Term, len: usize) -> Option<Self> {
        let mut said = self.said;
        // What is shifted is bits, whatever it was.
        if matches!(operation, BinaryOperation::Left | BinaryOperation::Right) {
            said = ValueType::of(DataType::BITMASK);
        }
        self.ordered();
        let of = self.of;
        let term = Term::Binary(Box::new(Binary { operation, left: masked(self)?, right }));
        Some(Self { term, said, of, len, shift: 0, mask: None })
    }

    /// A byte has no order until there are more of them.
    fn ordered(&mut self) {
        if self.len == 1 {
            self.of.order = ByteOrder::Host;
        }
    }
}

fn other(order: ByteOrder) -> ByteOrder {
    match order {
        ByteOrder::Host => ByteOrder::Network,
        ByteOrder::Network => ByteOrder::Host,
    }
}

/// A term with its mask as operations.
pub(super) fn masked(read: Read) -> Option<Term> {
    let Some((keep, turn)) = read.mask else { return Some(read.term) };
    let bits = u32::try_from(read.len).ok()?.checked_mul(u8::BITS)?;
    (read.shift == 0).then(|| turned(read.term, read.said, bits, keep, turn))
}

/// A term of so many bits of which some are kept and some turned around.
pub(super) fn turned(term: Term, said: ValueType, bits: u32, keep: u128, turn: u128) -> Term {
    let all = ones(bits);
    let with = |operation, left, number: u128| {
        let right = Term::Constant(Constant::number(said, number));
        Term::Binary(Box::new(Binary { operation, left, right }))
    };
    match (keep, turn) {
        (keep, 0) => with(BinaryOperation::And, term, keep),
        (keep, turn) if keep == all => with(BinaryOperation::Xor, term, turn),
        (keep, turn) if keep == all & !turn => with(BinaryOperation::Or, term, turn),
        (keep, turn) => {
            // What is set in any case may as well be kept: so nft has it.
            let (operation, keep) = match keep & turn {
                0 => (BinaryOperation::Or, keep | turn),
                _ => (BinaryOperation::Xor, keep),
            };
            with(operation, with(BinaryOperation::And, term, keep), turn)
        }
    }
}

/// Whether the bits that are set stand side by side.
pub(super) fn is_run(mask: u128) -> bool {
    let run = mask.checked_shr(mask.trailing_zeros()).unwrap_or(0);
    run != 0 && run & run.wrapping_add(1) == 0
}
