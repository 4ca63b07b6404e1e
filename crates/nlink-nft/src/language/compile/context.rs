//! What is known of the packet at each point of a rule, and the checks that make sure of what a field needs.

use nlink_uapi::if_arp::ARPHRD_ETHER;
use nlink_uapi::if_ether::{ETH_P_8021Q, ETH_P_IP, ETH_P_IPV6};
use nlink_uapi::in_h::{IPPROTO_ICMP, IPPROTO_IGMP};
use nlink_uapi::in6::IPPROTO_ICMPV6;

use super::program::{Bytes, Program, compare};
use crate::expression::kinds::Meta;
use crate::expression::kinds::cmp::Comparison;
use crate::expression::kinds::meta::MetaKey;
use crate::expression::kinds::payload::PayloadBase;
use crate::expression::{Data, Register};
use crate::language::header::{Field, HEADERS, Layer, ether_type, ip_ether_type, ip_family};
use crate::language::tree::{Constant, Element, HeaderField, Scalar, Term};
use crate::language::value::{ByteOrder, ValueType, symbols_of};
use crate::language::{MeaningError, Span};
use crate::{DataType, Family};

use super::bits::number_bytes;

/// What is known of the packet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Context {
    /// That it has a header of Ethernet.
    link: bool,
    /// That it has a tag.
    vlan: bool,
    /// Its EtherType.
    pub(super) network: Option<u32>,
    /// Its transport protocol.
    pub(super) transport: Option<u32>,
    /// That it has one of some transport protocols.
    pub(super) has_transport: bool,
    /// The types that its ICMP message may have.
    messages: Vec<u128>,
}

impl Context {
    pub(super) fn new(family: Family) -> Self {
        let network = ether_type(family);
        Self { network, link: family == Family::BRIDGE, ..Self::default() }
    }
}

/// Where the EtherType stands, and where behind a tag.
const ETHER_TYPE: u32 = 12;
const TYPE_BEHIND_VLAN: u32 = 16;
const TYPE: usize = 2;

/// The messages of ICMP and ICMPv6 that have a field behind their first four bytes, by nft's names.
const MESSAGES: [(&str, &str, &[&str]); 10] = [
    ("icmp", "id", &["echo-request", "echo-reply"]),
    ("icmp", "sequence", &["echo-request", "echo-reply"]),
    ("icmp", "gateway", &["redirect"]),
    ("icmp", "mtu", &["destination-unreachable"]),
    ("icmpv6", "id", &["echo-request", "echo-reply"]),
    ("icmpv6", "sequence", &["echo-request", "echo-reply"]),
    ("icmpv6", "parameter-problem", &["parameter-problem"]),
    ("icmpv6", "mtu", &["packet-too-big"]),
    ("icmpv6", "max-delay", &["mld-listener-query"]),
    ("icmpv6", "daddr", &["nd-redirect"]),
];
/// Those that are about an address.
const ABOUT_ADDRESS: &[&str] = &[
    "mld-listener-query",
    "mld-listener-report",
    "mld-listener-done",
    "nd-neighbor-solicit",
    "nd-neighbor-advert",
    "nd-redirect",
];

impl Program<'_> {
    /// Makes sure that the packet has the headers of all fields in the term.
    pub(super) fn need_all(&mut self, term: &Term) -> Result<(), MeaningError> {
        match term {
            Term::Header(field) => self.need_field(field),
            Term::Concatenation(parts) => parts.iter().try_for_each(|part| self.need_all(part)),
            Term::Binary(binary) => {
                self.need_all(&binary.left)?;
                self.need_all(&binary.right)
            }
            Term::Lookup(lookup) => self.need_all(&lookup.key),
            _ => Ok(()),
        }
    }

    fn need_field(&mut self, field: &HeaderField) -> Result<(), MeaningError> {
        match field.header.layer {
            Layer::Link => self.need_link(),
            Layer::Network(protocol) => self.need_network(protocol, false, field.span)?,
            Layer::Transport(protocol) => self.need_transport(protocol, field.span)?,
            Layer::AnyTransport => {}
        }
        self.need_message(field)
    }

    fn need_link(&mut self) {
        if !std::mem::replace(&mut self.context.link, true) {
            let ethernet = ValueType::of(DataType::INTERFACE_TYPE);
            self.need_meta(MetaKey::IIFTYPE, number_bytes(ARPHRD_ETHER.into(), ethernet.len().into(), ethernet.order));
        }
    }

    /// `below` says that it is a transport protocol which needs it.
    pub(super) fn need_network(&mut self, protocol: u32, below: bool, span: Span) -> Result<(), MeaningError> {
        let bytes = number_bytes(protocol.into(), TYPE, ByteOrder::Network);
        if protocol == ETH_P_8021Q {
            self.need_link();
            if !std::mem::replace(&mut self.context.vlan, true) {
                self.need_type(ETHER_TYPE, bytes);
            }
            return Ok(());
        }
        match self.context.network.replace(protocol) {
            Some(known) if known == protocol => return Ok(()),
            Some(known) => {
                let names = format!("{} vs. {}", network_name(known), network_name(protocol));
                return Err(MeaningError::new(format!("conflicting network layer protocols specified: {names}"), span));
            }
            None => {}
        }
        match (self.family(), ip_family(protocol)) {
            _ if self.context.vlan => self.need_type(TYPE_BEHIND_VLAN, bytes),
            (Family::BRIDGE, Some(_)) if !below => self.need_meta(MetaKey::PROTOCOL, bytes),
            _ if self.context.link => self.need_type(ETHER_TYPE, bytes),
            (Family::INET, Some(family)) => self.need_meta(MetaKey::NFPROTO, vec![family.0]),
            (Family::INET, None) => {
                let message = format!("conflicting protocols specified: inet vs. {}", network_name(protocol));
                return Err(MeaningError::new(message, span));
            }
            _ => self.need_meta(MetaKey::PROTOCOL, bytes),
        }
        Ok(())
    }

    pub(super) fn need_transport(&mut self, protocol: u32, span: Span) -> Result<(), MeaningError> {
        match self.context.transport {
            Some(known) if known == protocol => return Ok(()),
            Some(known) => {
                let names = format!("{} vs. {}", transport_name(known), transport_name(protocol));
                return Err(MeaningError::new(
                    format!("conflicting transport layer protocols specified: {names}"),
                    span,
                ));
            }
            None => {}
        }
        match protocol {
            IPPROTO_ICMP | IPPROTO_IGMP => self.need_network(ETH_P_IP, true, span)?,
            IPPROTO_ICMPV6 => self.need_network(ETH_P_IPV6, true, span)?,
            _ => {}
        }
        self.context.transport = Some(protocol);
        self.context.has_transport = true;
        self.need_meta(MetaKey::L4PROTO, number_bytes(protocol.into(), 1, ByteOrder::Network));
        Ok(())
    }

    /// A field that only some messages of ICMP have needs one of them.
    fn need_message(&mut self, field: &HeaderField) -> Result<(), MeaningError> {
        let Some((kind, numbers)) = messages_with(field) else { return Ok(()) };
        let known = &self.context.messages;
        if !known.is_empty() && known.iter().all(|message| numbers.contains(message)) {
            return Ok(());
        }
        let key = Term::Header(HeaderField { header: field.header, field: kind, span: field.span });
        match numbers.as_slice() {
            [only] => {
                let value = number_bytes(*only, 1, ByteOrder::Network);
                let base = PayloadBase::TRANSPORT;
                self.bytes(Bytes { base, offset: 0, equal: true, value, is_protocol: false });
            }
            _ => {
                let element = |number: &u128| Element::new(Term::Constant(Constant::number(kind.value_type, *number)));
                let elements: Vec<Element> = numbers.iter().map(element).collect();
                self.look_up(&key, &elements, false)?;
            }
        }
        self.context.messages = numbers;
        Ok(())
    }

    fn need_type(&mut self, offset: u32, value: Vec<u8>) {
        self.bytes(Bytes { base: PayloadBase::LINK, offset, equal: true, value, is_protocol: true });
    }

    fn need_meta(&mut self, key: MetaKey, value: Vec<u8>) {
        let load = Meta { key: Some(key), target: Some(Register::ONE), ..Meta::default() };
        self.condition([load.into(), compare(Comparison::EQ, Data::value(value))]);
    }

    /// What a comparison with several values tells of the packet.
    pub(super) fn learn_several(&mut self, term: &Term, elements: &[Element]) {
        match term {
            Term::Meta(MetaKey::L4PROTO) => self.context.has_transport = true,
            Term::Header(field) if matches!(field.header.name, "icmp" | "icmpv6") && field.field.name == "type" => {
                let number = |element: &Element| match &element.key {
                    Term::Constant(Constant { scalar: Scalar::Number(number), .. }) => Some(*number),
                    _ => None,
                };
                self.context.messages = elements.iter().map(number).collect::<Option<_>>().unwrap_or_default();
            }
            _ => {}
        }
    }

    /// What a comparison with one value tells of the packet.
    pub(super) fn learn(&mut self, term: &Term, number: u128) {
        let small = u32::try_from(number).ok();
        let context = &mut self.context;
        match term {
            Term::Meta(MetaKey::L4PROTO) => context.transport = small,
            Term::Meta(MetaKey::NFPROTO) => {
                context.network = ip_ether_type(number).or(context.network);
            }
            Term::Meta(MetaKey::PROTOCOL) if self.header.family != Family::INET => context.network = small,
            Term::Meta(MetaKey::IIFTYPE) => context.link |= small == Some(ARPHRD_ETHER),
            Term::Header(field) => match (field.header.name, field.field.name) {
                ("ether", "type") if small == Some(ETH_P_8021Q) => context.vlan = true,
                ("ether" | "vlan", "type") => context.network = small,
                ("ip", "protocol") | ("ip6", "nexthdr") => context.transport = small,
                ("icmp" | "icmpv6", "type") => context.messages = vec![number],
                _ => {}
            },
            _ => {}
        }
        context.has_transport |= context.transport.is_some();
    }
}

/// The field of the type and the types of the messages that have the field, where not all have it.
pub(crate) fn messages_with(field: &HeaderField) -> Option<(&'static Field, Vec<u128>)> {
    let of = (field.header.name, field.field.name);
    let listed = MESSAGES.iter().find(|(header, name, _)| (*header, *name) == of).map(|(.., types)| *types);
    let names = listed.or((of == ("icmpv6", "taddr")).then_some(ABOUT_ADDRESS))?;
    let kind = field.header.field("type")?;
    let symbols = symbols_of(kind.value_type.data_type);
    let value = |name: &&str| symbols.iter().find(|(word, _)| word == name).map(|(_, number)| u128::from(*number));
    Some((kind, names.iter().filter_map(value).collect()))
}

/// Whether a term says which header comes next.
pub(super) fn is_protocol(field: &HeaderField) -> bool {
    [DataType::ETHER_TYPE, DataType::INET_PROTOCOL].contains(&field.field.value_type.data_type)
}

fn network_name(protocol: u32) -> String {
    let header = HEADERS.iter().find(|header| header.layer == Layer::Network(protocol));
    header.map_or_else(|| format!("{protocol:#06x}"), |header| header.name.into())
}

fn transport_name(protocol: u32) -> String {
    let header = HEADERS.iter().find(|header| header.layer == Layer::Transport(protocol));
    header.map_or_else(|| protocol.to_string(), |header| header.name.into())
}
