//! Derives that turn one declaration of a netlink message into parser, emitter, words and tables.
//!
//! Stages, a file each: [`attr`](self) reads the helper attributes, `model` puts them together with the fields, `valid`
//! holds every rule, `expand` writes the impls. Users reach the derives through `nlink_core` or the facade; a crate
//! that knows nlink-core by another name says so with `crate = path`.

use proc_macro::TokenStream;

mod attr;
mod expand;
mod genl;
mod lab;
mod model;
mod valid;

/// Declares a nest: a struct with a field for each attribute.
///
/// Field attributes (`#[attr(NUMBER, …)]`, the number being a constant of nlink-uapi):
///
/// | form | field | on the wire |
/// |---|---|---|
/// | (none) | `Option<T>` | the attribute once; of several the last |
/// | (none) | `Vec<T>` | the attribute again and again |
/// | (none) | `bool` | a flag: presence is the value |
/// | `or = SECOND` | `Option<T>` | in this attribute or in the `SECOND`, by `EitherAttr`: IPv4 and IPv6 |
/// | `as = u32` | `Option<T>` | as that type, by `ValueOf<u32>` |
/// | `pad = PAD` | `Option<u64>` | aligned by an empty attribute `PAD` |
/// | `unnested` | `Option<T>` | a nest without `NLA_F_NESTED` |
/// | `repeated = INNER` | `Vec<T>` | a nest that holds `INNER` again and again |
/// | `indexed` | `Vec<T>`, `Option<Vec<T>>` | a nest with running numbers; `Some` of none clears |
/// | `packed` | `Vec<T>` | values side by side |
/// | `records` | `Vec<T>` | records with a length of their own (multipath) |
/// | `kind = KIND` | `Option<K>` | data whose form hangs on the text in `KIND`; the field holds both |
/// | `by_family` | `Option<F>` | a nest whose form hangs on the header's address family |
/// | `unknown` | `UnknownAttrs` | everything else, kept and sent back |
///
/// `since = "6.7"` notes the kernel that brought it. [`Kind`](macro@Kind) reads of a field also:
///
/// | key | what |
/// |---|---|
/// | `word = "target"` | the word that sets it, and in front of it in text; the JSON key |
/// | `alias = "to"` | another spelling of the word |
/// | `off = "noecn"` | of a truth value: the word for no; without `style`, `word` alone means yes |
/// | `shown = "port_no"` | of what the kernel only tells: shown so, never read |
/// | `json = "no"` | the JSON key where it is not the word |
/// | `style = OnOff` | how words and output spell the value: a `Style` |
/// | `then = Self::show_more` | a function that shows what follows, of the whole struct |
/// | `words` | a struct with words and output of its own (`Params`, `Show`) |
///
/// A flag (`bool`) with a word is set by that word alone.
#[proc_macro_derive(Attributes, attributes(attr, attributes, index))]
pub fn attributes(input: TokenStream) -> TokenStream {
    expand::run(input.into(), model::Role::Nest).into()
}

/// Declares a message: a fixed header, where the protocol has one, and attributes. Fields as for
/// [`Attributes`](macro@Attributes), and with `#[message(header = IfInfo)]` a field `header`.
///
/// With `protocol`, `name`, `new`, `del` and `get` it is an `Object` as well. `describe = path` names a function that tells errors which one it is;
/// `hint = path` one that says what to do about a refusal,
/// `split = path` one that takes off what does not fit one message; `request = path` one that writes what stands in a
/// request, where that is not the message itself.
/// `#[index(header.index)]` on an `Option<Interface>` ties it to the header's interface index.
///
/// Each field gets a constant, called as the kernel calls the attribute less its prefix (`Link::MTU`), and the message
/// `Compare`, which says in which fields two of them differ; fields have to be `PartialEq` for that.
#[proc_macro_derive(Message, attributes(attr, message, index))]
pub fn message(input: TokenStream) -> TokenStream {
    expand::run(input.into(), model::Role::Message).into()
}

/// Declares a kind (of link, qdisc, action …): its attributes, its words, its output.
///
/// `#[kind(name = "vxlan", since = "3.7", module = "vxlan")]`; `words = manual` or `show = manual` where the grammar or
/// the output fits no table and is written by hand on the same traits; `complete = path` names what is to be done when the
/// words have ended.
#[proc_macro_derive(Kind, attributes(attr, kind))]
pub fn kind(input: TokenStream) -> TokenStream {
    expand::run(input.into(), model::Role::Kind).into()
}

/// Declares a family of generic netlink: a module with its messages, each with [`GenlMessage`](macro@GenlMessage).
///
/// `#[genl_family(name = "TASKSTATS", version = 1)]`. The module gets a marker `Family`, for connections to that family
/// alone, and sees the names around it. Whoever reaches nlink-genl by another path says so with `crate = nlink::genl`.
#[proc_macro_attribute]
pub fn genl_family(options: TokenStream, module: TokenStream) -> TokenStream {
    genl::family(options.into(), module.into()).into()
}

/// Declares a message of a family of generic netlink. Fields as for [`Attributes`](macro@Attributes).
///
/// | `#[command(…)]` | what |
/// |---|---|
/// | `request = CMD` | it can be sent, under that number; with neither `reply` nor `answer` it is acknowledged |
/// | `reply = CMD` | it answers, under that number; with `request` too, it is answered by its own type |
/// | `answer = Type` | a request that another type answers |
/// | `event = CMD, group = "name"` | it is announced by that multicast group |
/// | `header = Type` | a header of the family's own before the attributes, in a field `header` |
/// | `family = path` | the family's marker, where that is not the module's `Family` |
#[proc_macro_derive(GenlMessage, attributes(attr, command, index))]
pub fn genl_message(input: TokenStream) -> TokenStream {
    expand::run(input.into(), model::Role::Command).into()
}

/// Runs an `async fn` as a test in a lab of its own, on the running kernel and without root; as `nlink::lab::test`, whose
/// docs have an example. The function takes the lab and returns nothing or a `Result`.
///
/// `crate = path` names the lab's crate where it is not `::nlink::lab`.
#[proc_macro_attribute]
pub fn lab_test(options: TokenStream, function: TokenStream) -> TokenStream {
    lab::expand(options.into(), function.into()).unwrap_or_else(|error| error.to_compile_error()).into()
}
