//! What the kernel is asked to decide, and what is left to be decided here.

use nlink_core::wire::WireCause;

use super::{Condition, Expression, bytecode};
use crate::Family;

/// The largest program that fits an attribute, bytes.
const MOST: usize = u16::MAX as usize - 4;

/// The bytecode for an expression about internet sockets. The kernel decides it all; where it is too long for that, the
/// parts of it that fit, and the rest is decided here. What only the kernel knows cannot be left out.
pub(crate) fn plan(expression: &Expression, family: Family) -> Result<Option<Vec<u8>>, WireCause> {
    match bytecode::compile(expression, family) {
        Ok(program) if program.len() <= MOST => return Ok(Some(program)),
        Err(error) if !matches!(error.cause(), WireCause::Overflow { .. }) => return Err(error.cause().clone()),
        _ => {}
    }
    let (mut sent, mut left) = (Vec::new(), Vec::new());
    let parts = match expression {
        Expression::All(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    // What only the kernel knows comes first.
    let (kernels, ours): (Vec<_>, Vec<_>) = parts.iter().partition(|part| part.has(&is_kernels));
    for part in kernels.into_iter().chain(ours) {
        sent.push(part.clone());
        let program = bytecode::compile(&Expression::All(sent.clone()), family);
        if !program.is_ok_and(|program| program.len() <= MOST) {
            left.extend(sent.pop());
        }
    }
    if left.iter().any(|part| part.has(&is_kernels)) {
        return Err(WireCause::Invalid(
            "`autobound` and `fwmark` are for the kernel to decide, and this is too long for it",
        ));
    }
    if sent.is_empty() {
        return Ok(None);
    }
    let program = bytecode::compile(&Expression::All(sent), family).map_err(|error| error.cause().clone())?;
    Ok(Some(program))
}

fn is_kernels(condition: &Condition) -> bool {
    matches!(condition, Condition::Autobound | Condition::Mark { .. })
}
