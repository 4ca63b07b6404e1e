//! `cargo xtask ci`: every gate a commit has to pass, each timed, all of them run even when one fails.

use std::time::Instant;

use anyhow::{Result, bail};

use crate::driver::Driver;
use crate::{audit, bench, cross, debian, format, fuzz, kernels, ordinary, semver, sh, test, tidy, uapi};

/// A gate: its name and what it does.
type Gate = (&'static str, fn() -> Result<()>);

/// The cheap ones first.
const GATES: &[Gate] = &[
    ("format", || format::run(true)),
    ("tidy", tidy::run),
    ("generated constants", || uapi::run(true)),
    ("audit", audit::run),
    ("clippy", clippy),
    ("features", features),
    ("unused dependencies", machete),
    ("licences and sources", deny),
    ("minimum Rust", minimum_rust),
    ("documentation", documentation),
    ("public API", semver::run),
    ("other targets", cross::run),
    ("hot paths", || bench::instructions(false)),
    ("fuzzing", fuzz::run),
    ("kernel suite on the full kernel", || full_kernel(Driver::Tokio)),
    ("kernel suite on the full kernel, blocking", || full_kernel(Driver::Blocking)),
    ("tests as an ordinary user", ordinary::run),
    // Last, for its closing line to be the last.
    ("tests", || test::run(Driver::Tokio, &[])),
];

/// Run the gates whose name contains `only`; all of them without.
pub fn run(only: Option<&str>) -> Result<()> {
    debian::install(&["iproute2"])?;
    let chosen = |gate: &&Gate| only.is_none_or(|word| gate.0.contains(word));
    let (mut report, mut failed) = (Vec::new(), Vec::new());
    for (name, gate) in GATES.iter().filter(chosen) {
        println!("\n======== {name}");
        let start = Instant::now();
        let result = gate();
        let seconds = start.elapsed().as_secs_f32();
        let word = if result.is_ok() { "ok" } else { "FAILED" };
        report.push(format!("{seconds:8.1} s  {word:6}  {name}"));
        if let Err(error) = result {
            println!("======== {name} FAILED: {error:#}");
            failed.push(*name);
        }
    }
    eprintln!("\n{}", report.join("\n"));
    if report.is_empty() {
        bail!("no gate's name contains {only:?}");
    }
    if !failed.is_empty() {
        bail!("{} gate(s) failed: {}", failed.len(), failed.join(", "));
    }
    Ok(())
}

fn cargo(args: &[&str]) -> Result<()> {
    sh::run(&mut sh::cmd("cargo", args))
}

fn clippy() -> Result<()> {
    cargo(&["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"])
}

/// The crates that users build, with the features they may choose.
fn features() -> Result<()> {
    cargo(&["check"])?;
    // A package at a time: in one go cargo would unite their features.
    for package in ["nlink-core", "nlink-route", "nlink"] {
        cargo(&["check", "--package", package, "--no-default-features"])?;
    }
    cargo(&["check", "--all-features"])
}

fn documentation() -> Result<()> {
    let mut doc = sh::cmd("cargo", &["doc", "--no-deps", "--all-features"]);
    sh::run(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

fn machete() -> Result<()> {
    if !sh::has("cargo-machete") {
        cargo(&["install", "--locked", "cargo-machete"])?;
    }
    // Not as `cargo machete`: inside `cargo xtask` it takes its own name for a folder to look at.
    sh::run(&mut sh::cmd::<&str>("cargo-machete", &[]))
}

/// Licences, bans and sources. Advisories need a git repository that CI cannot reach: not checked.
fn deny() -> Result<()> {
    if !sh::has("cargo-deny") {
        cargo(&["install", "--locked", "cargo-deny"])?;
    }
    println!("advisories are not checked: their database is a git repository, out of reach here");
    cargo(&["deny", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"])
}

/// `rust-version` is what the manifests say it is: with that very compiler the crates build.
fn minimum_rust() -> Result<()> {
    let wanted = sh::read(&mut sh::cmd("cargo", &["metadata", "--no-deps", "--format-version=1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&wanted)?;
    let versions = metadata.pointer("/packages/0/rust_version").and_then(|v| v.as_str());
    let wanted = versions.unwrap_or_default();
    let have = sh::read(&mut sh::cmd("rustc", &["--version"]))?;
    if have.starts_with(&format!("rustc {wanted}.")) {
        println!("{} is the minimum itself: the other gates have shown it", have.trim());
        return Ok(());
    }
    let toolchain = format!("+{wanted}");
    cargo(&[&toolchain, "check", "--all-features"])
}

fn full_kernel(driver: Driver) -> Result<()> {
    kernels::run("uml", driver, &[])
}
