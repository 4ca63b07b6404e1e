//! WireGuard: our `wg` and the reference one agree, and the library does what it says.

pub mod many;
pub mod states;
pub mod tunnel;
pub mod words;
