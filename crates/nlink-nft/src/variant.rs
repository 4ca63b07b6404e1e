//! Objects under another command than their usual one: taken away if they are there, asked for and set to nothing,
//! put first.

use std::fmt;
use std::marker::PhantomData;

use nlink_core::Interface;
use nlink_core::object::{Add, Ahead, Del, Get, Object};
use nlink_core::wire::{AttrTable, Attributes, Attrs, Message, WireError, Writer, attr_id};
use nlink_uapi::netlink::NLM_F_CREATE;
use nlink_uapi::nf_tables::*;

use crate::{Chain, NamedObject, Nftables, Rule, RuleBuilder, Set, SetElements, Table};

/// An object under the command of `V`.
pub struct Under<V, T>(pub T, PhantomData<V>);

/// Deleted, it need not be there (Linux 6.3).
pub type Destroy<T> = Under<Destroying, T>;
/// Asked for, it tells what it has counted, and begins at nothing again (rules Linux 6.2, elements 6.5).
pub type Reset<T> = Under<Resetting, T>;
/// Added, a rule goes to the beginning of its chain, or before the rule at its position.
pub type Insert = Under<Inserting, RuleBuilder>;

/// The command of [`Destroy`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Destroying;
/// The command of [`Reset`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Resetting;
/// The flags of [`Insert`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Inserting;

/// Which commands an object has instead of its own.
pub trait Variant<T: Object>: fmt::Debug + Send + 'static {
    /// The one that deletes it.
    const DEL: u16 = T::DEL;
    /// The one that asks for it.
    const GET: u16 = T::GET;
}

macro_rules! variants {
    ($($variant:ident $of:ident: $command:ident = $number:ident;)*) => {$(
        impl Variant<$of> for $variant {
            const $command: u16 = attr_id($number);
        }
    )*};
}

variants! {
    Destroying Table: DEL = NFT_MSG_DESTROYTABLE;
    Destroying Chain: DEL = NFT_MSG_DESTROYCHAIN;
    Destroying Rule: DEL = NFT_MSG_DESTROYRULE;
    Destroying Set: DEL = NFT_MSG_DESTROYSET;
    Destroying SetElements: DEL = NFT_MSG_DESTROYSETELEM;
    Destroying NamedObject: DEL = NFT_MSG_DESTROYOBJ;
    Resetting NamedObject: GET = NFT_MSG_GETOBJ_RESET;
    Resetting Rule: GET = NFT_MSG_GETRULE_RESET;
    Resetting SetElements: GET = NFT_MSG_GETSETELEM_RESET;
}

impl Variant<RuleBuilder> for Inserting {}

impl<V, T> From<T> for Under<V, T> {
    fn from(object: T) -> Self {
        Self(object, PhantomData)
    }
}

impl<V, T: Default> Default for Under<V, T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<V, T: fmt::Debug> fmt::Debug for Under<V, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<V, T: Attributes> Attributes for Under<V, T> {
    const TABLE: AttrTable = T::TABLE;

    fn read(&mut self, payload: &[u8]) -> Result<(), WireError> {
        self.0.read(payload)
    }

    fn put_all(&mut self, attrs: Attrs<'_>) -> Result<(), WireError> {
        self.0.put_all(attrs)
    }

    fn emit_all(&self, writer: &mut Writer) {
        self.0.emit_all(writer);
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        self.0.visit_interfaces(visit);
    }
}

impl<V: Send + 'static, T: Message> Message for Under<V, T> {
    type Header = T::Header;

    fn emit(&self, writer: &mut Writer) {
        self.0.emit(writer);
    }
}

impl<V: Variant<T>, T: Object<Protocol = Nftables>> Object for Under<V, T> {
    type Protocol = Nftables;
    const NAME: &'static str = T::NAME;
    const NEW: u16 = T::NEW;
    const DEL: u16 = V::DEL;
    const GET: u16 = V::GET;

    fn describe(&self) -> String {
        self.0.describe()
    }

    fn split_off(&mut self) -> Option<Self> {
        self.0.split_off().map(Self::from)
    }

    fn hand_over<A: Ahead<Nftables>>(&mut self, ahead: &mut A) {
        self.0.hand_over(ahead);
    }
}

impl<T> Del for Destroy<T>
where
    Destroying: Variant<T>,
    T: Del + Object<Protocol = Nftables>,
{
}

impl Add for Insert {
    const FLAGS: u16 = attr_id(NLM_F_CREATE);
}

/// Asked for one by one: what a listing has told before it starts over is lost.
impl<T> Get for Reset<T>
where
    Resetting: Variant<T>,
    T: Get + Object<Protocol = Nftables>,
{
    type Key = T::Key;

    fn request_for(key: T::Key) -> Self {
        T::request_for(key).into()
    }
}
