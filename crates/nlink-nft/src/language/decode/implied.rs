//! Checks that compiling adds by itself are not said.

use crate::expression::kinds::meta::MetaKey;
use crate::language::Scope;
use crate::language::compile;
use crate::language::tree::{Match, RejectWith, Relation, Statement, Term};
use crate::{DataType, Family, Header};

/// The statements without those of which nothing is missing when they are left out.
pub(super) fn without_implied(header: Header, mut statements: Vec<Statement>, scope: &Scope) -> Vec<Statement> {
    let Ok(whole) = compile::rule(header, &statements, scope) else { return statements };
    // From the last one backwards: what needs a transport protocol may need a network protocol for it.
    for at in (0..statements.len()).rev() {
        let next = statements.get(at + 1);
        if statements.get(at).is_some_and(|one| may_be_implied(one) && !is_said(one, next, header.family)) {
            let mut fewer = statements.clone();
            fewer.remove(at);
            if compile::rule(header, &fewer, scope).is_ok_and(|made| made == whole) {
                statements = fewer;
            }
        }
    }
    statements
}

/// Whether nft says it all the same before that statement.
fn is_said(statement: &Statement, next: Option<&Statement>, family: Family) -> bool {
    let Statement::Match(Match { left, right, .. }) = statement else { return false };
    match (left, next) {
        (Term::Header(_), _) => matches!(right, Term::Set(_)),
        (_, Some(Statement::Reject(reject))) => {
            let of_one = [Family::IPV4, Family::IPV6].contains(&family);
            !of_one && reject.with == Some(RejectWith::TcpReset)
        }
        (Term::Meta(MetaKey::NFPROTO), Some(Statement::Match(Match { left: Term::Header(field), .. }))) => {
            field.header.name == "igmp"
        }
        _ => false,
    }
}

/// Whether it is one of those that say which headers a packet has.
fn may_be_implied(statement: &Statement) -> bool {
    let Statement::Match(Match { left, relation: Relation::Implicit, .. }) = statement else { return false };
    match left {
        Term::Meta(key) => [MetaKey::NFPROTO, MetaKey::L4PROTO, MetaKey::PROTOCOL, MetaKey::IIFTYPE].contains(key),
        Term::Header(field) => [DataType::ETHER_TYPE, DataType::ICMP_TYPE, DataType::ICMPV6_TYPE]
            .contains(&field.field.value_type.data_type),
        _ => false,
    }
}
