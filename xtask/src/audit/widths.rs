//! Compares the widths in our message tables with the kernel's specifications.
//!
//! Ours come as lines of text from `cargo run -p nlink-route --example tables`, so that a protocol
//! crate that does not build yet breaks no other chore: `Link IFLA_MTU u32`, that is the message,
//! the attribute and the `Debug` of its `Shape`.
//!
//! conntrack.yaml and nftables.yaml do not say what their attributes are called in C, so those two
//! are not compared.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::run::Findings;
use super::ynl::{self, Form};
use crate::{cache, debian, sh, uapi, workspace};

/// Crates whose tables are compared.
const CRATES: &[&str] = &["nlink-genl", "nlink-route", "nlink-wireguard"];

/// Compares every table that there is.
pub fn audit() -> Result<Findings> {
    let top = workspace::top()?;
    let mut ours = String::new();
    for name in CRATES {
        if top.join("crates").join(name).join("examples/tables.rs").exists() {
            let args = ["run", "--quiet", "--package", name, "--example", "tables"];
            ours += &sh::read(sh::cmd("cargo", &args).current_dir(top))?;
        } else {
            eprintln!("cargo xtask audit: crates/{name} has no example `tables`; NOT compared");
        }
    }
    // Read them in any case: a specification that we cannot read is found at once.
    let specs = specs(&directory()?)?;
    Ok(compare(&ours, &specs))
}

/// The specifications in the source package of the same version as the headers.
fn directory() -> Result<PathBuf> {
    let version = uapi::version()?;
    let series = version.split('.').take(2).collect::<Vec<_>>().join(".");
    let dir = cache::entry(&format!("specs-{version}"), |scratch| {
        let name = format!("linux-source-{series}");
        let package = debian::unpacked(&name, &version)?;
        let tar = package.join("usr/src").join(format!("{name}.tar.xz"));
        let mut unpack = sh::cmd("tar", &["--strip-components=1", "--wildcards", "-C"]);
        unpack.arg(scratch).arg("-xf").arg(tar).arg("*/Documentation/netlink/specs/*.yaml");
        sh::run(&mut unpack)
    })?;
    Ok(dir.join("Documentation/netlink/specs"))
}

/// Forms by attribute. A name may stand in two sets with two forms: either will do.
fn specs(dir: &Path) -> Result<HashMap<String, Vec<Form>>> {
    let mut specs: HashMap<String, Vec<Form>> = HashMap::new();
    for entry in fs::read_dir(dir).with_context(|| format!("reading {}", dir.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "yaml") {
            let text = fs::read_to_string(&path)?;
            let found = ynl::attributes(&text).with_context(|| format!("in {}", path.display()))?;
            for attr in found {
                specs.entry(attr.name).or_default().push(attr.form);
            }
        }
    }
    Ok(specs)
}

/// Where the specification is not what the kernel's own policy says: the attribute, our shape, and the policy.
const POLICY_SAYS: &[(&str, &str, &str)] = &[
    ("IFLA_PROTO_DOWN_REASON", "nest ProtoDownReason", "NLA_NESTED, net/core/rtnetlink.c"),
    ("RTA_SPORT", "be16", "read by nla_get_be16, net/ipv4/fib_frontend.c"),
    ("RTA_DPORT", "be16", "read by nla_get_be16, net/ipv4/fib_frontend.c"),
    ("IFLA_BR_VLAN_PROTOCOL", "be16", "read by nla_get_be16, net/bridge/br_netlink.c"),
    ("IFLA_BR_FDB_FLUSH", "flag", "only its presence is looked at, net/bridge/br_netlink.c"),
];

fn compare(ours: &str, specs: &HashMap<String, Vec<Form>>) -> Findings {
    let mut findings = Findings::default();
    for line in ours.lines() {
        let mut words = line.splitn(3, ' ');
        let (Some(table), Some(name), Some(shape)) = (words.next(), words.next(), words.next()) else {
            findings.wrong.push(format!("not a line of a table: {line:?}"));
            continue;
        };
        let Some(forms) = specs.get(name) else {
            continue;
        };
        findings.checked += 1;
        if POLICY_SAYS.iter().any(|(known, policy, _)| *known == name && *policy == shape) {
            continue;
        }
        if !forms.iter().any(|form| agree(shape, form)) {
            let forms: Vec<_> = forms.iter().map(|form| format!("{form:?}")).collect();
            let forms = forms.join(" or ");
            findings.wrong.push(format!("{table}: {name} is {shape:?}, the kernel says {forms}"));
        }
    }
    findings
}

/// Whether our shape can hold what the specification says.
fn agree(shape: &str, form: &Form) -> bool {
    let first = shape.split(' ').next().unwrap_or_default();
    let bits = |prefix: &str| first.strip_prefix(prefix).and_then(|n| n.parse::<u64>().ok());
    let struct_size = || shape.strip_prefix("struct of ")?.split(' ').next()?.parse::<u64>().ok();
    match form {
        Form::Flag => shape == "flag",
        Form::Number { bytes, big_endian } => {
            let prefix = if *big_endian { "be" } else { "u" };
            // Addresses are bytes to us, numbers in network order to some specifications.
            bits(prefix) == Some(u64::from(*bytes) * 8)
                || (*big_endian && shape == "bytes")
                || struct_size() == Some(u64::from(*bytes))
        }
        Form::Uint => shape == "uint",
        Form::Text => shape == "text",
        // What a specification calls binary is anything that it does not look into.
        Form::Binary { len, of_struct } => match first {
            "struct" => len.is_none_or(|len| struct_size() == Some(len)),
            "bytes" => of_struct.is_none(),
            "text" | "packed" => of_struct.is_none(),
            "flag" => false,
            _ => bits("u").or_else(|| bits("be")).is_none_or(|n| len.is_none_or(|len| len * 8 == n)),
        },
        Form::Bitfield32 => struct_size() == Some(8),
        Form::Nest => ["nest", "indexed", "records", "bytes"].contains(&first),
        Form::Array => ["nest", "indexed", "packed", "records", "bytes"].contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_width_is_found() {
        let number = |bytes, big_endian| Form::Number { bytes, big_endian };
        let specs = HashMap::from([
            ("IFLA_MTU".to_owned(), vec![number(4, false)]),
            ("IFLA_PORT".to_owned(), vec![number(2, true)]),
            ("IFLA_MAP".to_owned(), vec![Form::Binary { len: None, of_struct: Some("m".into()) }]),
        ]);
        let right = "Link IFLA_MTU u32\nLink IFLA_PORT be16\nLink IFLA_MAP struct of 32 bytes\n";
        let findings = compare(right, &specs);
        assert_eq!((findings.checked, findings.wrong.len()), (3, 0));
        let findings = compare("Link IFLA_MTU u16\nLink IFLA_PORT u16\nLink IFLA_X u8\n", &specs);
        assert_eq!((findings.checked, findings.wrong.len()), (2, 2));
    }
}
