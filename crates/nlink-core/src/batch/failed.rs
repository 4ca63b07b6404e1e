//! An item that was not carried out, or of which that is not known.

use std::sync::Arc;

use super::names::Names;
use super::written::Written;
use crate::connection::{Deadline, Fault};
use crate::engine::Refusal;
use crate::error::{Error, Sent};
use crate::wire::WireError;

/// An item and its fate; in words only when somebody asks.
pub(super) struct Failed {
    /// Its place among the items, from 0.
    pub(super) index: usize,
    pub(super) written: &'static Written,
    pub(super) item: Item,
    pub(super) fate: Fate,
}

/// What is left of an item.
pub(super) enum Item {
    /// Its message, with stand-ins for names.
    Message(Box<[u8]>),
    /// It has none: it could not be written.
    Words(String),
}

/// What became of an item.
pub(super) enum Fate {
    /// The kernel said no.
    Refused(Refusal),
    /// It cannot be said in a message.
    Invalid(WireError),
    /// It names an interface that is not there.
    NoInterface(Box<str>),
    /// It was sent, or sending it was tried, and there is no answer.
    Unanswered(Arc<Fault>, Deadline),
    /// It was not sent, for something before it went wrong.
    Unsent,
}

impl Failed {
    /// The item in words.
    pub(super) fn describe(&self, names: &Names) -> String {
        match &self.item {
            Item::Message(message) => self.written.describe(message, names),
            Item::Words(words) => words.clone(),
        }
    }

    /// What went wrong, as it would be told of a single request.
    pub(super) fn error(&self, names: &Names) -> Error {
        let asked = format!("{} {}", self.written.verb, self.describe(names));
        let sent = match &self.item {
            Item::Message(message) => Some(Sent { message, prefix: self.written.prefix, table: self.written.table }),
            Item::Words(_) => None,
        };
        match &self.fate {
            Fate::Refused(refusal) => Error::refused(refusal, asked, sent),
            Fate::Invalid(error) => Error::invalid(asked, error.clone()),
            Fate::NoInterface(name) => Error::no_interface(&**name),
            Fate::Unanswered(fault, deadline) => fault.explain(asked, *deadline, sent),
            Fate::Unsent => Error::unsent(asked),
        }
    }
}
