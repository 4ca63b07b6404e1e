//! The engine on the running kernel, without privileges: what it takes is only looked at.

#![allow(clippy::unwrap_used)] // also in what the tests have in common

mod blocking;
mod link;
mod namespace;
mod requests;
mod streams;
mod table;
mod transactions;
