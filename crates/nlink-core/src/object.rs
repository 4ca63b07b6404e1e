//! Objects and the verbs they have: an object says by traits which protocol it belongs to and what can be done with it.
//!
//! The verbs of [`Connection`](crate::Connection) are generic over these traits, so the docs of an object list what can
//! be done with it, and the compiler refuses the rest.

pub(crate) mod parts;
mod watch;

pub use watch::{Cues, Likeness, Watch};

use nlink_uapi::netlink::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};

use crate::blocking;
use crate::error::{KernelError, Result};
use crate::interface::Interface;
use crate::wire::{Frame, Message, WireError, Writer, attr_id};

/// One of the kernel's netlink protocols, as a marker: `Connection<Rtnetlink>`.
pub trait Protocol: Clone + Send + Sync + Unpin + 'static {
    /// Its name in errors and logs: `rtnetlink`.
    const NAME: &'static str;

    /// The number that the socket is opened with (`NETLINK_ROUTE` and its like, linux/netlink.h).
    const NUMBER: u32;

    /// Writes what stands between `nlmsghdr` and an object's header, and gives the message type for a command.
    ///
    /// For most protocols nothing does, and the command is the type; generic netlink writes its own header and gives
    /// the family's number.
    #[inline]
    fn begin(&self, command: u16, writer: &mut Writer) -> u16 {
        let _ = writer;
        command
    }

    /// Takes apart what [`begin`](Protocol::begin) puts together: the command, and the bytes of the object.
    #[inline]
    fn open<'a>(&self, message_type: u16, body: &'a [u8]) -> (u16, &'a [u8]) {
        (message_type, body)
    }

    /// How many bytes [`begin`](Protocol::begin) writes.
    const PREFIX: usize = 0;

    /// Learns from the kernel what it takes to speak the protocol, such as the number of a family that has a name only.
    /// Whether something is known now that was not before; clones share it.
    ///
    /// Called when a connection opens, and again when a refusal [may come from](Protocol::is_outdated) knowing wrong. It
    /// is for what the kernel answers at once, so that nobody waits.
    fn learn(&self, connection: &blocking::Connection<Self>) -> Result<bool> {
        let _ = connection;
        Ok(false)
    }

    /// Whether a refusal with that error number may mean that what was [learned](Protocol::learn) no longer holds.
    fn is_outdated(&self, errno: i32) -> bool {
        let _ = errno;
        false
    }
}

/// A protocol that carries out several requests together or not at all, enclosed between two messages of its own.
///
/// What the machinery relies on: the kernel has gone through all of it when `send` returns; it refuses items by their own
/// numbers, and the transaction as a whole by the number of the message that begins it; whether it acknowledges the two
/// enclosing messages does not matter.
pub trait Transactional: Protocol {
    /// Writes what begins a transaction, after `nlmsghdr`, and gives its message type.
    ///
    /// With a generation, the kernel has to refuse the transaction when it is at another one.
    fn begin_transaction(&self, generation: Option<u32>, writer: &mut Writer) -> u16;

    /// Writes what ends a transaction, and commits it, after `nlmsghdr`, and gives its message type.
    fn end_transaction(&self, writer: &mut Writer) -> u16;
}

/// Something that a kernel protocol keeps: a link, a route, a WireGuard device.
pub trait Object: Message {
    /// The protocol that keeps it.
    type Protocol: Protocol;

    /// What errors call it: `link`.
    const NAME: &'static str;

    /// The command that carries it in answers and events, and that makes it.
    const NEW: u16;

    /// The command that deletes it, and announces that it is gone.
    const DEL: u16;

    /// The command that asks for it.
    const GET: u16;

    /// What errors call this one: `link eth0`, `route 10.0.0.0/8 via 192.0.2.1`. Never a secret.
    fn describe(&self) -> String;

    /// What to do about a refusal of this one, where it takes the object to know: which module has its kind, which
    /// kernel brought it. It takes the place of what is known in general.
    fn hint(&self, error: &KernelError) -> Option<String> {
        let _ = error;
        None
    }

    /// Writes what stands in a request about it. Most protocols ask with the object itself; sock_diag, for one, with
    /// a struct of its own.
    #[inline]
    fn emit_request(&self, writer: &mut Writer) {
        self.emit(writer);
    }

    /// Takes off what is to be sent behind it, where it does not fit one message; the counterpart of [`Dump::join`]. Both
    /// parts are asked again: halves of a long list are moved less often than its end would be.
    fn split_off(&mut self) -> Option<Self> {
        None
    }

    /// Hands over what has to be made before it, together with it; only where several requests are sent together.
    fn hand_over<A: Ahead<Self::Protocol>>(&mut self, ahead: &mut A) {
        let _ = ahead;
    }
}

/// Takes what has to be made [before an object](Object::hand_over).
pub trait Ahead<P: Protocol> {
    /// Makes one.
    fn add<T: Add + Object<Protocol = P>>(&mut self, object: T);
}

/// Can be asked for one by one.
pub trait Get: Object {
    /// What one is known by.
    type Key;

    /// The request for the one known by `key`.
    fn request_for(key: Self::Key) -> Self;
}

/// Can be listed.
pub trait Dump: Object {
    /// What a listing can be narrowed to.
    type Filter: Filter<Self>;

    /// Whether an object may be too large for one message, and then [continues](Dump::join) in the next.
    const SPLIT: bool = false;

    /// Takes in the next message of a listing where it continues this object; gives it back where it is another one.
    fn join(&mut self, next: Self) -> Option<Self> {
        Some(next)
    }
}

/// Narrows a listing: by the kernel where it can, and exactly in any case.
pub trait Filter<T>: Default + Clone + Send + Unpin + 'static {
    /// Writes the dump request's header and attributes, after what the protocol puts first.
    fn emit(&self, writer: &mut Writer);

    /// Whether an object belongs to the listing. The kernel may ignore what [`emit`](Filter::emit) asked.
    fn matches(&self, object: &T) -> bool;

    /// What to ask for once this is listed, where one request lists a part only: the sockets of the next address family.
    fn following(&self) -> Option<Self> {
        None
    }

    /// Shows every interface reference within to `visit`.
    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        let _ = visit;
    }
}

/// A filter that an interface narrows: [`Listing::on`](crate::stream::Listing::on).
pub trait ByInterface {
    /// Lists what belongs to that interface only.
    fn set_interface(&mut self, interface: Interface);
}

/// No filter: all of them, asked for without a header or attributes.
impl<T> Filter<T> for () {
    fn emit(&self, _: &mut Writer) {}

    fn matches(&self, _: &T) -> bool {
        true
    }
}

const fn flags(of: u32) -> u16 {
    attr_id(of)
}

macro_rules! verbs {
    ($($(#[$meta:meta])* $verb:ident: $command:ident, $flags:expr;)*) => {$(
        $(#[$meta])*
        pub trait $verb: Object {
            /// The command that does it.
            const COMMAND: u16 = Self::$command;
            /// `NLM_F_…` beside those that every request has.
            const FLAGS: u16 = flags($flags);
        }
    )*};
}

verbs! {
    /// Can be made; one that is there already is an error (`EEXIST`).
    Add: NEW, NLM_F_CREATE | NLM_F_EXCL;
    /// Can be made, taking the place of one that is there.
    Replace: NEW, NLM_F_CREATE | NLM_F_REPLACE;
    /// Can be changed; none there is an error.
    Change: NEW, NLM_F_REPLACE;
    /// Can be put behind those of the same key.
    Append: NEW, NLM_F_CREATE | NLM_F_APPEND;
    /// Can be deleted.
    Del: DEL, 0;
}

/// What a subscription yields, and which multicast groups it listens to.
///
/// Implemented by objects (their item is [`Event`]) and by enums over several objects.
pub trait Events: Send + 'static {
    /// The protocol that announces them.
    type Protocol: Protocol;

    /// An event.
    type Item: Send + Unpin + 'static;

    /// Multicast groups (`RTNLGRP_…`).
    const GROUPS: &'static [u32];

    /// Reads an announcement; `None` is one that is of no interest here.
    fn read(message: &EventMessage<'_>) -> Option<Result<Self::Item, WireError>>;
}

/// An announcement as it came over the wire.
#[derive(Clone, Copy, Debug)]
pub struct EventMessage<'a> {
    /// What it is: of rtnetlink the message type, `RTM_NEWLINK`.
    pub command: u16,
    /// `NLM_F_…` of `nlmsghdr`: of what was made, how.
    pub flags: u16,
    /// The object.
    pub body: &'a [u8],
}

/// Of a protocol whose commands are message types, as rtnetlink's are.
impl<'a> From<Frame<'a>> for EventMessage<'a> {
    fn from(Frame { header, body }: Frame<'a>) -> Self {
        Self { command: header.message_type, flags: header.flags, body }
    }
}

/// Something happened to an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<T> {
    /// It was made or changed; this is how it is now.
    New(T),
    /// It is gone; this is how it was.
    Del(T),
}

impl<T> Event<T> {
    /// The object, whatever happened to it.
    pub fn object(&self) -> &T {
        match self {
            Event::New(object) | Event::Del(object) => object,
        }
    }

    /// The same event of something made from the object.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Event<U> {
        match self {
            Event::New(object) => Event::New(with(object)),
            Event::Del(object) => Event::Del(with(object)),
        }
    }
}

impl<T: Object> Event<T> {
    /// Reads an announcement about a `T`; `None` is one about something else.
    pub fn read(message: &EventMessage<'_>) -> Option<Result<Self, WireError>> {
        let EventMessage { command, body, .. } = *message;
        if command == T::NEW {
            Some(T::decode(body).map(Event::New))
        } else if command == T::DEL {
            Some(T::decode(body).map(Event::Del))
        } else {
            None
        }
    }
}
