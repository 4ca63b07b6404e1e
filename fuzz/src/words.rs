//! Commands' words: whatever they are, they are taken or refused with a sentence; what is taken gives words that give
//! the same, and is written as a message that can be read.

use std::fmt::Debug;

use nlink_core::object::{Dump, Filter, Object};
use nlink_core::wire::{KindUnion, WireCause, Writer};
use nlink_core::words::{FromWords, Params, WordError, Words};
use nlink_core::{Interface, kind::KindInfo};
use nlink_diag::{InetFilter, SelectionError, TcpSocket};
use nlink_route::Family;
use nlink_route::address::{Address, AddressFilter};
use nlink_route::link::{AltNames, Link, LinkChange, LinkFilter, LinkKind, LinkWords, SlaveKind};
use nlink_route::route::{Route, RouteFilter, RouteLookup, RouteProtocol, Scope};

/// How many grammars there are.
const GRAMMARS: u8 = 16;

/// Two bytes say whose words they are, and of which family; the rest is text with a space between words.
pub fn run(data: &[u8]) {
    let [whose, which, text @ ..] = data else { return };
    if whose % GRAMMARS == 14 {
        return batch(text);
    }
    let Ok(text) = std::str::from_utf8(text) else { return };
    if whose % GRAMMARS == 15 {
        return selection(text);
    }
    let words: Vec<&str> = text.split(' ').collect();
    // It opens files, and means processes of this machine.
    if words.contains(&"netns") {
        return;
    }
    let family = [Family::UNSPEC, Family::INET, Family::INET6, Family::MPLS][usize::from(which % 4)];
    let mut cursor = Words::new(words.iter().copied());
    match whose % GRAMMARS {
        0 => link(read(LinkWords::from_words(&mut cursor)).map(|words| words.0)),
        1 => link(read(LinkChange::from_words(&mut cursor)).map(|words| words.0)),
        2 => link(read(Link::parse_params(&words))),
        3 => filter::<Link>(read(LinkFilter::from_words(&mut cursor))),
        4 => written(read(AltNames::from_words(&mut cursor))),
        5 => address(read(Address::from_words_in(&mut cursor, family))),
        6 => written(read(Address::deletion_from_words(&mut cursor, family))),
        7 => filter::<Address>(read(AddressFilter::from_words_in(&mut cursor, family))),
        8 => route(read(Route::from_words_in(&mut cursor, family))),
        9 => written(read(Route::deletion_from_words(&mut cursor, family))),
        10 => filter::<Route>(read(RouteFilter::from_words_in(&mut cursor, family))),
        11 => written(read(RouteLookup::from_words_in(&mut cursor, family)).map(Route::from)),
        12 => kind::<LinkKind>(LinkKind::KINDS, *which, &words),
        _ => kind::<SlaveKind>(SlaveKind::KINDS, *which, &words),
    }
}

/// The filter language of `ss`: a mistake has a column within the text; what is taken can be sent.
fn selection(text: &str) {
    let filter: InetFilter = match text.parse() {
        Ok(filter) => filter,
        Err(error) => return assert!(!SelectionError::to_string(&error).is_empty()),
    };
    let socket = TcpSocket::default();
    let _ = Filter::<TcpSocket>::matches(&filter, &socket);
    let mut writer = Writer::new();
    Filter::<TcpSocket>::emit(&filter, &mut writer);
    if let Err(error) = writer.finish() {
        assert!(!error.to_string().is_empty());
    }
}

fn read<T>(read: Result<T, WordError>) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            let _ = (error.is_incomplete(), error.is_address());
            None
        }
    }
}

/// Writes an object as it is sent, every name resolved, and reads it.
fn written<T: Object + Clone>(object: Option<T>) {
    let Some(mut object) = object else { return };
    let _ = object.describe();
    object.visit_interfaces(&mut |interface| *interface = Interface::Index(7));
    let mut writer = Writer::new();
    object.emit(&mut writer);
    match writer.finish_named(&T::TABLE) {
        Ok(bytes) => {
            T::decode(&bytes).expect("what is sent can be read");
        }
        Err(error) => {
            assert!(!matches!(error.cause(), WireCause::Unresolved(_)), "{error}");
            assert!(!error.to_string().is_empty());
        }
    }
}

fn same_again<T: PartialEq + Debug>(object: &T, params: &[String], again: Result<T, WordError>) {
    match again {
        Ok(again) => assert_eq!(&again, object, "{params:?}"),
        Err(error) => panic!("{error}: {params:?}"),
    }
}

fn link(link: Option<Link>) {
    let Some(mut link) = link else { return };
    written(Some(link.clone()));
    // Which link it is stands before its options.
    link.interface = None;
    let params = link.to_params();
    same_again(&link, &params, Link::parse_params(&params));
}

fn address(address: Option<Address>) {
    let Some(mut address) = address else { return };
    written(Some(address.clone()));
    if address.header.family == Family::INET6 {
        // A peer alone is the address itself.
        address.local = address.local.or(address.address);
    }
    let params = address.to_params();
    let again = Address::from_words_in(&mut Words::new(&params), address.header.family);
    same_again(&address, &params, again);
}

fn route(route: Option<Route>) {
    let Some(route) = route else { return };
    written(Some(route.clone()));
    // What a deletion means by "any" has no words.
    if route.header.scope == Scope::NOWHERE || route.header.protocol == RouteProtocol::UNSPEC {
        return;
    }
    let params = route.to_params();
    same_again(&route, &params, Route::from_words_in(&mut Words::new(&params), route.header.family));
}

fn filter<T: Dump + Default>(filter: Option<T::Filter>) {
    let Some(mut filter) = filter else { return };
    filter.matches(&T::default());
    filter.visit_interfaces(&mut |interface| *interface = Interface::Index(7));
    filter.matches(&T::default());
    let mut writer = Writer::new();
    filter.emit(&mut writer);
    if let Err(error) = writer.finish() {
        assert!(matches!(error.cause(), WireCause::Nul(_) | WireCause::Overflow { .. }), "{error}");
    }
}

/// What the table of kinds gives every kind.
trait Options: KindUnion + PartialEq + Debug {
    fn named(name: &str) -> Self;
    fn accept(&mut self, word: &str, words: &mut Words<'_>) -> Result<bool, WordError>;
    fn complete(&mut self) -> Result<(), WordError>;
    fn to_params(&self) -> Vec<String>;

    /// Reads all words; `None` where one is not the kind's.
    fn parse<S: AsRef<str>>(name: &str, words: &[S]) -> Result<Option<Self>, WordError> {
        let mut value = Self::named(name);
        let mut words = Words::new(words);
        while let Some(word) = words.next() {
            if !value.accept(word, &mut words)? {
                return Ok(None);
            }
        }
        value.complete()?;
        Ok(Some(value))
    }
}

macro_rules! options {
    ($($kinds:ty),*) => {$(
        impl Options for $kinds {
            fn named(name: &str) -> Self {
                <$kinds>::named(name)
            }

            fn accept(&mut self, word: &str, words: &mut Words<'_>) -> Result<bool, WordError> {
                self.accept(word, words)
            }

            fn complete(&mut self) -> Result<(), WordError> {
                self.complete()
            }

            fn to_params(&self) -> Vec<String> {
                self.to_params()
            }
        }
    )*};
}

options!(LinkKind, SlaveKind);

fn kind<K: Options>(kinds: &[KindInfo], which: u8, words: &[&str]) {
    let name = kinds.get(usize::from(which) % (kinds.len() + 1)).map_or("no such kind", |kind| kind.name);
    let Some(Some(mut value)) = read(K::parse(name, words)) else { return };
    let params = value.to_params();
    same_again(&Some(&value), &params, K::parse(name, &params).as_ref().map(Option::as_ref).map_err(Clone::clone));
    value.visit_interfaces(&mut |interface| *interface = Interface::Index(7));
    let mut writer = Writer::new();
    value.emit_data(1, &mut writer);
    if let Ok(bytes) = writer.finish() {
        K::decode(name, bytes.get(4..)).expect("what is sent can be read");
    }
}

/// Lines of a batch, and the options before the object.
fn batch(text: &[u8]) {
    let (mut input, mut number) = (text, 0);
    while let Ok(Some(line)) = nlink_cli::batch::next_line(&mut input, &mut number) {
        assert!(!line.words.is_empty() && line.number <= number);
        let _ = nlink_cli::options::normalise(std::iter::once("ip").chain(line.words.iter().map(String::as_str)));
    }
}
