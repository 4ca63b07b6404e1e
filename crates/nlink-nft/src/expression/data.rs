//! Data of expressions and elements: a value as it lies in a register, or a verdict.

use nlink_core::Interface;
use nlink_core::wire::{Codec, Shape, UnknownAttrs, WireError, Writer};
use nlink_uapi::nf_tables::*;

use super::Verdict;

/// A value or a verdict (`NFTA_DATA_…`).
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct Data {
    /// A value.
    #[attr(NFTA_DATA_VALUE)]
    pub value: Option<Value>,
    /// A verdict.
    #[attr(NFTA_DATA_VERDICT)]
    pub verdict: Option<Box<Verdict>>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl Data {
    /// A value's bytes, as they lie in a register.
    pub fn value(bytes: impl Into<Vec<u8>>) -> Self {
        Self { value: Some(Value::Bytes(bytes.into())), ..Self::default() }
    }

    /// The value's bytes, where it is one.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self.value.as_ref()? {
            Value::Bytes(bytes) => Some(bytes),
            Value::Interface(_) => None,
        }
    }
}

impl From<Verdict> for Data {
    fn from(verdict: Verdict) -> Self {
        Self { verdict: Some(Box::new(verdict)), ..Self::default() }
    }
}

impl From<Value> for Data {
    fn from(value: Value) -> Self {
        Self { value: Some(value), ..Self::default() }
    }
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Bytes as they lie in a register: what the packet has in network byte order, most other numbers in the machine's.
    Bytes(Vec<u8>),
    /// The index of an interface that is known by its name until it is sent.
    Interface(Interface),
}

impl Value {
    /// Shows the interface whose index this is. Once its index is known, the value is bytes like any other.
    pub(crate) fn visit_interface(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        let mut interface = match self {
            Value::Interface(interface) => interface.clone(),
            Value::Bytes(bytes) => match u32::decode(bytes) {
                Ok(index) => index.into(),
                Err(_) => return,
            },
        };
        visit(&mut interface);
        *self = match interface {
            Interface::Index(index) => Value::Bytes(index.to_ne_bytes().into()),
            name => Value::Interface(name),
        };
    }
}

impl Codec for Value {
    const SHAPE: Shape = Shape::Bytes;

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        Ok(Self::Bytes(payload.to_vec()))
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Value::Bytes(bytes) => writer.bytes(bytes),
            Value::Interface(interface) => interface.encode(writer),
        }
    }
}
