//! Terms and elements.

use nlink_core::wire::OpenEnum;
use serde_json::{Map, Number, Value, json};

use super::super::Options;
use super::super::value::{Shown, flags, shown, shown_json_end};
use super::statement::statement;
use crate::language::tree::{Binary, BinaryOperation, Constant, Element, Symbol, Term};
use crate::{Family, Verdict, VerdictCode};

pub(super) fn term(term: &Term, options: &Options) -> Value {
    let of = |inner: &Term| self::term(inner, options);
    match term {
        Term::Symbol(symbol) => self::symbol(symbol),
        Term::Constant(constant) => self::constant(constant, options),
        Term::Prefix(address, len) => json!({"prefix": {"addr": of(address), "len": len}}),
        Term::Range(first, last) => json!({"range": [end(first, options), end(last, options)]}),
        Term::Wildcard => json!("*"),
        Term::Concatenation(parts) => json!({"concat": parts.iter().map(of).collect::<Vec<_>>()}),
        Term::List(values) => values.iter().map(of).collect(),
        Term::Set(list) => json!({"set": elements(list, options)}),
        Term::Named(set) => json!(format!("@{}", set.name)),
        Term::Verdict(verdict) => self::verdict(verdict),
        Term::Header(field) => json!({"payload": {"protocol": field.header.name, "field": field.field.name}}),
        Term::Raw(raw) => {
            json!({"payload": {"base": raw.base.to_string(), "offset": raw.offset, "len": raw.bits}})
        }
        Term::Meta(key) => json!({"meta": {"key": key.name().unwrap_or("unknown")}}),
        Term::Ct(ct) => {
            let key = ct.key.name().unwrap_or("unknown");
            match ct.direction {
                Some(direction) => {
                    json!({"ct": {"key": key, "dir": if direction == 0 { "original" } else { "reply" }}})
                }
                None => json!({"ct": {"key": key}}),
            }
        }
        Term::Binary(binary) => self::binary(binary, options),
        Term::Lookup(lookup) => json!({"map": {"key": of(&lookup.key), "data": of(&lookup.map)}}),
    }
}

fn symbol(symbol: &Symbol) -> Value {
    match symbol.text.parse::<u64>() {
        Ok(number) if !symbol.quoted => number.into(),
        _ => symbol.text.clone().into(),
    }
}

/// An end of a range.
fn end(term: &Term, options: &Options) -> Value {
    match term {
        Term::Constant(constant) if flags(constant, options).is_none() => value(shown_json_end(constant, options)),
        other => self::term(other, options),
    }
}

/// Several flags together as an operation of them.
fn constant(constant: &Constant, options: &Options) -> Value {
    match flags(constant, options) {
        Some(several) if several.len() > 1 => json!({"|": several.into_iter().map(value).collect::<Vec<_>>()}),
        _ => value(shown(constant, options)),
    }
}

pub(super) fn value(shown: Shown) -> Value {
    match shown {
        Shown::Word(text) | Shown::Quoted(text) => text.into(),
        Shown::Number(number, text) => Number::from_u128(number).map_or(Value::String(text), Value::Number),
    }
}

/// An operation; what is combined with the same again stands in one list.
fn binary(binary: &Binary, options: &Options) -> Value {
    let sign = match binary.operation {
        BinaryOperation::And => "&",
        BinaryOperation::Or => "|",
        BinaryOperation::Xor => "^",
        BinaryOperation::Left => "<<",
        BinaryOperation::Right => ">>",
    };
    let mut operands = vec![term(&binary.right, options)];
    let mut left = &binary.left;
    while let Term::Binary(inner) = left
        && inner.operation == binary.operation
    {
        operands.push(term(&inner.right, options));
        left = &inner.left;
    }
    operands.push(term(left, options));
    operands.reverse();
    json!({ sign: operands })
}

pub(super) fn verdict(verdict: &Verdict) -> Value {
    let code = verdict.code.unwrap_or(VerdictCode::CONTINUE).to_string();
    match &verdict.chain {
        Some(chain) => json!({ code: {"target": chain} }),
        None => json!({ code: null }),
    }
}

pub(super) fn elements(elements: &[Element], options: &Options) -> Vec<Value> {
    elements.iter().map(|element| self::element(element, options)).collect()
}

fn element(element: &Element, options: &Options) -> Value {
    let key = term(&element.key, options);
    let mut about = Map::new();
    let said = element.options();
    if let Some(timeout) = said.timeout {
        about.insert("timeout".into(), (timeout / 1000).into());
    }
    if let Some(expires) = said.expires {
        about.insert("expires".into(), (expires / 1000).into());
    }
    if let Some(comment) = &said.comment {
        about.insert("comment".into(), comment.clone().into());
    }
    for does in &said.statements {
        // Nothing that an element does hangs on the family.
        if let Value::Object(does) = statement(does, Family::INET, options) {
            about.extend(does);
        }
    }
    let key = match about.is_empty() {
        true => key,
        false => {
            let mut whole = Map::from_iter([("val".to_owned(), key)]);
            whole.append(&mut about);
            json!({ "elem": whole })
        }
    };
    match &element.data {
        Some(data) => json!([key, term(data, options)]),
        None => key,
    }
}
