//! What elements do: statements that are one expression each.

use super::super::tree::Statement;
use crate::Expression;

/// The expression; other statements are none that an element could have.
pub(in super::super) fn expression(statement: &Statement) -> Option<Expression> {
    match statement {
        Statement::Counter(counter) => Some(counter.clone().into()),
        Statement::Limit(limit) => Some(limit.clone().into()),
        Statement::Quota(quota) => Some(quota.clone().into()),
        Statement::Raw(expression) => Some(expression.clone()),
        _ => None,
    }
}

/// The statement.
pub(in super::super) fn statement(expression: &Expression) -> Statement {
    match expression {
        Expression::Counter(counter) => Statement::Counter((**counter).clone()),
        Expression::Limit(limit) => Statement::Limit((**limit).clone()),
        Expression::Quota(quota) => Statement::Quota((**quota).clone()),
        other => Statement::Raw(other.clone()),
    }
}
