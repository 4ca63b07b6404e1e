//! The traits of messages: commands, replies, announcements.

use std::fmt::Debug;

use nlink_core::wire::{Message, WireError};

use crate::Family;

/// A message that asks a family for something.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not declared as a request",
    note = "add #[derive(GenlMessage)] and #[command(request = …)]"
)]
pub trait Command: Message + Clone + Unpin {
    /// The family that it is for.
    type Family: Family;

    /// What answers it; `()` is an acknowledgement alone.
    type Reply: Reply;

    /// Its number.
    const COMMAND: u8;
}

/// A message that answers a command.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not declared as a reply",
    note = "add #[derive(GenlMessage)] and #[command(reply = …)]"
)]
pub trait Reply: Default + Debug + Send + Unpin + 'static {
    /// The number it comes under; `None` where nothing but an acknowledgement comes.
    const COMMAND: Option<u8>;

    /// Reads what follows the headers.
    fn decode(body: &[u8]) -> Result<Self, WireError>;
}

impl Reply for () {
    const COMMAND: Option<u8> = None;

    fn decode(_: &[u8]) -> Result<Self, WireError> {
        Ok(())
    }
}

/// A message that a family announces of itself, or several of them in an enum.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not declared as an announcement",
    note = "add #[derive(GenlMessage)] and #[command(event = …, group = \"…\")], or implement it for an enum of several"
)]
pub trait Announcement: Send + Unpin + Sized + 'static {
    /// The family that announces it.
    type Family: Family;

    /// The multicast groups that it comes by.
    const GROUPS: &'static [&'static str];

    /// Reads a message; `None` is one of no interest here.
    fn read(command: u16, body: &[u8]) -> Option<Result<Self, WireError>>;
}
