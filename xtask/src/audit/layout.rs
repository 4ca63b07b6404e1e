//! Asks gcc for every constant, size, alignment and offset, and compares with nlink-uapi.
//!
//! bindgen asks clang; this is another compiler and another way through the header. A C program per
//! header, since some of them cannot be included together; each prints `c NAME sign value`,
//! `t NAME text` or `s NAME size align offset…`.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::generated::{Module, Struct, Value};
use super::run::Findings;
use crate::{sh, workspace};

/// What headers forget to include or to define; the generator reads it too.
const PRELUDE: &str = include_str!("../../bindgen/prelude.h");
/// How a C program asks.
const HEAD: &str = "#include <stdio.h>\n\
    #define C(n) printf(\"c \" #n \" %d %llu\\n\", (n) < 0, (unsigned long long)(n))\n\
    #define T(n) printf(\"t \" #n \" %s\\n\", n)\n";

/// Compares every module.
pub fn audit(modules: &[Module], headers: &Path) -> Result<Findings> {
    let machine = sh::read(&mut sh::cmd("gcc", &["-print-multiarch"]))?;
    let includes = [headers.to_owned(), headers.join(machine.trim())];
    let scratch = workspace::target()?.join("audit");
    fs::create_dir_all(&scratch)?;
    let mut findings = Findings::default();
    for module in modules {
        let source = scratch.join(format!("{}.c", module.name));
        let program = scratch.join(&module.name);
        fs::write(&source, program_text(module)?)?;
        let mut gcc = sh::cmd("gcc", &["-w", "-std=gnu17", "-O0"]);
        for dir in &includes {
            gcc.arg("-isystem").arg(dir);
        }
        sh::read(gcc.arg("-o").arg(&program).arg(&source))
            .with_context(|| format!("{} does not compile as C", module.header))?;
        let answer = sh::read(&mut sh::cmd::<&str>(&program.to_string_lossy(), &[]))?;
        compare(module, &answer, &mut findings)?;
    }
    fs::remove_dir_all(&scratch)?;
    Ok(findings)
}

fn program_text(module: &Module) -> Result<String> {
    let mut text = format!("{PRELUDE}{HEAD}#include <{}>\nint main(void) {{\n", module.header);
    for this in &module.consts {
        let question = if matches!(this.value, Value::Number(_)) { 'C' } else { 'T' };
        writeln!(text, "{question}({});", this.name)?;
    }
    for this in &module.structs {
        let (object, base) = expressions(&this.c_name);
        writeln!(text, "printf(\"s {} %zu %zu\", sizeof({object}),", this.name)?;
        writeln!(text, "    _Alignof(__typeof__({object})));")?;
        let (outer, inner) = this.c_name.split_once('.').unwrap_or((&this.c_name, ""));
        for (field, _) in &this.offsets {
            let dot = if inner.is_empty() { "" } else { "." };
            let field = c_field(field);
            writeln!(text, "printf(\" %zu\", offsetof({outer}, {inner}{dot}{field}) - {base});")?;
        }
        writeln!(text, "printf(\"\\n\");")?;
    }
    text.push_str("}\n");
    Ok(text)
}

/// An object of the struct, and where it starts in the one around it.
fn expressions(c_name: &str) -> (String, String) {
    match c_name.split_once('.') {
        None => (format!("*({c_name} *)0"), "0".to_owned()),
        Some((outer, field)) => (format!("(({outer} *)0)->{field}"), format!("offsetof({outer}, {field})")),
    }
}

/// bindgen puts an underscore behind Rust's keywords.
fn c_field(name: &str) -> &str {
    match name.strip_suffix('_') {
        Some(word) if syn::parse_str::<syn::Ident>(word).is_err() => word,
        _ => name,
    }
}

fn compare(module: &Module, answer: &str, findings: &mut Findings) -> Result<()> {
    let mut answers: HashMap<(&str, &str), &str> = HashMap::new();
    for line in answer.lines() {
        let mut words = line.splitn(3, ' ');
        if let (Some(what), Some(name), rest) = (words.next(), words.next(), words.next()) {
            answers.insert((what, name), rest.unwrap_or_default());
        }
    }
    let expected = module.consts.iter().map(|c| match &c.value {
        Value::Number(n) => ("c", &c.name, number(*n)),
        Value::Text(text) => ("t", &c.name, text.clone()),
    });
    let structs = module.structs.iter().map(|s| ("s", &s.name, numbers(s)));
    for (what, name, ours) in expected.chain(structs) {
        let Some(theirs) = answers.get(&(what, name.as_str())) else {
            bail!("the C program for {} said nothing of {name}", module.header);
        };
        findings.checked += 1;
        if *theirs != ours && !same_bit(theirs, &ours) {
            let line = format!("{}::{name}: ours {ours}, gcc's {theirs}", module.name);
            findings.wrong.push(line);
        }
    }
    Ok(())
}

/// `1 << 31` is a negative int to C and a bit to everyone who uses it (RXH_DISCARD).
fn same_bit(theirs: &str, ours: &str) -> bool {
    let extended = u64::MAX << 31;
    ours == format!("0 {}", 1_u64 << 31) && theirs == format!("1 {extended}")
}

/// Sign and 64 bits, as the C program prints them.
fn number(n: i128) -> String {
    let bits = u64::try_from(n).ok().or_else(|| i64::try_from(n).ok().map(i64::cast_unsigned));
    let bits = bits.map_or_else(|| "too wide".to_owned(), |bits| bits.to_string());
    format!("{} {bits}", u8::from(n < 0))
}

fn numbers(this: &Struct) -> String {
    let mut text = format!("{} {}", this.size, this.align);
    for (_, offset) in &this.offsets {
        text.push_str(&format!(" {offset}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::generated::parse;
    use super::*;

    #[test]
    fn a_wrong_number_is_found() {
        let text = "// x from linux/tea.h of tea-dev 1\npub const A: u32 = 1;\n\
            pub const B: i32 = -1;\n/// `struct cup`.\npub struct cup { pub type_: u16 }\n\
            layout!(cup: 2, 2 => { type_ 0 });";
        let module = parse("tea", text).unwrap();
        assert!(program_text(&module).unwrap().contains("offsetof(struct cup, type)"));
        let mut findings = Findings::default();
        let right = "c A 0 1\nc B 1 18446744073709551615\ns cup 2 2 0\n";
        compare(&module, right, &mut findings).unwrap();
        assert_eq!((findings.checked, findings.wrong.len()), (3, 0));
        compare(&module, &right.replace("cup 2", "cup 4"), &mut findings).unwrap();
        assert_eq!(findings.wrong, ["tea::cup: ours 2 2 0, gcc's 4 2 0"]);
    }
}
