//! Types of values: how long they are, in which byte order they lie in a register, and the words for them.

mod symbols;
mod value_type;

pub use symbols::{Symbol, symbols_of};
pub use value_type::{ByteOrder, Nature, ValueType};
