//! Statements: which of their words stands against what.

use super::term::{bound, key, mapped, set, types_of};
use crate::expression::kinds::ct::CtKey;
use crate::language::tree::{
    Assignment, CtTerm, Match, NatStatement, ObjectStatement, RejectStatement, RejectWith, Statement, Symbol, Term,
    VerdictMap,
};
use crate::language::value::ValueType;
use crate::language::{MeaningError, Scope};
use crate::{DataType, Family};

type Bound<T> = Result<T, MeaningError>;

/// The statements with a value for each word.
///
/// # Errors
/// The first word that means nothing in its place.
pub fn statements(statements: &[Statement], scope: &Scope) -> Bound<Vec<Statement>> {
    statements.iter().map(|one| statement(one, scope)).collect()
}

fn statement(statement: &Statement, scope: &Scope) -> Bound<Statement> {
    Ok(match statement {
        Statement::Match(of) => {
            let left = key(&of.left, scope)?;
            let right = match &left {
                Term::Ct(CtTerm { key: CtKey::SRC | CtKey::DST, span, .. }) => {
                    let is_single = !matches!(of.right, Term::Set(_) | Term::Named(_));
                    let wrong = || MeaningError::new("specify either ip or ip6 for address matching", *span);
                    let of_it = address_type(None, first_symbol(&of.right));
                    bound(&of.right, &[is_single.then_some(of_it).ok_or_else(wrong)?], scope)?
                }
                left => bound(&of.right, &types_of(left), scope)?,
            };
            Statement::Match(Match { left, relation: of.relation, right, span: of.span })
        }
        Statement::VerdictMap(of) => {
            let map = match &of.map {
                Term::Set(elements) => Term::Set(set(elements, &types_of(&of.key), &[], scope)?),
                named => named.clone(),
            };
            Statement::VerdictMap(VerdictMap { key: key(&of.key, scope)?, map })
        }
        Statement::Assignment(of) => {
            let target = key(&of.target, scope)?;
            let value = bound(&of.value, &types_of(&target), scope)?;
            Statement::Assignment(Assignment { target, value })
        }
        Statement::Object(of) => {
            let name = match &of.name {
                Term::Lookup(lookup) => Term::Lookup(Box::new(mapped(lookup, &[], scope)?)),
                name => name.clone(),
            };
            Statement::Object(ObjectStatement { object_type: of.object_type, name })
        }
        Statement::Reject(of) => Statement::Reject(RejectStatement {
            with: of.with.as_ref().map(|with| reject(with, scope)).transpose()?,
            span: of.span,
        }),
        Statement::Nat(of) => Statement::Nat(nat(of, scope)?),
        Statement::Verdict(_)
        | Statement::Counter(_)
        | Statement::Limit(_)
        | Statement::Quota(_)
        | Statement::Log(_)
        | Statement::Raw(_) => statement.clone(),
    })
}

fn reject(with: &RejectWith, scope: &Scope) -> Bound<RejectWith> {
    let code = |term: &Term, data_type| bound(term, &[ValueType::of(data_type)], scope);
    Ok(match with {
        RejectWith::TcpReset => RejectWith::TcpReset,
        RejectWith::Icmp(term) => RejectWith::Icmp(code(term, DataType::ICMP_CODE)?),
        RejectWith::Icmpv6(term) => RejectWith::Icmpv6(code(term, DataType::ICMPV6_CODE)?),
        RejectWith::Icmpx(term) => RejectWith::Icmpx(code(term, DataType::ICMPX_CODE)?),
    })
}

fn nat(nat: &NatStatement, scope: &Scope) -> Bound<NatStatement> {
    let service = ValueType::of(DataType::INET_SERVICE);
    let address = nat.address.as_ref().map(|term| {
        let types = nat_types(term, nat.family, service);
        bound(term, &types, scope)
    });
    let port = nat.port.as_ref().map(|term| bound(term, &[service], scope));
    Ok(NatStatement { address: address.transpose()?, port: port.transpose()?, ..nat.clone() })
}

/// What an address is, and in a map whether a port follows it.
fn nat_types(term: &Term, family: Option<Family>, service: ValueType) -> Vec<ValueType> {
    match term {
        Term::Lookup(lookup) => match &lookup.map {
            Term::Set(elements) => {
                let data = elements.iter().find_map(|element| element.data.as_deref());
                data.map_or_else(Vec::new, |data| nat_types(data, family, service))
            }
            _ => Vec::new(),
        },
        Term::Concatenation(parts) => {
            let first = parts.first().and_then(first_symbol);
            std::iter::once(address_type(family, first)).chain(parts.iter().skip(1).map(|_| service)).collect()
        }
        other => vec![address_type(family, first_symbol(other))],
    }
}

/// What an address is, that family's or by how it is written.
fn address_type(family: Option<Family>, text: Option<&Symbol>) -> ValueType {
    let is_six = text.is_some_and(|symbol| symbol.text.contains(':'));
    ValueType::address(if is_six { Some(Family::IPV6) } else { family })
}

fn first_symbol(term: &Term) -> Option<&Symbol> {
    match term {
        Term::Symbol(symbol) => Some(symbol),
        Term::Prefix(start, _) | Term::Range(start, _) => first_symbol(start),
        _ => None,
    }
}
