//! Which field some bytes of the packet are.

use nlink_uapi::if_arp::ARPHRD_ETHER;
use nlink_uapi::if_ether::ETH_P_8021Q;

use crate::Family;
use crate::expression::kinds::meta::MetaKey;
use crate::expression::kinds::payload::PayloadBase;
use crate::language::Span;
use crate::language::compile::load::Place;
use crate::language::compile::message::messages_with;
use crate::language::header::{HEADERS, Header, Layer, ether_type, ip_ether_type};
use crate::language::tree::{Constant, Element, HeaderField, Match, Relation, Scalar, Term};

/// What the rule has said of the packet so far.
#[derive(Clone, Debug)]
pub(super) struct Known {
    link: bool,
    pub(super) network: Option<u32>,
    transport: Option<u32>,
    /// Types of ICMP's messages.
    messages: Vec<u128>,
}

impl Known {
    pub(super) fn new(family: Family) -> Self {
        let network = ether_type(family);
        Self { link: family == Family::BRIDGE, network, transport: None, messages: Vec::new() }
    }

    /// What a comparison says.
    pub(super) fn learn(&mut self, of: &Match, family: Family) {
        if !matches!(of.relation, Relation::Implicit | Relation::Equal) {
            return;
        }
        let numbers: Vec<u128> = match &of.right {
            Term::Set(elements) => elements.iter().filter_map(|element: &Element| number(&element.key)).collect(),
            one => number(one).into_iter().collect(),
        };
        let single = match numbers.as_slice() {
            [only] => u32::try_from(*only).ok(),
            _ => None,
        };
        match &of.left {
            Term::Meta(MetaKey::L4PROTO) => self.transport = single,
            Term::Meta(MetaKey::NFPROTO) => {
                self.network = single.and_then(|family| ip_ether_type(family.into())).or(self.network);
            }
            Term::Meta(MetaKey::IIFTYPE) => self.link |= single == Some(ARPHRD_ETHER),
            Term::Meta(MetaKey::PROTOCOL) if family != Family::INET => self.network = single,
            Term::Header(field) => match (field.header.name, field.field.name) {
                ("ether", "type") if single == Some(ETH_P_8021Q) => {}
                ("ether" | "vlan", "type") => self.network = single,
                ("ip", "protocol") | ("ip6", "nexthdr") => self.transport = single,
                ("icmp" | "icmpv6", "type") => self.messages = numbers,
                _ => {}
            },
            _ => {}
        }
    }

    /// The headers that the bytes of a base may be of.
    fn headers(&self, base: PayloadBase) -> impl Iterator<Item = &'static Header> {
        let (link, network, transport) = (self.link, self.network, self.transport);
        HEADERS.iter().copied().filter(move |header| header.base == base).filter(move |header| match header.layer {
            Layer::Link => link,
            Layer::Network(protocol) => (link && protocol == ETH_P_8021Q) || Some(protocol) == network,
            Layer::Transport(protocol) => Some(protocol) == transport,
            Layer::AnyTransport => transport.is_none(),
        })
    }

    /// All fields of the base, those first that the message has for certain.
    pub(super) fn fields(&self, base: PayloadBase) -> Vec<HeaderField> {
        let span = Span::default();
        let all = self.headers(base);
        let all = all.flat_map(|header| header.fields.iter().map(move |field| HeaderField { header, field, span }));
        let mut fields: Vec<HeaderField> = all.collect();
        fields.sort_by_key(|field| messages_with(field).is_some_and(|(_, numbers)| numbers != self.messages));
        fields
    }

    /// The field that lies in just these bytes, or where there is a mask just in those bits.
    pub(super) fn field(&self, base: PayloadBase, offset: u32, len: u32, mask: Option<u128>) -> Option<HeaderField> {
        self.fields(base).into_iter().find(|field| {
            let place = Place::of(field);
            let bits = if place.is_whole() { None } else { Some(place.mask()) };
            (place.offset, place.len) == (offset, len) && bits == mask
        })
    }

    /// The field that begins there and has more bytes.
    pub(super) fn longer(&self, base: PayloadBase, offset: u32, len: u32) -> Option<HeaderField> {
        let fits = |field: &HeaderField| {
            let place = Place::of(field);
            place.is_whole() && place.offset == offset && place.len > len
        };
        self.fields(base).into_iter().find(fits)
    }

    /// The fields that fill these bytes, one behind the other.
    pub(super) fn several(&self, base: PayloadBase, offset: u32, len: u32) -> Option<Vec<HeaderField>> {
        let end = offset.checked_add(len)?;
        let (mut at, mut found) = (offset, Vec::new());
        let fields = self.fields(base);
        while at < end {
            let next = fields.iter().find(|field| {
                let place = Place::of(field);
                place.is_whole() && place.offset == at && place.offset.saturating_add(place.len) <= end
            })?;
            at = at.checked_add(Place::of(next).len)?;
            found.push(*next);
        }
        (found.len() > 1).then_some(found)
    }
}

pub(super) fn number(term: &Term) -> Option<u128> {
    match term {
        Term::Constant(Constant { scalar: Scalar::Number(number), .. }) => Some(*number),
        _ => None,
    }
}
