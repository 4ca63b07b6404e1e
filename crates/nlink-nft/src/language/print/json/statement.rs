//! Statements.

use serde_json::{Map, Value, json};

use super::super::Options;
use super::super::value::{flags, shown, shown_code};
use super::super::words;
use super::term::{self, value, verdict};
use crate::expression::kinds::limit::{LimitFlags, LimitType};
use crate::expression::kinds::nat::NatFlags;
use crate::expression::kinds::{Counter, Limit, Log, Quota};
use crate::language::tree::{Match, NatStatement, RejectStatement, RejectWith, Relation, Statement, Term};
use crate::language::value::amount;
use crate::{Family, QuotaFlags};

pub(super) fn statement(statement: &Statement, family: Family, options: &Options) -> Value {
    let of = |inner: &Term| term::term(inner, options);
    match statement {
        Statement::Match(matching) => json!({"match": self::matching(matching, options)}),
        Statement::Verdict(verdict) => self::verdict(verdict),
        Statement::VerdictMap(map) => json!({"vmap": {"key": of(&map.key), "data": of(&map.map)}}),
        Statement::Assignment(set) => json!({"mangle": {"key": of(&set.target), "value": of(&set.value)}}),
        Statement::Counter(counter) => json!({"counter": counts(counter, options)}),
        Statement::Limit(limit) => json!({"limit": self::limit(limit)}),
        Statement::Quota(quota) => json!({"quota": self::quota(quota, options)}),
        Statement::Log(log) => json!({"log": self::log(log)}),
        Statement::Object(object) => {
            let name = match &object.name {
                Term::Symbol(symbol) => symbol.text.clone().into(),
                map => of(map),
            };
            json!({ object.object_type.to_string(): name })
        }
        Statement::Reject(reject) => json!({"reject": self::reject(reject, family, options)}),
        Statement::Nat(nat) => json!({ words::nat(nat.kind): self::nat(nat, options) }),
        Statement::Raw(expression) => json!({"unknown": {"name": expression.name()}}),
    }
}

/// A map, or null where nothing is in it.
fn map_or_null(map: Map<String, Value>) -> Value {
    if map.is_empty() { Value::Null } else { Value::Object(map) }
}

fn matching(matching: &Match, options: &Options) -> Value {
    let any = matches!(matching.relation, Relation::Implicit | Relation::Not);
    let right = match &matching.right {
        Term::Constant(constant) => match flags(constant, options) {
            Some(mut several) if any && several.len() == 1 => several.pop().map_or(Value::Null, value),
            Some(several) if any => several.into_iter().map(value).collect(),
            Some(_) if !matches!(matching.left, Term::Binary(_)) => value(shown(constant, options)),
            _ => term::term(&matching.right, options),
        },
        other => term::term(other, options),
    };
    let whole = matches!(matching.right, Term::Set(_) | Term::Named(_));
    let sign = match matching.relation {
        Relation::Implicit if matching.left.is_flags() && !whole => "in",
        Relation::Implicit | Relation::Equal => "==",
        Relation::NotEqual => "!=",
        Relation::Less => "<",
        Relation::Greater => ">",
        Relation::LessOrEqual => "<=",
        Relation::GreaterOrEqual => ">=",
        Relation::Not => "!",
    };
    json!({"op": sign, "left": term::term(&matching.left, options), "right": right})
}

/// What was counted, if it is wanted.
pub(super) fn counts(counter: &Counter, options: &Options) -> Value {
    match (counter.packets, counter.bytes, options.stateless) {
        (Some(packets), Some(bytes), false) => json!({"packets": packets, "bytes": bytes}),
        _ => Value::Null,
    }
}

fn limit(limit: &Limit) -> Value {
    let over = limit.flags.unwrap_or_default().contains(LimitFlags::OVER);
    let (rate, burst) = (limit.rate.unwrap_or_default(), limit.burst.unwrap_or_default());
    let by_bytes = limit.limit_type == Some(LimitType::BYTES);
    let ((rate, rate_unit), (burst, burst_unit)) =
        if by_bytes { (amount(rate), amount(burst.into())) } else { ((rate, ""), (burst.into(), "")) };
    let mut map = Map::new();
    map.insert("rate".into(), rate.into());
    map.insert("burst".into(), burst.into());
    map.insert("per".into(), words::time_unit(limit).into());
    if over {
        map.insert("inv".into(), true.into());
    }
    if by_bytes {
        map.insert("rate_unit".into(), rate_unit.into());
        map.insert("burst_unit".into(), burst_unit.into());
    }
    map.into()
}

fn quota(quota: &Quota, options: &Options) -> Value {
    let (bytes, unit) = amount(quota.bytes.unwrap_or_default());
    let mut map = Map::new();
    map.insert("val".into(), bytes.into());
    map.insert("val_unit".into(), unit.into());
    if quota.flags.unwrap_or_default().contains(QuotaFlags::OVER) {
        map.insert("inv".into(), true.into());
    }
    if let (Some(used @ 1..), false) = (quota.used, options.stateless) {
        let (used, unit) = amount(used);
        map.insert("used".into(), used.into());
        map.insert("used_unit".into(), unit.into());
    }
    map.into()
}

fn log(log: &Log) -> Value {
    let mut map = Map::new();
    let mut insert = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            map.insert(name.into(), value);
        }
    };
    insert("prefix", log.prefix.clone().map(Value::from));
    insert("group", log.group.map(Value::from));
    insert("snaplen", log.snaplen.map(Value::from));
    insert("queue-threshold", log.threshold.map(Value::from));
    insert("level", words::log_level(log).map(Value::from));
    let names = words::log_flags(log.flags.unwrap_or_default());
    insert("flags", (!names.is_empty()).then(|| names.into()));
    map_or_null(map)
}

/// What goes without saying in the text is said here.
fn reject(reject: &RejectStatement, family: Family, options: &Options) -> Value {
    let (protocol, code) = match (&reject.with, family) {
        (Some(RejectWith::TcpReset), _) => return json!({"type": "tcp reset"}),
        (Some(RejectWith::Icmp(code)), _) => ("icmp", Some(code)),
        (Some(RejectWith::Icmpv6(code)), _) => ("icmpv6", Some(code)),
        (Some(RejectWith::Icmpx(code)), _) => ("icmpx", Some(code)),
        (None, Family::IPV4) => ("icmp", None),
        (None, Family::IPV6) => ("icmpv6", None),
        (None, _) => ("icmpx", None),
    };
    let code = match code {
        Some(Term::Constant(code)) => value(shown_code(code, options)),
        Some(other) => term::term(other, options),
        None => "port-unreachable".into(),
    };
    json!({"type": protocol, "expr": code})
}

fn nat(nat: &NatStatement, options: &Options) -> Value {
    let mut map = Map::new();
    if let Some(family) = nat.family {
        map.insert("family".into(), family.to_string().into());
    }
    if let Some(address) = &nat.address {
        map.insert("addr".into(), term::term(address, options));
    }
    if let Some(port) = &nat.port {
        map.insert("port".into(), term::term(port, options));
    }
    let mut flags = words::nat_flags(nat.flags);
    // `prefix` in words.
    if nat.flags.contains(NatFlags::NETWORK) {
        flags.push("netmap");
        map.insert("type_flags".into(), json!(["prefix"]));
    }
    if !flags.is_empty() {
        map.insert("flags".into(), flags.into());
    }
    map_or_null(map)
}
