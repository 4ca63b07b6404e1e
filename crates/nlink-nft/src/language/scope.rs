//! What the sets and maps of a table are, for the rules that name them.

use std::collections::HashMap;

use nlink_core::show::Names;

use super::tree::{DataSpec, SetBlock, Term, TypeSpec};
use super::value::ValueType;
use crate::userdata::SetNotes;
use crate::{DataType, Set, SetFlags};

/// What rules may refer to: the sets of their table, and names of numbers.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The sets and maps of the table.
    pub sets: HashMap<String, SetMeaning>,
    /// Names of `protocols`, `services`, `users`, `groups`, `rt_realms`, `rt_marks` and, of interfaces, `group`.
    pub names: Names,
}

/// What a set or map holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetMeaning {
    /// The parts of its keys.
    pub keys: Vec<ValueType>,
    /// Of a map: the parts of its values.
    pub data: Vec<ValueType>,
    /// Whether it holds intervals.
    pub intervals: bool,
    /// Of a map: whether its values are intervals.
    pub data_intervals: bool,
}

impl Scope {
    /// With that set or map, as its table declares it.
    #[must_use]
    pub fn with(mut self, name: &str, set: impl Into<SetMeaning>) -> Self {
        self.sets.insert(name.into(), set.into());
        self
    }
}

impl From<&SetBlock> for SetMeaning {
    fn from(block: &SetBlock) -> Self {
        let data = match &block.data {
            Some(DataSpec::Values(types) | DataSpec::Intervals(types)) => parts(types),
            _ => Vec::new(),
        };
        let keys = block.key.as_ref().map(parts).unwrap_or_default();
        let data_intervals = matches!(block.data, Some(DataSpec::Intervals(_)));
        Self { keys, data, intervals: block.flags.contains(SetFlags::INTERVAL), data_intervals }
    }
}

impl From<&Set> for SetMeaning {
    fn from(set: &Set) -> Self {
        let data_intervals = set.userdata.as_ref().is_some_and(|userdata| SetNotes::from(userdata).data_intervals);
        Self {
            keys: lengthened(set.key_type, set.key_len),
            data: lengthened(set.data_type, set.data_len.filter(|_| !data_intervals)),
            intervals: set.flags.is_some_and(|flags| flags.contains(SetFlags::INTERVAL)),
            data_intervals,
        }
    }
}

fn parts(types: &TypeSpec) -> Vec<ValueType> {
    match types {
        TypeSpec::Types(types) => types.iter().map(|data_type| ValueType::of(*data_type)).collect(),
        TypeSpec::Like(Term::Concatenation(terms)) => terms.iter().filter_map(Term::value_type).collect(),
        TypeSpec::Like(term) => term.value_type().into_iter().collect(),
    }
}

/// The parts of a type; one without a length of its own has that of the set.
fn lengthened(data_type: Option<DataType>, len: Option<u32>) -> Vec<ValueType> {
    let mut parts: Vec<_> = data_type.into_iter().flat_map(DataType::parts).map(ValueType::of).collect();
    if let ([only], Some(bits)) = (parts.as_mut_slice(), len.and_then(|len| u16::try_from(len.checked_mul(8)?).ok()))
        && only.is_empty()
    {
        only.bits = bits;
    }
    parts
}
