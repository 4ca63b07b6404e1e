//! Bodies of messages, saved listings, the options of each kind: whatever the bytes, they are read or refused; what is
//! read is written, reads the same again, and can be shown.

use std::fmt::{Debug, Display};

use nlink_core::object::{Dump, Event, Filter, Object};
use nlink_core::show::{Options, Show};
use nlink_core::wire::{AttrTable, Attributes, Attrs, Codec, Frames, KindUnion, Message, WireCause, WireError, Writer};
use nlink_diag::{MptcpSocket, NetlinkSocket, PacketSocket, RawSocket, TcpSocket, UdpSocket, UnixSocket};
use nlink_genl::controller::{FamilyInfo, Policies};
use nlink_nft::{Chain, NamedObject, Rule, Set, SetElements, Table};
use nlink_route::address::{Address, AddressLine};
use nlink_route::addressed::AddressedLink;
use nlink_route::link::{AltNames, Link, LinkKind, LinkView, SlaveKind};
use nlink_route::nsid::NamespaceNumber;
use nlink_route::route::{Route, RouteFilter, RouteLine};
use nlink_route::{Family, saved};
use nlink_wireguard::Device;

use crate::grow::grow;
use crate::input::Input;
use crate::nft;
use crate::shown::{options, show};

/// The top bit of the first byte: the rest is not the body itself, but choices that a body is grown from.
const GROWN: u8 = 0x80;

/// How many things can be read.
const KINDS: u8 = 27;

/// Two bytes say what is read and how it is shown; the rest is read.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let (what, options) = (input.byte(), options(input.byte()));
    let grown = what & GROWN != 0;
    match (what & !GROWN) % KINDS {
        0 => object::<Link>(grown, input, &options, link),
        1 => object::<Address>(grown, input, &options, address),
        2 => object::<Route>(grown, input, &options, route),
        3 => object::<AltNames>(grown, input, &options, |_, _| ()),
        4 => object::<NamespaceNumber>(grown, input, &options, show),
        5 => kind::<LinkKind>(
            LinkKind::KINDS.get(input.below(64)).map(|kind| (kind.name, &kind.table)),
            grown,
            input,
            &options,
        ),
        6 => kind::<SlaveKind>(
            SlaveKind::KINDS.get(input.below(64)).map(|kind| (kind.name, &kind.table)),
            grown,
            input,
            &options,
        ),
        7 => saved_listing::<Route>(input.rest()),
        8 => saved_listing::<Address>(input.rest()),
        9 => frames(input.rest()),
        10 => paths(&mut input),
        11 => object::<FamilyInfo>(grown, input, &options, |_, _| ()),
        12 => policies(&bytes(grown, table::<Policies>(), input)),
        13 => object_as::<Device>(grown, input, &options, by_index, |_, _| ()),
        14 => object::<TcpSocket>(grown, input, &options, socket),
        15 => object::<UdpSocket>(grown, input, &options, socket),
        16 => object::<RawSocket>(grown, input, &options, socket),
        17 => object::<MptcpSocket>(grown, input, &options, socket),
        18 => object::<UnixSocket>(grown, input, &options, socket),
        19 => object::<NetlinkSocket>(grown, input, &options, socket),
        20 => object::<PacketSocket>(grown, input, &options, socket),
        21 => object::<Table>(grown, input, &options, |_, _| ()),
        22 => object::<Chain>(grown, input, &options, |_, _| ()),
        23 => object::<Set>(grown, input, &options, |_, _| ()),
        24 => object::<SetElements>(grown, input, &options, |_, _| ()),
        25 => object::<NamedObject>(grown, input, &options, |_, _| ()),
        _ => object::<Rule>(grown, input, &options, |rule, _| nft::decoded(rule)),
    }
}

/// The body of an input, as it is or grown from it.
pub(crate) fn bytes(grown: bool, table: &AttrTable, mut input: Input<'_>) -> Vec<u8> {
    if grown { grow(table, &mut input) } else { input.rest().to_vec() }
}

fn object<T>(grown: bool, input: Input<'_>, options: &Options, more: impl Fn(&T, &Options))
where
    T: Object + Codec + Clone + PartialEq,
{
    object_as(grown, input, options, |value| value, more);
}

/// An object of which not all is written: `sent` leaves the rest out.
fn object_as<T>(grown: bool, input: Input<'_>, options: &Options, sent: fn(T) -> T, more: impl Fn(&T, &Options))
where
    T: Object + Codec + Clone + PartialEq,
{
    let body = bytes(grown, &T::TABLE, input);
    let read = <T as Message>::decode(&body);
    let value = match &read {
        Ok(value) => value,
        Err(error) => return told(error),
    };
    assert_eq!(<T as Codec>::decode(&body).as_ref().ok(), Some(value), "as a message and as a payload");
    let mut writer = Writer::new();
    value.emit(&mut writer);
    if let Some(written) = finished(writer.finish_named(&T::TABLE)) {
        let again = <T as Message>::decode(&written).expect("what was written is read");
        assert_eq!(again, sent(value.clone()));
        let mut writer = Writer::new();
        again.emit(&mut writer);
        assert_eq!(writer.finish().as_ref(), Ok(&written), "written once more");
        each_attribute_is_found(const { &T::TABLE }, &written);
    }
    let mut renamed = value.clone();
    Attributes::visit_interfaces(&mut renamed, &mut |interface| *interface = "eth0".into());
    let _ = (value.describe(), renamed.describe(), format!("{value:?}"));
    more(value, options);
    more(&renamed, options);
}

/// An error is a sentence.
fn told(error: &WireError) {
    assert!(!error.to_string().is_empty());
    let _ = (error.path(), format!("{error:?}"));
}

/// What was read can be written, but for text: what is no UTF-8 becomes longer when it is replaced.
fn finished(written: Result<Vec<u8>, WireError>) -> Option<Vec<u8>> {
    match written {
        Ok(written) => Some(written),
        Err(error) => {
            told(&error);
            assert!(matches!(error.cause(), WireCause::Overflow { .. }), "{error}");
            None
        }
    }
}

/// Offsets of a message's attributes lead to them.
fn each_attribute_is_found(table: &'static AttrTable, message: &[u8]) {
    let mut at = table.header.next_multiple_of(4);
    for attr in Attrs::new(message.get(at..).unwrap_or_default()).flatten() {
        assert_eq!(table.path_at(message, at).last(), Some(attr.kind()));
        at += (4 + attr.payload().len()).next_multiple_of(4);
    }
    path_in(table, message);
}

fn shown<T: Show + Display + Debug>(item: &T, options: &Options) {
    show(item, options);
    let _ = item.to_string();
}

fn filtered<T: Dump>(item: &T) {
    T::Filter::default().matches(item);
}

fn link(link: &Link, options: &Options) {
    shown(link, options);
    filtered(link);
    let _ = nlink_core::words::Params::to_params(link);
    let family = [Family::UNSPEC, Family::INET, Family::PACKET][usize::from(options.statistics) % 3];
    let address = Address::new(Route::default_v4().destination().expect("0.0.0.0/0"));
    let heading = family != Family::INET || options.human;
    shown(&AddressedLink { link: link.clone(), addresses: vec![address; 2], family, heading }, options);
    struct InView<'a>(&'a Link, LinkView);
    impl Show for InView<'_> {
        fn show(&self, sink: &mut nlink_core::show::Sink<'_>) {
            self.0.show_as(self.1, sink);
        }
    }
    show(&InView(link, LinkView::Address { link_layer: false }), options);
}

fn address(address: &Address, options: &Options) {
    shown(address, options);
    filtered(address);
    show(&AddressLine::new(address).named().deleted(), options);
    let _ = (address.to_params(), address.ip(), address.prefix(), address.network(), address.is_wildcard());
    let _ = address.clone().broadcast_of_network();
}

fn route(route: &Route, options: &Options) {
    shown(route, options);
    filtered(route);
    let filter = RouteFilter::default();
    show(&RouteLine::new(route).under(&filter).deleted(), options);
    let _ = (filter.flushes(route), route.to_params(), route.destination(), route.is_default(), route.next_host());
}

/// The kernel tells index and name of a device, and wants one of them.
fn by_index(mut device: Device) -> Device {
    if let Some(which) = &mut device.device
        && which.index.is_some()
    {
        which.name = None;
    }
    device
}

/// What is never written: the kernel alone has policies to tell.
fn policies(body: &[u8]) {
    match <Policies as Message>::decode(body) {
        Ok(policies) => drop((policies.describe(), policies.of_operation(0).is_some(), policies.within(0).is_some())),
        Err(error) => told(&error),
    }
}

/// A socket has a line, and a filter that it is held against.
fn socket<T: Dump + Display>(socket: &T, _: &Options) {
    let _ = socket.to_string();
    filtered(socket);
}

fn kind<K>(known: Option<(&str, &'static AttrTable)>, grown: bool, input: Input<'_>, options: &Options)
where
    K: KindUnion + Show + PartialEq + Debug + Clone,
{
    let (name, table) = known.unwrap_or(("no such kind", &AttrTable::EMPTY));
    let data = bytes(grown, table, input);
    let value = match K::decode(name, Some(&data)) {
        Ok(value) => value,
        Err(error) => return told(&error),
    };
    let mut writer = Writer::new();
    value.emit_data(1, &mut writer);
    if let Some(written) = finished(writer.finish()) {
        let data = Attrs::new(&written).next().map(|attr| attr.expect("it was just written"));
        let again = K::decode(name, data.map(|data| data.payload())).expect("what was written is read");
        assert_eq!(again, value);
    }
    show(&value, options);
    let mut renamed = value.clone();
    renamed.visit_interfaces(&mut |interface| *interface = "eth0".into());
    show(&renamed, options);
    path_in(table, &data);
}

fn saved_listing<T: saved::Saved + Debug>(file: &[u8]) {
    match saved::read::<T>(&[&saved::begin::<T>(), file].concat()) {
        Ok(objects) => objects.iter().for_each(|object| drop(saved::message(object))),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Messages of a datagram, each read as whatever its type says it is.
fn frames(datagram: &[u8]) {
    let mut most = datagram.len() / 16 + 1;
    for frame in Frames::new(datagram) {
        most = most.checked_sub(1).expect("no message without a header");
        let Ok(frame) = frame else { continue };
        let message = frame.into();
        let _ = Event::<Link>::read(&message).map(drop);
        let _ = Event::<Address>::read(&message).map(drop);
        let _ = Event::<Route>::read(&message).map(drop);
        let _ = Event::<NamespaceNumber>::read(&message).map(drop);
    }
}

/// Named in full, for a field may have the name of the table.
fn table<T: Attributes>() -> &'static AttrTable {
    const { &T::TABLE }
}

/// An offset into bytes that need not be a message at all.
fn paths(input: &mut Input<'_>) {
    let tables = [table::<Link>(), table::<Address>(), table::<Route>()];
    let table = tables[input.below(3)];
    path_in(table, input.rest());
}

fn path_in(table: &'static AttrTable, bytes: &[u8]) {
    let step = bytes.len() / 64 + 1;
    for offset in (0..=bytes.len()).step_by(step).chain([usize::MAX]) {
        let path = table.path_at(bytes, offset);
        assert_eq!(path.is_empty(), path.to_string().is_empty());
    }
}
