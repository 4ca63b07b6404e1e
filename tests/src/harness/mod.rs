//! The parts of the harness, in the order a test meets them.

pub mod allowed;
pub mod context;
pub mod json;
pub mod kernel;
pub mod probe;
pub mod skip;
pub mod snapshot;
pub mod table;
pub mod tool;
