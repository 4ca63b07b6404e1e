//! Checks that compiling adds by itself are not said.

use crate::expression::kinds::meta::MetaKey;
use crate::language::Scope;
use crate::language::compile;
use crate::language::tree::{Match, Relation, Statement, Term};
use crate::{DataType, Header};

/// The statements without those of which nothing is missing when they are left out.
pub(super) fn without_implied(header: Header, mut statements: Vec<Statement>, scope: &Scope) -> Vec<Statement> {
    let Ok(whole) = compile::rule(header, &statements, scope) else { return statements };
    // From the last one backwards: what needs a transport protocol may need a network protocol for it.
    for at in (0..statements.len()).rev() {
        if statements.get(at).is_some_and(may_be_implied) {
            let mut fewer = statements.clone();
            fewer.remove(at);
            if compile::rule(header, &fewer, scope).is_ok_and(|made| made == whole) {
                statements = fewer;
            }
        }
    }
    statements
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
