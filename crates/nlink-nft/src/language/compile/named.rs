//! Elements of a set or map that has a name, for `add element` and for its block.

use super::interval::Overlap;
use super::program::Program;
use super::set::{Part, Values};
use crate::expression::Data;
use crate::language::bind;
use crate::language::tree::{DataSpec, Element, SetBlock, TableName};
use crate::language::{MeaningError, Scope, SetMeaning};
use crate::set::{ElementFlags, SetElement, SetElements, SetFlags};
use crate::{DataType, Header};

/// What the kernel keeps of elements, which are written in words, of that set, whose meaning the scope of its table knows.
///
/// # Errors
/// The first word that is no key or value of the set, and intervals that lie in each other.
pub fn elements(
    table: &TableName,
    set: &SetBlock,
    elements: &[Element],
    scope: &Scope,
    leading_end: bool,
) -> Result<SetElements, MeaningError> {
    let header = Header::from(table.family);
    let meaning = scope.sets.get(&set.name.text).cloned().unwrap_or_else(|| SetMeaning::from(set));
    let values = match &set.data {
        None => None,
        Some(DataSpec::Objects(object)) => Some(Values::Objects(*object)),
        Some(_) if meaning.data.iter().any(|of| of.data_type == DataType::VERDICT) => Some(Values::Verdicts),
        Some(_) => Some(Values::Of(meaning.data.clone())),
    };
    // Verdicts and names of objects are no values of a type.
    let data = if let Some(Values::Of(types)) = &values { types.as_slice() } else { &[] };
    let bound = bind::elements(elements, &meaning.keys, data, scope)?;
    let parts: Vec<Part> = meaning.keys.iter().map(|of| (*of, usize::from(of.len()), 0)).collect();
    let program = Program::new(header, scope);
    let has_intervals = set.flags.contains(SetFlags::INTERVAL);
    let mut made = match has_intervals && parts.len() == 1 {
        true => {
            let overlap = if set.auto_merge { Overlap::Merged } else { Overlap::Refused };
            program.ordered(&bound, &parts, values.as_ref(), overlap)?
        }
        false => {
            let one = |element: &Element| program.element(element, &parts, values.as_ref(), has_intervals);
            bound.iter().map(one).collect::<Result<_, _>>()?
        }
    };
    // What lies before the first interval ends at nothing, which is no element to be made anew or taken away.
    if !leading_end {
        made.retain(|element| !is_leading_end(element));
    }
    let (table, set) = (Some(table.name.text.clone()), Some(set.name.text.clone()));
    Ok(SetElements { header, table, set, elements: made, ..SetElements::default() })
}

fn is_leading_end(element: &SetElement) -> bool {
    let is_end = element.flags.is_some_and(|flags| flags.contains(ElementFlags::INTERVAL_END));
    is_end && element.key.as_ref().and_then(Data::bytes).is_some_and(|bytes| bytes.iter().all(|byte| *byte == 0))
}
