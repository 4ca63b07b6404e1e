//! What nft sent for a rule, beside what is compiled here from the same words.

use nlink_nft::expression::{Data, Value};
use nlink_nft::language::compile::Compiled;
use nlink_nft::language::{Scope, bind, compile, parse};
use nlink_nft::{Expression, Family, Rule, Set, SetElements};

use super::sent::{Sent, Sets};

/// How nft and what is compiled here go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The same is sent.
    Same,
    /// Neither takes it.
    Refused,
    /// This is not supported here, and we say so.
    Unsupported(String),
    /// Anything else.
    Differs(String),
}

/// How an error ends that says what is not supported.
const UNSUPPORTED: &str = " is not supported yet";

/// Compares what was sent for a rule with what is compiled from its words.
pub(crate) fn judge(family: Family, words: &str, sent: &Sent, scope: &Scope) -> Outcome {
    match (compiled(family, words, scope), &sent.rule) {
        (Err(_), None) => Outcome::Refused,
        (Ok(ours), None) if has_strangers(&ours, scope) => Outcome::Refused,
        (Ok(_), None) => Outcome::Differs("taken, and not by nft".into()),
        (Err(error), Some(_)) => match error.split_once(UNSUPPORTED) {
            Some((what, _)) => Outcome::Unsupported(what.trim_matches('\'').into()),
            None => Outcome::Differs(error),
        },
        (Ok(ours), Some(rule)) => difference(ours, rule, &sent.sets).map_or(Outcome::Same, Outcome::Differs),
    }
}

/// What the words are in a table that has these sets.
pub(crate) fn compiled(family: Family, words: &str, scope: &Scope) -> Result<Compiled, String> {
    let rule = parse::rule(words).map_err(|error| error.to_string())?;
    let bound = bind::statements(&rule.statements, scope).map_err(|error| error.to_string())?;
    compile::rule(family.into(), &bound, scope).map_err(|error| error.to_string())
}

fn difference(ours: Compiled, rule: &Rule, sent: &Sets) -> Option<String> {
    let theirs = plain(rule.expressions.clone(), sent);
    let (expressions, sets) = (plain(ours.expressions, &ours.sets), ours.sets);
    if expressions != theirs {
        let at = expressions.iter().zip(&theirs).position(|(our, their)| our != their);
        let at = at.unwrap_or(expressions.len().min(theirs.len()));
        return Some(format!("at {at}\n  ours   {:?}\n  theirs {:?}", expressions.get(at), theirs.get(at)));
    }
    if sets.len() != sent.len() {
        return Some(format!("{} sets, not {}", sets.len(), sent.len()));
    }
    for ((our, list), (their, known)) in sets.iter().zip(sent) {
        let header = our.header;
        let their = Set { table: None, id: our.id, userdata: our.userdata.clone(), header, ..their.clone() };
        if *our != their {
            return Some(format!("\n  ours   {our:?}\n  theirs {their:?}"));
        }
        let mut elements = list.elements.clone();
        for element in &mut elements {
            for data in element.key.iter_mut().chain(element.data.as_deref_mut()) {
                loopback_by_index(data);
            }
        }
        if elements != known.elements {
            return Some(format!("\n  ours   {elements:?}\n  theirs {:?}", known.elements));
        }
    }
    None
}

/// Expressions with the numbers of sets counted from 1, and interfaces by their indexes.
pub(crate) fn plain(mut expressions: Vec<Expression>, sets: &[(Set, SetElements)]) -> Vec<Expression> {
    let number = |id: &mut Option<u32>| {
        let at = sets.iter().position(|(set, _)| set.id == *id && id.is_some());
        *id = at.map(|at| u32::try_from(at).unwrap_or(u32::MAX) + 1);
    };
    for expression in &mut expressions {
        match expression {
            Expression::Lookup(lookup) => number(&mut lookup.set_id),
            Expression::Objref(objref) => number(&mut objref.set_id),
            other => values_of(other).for_each(loopback_by_index),
        }
    }
    expressions
}

fn values_of(expression: &mut Expression) -> impl Iterator<Item = &mut Data> {
    let value = match expression {
        Expression::Cmp(cmp) => cmp.data.as_mut(),
        Expression::Immediate(immediate) => immediate.data.as_mut(),
        _ => None,
    };
    value.into_iter()
}

/// The only interface that a fresh namespace has.
const LOOPBACK: &str = "lo";

fn loopback_by_index(data: &mut Data) {
    if matches!(&data.value, Some(Value::Interface(interface)) if interface.to_string() == LOOPBACK) {
        *data = Data::value(1u32.to_ne_bytes());
    }
}

/// Whether it names interfaces or sets that are not there: sent, it is refused.
fn has_strangers(ours: &Compiled, scope: &Scope) -> bool {
    let is_unknown = |expression: &Expression| match expression {
        Expression::Lookup(lookup) => {
            lookup.set_id.is_none() && lookup.set.as_ref().is_some_and(|set| !scope.sets.contains_key(set))
        }
        _ => false,
    };
    let is_stranger = |data: &Data| matches!(&data.value, Some(Value::Interface(name)) if name.to_string() != LOOPBACK);
    let mut expressions = ours.expressions.clone();
    let mut elements = ours.sets.iter().flat_map(|(_, list)| &list.elements);
    expressions.iter().any(is_unknown)
        || expressions.iter_mut().flat_map(values_of).any(|data| is_stranger(data))
        || elements.any(|element| element.key.iter().any(is_stranger))
}
