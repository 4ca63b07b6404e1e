//! Sets and maps, and what is in them.

mod data_type;
mod element;
mod elements;
mod key;
mod object;

pub use data_type::DataType;
pub use element::{ElementFlags, SetElement};
pub use elements::SetElements;
pub use key::Key;
pub(crate) use object::next_id;
pub use object::{Set, SetDescription, SetField, SetFlags};
