//! Writing rules: expressions as nft makes them, and the anonymous sets that go with them.

use nlink_core::flag_set;
use nlink_core::object::{Add, Ahead, Change, Object};
use nlink_core::wire::{AttrTable, Attributes, Attrs, Message, WireError, Writer, attr_id};
use nlink_core::{Interface, uapi};
use nlink_uapi::netlink::{NLM_F_APPEND, NLM_F_CREATE};
use nlink_uapi::nf_conntrack_common::*;

use super::{Ip, Ip6, Operand, Rule, Transport};
use crate::expression::kinds::bitwise::Bitwise;
use crate::expression::kinds::cmp::{Cmp, Comparison};
use crate::expression::kinds::ct::{Ct, CtKey};
use crate::expression::kinds::lookup::Lookup;
use crate::expression::kinds::meta::{Meta, MetaKey};
use crate::expression::kinds::payload::{Payload, PayloadBase};
use crate::expression::kinds::range::{Range, RangeOperation};
use crate::expression::{Data, Expression, Register, Value};
use crate::language::SetMeaning;
use crate::set::{Key, Set, SetElements};
use crate::userdata::SetNotes;
use crate::{Family, Header, Nftables};

/// A rule that is being written, made by [`Chain::rule`](crate::Chain::rule): what is said first is checked first. The
/// methods add the expressions that nft adds for the same words.
///
/// Added, it goes behind the rules of its chain. Its anonymous sets are made with it.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a rule that is not added does nothing"]
pub struct RuleBuilder {
    pub(super) rule: Rule,
    sets: Vec<(Set, SetElements)>,
    /// What was made sure of already.
    network: Option<Family>,
    transport: Option<u32>,
}

/// The bit of a state among others (`NF_CT_STATE_BIT`, linux/netfilter/nf_conntrack_common.h).
const fn state_bit(state: u32) -> u32 {
    1 << (state % IP_CT_IS_REPLY + 1)
}

flag_set! {
    /// States of a packet in its connection, with nft's names.
    pub struct CtState(u32) {
        /// It fits no connection.
        INVALID = NF_CT_STATE_INVALID_BIT, "invalid";
        /// The connection has seen packets both ways.
        ESTABLISHED = state_bit(IP_CT_ESTABLISHED), "established";
        /// It begins a connection that another one announced.
        RELATED = state_bit(IP_CT_RELATED), "related";
        /// It begins a connection.
        NEW = state_bit(IP_CT_NEW), "new";
        /// Connections are not tracked for it.
        UNTRACKED = NF_CT_STATE_UNTRACKED_BIT, "untracked";
    }
}

/// What it matches.
impl RuleBuilder {
    pub(crate) fn new(family: Family, table: Option<&str>, chain: Option<&str>) -> Self {
        let (table, chain) = (table.map(Into::into), chain.map(Into::into));
        Rule { header: family.into(), table, chain, ..Rule::default() }.into()
    }

    /// An expression of one's own.
    pub fn expression(mut self, expression: impl Into<Expression>) -> Self {
        self.rule.expressions.push(expression.into());
        self
    }

    /// What is known of the packet is this.
    pub fn meta(self, key: MetaKey, value: impl Into<Data>) -> Self {
        self.load_meta(key).compare(Comparison::EQ, value)
    }

    fn load_meta(self, key: MetaKey) -> Self {
        self.expression(Meta { key: Some(key), target: Some(Register::ONE), ..Meta::default() })
    }

    fn compare(self, operation: Comparison, value: impl Into<Data>) -> Self {
        let (source, operation, data) = (Some(Register::ONE), Some(operation), Some(value.into()));
        self.expression(Cmp { source, operation, data, ..Cmp::default() })
    }

    /// It came by this interface, which has to be there.
    pub fn iif(self, interface: impl Into<Interface>) -> Self {
        self.meta(MetaKey::IIF, Value::Interface(interface.into()))
    }

    /// It goes by this interface, which has to be there.
    pub fn oif(self, interface: impl Into<Interface>) -> Self {
        self.meta(MetaKey::OIF, Value::Interface(interface.into()))
    }

    /// It came by an interface of this name, whether there is one or not; `eth*` are all that begin so.
    pub fn iifname(self, name: &str) -> Self {
        self.meta(MetaKey::IIFNAME, Data::value(name_bytes(name)))
    }

    /// It goes by an interface of this name, whether there is one or not; `eth*` are all that begin so.
    pub fn oifname(self, name: &str) -> Self {
        self.meta(MetaKey::OIFNAME, Data::value(name_bytes(name)))
    }

    /// It has this mark.
    pub fn mark(self, mark: u32) -> Self {
        self.meta(MetaKey::MARK, Data::value(mark.to_ne_bytes()))
    }

    /// It is in one of these states of its connection.
    pub fn ct_state(self, states: CtState) -> Self {
        let mask = Bitwise {
            source: Some(Register::ONE),
            target: Some(Register::ONE),
            len: Some(CtState::LEN),
            mask: Some(Data::value(states.bytes())),
            xor: Some(Data::value(CtState::default().bytes())),
            ..Bitwise::default()
        };
        self.expression(Ct { key: Some(CtKey::STATE), target: Some(Register::ONE), ..Ct::default() })
            .expression(mask)
            .compare(Comparison::NEQ, Data::value(CtState::default().bytes()))
    }

    /// It is an IPv4 packet, and …
    pub fn ip(self) -> Ip {
        Ip(self)
    }

    /// It is an IPv6 packet, and …
    pub fn ip6(self) -> Ip6 {
        Ip6(self)
    }

    /// It is a TCP packet, and …
    pub fn tcp(self) -> Transport {
        Transport { rule: self, protocol: uapi::in_h::IPPROTO_TCP }
    }

    /// It is a UDP packet, and …
    pub fn udp(self) -> Transport {
        Transport { rule: self, protocol: uapi::in_h::IPPROTO_UDP }
    }

    /// Makes sure that it is a packet of that family, where the table sees others too.
    pub(super) fn network(mut self, family: Family) -> Self {
        if self.rule.header.family == family || self.network.replace(family) == Some(family) {
            return self;
        }
        self.meta(MetaKey::NFPROTO, Data::value([family.0]))
    }

    /// Makes sure that it is a packet of that transport protocol.
    pub(super) fn transport(mut self, protocol: u32) -> Self {
        match u8::try_from(protocol) {
            Ok(number) if self.transport.replace(protocol) != Some(protocol) => {
                self.meta(MetaKey::L4PROTO, Data::value([number]))
            }
            _ => self,
        }
    }

    /// A field of a header is that.
    pub(super) fn field<T: Key>(self, base: PayloadBase, offset: u32, operand: Operand<T>) -> Self {
        let whole_bytes = match &operand {
            // The bytes that a prefix has whole are all that has to be looked at.
            Operand::Prefix(_, bits) if *bits > 0 && bits.is_multiple_of(8) => u32::from(bits / 8).min(T::LEN),
            _ => T::LEN,
        };
        let load = Payload {
            target: Some(Register::ONE),
            base: Some(base),
            offset: Some(offset),
            len: Some(whole_bytes),
            ..Payload::default()
        };
        self.expression(load).operand(operand)
    }

    fn operand<T: Key>(mut self, operand: Operand<T>) -> Self {
        match operand {
            Operand::One(value) => self.compare(Comparison::EQ, Data::value(value.bytes())),
            Operand::Between(first, last) => self.expression(Range {
                source: Some(Register::ONE),
                operation: Some(RangeOperation::EQ),
                from: Some(Data::value(first.bytes())),
                to: Some(Data::value(last.bytes())),
                ..Range::default()
            }),
            Operand::Prefix(value, bits) => self.prefix(value.bytes(), bits),
            Operand::Any(values) => {
                let set = Set::anonymous::<T>(self.rule.header, self.rule.table.clone());
                let elements = values.iter().fold(set.elements(), |elements, value| elements.key(value));
                let (name, id) = (set.name.clone(), set.id);
                self.sets.push((set, elements));
                self.lookup(name, id)
            }
            Operand::In(name) => self.lookup(Some(name), None),
        }
    }

    fn prefix(self, mut value: Vec<u8>, bits: u8) -> Self {
        if bits > 0 && bits.is_multiple_of(8) {
            value.truncate(usize::from(bits / 8));
            return self.compare(Comparison::EQ, Data::value(value));
        }
        let mask: Vec<u8> = (0..value.len())
            .map(|at| {
                let here = usize::from(bits).saturating_sub(at.saturating_mul(8)).min(8);
                u8::try_from(0xff00_u16 >> here & 0xff).unwrap_or(u8::MAX)
            })
            .collect();
        let zeros = vec![0; value.len()];
        self.expression(Bitwise {
            source: Some(Register::ONE),
            target: Some(Register::ONE),
            len: u32::try_from(value.len()).ok(),
            mask: Some(Data::value(mask)),
            xor: Some(Data::value(zeros)),
            ..Bitwise::default()
        })
        .compare(Comparison::EQ, Data::value(value))
    }

    fn lookup(self, set: Option<String>, set_id: Option<u32>) -> Self {
        self.expression(Lookup { set, source: Some(Register::ONE), set_id, ..Lookup::default() })
    }

    /// It goes behind the rule of that handle, not to the chain's end.
    pub fn behind(mut self, handle: u64) -> Self {
        self.rule.position = Some(handle);
        self
    }

    /// It takes the place of the rule of that handle when it is given to `change`.
    pub fn in_place_of(mut self, handle: u64) -> Self {
        self.rule.handle = Some(handle);
        self
    }

    /// With what was compiled from text. The numbers of its sets become unique in the process.
    pub(crate) fn compiled(mut self, compiled: crate::language::compile::Compiled) -> Self {
        let mut numbers = Vec::new();
        for (set, elements) in compiled.sets {
            let (table, id) = (self.rule.table.clone(), Some(crate::set::next_id()));
            numbers.push((set.id, id));
            // Without it nft takes numbers in the machine's byte order for others.
            let userdata = Some(SetNotes::of(&SetMeaning::from(&set)).into());
            let set = Set { table: table.clone(), id, userdata, ..set };
            self.sets.push((set, SetElements { table, set_id: id, ..elements }));
        }
        let unique = |id: &mut Option<u32>| {
            if let Some((_, unique)) = numbers.iter().find(|(own, _)| id.is_some() && own == id) {
                *id = *unique;
            }
        };
        for mut expression in compiled.expressions {
            match &mut expression {
                Expression::Lookup(lookup) => unique(&mut lookup.set_id),
                Expression::Objref(object) => unique(&mut object.set_id),
                _ => {}
            }
            self.rule.expressions.push(expression);
        }
        self
    }

    /// The rule, without its anonymous sets.
    pub fn as_rule(&self) -> &Rule {
        &self.rule
    }
}

/// A name as nft compares it: whole and filled up with zeros, or as far as the asterisk.
fn name_bytes(name: &str) -> Vec<u8> {
    match name.strip_suffix('*') {
        Some(start) => start.into(),
        None => {
            let mut bytes = name.as_bytes().to_vec();
            // Longer names than the kernel has are refused by it: the value is longer than the register.
            bytes.resize(bytes.len().max(usize::try_from(uapi::if_h::IFNAMSIZ).unwrap_or(0)), 0);
            bytes
        }
    }
}

/// A rule as it was listed, to be added again. That of an anonymous set cannot be: the set is another rule's.
impl From<Rule> for RuleBuilder {
    fn from(rule: Rule) -> Self {
        Self { rule, ..Self::default() }
    }
}

/// As the [`Rule`] is, which is what is sent.
impl Attributes for RuleBuilder {
    const TABLE: AttrTable = Rule::TABLE;

    fn read(&mut self, payload: &[u8]) -> Result<(), WireError> {
        self.rule.read(payload)
    }

    fn put_all(&mut self, attrs: Attrs<'_>) -> Result<(), WireError> {
        self.rule.put_all(attrs)
    }

    fn emit_all(&self, writer: &mut Writer) {
        self.rule.emit_all(writer);
    }

    /// What is compared with the interface that a packet came or goes by is an interface.
    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        let mut by_interface = false;
        for expression in &mut self.rule.expressions {
            if let (true, Expression::Cmp(cmp)) = (by_interface, &mut *expression)
                && let Some(value) = cmp.data.as_mut().and_then(|data| data.value.as_mut())
            {
                value.visit_interface(visit);
            }
            let loads =
                |meta: &Meta| meta.target.is_some() && [Some(MetaKey::IIF), Some(MetaKey::OIF)].contains(&meta.key);
            by_interface = matches!(expression, Expression::Meta(meta) if loads(meta));
        }
    }
}

impl Message for RuleBuilder {
    type Header = Header;

    fn emit(&self, writer: &mut Writer) {
        self.rule.emit(writer);
    }
}

impl Object for RuleBuilder {
    type Protocol = Nftables;
    const NAME: &'static str = Rule::NAME;
    const NEW: u16 = Rule::NEW;
    const DEL: u16 = Rule::DEL;
    const GET: u16 = Rule::GET;

    fn describe(&self) -> String {
        self.rule.describe()
    }

    fn hand_over<A: Ahead<Nftables>>(&mut self, ahead: &mut A) {
        for (set, elements) in self.sets.drain(..) {
            ahead.add(set);
            ahead.add(elements);
        }
    }
}

/// At the end of its chain, or [behind](RuleBuilder::behind) another.
impl Add for RuleBuilder {
    const FLAGS: u16 = attr_id(NLM_F_CREATE | NLM_F_APPEND);
}
/// [In the place](RuleBuilder::in_place_of) of another.
impl Change for RuleBuilder {}
