//! Writes nlink-uapi: bindgen reads the headers, this program keeps constants and wire structs.
//!
//! ```text
//! xtask-bindgen generate --headers /…/usr/include --out crates/nlink-uapi/src/generated [--check]
//! ```
//!
//! `table.rs` says which headers and which structs; `bind.rs` runs bindgen on one header;
//! `source.rs` looks at the header's text for what bindgen loses (order, hexadecimal);
//! `model.rs` reads bindgen's answer; `emit.rs` writes our form of it. `cargo xtask uapi` fetches
//! the pinned package and calls this. It is a crate of its own because bindgen needs libclang.

// A program has no outside, so `pub` here just means "used by the other files".
#![allow(unreachable_pub)]

mod bind;
mod emit;
mod model;
mod pin;
mod source;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask-bindgen: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut words = std::env::args().skip(1);
    if words.next().as_deref() != Some("generate") {
        bail!("usage: xtask-bindgen generate --headers DIR --out DIR [--check]");
    }
    let (mut headers, mut out, mut check) = (None, None, false);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--headers" => headers = words.next().map(PathBuf::from),
            "--out" => out = words.next().map(PathBuf::from),
            "--check" => check = true,
            other => bail!("unknown option {other:?}"),
        }
    }
    let headers = headers.context("--headers DIR is missing (the package's usr/include)")?;
    let out = out.context("--out DIR is missing (crates/nlink-uapi/src/generated)")?;
    let files = generate(&headers, &pin::Pin::read(&out)?)?;
    if check { compare(&out, &files) } else { write(&out, &files) }
}

/// Every generated file by its name.
fn generate(headers: &Path, pin: &pin::Pin) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let mut homes = model::Homes::new();
    let mut modules = Vec::new();
    let mut wrong = Vec::new();
    for header in table::HEADERS {
        let module = match bind::module(headers, header) {
            Ok(module) => module,
            Err(error) => {
                wrong.push(format!("{}: {error:#}", header.file));
                continue;
            }
        };
        for name in module.structs.iter().map(|s| &s.name) {
            if let Some(other) = homes.insert(name.clone(), header.module()) {
                bail!("struct {name} has two homes: {other} and {}", header.module());
            }
        }
        modules.push((header, module));
    }
    for (header, module) in &modules {
        let text = match emit::module(header, module, &homes, pin) {
            Ok(text) => text,
            Err(error) => {
                wrong.push(format!("{}: {error:#}", header.file));
                continue;
            }
        };
        if files.insert(format!("{}.rs", header.module()), text).is_some() {
            bail!("two headers want the module {}", header.module());
        }
    }
    if !wrong.is_empty() {
        bail!("{} headers cannot be had:\n  {}", wrong.len(), wrong.join("\n  "));
    }
    files.insert("mod.rs".into(), emit::list(pin)?);
    Ok(files)
}

/// The files that a past run wrote, by their first line.
fn generated(out: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(out).with_context(|| format!("reading {}", out.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path)?;
            if text.starts_with(emit::MARK) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                files.insert(name.into_owned(), text);
            }
        }
    }
    Ok(files)
}

fn write(out: &Path, files: &BTreeMap<String, String>) -> Result<()> {
    for name in generated(out)?.keys().filter(|name| !files.contains_key(*name)) {
        fs::remove_file(out.join(name))?;
    }
    for (name, text) in files {
        fs::write(out.join(name), text)?;
    }
    println!("{} files written to {}", files.len(), out.display());
    Ok(())
}

fn compare(out: &Path, files: &BTreeMap<String, String>) -> Result<()> {
    let found = generated(out)?;
    let mut wrong = Vec::new();
    for (name, text) in files {
        match found.get(name) {
            None => wrong.push(format!("{name}: missing")),
            Some(old) if old != text => {
                let line = old.lines().zip(text.lines()).position(|(a, b)| a != b);
                let line = line.unwrap_or_else(|| old.lines().count().min(text.lines().count()));
                wrong.push(format!("{name}: differs from line {}", line + 1));
            }
            Some(_) => {}
        }
    }
    let stale = found.keys().filter(|name| !files.contains_key(*name));
    wrong.extend(stale.map(|name| format!("{name}: no header of the table gives this")));
    if !wrong.is_empty() {
        bail!(
            "{} of {} generated files differ; `cargo xtask uapi` rewrites them:\n  {}",
            wrong.len(),
            files.len(),
            wrong.join("\n  ")
        );
    }
    println!("{} generated files are as the headers give them", files.len());
    Ok(())
}
