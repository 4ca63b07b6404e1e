//! What a rule does.

use nlink_uapi::icmp::ICMP_PORT_UNREACH;
use nlink_uapi::icmpv6::ICMPV6_PORT_UNREACH;
use nlink_uapi::if_ether::{ETH_P_IP, ETH_P_IPV6};
use nlink_uapi::nf_tables::NFT_REJECT_ICMPX_PORT_UNREACH;

use super::elements::stateful;
use super::field::number;
use super::held::{Held, Source};
use super::read::masked;
use super::rule::Decoder;
use super::value::{between, constant};
use crate::expression::kinds::nat::{NatFlags, NatType};
use crate::expression::kinds::reject::RejectType;
use crate::expression::kinds::{Lookup as LookupExpression, Objref, Reject};
use crate::expression::{Expression, Register};
use crate::language::compile::bits::{register, words};
use crate::language::header::ip_family;
use crate::language::tree::{
    Assignment, Constant, CtTerm, Lookup, NatKind, NatStatement, ObjectStatement, RejectStatement, RejectWith,
    Statement, Symbol, Term, VerdictMap,
};
use crate::language::value::ValueType;
use crate::language::{SetMeaning, Span};
use crate::{DataType, Family};

impl Decoder<'_> {
    pub(super) fn effect(&mut self, expression: &Expression) -> Option<Statement> {
        Some(match expression {
            Expression::Immediate(immediate) => Statement::Verdict(*immediate.data.as_ref()?.verdict.clone()?),
            Expression::Lookup(lookup) => {
                let (key, map) = self.looked_up(lookup.source?, lookup.set.as_ref(), lookup.set_id)?;
                Statement::VerdictMap(VerdictMap { key, map })
            }
            Expression::Meta(meta) => self.assigned(Term::Meta(meta.key?), meta.source?)?,
            Expression::Ct(ct) => {
                let target = CtTerm { key: ct.key?, direction: ct.direction, span: Span::default() };
                self.assigned(Term::Ct(target), ct.source?)?
            }
            Expression::Payload(payload) => self.written(payload)?,
            Expression::Counter(_) | Expression::Limit(_) | Expression::Quota(_) => stateful(expression),
            Expression::Log(log) => Statement::Log(log.as_ref().clone()),
            Expression::Objref(objref) => Statement::Object(self.object(objref)?),
            Expression::Reject(reject) => Statement::Reject(self.rejected(reject)?),
            Expression::Nat(nat) => {
                let kind = if nat.nat_type? == NatType::SOURCE { NatKind::Source } else { NatKind::Destination };
                let family = Family(u8::try_from(nat.family?).ok()?);
                let (address, port) = ((nat.address_min, nat.address_max), (nat.port_min, nat.port_max));
                Statement::Nat(self.translated(kind, Some(family), address, port, nat.flags)?)
            }
            Expression::Masq(masq) => {
                let port = (masq.port_min, masq.port_max);
                Statement::Nat(self.translated(NatKind::Masquerade, None, (None, None), port, masq.flags)?)
            }
            Expression::Redir(redir) => {
                let port = (redir.port_min, redir.port_max);
                Statement::Nat(self.translated(NatKind::Redirect, None, (None, None), port, redir.flags)?)
            }
            _ => return None,
        })
    }

    /// What a map has for the key in its register, and what led there.
    pub(super) fn mapped(&mut self, lookup: &LookupExpression) -> Option<(Term, Vec<Expression>)> {
        let (source, name, id) = (lookup.source?, lookup.set.as_ref(), lookup.set_id);
        let (key, map) = self.looked_up(source, name, id)?;
        let before = self.take_key(source, name, id)?;
        Some((Term::Lookup(Box::new(Lookup { key, map })), before))
    }

    fn assigned(&self, target: Term, source: Register) -> Option<Statement> {
        let held = self.peek(source)?;
        let of = target.value_type()?;
        let value = self.value(held, of)?;
        Some(Statement::Assignment(Assignment { target, value }))
    }

    /// What is in a register, as a value for something of that type.
    pub(super) fn value(&self, held: &Held, of: ValueType) -> Option<Term> {
        match &held.source {
            Source::Immediate(bytes) if held.changes.is_empty() => constant(bytes, of, 0).map(Term::Constant),
            Source::Term(map @ Term::Lookup(_)) if held.changes.is_empty() => Some(map.clone()),
            _ => {
                let read = self.read(held)?;
                // Turned around as compiling does it, or not at all.
                (read.of.order == of.order || read.len == 1).then_some(())?;
                masked(read)
            }
        }
    }

    fn object(&self, objref: &Objref) -> Option<ObjectStatement> {
        if let (Some(object_type), Some(name)) = (objref.object_type, &objref.name) {
            let name = Term::Symbol(Symbol { text: name.clone(), quoted: true, span: Span::default() });
            return Some(ObjectStatement { object_type, name });
        }
        let (key, map) = self.looked_up(objref.source?, objref.set.as_ref(), objref.set_id)?;
        let is = |id, name| {
            (objref.set_id.is_some() && objref.set_id == id) || (objref.set_id.is_none() && objref.set == name)
        };
        let (set, _) = self.sets.iter().find(|(set, _)| is(set.id, set.name.clone()))?;
        let object_type = crate::expression::kinds::objref::ObjectType(set.object_type?);
        Some(ObjectStatement { object_type, name: Term::Lookup(Box::new(Lookup { key, map })) })
    }

    fn rejected(&self, reject: &Reject) -> Option<RejectStatement> {
        let code = reject.code.unwrap_or_default();
        let of = |data_type| Term::Constant(Constant::number(ValueType::of(data_type), code));
        let usual = |usual: u32| u32::from(code) == usual;
        let with = match (reject.reject_type?, self.known.network) {
            (RejectType::TCP_RESET, _) => Some(RejectWith::TcpReset),
            (RejectType::ICMP, Some(ETH_P_IP)) if usual(ICMP_PORT_UNREACH) => None,
            (RejectType::ICMP, Some(ETH_P_IP)) => Some(RejectWith::Icmp(of(DataType::ICMP_CODE))),
            (RejectType::ICMP, Some(ETH_P_IPV6)) if usual(ICMPV6_PORT_UNREACH) => None,
            (RejectType::ICMP, Some(ETH_P_IPV6)) => Some(RejectWith::Icmpv6(of(DataType::ICMPV6_CODE))),
            (RejectType::ICMPX, None) if usual(NFT_REJECT_ICMPX_PORT_UNREACH) => None,
            (RejectType::ICMPX, _) => Some(RejectWith::Icmpx(of(DataType::ICMPX_CODE))),
            _ => return None,
        };
        Some(RejectStatement { with, span: Span::default() })
    }

    fn translated(
        &self,
        kind: NatKind,
        family: Option<Family>,
        address: (Option<Register>, Option<Register>),
        port: (Option<Register>, Option<Register>),
        flags: Option<NatFlags>,
    ) -> Option<NatStatement> {
        let of = ValueType::address(family);
        let address_term = match address {
            (None, _) => None,
            (Some(min), max) => Some(self.ends(min, max, of)?),
        };
        // A map may have address and port in one.
        let behind = register(words(of.len().into()));
        let both = matches!(&address_term, Some(Term::Lookup(_)))
            && port.0.is_some_and(|port| port == behind && self.peek(port).is_none())
            && (address.1.is_some() || port.1.is_none_or(|last| last == behind));
        let port_term = match port {
            (Some(_), _) if both => None,
            (None, _) => None,
            (Some(min), max) => Some(self.ends(min, max, ValueType::of(DataType::INET_SERVICE))?),
        };
        if let (Some(Term::Lookup(map)), false) = (&address_term, both)
            && let Term::Named(set) = &map.map
            && self
                .sets
                .iter()
                .any(|(known, _)| known.name.as_ref() == Some(&set.name) && SetMeaning::from(known).data.len() > 1)
        {
            return None;
        }
        // Of intervals of a map nft always says the family.
        let is_said =
            matches!(&address_term, Some(Term::Lookup(_))) && address.1.is_some_and(|max| Some(max) != address.0);
        let said = family.filter(|family| is_said || (*family != self.family && !self.is_known(*family)));
        let flags = flags.unwrap_or_default() - NatFlags::PORTS;
        Some(NatStatement { kind, family: said, address: address_term, port: port_term, flags, span: Span::default() })
    }

    fn is_known(&self, family: Family) -> bool {
        self.known.network.and_then(ip_family) == Some(family)
    }

    /// What lies between two registers, or in the first one.
    fn ends(&self, min: Register, max: Option<Register>, of: ValueType) -> Option<Term> {
        let first = self.value(self.peek(min)?, of)?;
        let Some(max) = max.filter(|max| *max != min) else { return Some(first) };
        // A map whose values are intervals gives both.
        if matches!(first, Term::Lookup(_)) && self.peek(max).is_none() {
            return Some(first);
        }
        let last = self.value(self.peek(max)?, of)?;
        between(number(&first)?, number(&last)?, of)
    }
}
