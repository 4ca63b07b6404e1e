//! The engine on the running kernel, without privileges: what it takes is only looked at.

mod link;
mod requests;
mod streams;
