//! Types of values: how long they are, in which byte order they lie in a register, and the words for them.

mod clock;
mod priority;
mod symbols;
mod unit;
mod value_type;

pub use clock::{date_text, date_value, hour_text, hour_value};
pub use priority::{priority_named, priority_text};
pub use symbols::{Symbol, symbols_of};
pub use unit::{AMOUNTS, TIMES, amount, time_text, time_value};
pub use value_type::{ByteOrder, Nature, ValueType};
