//! What the fuzz targets do with their input, as plain functions: libFuzzer calls them, and so do the tests, which put
//! the seeds through them.

pub mod engine;
mod grow;
mod input;
pub mod messages;
pub mod nft;
pub mod refusals;
mod shown;
pub mod words;
