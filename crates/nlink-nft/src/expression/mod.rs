//! What rules consist of: expressions, one after the other, that hand values on in registers.

mod data;
mod element;
pub mod kinds;
mod register;
mod verdict;

pub use data::{Data, Value};
pub use kinds::Expression;
pub use register::Register;
pub use verdict::{Verdict, VerdictCode};
