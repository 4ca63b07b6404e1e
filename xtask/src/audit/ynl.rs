//! Reads the kernel's own specifications of netlink (Documentation/netlink/specs/*.yaml).
//!
//! What is wanted of them is the C name of each attribute and the form of its payload. A name is
//! made as the kernel's generator makes it (tools/net/ynl/pyynl/ynl_gen_c.py): the set's
//! `name-prefix`, or `FAMILY-a-SET-`, or `FAMILY-a-` when the set is named like the family, before
//! the attribute's name, in upper case with underscores.

use anyhow::{Context, Result};
use saphyr::{LoadableYamlNode, Yaml};

/// One attribute of a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecAttr {
    /// `IFLA_MTU`.
    pub name: String,
    pub form: Form,
}

/// The payload, as the specification has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    Flag,
    /// A number of so many bytes; addresses too, where they are given as numbers.
    Number {
        bytes: u8,
        big_endian: bool,
    },
    /// `uint` and `sint`: four bytes or eight.
    Uint,
    Text,
    /// `binary`: of a length or a struct, or anything.
    Binary {
        len: Option<u64>,
        of_struct: Option<String>,
    },
    Bitfield32,
    Nest,
    /// A nest by index, or numbers side by side.
    Array,
}

/// Every attribute of one specification that has a payload.
pub fn attributes(text: &str) -> Result<Vec<SpecAttr>> {
    let documents = Yaml::load_from_str(text)?;
    let spec = documents.first().context("an empty file")?;
    let family = word(spec, "name").context("a specification without a name")?;
    let mut found = Vec::new();
    for set in list(spec, "attribute-sets") {
        // A subset repeats attributes of another set, mostly without their types.
        if set.contains_mapping_key("subset-of") {
            continue;
        }
        let name = word(set, "name").context("a set without a name")?;
        let prefix = match word(set, "name-prefix") {
            Some(prefix) => prefix.to_owned(),
            None if name == family => format!("{family}-a-"),
            None => format!("{family}-a-{name}-"),
        };
        for attr in list(set, "attributes") {
            let name = word(attr, "name").context("an attribute without a name")?;
            let Some(form) = form(attr) else { continue };
            let name = format!("{prefix}{name}").replace('-', "_").to_uppercase();
            found.push(SpecAttr { name, form });
        }
    }
    Ok(found)
}

fn form(attr: &Yaml<'_>) -> Option<Form> {
    let number = |bytes| {
        let big_endian = word(attr, "byte-order") == Some("big-endian");
        Some(Form::Number { bytes, big_endian })
    };
    match word(attr, "type")? {
        "u8" | "s8" => number(1),
        "u16" | "s16" => number(2),
        "u32" | "s32" => number(4),
        "u64" | "s64" => number(8),
        "uint" | "sint" => Some(Form::Uint),
        "flag" => Some(Form::Flag),
        "string" => Some(Form::Text),
        "binary" => {
            let of_struct = word(attr, "struct").map(str::to_owned);
            if attr.contains_mapping_key("sub-type") {
                return Some(Form::Array);
            }
            let checks = attr.as_mapping_get("checks");
            let len = checks.and_then(|c| c.as_mapping_get("exact-len")).and_then(Yaml::as_integer);
            Some(Form::Binary { len: len.and_then(|n| u64::try_from(n).ok()), of_struct })
        }
        "bitfield32" => Some(Form::Bitfield32),
        "nest" | "nest-type-value" | "sub-message" => Some(Form::Nest),
        "indexed-array" => Some(Form::Array),
        // `pad` and `unused` carry nothing.
        _ => None,
    }
}

fn list<'a>(node: &'a Yaml<'_>, key: &str) -> &'a [Yaml<'a>] {
    node.as_mapping_get(key).and_then(Yaml::as_sequence).map_or(&[], Vec::as_slice)
}

fn word<'a>(node: &'a Yaml<'_>, key: &str) -> Option<&'a str> {
    node.as_mapping_get(key).and_then(Yaml::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = "
name: tea
protocol: genetlink
attribute-sets:
  -
    name: cup
    name-prefix: tea-cup-
    attributes:
      - {name: sugar, type: u8}
      - {name: port-no, type: u16, byte-order: big-endian}
      - {name: pad, type: pad}
      - {name: stats, type: binary, struct: cup-stats}
      - {name: key, type: binary, checks: {exact-len: 32}}
      - {name: list, type: binary, sub-type: u32}
      - {name: rest, type: nest, nested-attributes: other}
  -
    name: some
    subset-of: cup
    attributes: [{name: sugar}]
  -
    name: tea
    attributes: [{name: label, type: string}, {name: hot, type: flag}, {name: n, type: uint}]
  -
    name: pot
    attributes: [{name: lid, type: flag}]
";

    #[test]
    fn names_and_forms() {
        let found = attributes(SPEC).unwrap();
        let number = |bytes, big_endian| Form::Number { bytes, big_endian };
        let binary = |len, of: Option<&str>| Form::Binary { len, of_struct: of.map(Into::into) };
        let expected = [
            ("TEA_CUP_SUGAR", number(1, false)),
            ("TEA_CUP_PORT_NO", number(2, true)),
            ("TEA_CUP_STATS", binary(None, Some("cup-stats"))),
            ("TEA_CUP_KEY", binary(Some(32), None)),
            ("TEA_CUP_LIST", Form::Array),
            ("TEA_CUP_REST", Form::Nest),
            ("TEA_A_LABEL", Form::Text),
            ("TEA_A_HOT", Form::Flag),
            ("TEA_A_N", Form::Uint),
            ("TEA_A_POT_LID", Form::Flag),
        ];
        let found: Vec<_> = found.iter().map(|a| (a.name.as_str(), a.form.clone())).collect();
        assert_eq!(found, expected);
    }
}
