//! Tables, chains, rules, sets and named objects, each an object of its own that names where it belongs.

use serde_json::{Map, Value, json};

use super::super::Options;
use super::statement::statement;
use super::term::{elements, term};
use crate::language::tree::{
    ChainBlock, ChainName, Command, DataSpec, ObjectBlock, RuleBlock, SetBlock, Subject, TableBlock, TypeSpec,
};
use crate::{DataType, Family, QuotaFlags, SetFlags, Stateful};

/// What of tables is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    /// The tables too.
    Whole,
    /// Only what is in them.
    Contents,
}

/// Flags in the order in which they stand in JSON.
const FLAGS: [(SetFlags, &str); 4] = [
    (SetFlags::CONSTANT, "constant"),
    (SetFlags::INTERVAL, "interval"),
    (SetFlags::TIMEOUT, "timeout"),
    (SetFlags::DYNAMIC, "dynamic"),
];

/// The objects of tables: of each the chains, then named objects, sets and maps, then the rules.
/// Each is made when its turn comes.
pub fn blocks<'t>(tables: &'t [TableBlock], parts: Parts, options: &'t Options) -> impl Iterator<Item = Value> + 't {
    tables.iter().flat_map(move |table| {
        let (family, name) = (table.family, table.name.text.as_str());
        let whole = (parts == Parts::Whole).then(|| self::table(table));
        let chains = table.chains.iter().map(move |chain| self::chain(family, name, chain));
        let objects = table.objects.iter().map(move |object| self::object(family, name, object));
        let sets = table.sets.iter().map(move |set| self::set(family, name, set, options));
        let rules = table.chains.iter().flat_map(move |chain| {
            chain.rules.iter().map(move |rule| self::rule(family, name, &chain.name.text, rule, options))
        });
        whole.into_iter().chain(chains).chain(objects).chain(sets).chain(rules)
    })
}

/// A command that was carried out: its verb, and what it made.
pub fn command(command: &Command, options: &Options) -> Option<Value> {
    let made = match &command.subject {
        Subject::Table(table) => self::table(table),
        Subject::Chain(table, chain) => self::chain(table.family, &table.name.text, chain),
        Subject::Rule(ChainName { table, name }, _, rule) => {
            self::rule(table.family, &table.name.text, &name.text, rule, options)
        }
        Subject::Set(table, set) => self::set(table.family, &table.name.text, set, options),
        Subject::Object(table, object) => self::object(table.family, &table.name.text, object),
        Subject::Elements(table, set, list) => json!({"element": {
            "family": table.family.to_string(),
            "table": table.name.text,
            "name": set.text,
            "elem": {"set": elements(list, options)},
        }}),
        _ => return None,
    };
    Some(json!({ command.verb.to_string(): made }))
}

/// The object `kind` with these entries, those left out that are null.
fn object_of(kind: &str, entries: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let given = entries.into_iter().filter(|(_, value)| !value.is_null());
    let map: Map<String, Value> = given.map(|(name, value)| (name.to_owned(), value)).collect();
    json!({ kind: map })
}

fn table(table: &TableBlock) -> Value {
    let flags = table.flags.unwrap_or_default();
    let flags: Vec<&str> = nlink_core::wire::FlagSet::names(flags).collect();
    object_of(
        "table",
        [
            ("family", table.family.to_string().into()),
            ("name", table.name.text.clone().into()),
            ("handle", table.handle.into()),
            ("flags", if flags.is_empty() { Value::Null } else { flags.into() }),
            ("comment", table.comment.clone().into()),
        ],
    )
}

fn chain(family: Family, table: &str, chain: &ChainBlock) -> Value {
    let base = chain.base.as_ref();
    let devices = base.map(|base| base.devices.as_slice()).unwrap_or_default();
    object_of(
        "chain",
        [
            ("family", family.to_string().into()),
            ("table", table.into()),
            ("name", chain.name.text.clone().into()),
            ("handle", chain.handle.into()),
            ("comment", chain.comment.clone().into()),
            (
                "dev",
                match devices {
                    [] => Value::Null,
                    [device] => device.clone().into(),
                    devices => devices.into(),
                },
            ),
            ("type", base.map(|base| base.chain_type.clone()).into()),
            ("hook", base.map(|base| base.hook.to_string()).into()),
            ("prio", base.map(|base| base.priority.0).into()),
            ("policy", chain.policy.map(|policy| policy.to_string()).into()),
        ],
    )
}

fn rule(family: Family, table: &str, chain: &str, rule: &RuleBlock, options: &Options) -> Value {
    let statements = rule.statements.iter().map(|of_rule| statement(of_rule, family, options));
    object_of(
        "rule",
        [
            ("family", family.to_string().into()),
            ("table", table.into()),
            ("chain", chain.into()),
            ("handle", rule.handle.into()),
            ("comment", rule.comment.clone().into()),
            ("expr", statements.collect()),
        ],
    )
}

fn object(family: Family, table: &str, object: &ObjectBlock) -> Value {
    let mut entries = vec![
        ("family", family.to_string().into()),
        ("name", object.name.text.clone().into()),
        ("table", table.into()),
        ("handle", object.handle.into()),
        ("comment", object.comment.clone().into()),
    ];
    match &object.state {
        Some(Stateful::Counter(counter)) => {
            let (packets, bytes) = (counter.packets.unwrap_or_default(), counter.bytes.unwrap_or_default());
            entries.extend([("packets", packets.into()), ("bytes", bytes.into())]);
        }
        Some(Stateful::Quota(quota)) => entries.extend([
            ("bytes", quota.bytes.unwrap_or_default().into()),
            ("used", quota.used.unwrap_or_default().into()),
            ("inv", quota.flags.unwrap_or_default().contains(QuotaFlags::OVER).into()),
        ]),
        _ => {}
    }
    object_of(&object.object_type.to_string(), entries)
}

fn set(family: Family, table: &str, set: &SetBlock, options: &Options) -> Value {
    let flags: Vec<&str> = FLAGS.iter().filter(|(flag, _)| set.flags.contains(*flag)).map(|(_, name)| *name).collect();
    let told = !options.terse && !set.elements.is_empty();
    // What each element does is told without what any has counted.
    let stateless = Options { stateless: true, ..options.clone() };
    let statements: Vec<Value> = set.statements.iter().map(|of_set| statement(of_set, family, &stateless)).collect();
    object_of(
        if set.is_map() { "map" } else { "set" },
        [
            ("family", family.to_string().into()),
            ("name", set.name.text.clone().into()),
            ("table", table.into()),
            ("type", set.key.as_ref().map(|key| type_spec(key, options)).into()),
            ("handle", set.handle.into()),
            ("comment", set.comment.clone().into()),
            ("map", set.data.as_ref().map(data_spec).into()),
            ("policy", if set.memory { "memory".into() } else { Value::Null }),
            ("size", set.size.into()),
            ("count", set.count.into()),
            ("flags", if flags.is_empty() { Value::Null } else { flags.into() }),
            ("timeout", set.timeout.map(|timeout| timeout / 1000).into()),
            ("gc-interval", set.gc_interval.map(|interval| interval / 1000).into()),
            ("auto-merge", if set.auto_merge { true.into() } else { Value::Null }),
            ("elem", if told { elements(&set.elements, options).into() } else { Value::Null }),
            ("stmt", if statements.is_empty() { Value::Null } else { statements.into() }),
        ],
    )
}

fn type_names(types: &[DataType]) -> Value {
    let names: Vec<String> = types.iter().map(ToString::to_string).collect();
    match names.as_slice() {
        [name] => name.clone().into(),
        _ => names.into(),
    }
}

fn type_spec(spec: &TypeSpec, options: &Options) -> Value {
    match spec {
        TypeSpec::Types(types) => type_names(types),
        TypeSpec::Like(like) => json!({"typeof": term(like, options)}),
    }
}

fn data_spec(spec: &DataSpec) -> Value {
    match spec {
        DataSpec::Values(values) | DataSpec::Intervals(values) => type_names(&values.data_types()),
        DataSpec::Objects(object) => object.to_string().into(),
    }
}
