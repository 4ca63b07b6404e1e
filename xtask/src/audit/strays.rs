//! Finds numbers of the kernel that are defined outside nlink-uapi.
//!
//! The names come from the generated files: a constant with one of them, or whose name starts like
//! eight or more of them (`IFLA_…`), must not be given a literal value anywhere else. `tidy` looks
//! at single lines and a list of prefixes; this knows every name, and looks into bodies, impls and
//! enums.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use syn::visit::{self, Visit};

use super::generated::Module;
use super::run::Findings;
use crate::workspace;

/// Where hand-written Rust lies.
const FOLDERS: &[&str] = &["crates", "cli", "tests"];

/// Words that names of the kernel start with and others may as well.
const PLAIN: &[&str] =
    &["DEV", "FLOW", "LINUX", "MASTER", "MAX", "NET", "NUM", "PACKET", "PORT", "PROC", "SPEED", "TUNNEL", "WAKE"];

/// Looks at every file.
pub fn audit(modules: &[Module]) -> Result<Findings> {
    let names = Names::of(modules);
    let top = workspace::top()?;
    let mut files = Vec::new();
    for folder in FOLDERS {
        collect(&top.join(folder), &mut files)?;
    }
    let mut findings = Findings::default();
    for path in files.iter().filter(|path| !path.starts_with(top.join("crates/nlink-uapi"))) {
        let text = fs::read_to_string(path)?;
        // Cases of a compile-fail suite need not be Rust at all.
        let Ok(file) = syn::parse_file(&text) else {
            continue;
        };
        findings.checked += 1;
        let short = path.strip_prefix(top).unwrap_or(path);
        findings.wrong.extend(
            names
                .strays(&file)
                .into_iter()
                .map(|name| format!("{}: {name} is the kernel's; nlink_uapi has it or should", short.display())),
        );
    }
    Ok(findings)
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("reading {}", dir.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// The kernel's names, and how they start.
struct Names {
    whole: HashSet<String>,
    prefixes: HashSet<String>,
}

impl Names {
    fn of(modules: &[Module]) -> Names {
        let whole: HashSet<String> = modules.iter().flat_map(|m| &m.consts).map(|c| c.name.clone()).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for name in &whole {
            if let Some((prefix, _)) = name.split_once('_') {
                *counts.entry(prefix).or_default() += 1;
            }
        }
        let common = counts.into_iter().filter(|(prefix, n)| *n >= 8 && prefix.len() >= 3 && !PLAIN.contains(prefix));
        let prefixes = common.map(|(prefix, _)| prefix.to_owned()).collect();
        Names { whole, prefixes }
    }

    fn has(&self, name: &str) -> bool {
        let prefix = name.split_once('_').map(|(prefix, _)| prefix);
        self.whole.contains(name) || prefix.is_some_and(|prefix| self.prefixes.contains(prefix))
    }

    fn strays(&self, file: &syn::File) -> Vec<String> {
        let mut search = Search { names: self, found: Vec::new() };
        search.visit_file(file);
        search.found
    }
}

struct Search<'a> {
    names: &'a Names,
    found: Vec<String>,
}

impl Search<'_> {
    fn check(&mut self, name: &syn::Ident, value: &syn::Expr) {
        let mut literal = Literal(false);
        literal.visit_expr(value);
        let name = name.to_string();
        if literal.0 && self.names.has(&name) {
            self.found.push(name);
        }
    }
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.check(&item.ident, &item.expr);
        visit::visit_item_const(self, item);
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.check(&item.ident, &item.expr);
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.check(&item.ident, &item.expr);
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        if let Some((_, value)) = &variant.discriminant {
            self.check(&variant.ident, value);
        }
    }
}

/// Whether an integer is written in an expression.
struct Literal(bool);

impl<'ast> Visit<'ast> for Literal {
    fn visit_lit_int(&mut self, _: &'ast syn::LitInt) {
        self.0 = true;
    }
}

#[cfg(test)]
mod tests {
    use super::super::generated::parse;
    use super::*;

    #[test]
    fn finds_literals_and_leaves_references() {
        let mut text = "// x from linux/tea.h of tea-dev 1\npub const LONE: u32 = 1;\n".to_owned();
        for n in 0..8 {
            text += &format!("pub const TEA_{n}: u32 = {n};\n");
        }
        let names = Names::of(&[parse("tea", &text).unwrap()]);
        let strays = |rust: &str| names.strays(&syn::parse_file(rust).unwrap());
        assert_eq!(strays("const LONE: u16 = 1;"), ["LONE"]);
        assert_eq!(strays("fn f() { const TEA_NEW: u16 = 1 << 3; }"), ["TEA_NEW"]);
        assert_eq!(strays("impl X { const TEA_1: u16 = 1; }"), ["TEA_1"]);
        assert_eq!(strays("enum X { TEA_1 = 1 }"), ["TEA_1"]);
        assert!(strays("const TEA_1: u32 = uapi::TEA_1; const MINE: u32 = 1;").is_empty());
    }
}
