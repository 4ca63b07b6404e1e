//! Elements of a set or map that has a name, for `add element` and for its block.

use super::interval::Overlap;
use super::program::Program;
use super::set::{Part, Values};
use crate::expression::Data;
use crate::language::bind;
use crate::language::tree::{DataSpec, Element, SetBlock, TableName};
use crate::language::{MeaningError, Scope, SetMeaning};
use crate::set::{ElementFlags, SetElement, SetElements};
use crate::{DataType, Header};

/// How many elements are compiled at once where each stands for itself.
const RUN: usize = 4096;

/// The elements that are compiled together, for of many not all need be there in every form: intervals are put in order,
/// so these are all.
pub(crate) fn runs<'e>(set: &SetBlock, elements: &'e [Element], scope: &Scope) -> std::slice::Chunks<'e, Element> {
    elements.chunks(if is_ordered(&meaning(set, scope)) { elements.len().max(1) } else { RUN })
}

/// Whether its elements are put in order: intervals of one part.
fn is_ordered(meaning: &SetMeaning) -> bool {
    meaning.intervals && meaning.keys.len() == 1
}

fn meaning(set: &SetBlock, scope: &Scope) -> SetMeaning {
    scope.sets.get(&set.name.text).cloned().unwrap_or_else(|| SetMeaning::from(set))
}

/// What elements are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be there, as they may be already.
    Add,
    /// To be made.
    Create,
    /// To be taken away or told of; their values need not be said.
    Name,
}

/// What the kernel keeps of elements, which are written in words, of that set, whose meaning the scope of its table knows.
///
/// # Errors
/// The first word that is no key or value of the set, and intervals that lie in each other.
pub fn elements(
    table: &TableName,
    set: &SetBlock,
    elements: &[Element],
    scope: &Scope,
    purpose: Purpose,
) -> Result<SetElements, MeaningError> {
    let header = Header::from(table.family);
    let meaning = meaning(set, scope);
    let values = match &set.data {
        None => None,
        Some(_) if purpose == Purpose::Name && elements.iter().all(|element| element.data.is_none()) => None,
        Some(DataSpec::Objects(object)) => Some(Values::Objects(*object)),
        Some(_) if meaning.data.iter().any(|of| of.data_type == DataType::VERDICT) => Some(Values::Verdicts),
        Some(_) if meaning.data_intervals => Some(Values::Intervals(meaning.data.clone())),
        Some(_) => Some(Values::Of(meaning.data.clone())),
    };
    // Verdicts and names of objects are no values of a type.
    let data = if let Some(Values::Of(types) | Values::Intervals(types)) = &values { types.as_slice() } else { &[] };
    let parts: Vec<Part> = meaning.keys.iter().map(|of| (*of, usize::from(of.len()), 0)).collect();
    // Each is bound when its turn comes: of many, no two are there in that form.
    let bound = elements.iter().map(|element| bind::element(element, &meaning.keys, data, scope));
    let program = Program::new(header, scope);
    let mut made = match is_ordered(&meaning) {
        true => {
            let overlap = if set.auto_merge { Overlap::Merged } else { Overlap::Refused };
            program.ordered(bound, &parts, values.as_ref(), overlap)?
        }
        false => {
            let one = |element: Result<_, _>| program.element(&element?, &parts, values.as_ref(), meaning.intervals);
            bound.map(one).collect::<Result<_, _>>()?
        }
    };
    // What lies before the first interval ends at nothing, which is no element to be made anew or taken away.
    if purpose != Purpose::Add {
        made.retain(|element| !is_leading_end(element));
    }
    let (table, set) = (Some(table.name.text.clone()), Some(set.name.text.clone()));
    Ok(SetElements { header, table, set, elements: made, ..SetElements::default() })
}

fn is_leading_end(element: &SetElement) -> bool {
    let is_end = element.flags.is_some_and(|flags| flags.contains(ElementFlags::INTERVAL_END));
    is_end && element.key.as_ref().and_then(Data::bytes).is_some_and(|bytes| bytes.iter().all(|byte| *byte == 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::tree::Term;

    #[test]
    fn only_intervals_are_all_compiled_together() {
        let elements = vec![Element::new(Term::Wildcard); 2 * RUN + 1];
        let runs = |keys: &[DataType], intervals| {
            let keys = keys.iter().map(|of| crate::language::value::ValueType::of(*of)).collect();
            let scope = Scope::default().with("s", SetMeaning { keys, intervals, ..SetMeaning::default() });
            let set = SetBlock { name: "s".into(), ..SetBlock::default() };
            runs(&set, &elements, &scope).map(<[_]>::len).collect::<Vec<_>>()
        };
        assert_eq!(runs(&[DataType::INET_SERVICE], false), [RUN, RUN, 1]);
        assert_eq!(runs(&[DataType::INET_SERVICE], true), [2 * RUN + 1]);
        assert_eq!(runs(&[DataType::INET_SERVICE, DataType::MARK], true), [RUN, RUN, 1]);
    }
}
