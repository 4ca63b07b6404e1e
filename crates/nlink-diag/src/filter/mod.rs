//! Filters as text, in the language of `ss`.
//!
//! | file | what |
//! |---|---|
//! | `selection` | states and an expression together |
//! | `parse` | the grammar |
//! | `operand` | addresses, ports, interfaces, marks, control groups |
//! | `services` | names of ports |
//! | `error` | what can be wrong with a filter |

mod error;
mod operand;
mod parse;
mod selection;
mod services;

pub use error::{Mistake, SelectionError};
pub use selection::Selection;
pub(crate) use selection::selections;
pub use services::Services;
