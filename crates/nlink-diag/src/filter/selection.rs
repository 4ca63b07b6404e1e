//! States and an expression: what a filter is made of as text.

use std::str::FromStr;

use super::{SelectionError, parse};
use crate::{Expression, Family, States};

/// What `ss` takes behind its options.
///
/// ```
/// use nlink_diag::{Selection, States};
/// let selection: Selection = "state listening ( sport = :22 or sport >= :8000 ) and not dev lo".parse()?;
/// assert_eq!(selection.states, Some(States::LISTEN));
/// let error = "dport = :443 garbage".parse::<Selection>().unwrap_err();
/// assert!(error.to_string().starts_with("filter, column 14: \"garbage\" stands where a condition"));
/// # Ok::<(), nlink_diag::SelectionError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// The states, where some were named.
    pub states: Option<States>,
    /// The expression, where there is one.
    pub expression: Option<Expression>,
}

impl Selection {
    /// Reads a filter in which addresses that name no family are of the one given: with [`Family::UNIX`], `src /run/*` is
    /// a path.
    pub fn parse(text: &str, usual: Family) -> Result<Self, SelectionError> {
        parse::selection(text, usual)
    }
}

impl FromStr for Selection {
    type Err = SelectionError;

    fn from_str(text: &str) -> Result<Self, SelectionError> {
        Self::parse(text, Family::UNSPEC)
    }
}

/// Gives filters what they share: reading from text, states and expression asked of a socket.
macro_rules! selections {
    ($($filter:ident),+) => {$(
        impl $filter {
            /// Whether a socket in this state belongs, of which `holds` tells whether an expression does.
            fn admits(&self, state: $crate::State, holds: impl FnOnce(&$crate::Expression) -> bool) -> bool {
                self.states.has(state) && self.expression.as_ref().is_none_or(holds)
            }

            fn visit_expression(&mut self, visit: &mut dyn FnMut(&mut ::nlink_core::Interface)) {
                self.expression.iter_mut().for_each(|expression| expression.visit_interfaces(visit));
            }
        }

        impl From<$crate::Selection> for $filter {
            fn from(selection: $crate::Selection) -> Self {
                let usual = Self::default();
                let states = selection.states.unwrap_or(usual.states);
                Self { states, expression: selection.expression, ..usual }
            }
        }

        impl ::std::str::FromStr for $filter {
            type Err = $crate::SelectionError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse::<$crate::Selection>().map(Self::from)
            }
        }
    )+};
}
pub(crate) use selections;
