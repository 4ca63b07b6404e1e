//! From the model to the impls.

mod attributes;
mod command;
mod fields;
mod kind;
mod message;
mod run;

pub(crate) use run::run;
