//! Translation of addresses and ports.

use super::bits::{WORDS, data, number_bytes, ones, prefix_mask, register, words};
use super::program::Program;
use super::set::{Values, is_interval};
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

/// What a map gives.
#[derive(Debug)]
struct Given {
    /// An address, or an address and a port.
    types: Vec<ValueType>,
    /// Whether the first and the last of each.
    intervals: bool,
}

impl Filled {
    /// The words before the next register.
    fn words(&self) -> u32 {
        self.next.saturating_mul(WORDS)
    }

    fn with(&mut self, data: Data) -> Register {
        let target = register(self.words());
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
        // Only of what a map looks at it may be taken.
        let is_map = matches!(of.address, Some(Term::Lookup(_)));
        let said = if is_map { None } else { Some(self.nat_family(of)?) };
        for term in of.address.iter().chain(&of.port) {
            self.need_all(term)?;
        }
        let family = said.map_or_else(|| self.nat_family(of), Ok)?;
        let mut filled = Filled::default();
        let (mut addresses, mut ports) = ((None, None), (None, None));
        if let Some(address) = &of.address {
            (addresses, ports) = self.addresses(address, family, &mut filled)?;
        }
        if let Some(port) = &of.port {
            ports = self.ports(port, &mut filled)?;
        }
        if let (Some(_), None) = (ports.0, self.context.transport) {
            let message = "transport protocol mapping is only valid after transport protocol match";
            return Err(MeaningError::new(message, of.port.as_ref().map_or(of.span, span)));
        }
        let flags = if of.port.is_some() { of.flags | NatFlags::PORTS } else { of.flags };
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

    /// The new address; a map may give the port with it.
    fn addresses(
        &mut self,
        address: &Term,
        family: Option<Family>,
        filled: &mut Filled,
    ) -> Result<(Ends, Ends), MeaningError> {
        let wanted = ValueType::address(family);
        let of_it = |term: &Term| term.value_type().is_none_or(|of| of.data_type == wanted.data_type);
        match address {
            Term::Lookup(map) => {
                let given = self.given(&map.map, wanted);
                let (types, intervals) = (given.types.clone(), given.intervals);
                let values = if intervals { Values::Intervals(types) } else { Values::Of(types) };
                filled.expressions.append(&mut self.looked_up(map, &values, 0)?);
                filled.next = 1;
                let parts = given.types.iter().map(|of| words(of.len().into())).collect::<Vec<_>>();
                let (address, all) = (parts.first().copied().unwrap_or_default(), parts.iter().sum::<u32>());
                let last = |at| intervals.then(|| register(all.saturating_add(at)));
                let port = (parts.len() > 1).then(|| register(address));
                Ok(((Some(Register::ONE), last(0)), (port, port.and_then(|_| last(address)))))
            }
            other if !of_it(other) => {
                let message = format!("this is no {} address", if family == Some(Family::IPV6) { "ip6" } else { "ip" });
                Err(MeaningError::new(message, span(other)))
            }
            Term::Constant(_) | Term::Range(..) | Term::Prefix(..) => Ok((filled.ends(address)?, (None, None))),
            other => {
                filled.expressions.append(&mut self.value(other, wanted)?);
                filled.next = 1;
                Ok(((Some(Register::ONE), None), (None, None)))
            }
        }
    }

    /// The new port.
    fn ports(&mut self, port: &Term, filled: &mut Filled) -> Result<Ends, MeaningError> {
        let Term::Lookup(map) = port else { return filled.ends(port) };
        let values = Values::Of(vec![ValueType::of(DataType::INET_SERVICE)]);
        filled.expressions.append(&mut self.looked_up(map, &values, filled.words())?);
        Ok((Some(register(filled.words())), None))
    }

    /// The family of the addresses: the table's, else the one that was said or is known of the packet.
    fn nat_family(&self, of: &NatStatement) -> Result<Option<Family>, MeaningError> {
        if matches!(of.kind, NatKind::Masquerade | NatKind::Redirect) {
            return Ok(None);
        }
        let known = self.context.network.and_then(ip_family);
        if let (Some(said), Some(known)) = (of.family, known)
            && said != known
        {
            let message = format!("conflicting protocols specified: {known} vs. {said}");
            return Err(MeaningError::new(message, of.span));
        }
        let found = of.family.or(known);
        if found.is_none() && of.address.is_some() {
            let message = "specify `dnat ip' or 'dnat ip6' in inet table to disambiguate";
            return Err(MeaningError::new(message, of.span));
        }
        Ok(Some(found.unwrap_or(self.family())))
    }

    /// What a map gives.
    fn given(&self, map: &Term, address: ValueType) -> Given {
        match map {
            Term::Named(set) => {
                let known = self.scope.sets.get(&set.name);
                let types = known.map(|set| set.data.clone()).filter(|types| !types.is_empty());
                let intervals = known.is_some_and(|set| set.data_intervals);
                Given { types: types.unwrap_or_else(|| vec![address]), intervals }
            }
            Term::Set(elements) => {
                let values = || elements.iter().filter_map(|element| element.data.as_deref());
                let types = match values().next() {
                    Some(Term::Concatenation(parts)) => parts.iter().filter_map(Term::value_type).collect(),
                    _ => vec![address],
                };
                Given { types, intervals: values().any(is_interval) }
            }
            _ => Given { types: vec![address], intervals: false },
        }
    }
}
