//! What is in a register.

use crate::DataType;
use crate::expression::Expression;
use crate::expression::kinds::bitwise::BitwiseOperation;
use crate::expression::kinds::byteorder::Byteorder;
use crate::expression::kinds::payload::PayloadBase;
use crate::expression::kinds::{Bitwise, Payload};
use crate::language::tree::{BinaryOperation, Constant, Term};
use crate::language::value::ValueType;

/// What is in a register: where it comes from, and what has been done to it.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) source: Source,
    pub(super) changes: Vec<Change>,
    /// The expressions that put it there.
    pub(super) expressions: Vec<Expression>,
}

/// Where a value comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// `meta`, `ct`, or what a map has.
    Term(Term),
    /// So many bytes of the packet.
    Packet { base: PayloadBase, offset: u32, len: u32 },
    /// The rule itself.
    Immediate(Vec<u8>),
}

/// What has been done to a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    /// `(value & mask) ^ xor`
    Mask(Vec<u8>, Vec<u8>),
    /// By an operation with something else, in so many bytes.
    Operation(BinaryOperation, Term, usize),
    /// From one byte order to the other.
    Order,
}

impl Held {
    pub(super) fn new(source: Source, expression: &Expression) -> Self {
        Self { source, changes: Vec::new(), expressions: vec![expression.clone()] }
    }

    pub(super) fn packet(payload: &Payload, expression: &Expression) -> Option<Self> {
        let source = Source::Packet { base: payload.base?, offset: payload.offset?, len: payload.len? };
        Some(Self::new(source, expression))
    }

    /// Bytes in the register, with what has been done to it.
    pub(super) fn len(&self) -> usize {
        self.changes.iter().filter_map(Change::len).fold(self.source.len(), usize::max)
    }
}

impl Source {
    /// Its bytes.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Term(term) => term.value_type().map_or(0, |of| of.len().into()),
            Self::Packet { len, .. } => usize::try_from(*len).unwrap_or(usize::MAX),
            Self::Immediate(bytes) => bytes.len(),
        }
    }
}

impl Change {
    /// How many bytes it makes of a value.
    fn len(&self) -> Option<usize> {
        match self {
            Self::Mask(keep, _) => Some(keep.len()),
            Self::Operation(_, _, len) => Some(*len),
            Self::Order => None,
        }
    }

    pub(super) fn bitwise(bitwise: &Bitwise) -> Option<Self> {
        let bytes = |data: &Option<crate::expression::Data>| Some(data.as_ref()?.bytes()?.to_vec());
        let shift = |operation| {
            let by = u32::from_ne_bytes(bytes(&bitwise.data)?.as_slice().try_into().ok()?);
            let by = Term::Constant(Constant::number(ValueType::of(DataType::INTEGER), by));
            Some(Self::Operation(operation, by, usize::try_from(bitwise.len?).ok()?))
        };
        match bitwise.operation.unwrap_or(BitwiseOperation::MASK_XOR) {
            BitwiseOperation::MASK_XOR => Some(Self::Mask(bytes(&bitwise.mask)?, bytes(&bitwise.xor)?)),
            BitwiseOperation::LEFT => shift(BinaryOperation::Left),
            BitwiseOperation::RIGHT => shift(BinaryOperation::Right),
            _ => None,
        }
    }

    /// With what is in another register, which is that term. Linux 6.12.
    pub(super) fn joined(bitwise: &Bitwise, other: Term) -> Option<Self> {
        let operation = match bitwise.operation? {
            BitwiseOperation::AND => BinaryOperation::And,
            BitwiseOperation::OR => BinaryOperation::Or,
            BitwiseOperation::XOR => BinaryOperation::Xor,
            _ => return None,
        };
        Some(Self::Operation(operation, other, usize::try_from(bitwise.len?).ok()?))
    }

    pub(super) fn byteorder(byteorder: &Byteorder, len: usize) -> Option<Self> {
        (byteorder.len == u32::try_from(len).ok()).then_some(Self::Order)
    }
}
