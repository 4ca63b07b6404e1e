//! A command and its reply as one object of the engine, so that the engine's verbs carry both.

use nlink_core::Interface;
use nlink_core::object::{Change, Dump, Filter, Get, Object, Protocol};
use nlink_core::wire::{AttrTable, Attributes, Attrs, Message, WireError, Writer};

use super::{Command, Reply};

/// Sent, it is the command; received, the reply.
#[derive(Debug)]
pub(super) enum Dialogue<C: Command> {
    Command(C),
    Reply(C::Reply),
}

impl<C: Command> Dialogue<C> {
    pub(super) fn into_reply(self) -> C::Reply {
        match self {
            Dialogue::Reply(reply) => reply,
            Dialogue::Command(_) => C::Reply::default(),
        }
    }
}

impl<C: Command> Default for Dialogue<C> {
    fn default() -> Self {
        Dialogue::Command(C::default())
    }
}

/// Those of the command: it is what errors are about.
impl<C: Command> Attributes for Dialogue<C> {
    const TABLE: AttrTable = C::TABLE;

    fn read(&mut self, payload: &[u8]) -> Result<(), WireError> {
        *self = Dialogue::Reply(C::Reply::decode(payload)?);
        Ok(())
    }

    fn put_all(&mut self, attrs: Attrs<'_>) -> Result<(), WireError> {
        match self {
            Dialogue::Command(command) => command.put_all(attrs),
            Dialogue::Reply(_) => Ok(()),
        }
    }

    fn emit_all(&self, writer: &mut Writer) {
        if let Dialogue::Command(command) = self {
            command.emit_all(writer);
        }
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        if let Dialogue::Command(command) = self {
            command.visit_interfaces(visit);
        }
    }
}

impl<C: Command> Message for Dialogue<C> {
    type Header = C::Header;

    fn emit(&self, writer: &mut Writer) {
        if let Dialogue::Command(command) = self {
            command.emit(writer);
        }
    }
}

/// The number of a reply; where none is to come, one past those that commands have.
const fn reply_command<C: Command>() -> u16 {
    match <C::Reply as Reply>::COMMAND {
        Some(command) => command as u16,
        None => 1 << u8::BITS,
    }
}

impl<C: Command> Object for Dialogue<C> {
    type Protocol = C::Family;
    const NAME: &'static str = C::TABLE.name;
    const NEW: u16 = reply_command::<C>();
    const DEL: u16 = Self::NEW;
    const GET: u16 = C::COMMAND as u16;

    fn describe(&self) -> String {
        format!("{} {}", C::Family::NAME, Self::NAME)
    }
}

impl<C: Command> Get for Dialogue<C> {
    type Key = C;

    fn request_for(key: C) -> Self {
        Dialogue::Command(key)
    }
}

/// A command without a reply: it is acknowledged.
impl<C: Command> Change for Dialogue<C> {
    const COMMAND: u16 = Self::GET;
    const FLAGS: u16 = 0;
}

impl<C: Command> Dump for Dialogue<C> {
    type Filter = Asking<C>;
}

/// The command that asks for a listing.
#[derive(Clone, Debug, Default)]
pub(super) struct Asking<C>(pub(super) C);

impl<C: Command> Filter<Dialogue<C>> for Asking<C> {
    fn emit(&self, writer: &mut Writer) {
        self.0.emit(writer);
    }

    fn matches(&self, _: &Dialogue<C>) -> bool {
        true
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        self.0.visit_interfaces(visit);
    }
}
