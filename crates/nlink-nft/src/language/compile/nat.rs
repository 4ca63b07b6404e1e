//! Translation of addresses and ports.

use super::bits::{data, number_bytes, ones, prefix_mask, register, words};
use super::matching::lookup;
use super::program::Program;
use super::set::Values;
use super::statement::immediate;
use crate::expression::kinds::nat::{Nat, NatFlags, NatType};
use crate::expression::kinds::{Masq, Redir};
use crate::expression::{Data, Expression, Register};
use crate::language::MeaningError;
use crate::language::bind::span;
use crate::language::header::ip_family;
use crate::language::tree::{Constant, NatKind, NatStatement, Scalar, Term};
use crate::language::value::ValueType;
use crate::{DataType, Family};

/// Registers that are given away one after the other, and what fills them.
#[derive(Default)]
struct Filled {
    expressions: Vec<Expression>,
    next: u32,
}

/// The first and the last value of something.
type Ends = (Option<Register>, Option<Register>);

impl Filled {
    fn with(&mut self, data: Data) -> Register {
        let target = register(self.next.saturating_mul(4));
        self.next = self.next.saturating_add(1);
        self.expressions.push(immediate(target, data));
        target
    }

    fn value(&mut self, constant: &Constant) -> Register {
        self.with(data(constant, constant.value_type, constant.value_type.len().into(), 0))
    }

    /// A value, a range or a prefix.
    fn ends(&mut self, term: &Term) -> Result<Ends, MeaningError> {
        match term {
            Term::Constant(value) => Ok((Some(self.value(value)), None)),
            Term::Range(first, last) => Ok((self.ends(first)?.0, self.ends(last)?.0)),
            Term::Prefix(start, bits) => match start.as_ref() {
                Term::Constant(first @ Constant { value_type: of, scalar: Scalar::Number(number), .. }) => {
                    let last = number | ones(of.bits.into()) & !prefix_mask(of.bits, *bits);
                    let min = self.value(first);
                    Ok((Some(min), Some(self.with(Data::value(number_bytes(last, of.len().into(), of.order))))))
                }
                other => Err(MeaningError::new("only addresses have prefixes", span(other))),
            },
            other => Err(MeaningError::new("this is no address or port", span(other))),
        }
    }
}

impl Program<'_> {
    pub(super) fn nat(&mut self, of: &NatStatement) -> Result<(), MeaningError> {
        if let Some(port) = &of.port
            && !self.context.has_transport
            && !matches!(port, Term::Lookup(_))
        {
            let message = "transport protocol mapping is only valid after transport protocol match";
            return Err(MeaningError::new(message, span(port)));
        }
        let mut filled = Filled::default();
        let (mut addresses, mut ports) = ((None, None), (None, None));
        let mut flags = of.flags;
        let family = self.nat_family(of)?;
        match &of.address {
            Some(Term::Lookup(map)) => {
                self.need_all(&map.key)?;
                let types = self.mapped_types(&map.map, family);
                let (name, id, mut expressions) = self.map(&map.key, &map.map, &Values::Of(types.clone()))?;
                expressions.push(lookup(Some(name), id, Some(Register::ONE), false));
                filled.expressions.append(&mut expressions);
                filled.next = 1;
                addresses.0 = Some(Register::ONE);
                if let [address, _] = types.as_slice() {
                    ports.0 = Some(register(words(address.len().into())));
                }
            }
            Some(address) => addresses = filled.ends(address)?,
            None => {}
        }
        match &of.port {
            Some(Term::Lookup(map)) => {
                self.need_all(&map.key)?;
                let service = ValueType::of(DataType::INET_SERVICE);
                let (name, id, mut expressions) = self.map(&map.key, &map.map, &Values::Of(vec![service]))?;
                expressions.push(lookup(Some(name), id, Some(Register::ONE), false));
                filled.expressions.append(&mut expressions);
                ports.0 = Some(Register::ONE);
            }
            Some(port) => ports = filled.ends(port)?,
            None => {}
        }
        if of.port.is_some() {
            flags |= NatFlags::PORTS;
        }
        let flags = (flags != NatFlags::default()).then_some(flags);
        let ((address_min, address_max), (port_min, port_max)) = (addresses, ports);
        let nat = |nat_type| Nat {
            nat_type: Some(nat_type),
            family: family.map(|family| u32::from(family.0)),
            address_min,
            address_max,
            port_min,
            port_max,
            flags,
            ..Nat::default()
        };
        let last: Expression = match of.kind {
            NatKind::Source => nat(NatType::SOURCE).into(),
            NatKind::Destination => nat(NatType::DESTINATION).into(),
            NatKind::Masquerade => Masq { flags, port_min, port_max, ..Masq::default() }.into(),
            NatKind::Redirect => Redir { flags, port_min, port_max, ..Redir::default() }.into(),
        };
        filled.expressions.push(last);
        self.action(filled.expressions);
        Ok(())
    }

    /// The family of the addresses: the table's, else the one that was said or is known of the packet.
    fn nat_family(&self, of: &NatStatement) -> Result<Option<Family>, MeaningError> {
        if matches!(of.kind, NatKind::Masquerade | NatKind::Redirect) {
            return Ok(None);
        }
        let found = of.family.or_else(|| self.context.network.and_then(ip_family));
        if found.is_none() && of.address.is_some() {
            let message = "specify `dnat ip' or 'dnat ip6' in inet table to disambiguate";
            return Err(MeaningError::new(message, of.span));
        }
        Ok(Some(found.unwrap_or(self.family())))
    }

    /// The types of a map's values: an address, or an address and a port.
    fn mapped_types(&self, map: &Term, family: Option<Family>) -> Vec<ValueType> {
        let address = match family {
            Some(Family::IPV6) => ValueType::of(DataType::IPV6_ADDRESS),
            _ => ValueType::of(DataType::IPV4_ADDRESS),
        };
        match map {
            Term::Named(set) => {
                let known = self.scope.sets.get(&set.name).map(|set| set.data.clone());
                known.filter(|types| !types.is_empty()).unwrap_or_else(|| vec![address])
            }
            Term::Set(elements) => match elements.iter().find_map(|element| element.data.as_deref()) {
                Some(Term::Concatenation(parts)) => parts.iter().filter_map(Term::value_type).collect(),
                _ => vec![address],
            },
            _ => vec![address],
        }
    }
}
