//! Sets and maps.

use nlink_uapi::nf_tables::{NFT_SET_POL_MEMORY, NFT_SET_POL_PERFORMANCE};

use super::super::SetMeaning;
use super::super::tree::{DataSpec, Name, SetBlock, TableName, Term, TypeSpec};
use super::super::value::ValueType;
use super::stateful;
use crate::expression::kinds::objref::ObjectType;
use crate::set::{SetDescription, SetField};
use crate::userdata::SetNotes;
use crate::{DataType, Expression, Set, SetFlags};

/// Bytes of a register of four.
const WORD: u16 = 4;

impl TypeSpec {
    /// The types of its parts with their lengths.
    pub fn value_types(&self) -> Vec<ValueType> {
        match self {
            Self::Types(types) => types.iter().copied().map(ValueType::of).collect(),
            Self::Like(Term::Concatenation(parts)) => parts.iter().filter_map(Term::value_type).collect(),
            Self::Like(term) => term.value_type().into_iter().collect(),
        }
    }

    /// The types as one number, as the kernel keeps them.
    fn number(&self) -> DataType {
        let parts = self.data_types().into_iter();
        parts.reduce(DataType::then).unwrap_or_default()
    }

    /// Bytes of a value: in a concatenation each part fills up registers of four.
    fn len(&self) -> u32 {
        let parts = self.value_types();
        let whole = |value_type: &ValueType| match parts.len() {
            1 => value_type.len(),
            _ => value_type.len().next_multiple_of(WORD),
        };
        parts.iter().map(|part| u32::from(whole(part))).sum()
    }
}

impl SetBlock {
    /// What the kernel keeps of it, without its elements.
    pub fn declared(&self, table: &TableName) -> Set {
        let mut set = Set { handle: self.handle, ..Set::named(&table.table(), &self.name.text) };
        set.flags = Some(self.flags);
        if let Some(key) = &self.key {
            set.key_type = Some(key.number());
            set.key_len = Some(key.len());
            self.parts(key, &mut set);
        }
        let notes = SetNotes {
            comment: self.comment.clone(),
            auto_merge: self.auto_merge,
            ..SetNotes::of(&SetMeaning::from(self))
        };
        match &self.data {
            Some(DataSpec::Objects(object)) => set.object_type = Some(object.0),
            Some(DataSpec::Values(values)) => {
                set.data_type = Some(values.number());
                set.data_len = Some(values.len());
            }
            // The first and the last value.
            Some(DataSpec::Intervals(values)) => {
                set.data_type = Some(values.number());
                set.data_len = Some(values.len().saturating_mul(2));
            }
            None => {}
        }
        if self.size.is_some() {
            set.description.get_or_insert_default().size = self.size;
        }
        let does: Vec<Expression> = self.statements.iter().filter_map(stateful::expression).collect();
        match <[Expression; 1]>::try_from(does) {
            Ok([only]) => set.expression = Some(only),
            Err(several) if several.is_empty() => {}
            Err(several) => {
                set.flags = Some(set.flags.unwrap_or_default() | SetFlags::EXPRESSION);
                set.expressions = several;
            }
        }
        set.policy = self.memory.then_some(NFT_SET_POL_MEMORY);
        set.timeout = self.timeout;
        set.gc_interval = self.gc_interval.and_then(|interval| u32::try_from(interval).ok());
        set.userdata = Some(notes.into());
        set
    }

    /// Of intervals of concatenations the kernel has to know the parts.
    fn parts(&self, key: &TypeSpec, set: &mut Set) {
        let parts = key.value_types();
        if parts.len() > 1 && self.flags.contains(SetFlags::INTERVAL) {
            set.flags = Some(self.flags | SetFlags::CONCATENATION);
            let field = |part: &ValueType| SetField { len: Some(part.len().into()), ..SetField::default() };
            let parts = parts.iter().map(field).collect();
            set.description = Some(SetDescription { parts, ..SetDescription::default() });
        }
    }
}

/// The types whose number this is.
fn types(number: DataType) -> TypeSpec {
    TypeSpec::Types(number.parts().collect())
}

/// The set as it was listed, without its elements.
impl From<&Set> for SetBlock {
    fn from(set: &Set) -> Self {
        let flags = set.flags.unwrap_or_default();
        let notes = set.userdata.as_ref().map(SetNotes::from).unwrap_or_default();
        let data = match (set.object_type, set.data_type) {
            (Some(object), _) if flags.contains(SetFlags::OBJECT) => Some(DataSpec::Objects(ObjectType(object))),
            (_, Some(data)) if notes.data_intervals => Some(DataSpec::Intervals(types(data))),
            (_, Some(data)) => Some(DataSpec::Values(types(data))),
            _ => None,
        };
        let size = set.description.as_ref().and_then(|description| description.size);
        Self {
            name: Name::from(set.name.as_deref().unwrap_or_default()),
            handle: set.handle,
            key: set.key_type.map(types),
            data,
            flags,
            timeout: set.timeout.filter(|timeout| *timeout > 0),
            gc_interval: set.gc_interval.filter(|interval| *interval > 0).map(u64::from),
            size,
            count: set.count.filter(|count| *count > 0 && size.is_some()),
            memory: set.policy.is_some_and(|policy| policy != NFT_SET_POL_PERFORMANCE),
            auto_merge: notes.auto_merge,
            comment: notes.comment,
            statements: set.expression.iter().chain(&set.expressions).map(stateful::statement).collect(),
            elements: Vec::new(),
        }
    }
}
