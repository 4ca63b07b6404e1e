//! Mirrors against the kernel: whatever happens, in the end they are what a fresh listing shows.

mod compare;

pub mod addresses;
pub mod links;
pub mod routes;
pub mod storm;
