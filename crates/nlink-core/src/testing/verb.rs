//! The verbs of a script, named as those of [`Connection`](crate::Connection): an object that has not the trait of that
//! name cannot be scripted so.

use nlink_uapi::netlink::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};

use super::Asked;
use crate::object::{self, Object};
use crate::wire::attr_id;

/// How a request for `T` is told from others, and what ends its answer.
pub trait Verb<T: Object>: Copy {
    /// The name in messages: `dump`.
    const NAME: &'static str;

    /// What comes behind the objects of an answer.
    const END: End;

    /// Whether a request with this command is one.
    fn is(command: u16, asked: &Asked) -> bool;
}

/// What comes behind the objects of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nothing: the object is the answer.
    Nothing,
    /// `NLMSG_DONE`.
    Done,
    /// An acknowledgement.
    Ack,
}

macro_rules! verbs {
    ($($verb:ident, $name:literal, $end:ident: $is:expr;)*) => {$(
        #[doc = concat!("`", $name, "`, see [`Connection`](crate::Connection).")]
        #[derive(Clone, Copy, Debug)]
        pub struct $verb;

        impl<T: object::$verb> Verb<T> for $verb {
            const NAME: &'static str = $name;
            const END: End = End::$end;

            fn is(command: u16, asked: &Asked) -> bool {
                let is: fn(u16, &Asked) -> bool = $is;
                is(command, asked)
            }
        }
    )*};
}

/// What tells the verbs of one command apart. The bits that mean exclusive, replace, create and append in a change mean
/// root and match in a request for objects.
const APART: u16 = attr_id(NLM_F_EXCL | NLM_F_REPLACE | NLM_F_CREATE | NLM_F_APPEND);

macro_rules! change {
    ($verb:ident) => {
        |command, asked| {
            let (wanted, flags) = (<T as object::$verb>::COMMAND, <T as object::$verb>::FLAGS);
            command == wanted && asked.header.flags & APART == flags & APART
        }
    };
}

verbs! {
    Get, "get", Nothing: |command, asked| command == T::GET && !asked.is_dump();
    Dump, "dump", Done: |command, asked| command == T::GET && asked.is_dump();
    Add, "add", Ack: change!(Add);
    Replace, "replace", Ack: change!(Replace);
    Change, "change", Ack: change!(Change);
    Append, "append", Ack: change!(Append);
    Del, "delete", Ack: change!(Del);
}
