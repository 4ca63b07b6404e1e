//! What is known of the packet at each point of a rule, and the checks that make sure of what a field needs.

use nlink_uapi::if_arp::ARPHRD_ETHER;
use nlink_uapi::if_ether::{ETH_P_8021AD, ETH_P_8021Q, ETH_P_IP, ETH_P_IPV6};
use nlink_uapi::in_h::{IPPROTO_ICMP, IPPROTO_IGMP};
use nlink_uapi::in6::IPPROTO_ICMPV6;

use super::message::is_message;
use super::program::{Bytes, Program, compare};
use crate::expression::kinds::Meta;
use crate::expression::kinds::cmp::Comparison;
use crate::expression::kinds::ct::CtKey;
use crate::expression::kinds::meta::MetaKey;
use crate::expression::kinds::payload::PayloadBase;
use crate::expression::{Data, Register};
use crate::language::header::{HEADERS, Layer, ether_type, ip_ether_type, ip_family};
use crate::language::tree::{Constant, CtTerm, Element, HeaderField, Scalar, Term};
use crate::language::value::{ByteOrder, ValueType};
use crate::language::{MeaningError, Span};
use crate::{DataType, Family};

use super::bits::number_bytes;

/// What is known of the packet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Context {
    /// That it has a header of Ethernet.
    link: bool,
    /// Its tags of IEEE 802.1Q.
    tags: u32,
    /// Its EtherType.
    pub(super) network: Option<u32>,
    /// Its transport protocol.
    pub(super) transport: Option<u32>,
    /// The types that its ICMP message may have.
    pub(super) messages: Vec<u128>,
}

impl Context {
    pub(super) fn new(family: Family) -> Self {
        let network = ether_type(family);
        Self { network, link: family == Family::BRIDGE, ..Self::default() }
    }

    /// How many bytes of tags stand before the field: `vlan` is the innermost tag that is known of.
    pub(super) fn tags_before(&self, field: &HeaderField) -> u32 {
        let is_of_tag = field.header.layer == Layer::Network(ETH_P_8021Q);
        if is_of_tag { self.tags.saturating_sub(1).saturating_mul(TAG) } else { 0 }
    }

    fn type_behind_tags(&self) -> u32 {
        ETHER_TYPE.saturating_add(self.tags.saturating_mul(TAG))
    }
}

/// Where the EtherType stands, and its bytes.
const ETHER_TYPE: u32 = 12;
const TYPE: usize = 2;
/// Bytes of a tag, whose own type is its last two.
const TAG: u32 = 4;
/// What says that a tag follows.
const TAGGED: [u32; 2] = [ETH_P_8021Q, ETH_P_8021AD];

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
            Term::Ct(ct) => self.need_addresses(ct),
            Term::Meta(MetaKey::NFPROTO) if self.family() != Family::INET => {
                Err(MeaningError::new("meta nfproto is only useful in the inet family", Span::default()))
            }
            _ => Ok(()),
        }
    }

    /// Addresses of connections are those of one family.
    fn need_addresses(&self, ct: &CtTerm) -> Result<(), MeaningError> {
        let other = match ct.key {
            CtKey::SRC_IP | CtKey::DST_IP => ETH_P_IPV6,
            CtKey::SRC_IP6 | CtKey::DST_IP6 => ETH_P_IP,
            _ => return Ok(()),
        };
        if self.context.network != Some(other) {
            return Ok(());
        }
        let names = if other == ETH_P_IP { "ip vs. ip6" } else { "ip6 vs. ip" };
        Err(MeaningError::new(format!("conflicting protocols specified: {names}"), ct.span))
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
            if self.context.tags == 0 {
                self.context.tags = 1;
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
            _ if self.context.tags > 0 => self.need_type(self.context.type_behind_tags(), bytes),
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
        if self.family() == Family::ARP {
            let message = format!("conflicting protocols specified: arp vs. {}", transport_name(protocol));
            return Err(MeaningError::new(message, span));
        }
        match protocol {
            _ if self.context.network.is_some() => {}
            IPPROTO_ICMP | IPPROTO_IGMP => self.need_network(ETH_P_IP, true, span)?,
            IPPROTO_ICMPV6 => self.need_network(ETH_P_IPV6, true, span)?,
            _ => {}
        }
        self.context.transport = Some(protocol);
        self.need_meta(MetaKey::L4PROTO, number_bytes(protocol.into(), 1, ByteOrder::Network));
        Ok(())
    }

    fn need_type(&mut self, offset: u32, value: Vec<u8>) {
        self.bytes(Bytes { base: PayloadBase::LINK, offset, equal: true, value, is_protocol: true });
    }

    fn need_meta(&mut self, key: MetaKey, value: Vec<u8>) {
        let load = Meta { key: Some(key), target: Some(Register::ONE), ..Meta::default() };
        self.condition([load.into(), compare(Comparison::EQ, Data::value(value))]);
    }

    /// What a comparison with several values tells of the packet: of protocols what the last one does.
    pub(super) fn learn_several(&mut self, term: &Term, elements: &[Element]) {
        let number = |element: &Element| match &element.key {
            Term::Constant(Constant { scalar: Scalar::Number(number), .. }) => Some(*number),
            _ => None,
        };
        let numbers: Option<Vec<u128>> = elements.iter().map(number).collect();
        match (term, numbers) {
            (Term::Header(field), numbers) if is_message(field) => self.context.messages = numbers.unwrap_or_default(),
            (_, Some(numbers)) => {
                let known = self.context.clone();
                for number in numbers {
                    self.context = known.clone();
                    self.learn(term, number);
                }
            }
            (_, None) => {}
        }
    }

    /// What a comparison with one value tells of the packet.
    pub(super) fn learn(&mut self, term: &Term, number: u128) {
        let small = u32::try_from(number).ok();
        let context = &mut self.context;
        match term {
            Term::Meta(MetaKey::L4PROTO) => context.transport = context.transport.or(small),
            Term::Meta(MetaKey::NFPROTO) => {
                context.network = ip_ether_type(number).or(context.network);
            }
            Term::Meta(MetaKey::PROTOCOL) if self.header.family != Family::INET => context.network = small,
            Term::Meta(MetaKey::IIFTYPE) => context.link |= small == Some(ARPHRD_ETHER),
            Term::Header(field) => match (field.header.name, field.field.name) {
                ("ether", "type") if small.is_some_and(|of| TAGGED.contains(&of)) => context.tags = 1,
                ("vlan", "type") if small.is_some_and(|of| TAGGED.contains(&of)) => {
                    context.tags = context.tags.saturating_add(1);
                }
                ("ether" | "vlan", "type") => context.network = small,
                ("ip", "protocol") | ("ip6", "nexthdr") => context.transport = small,
                _ if is_message(field) => context.messages = vec![number],
                _ => {}
            },
            Term::Ct(CtTerm { key: CtKey::L3PROTOCOL, .. }) => self.learn(&Term::Meta(MetaKey::NFPROTO), number),
            // Which family's protocol it is, something else has to say.
            Term::Ct(CtTerm { key: CtKey::PROTOCOL, .. }) if context.network.is_some() => context.transport = small,
            _ => {}
        }
    }
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
