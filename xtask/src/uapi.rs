//! `cargo xtask uapi`: generate nlink-uapi anew from the pinned linux-libc-dev, or check it.
//!
//! The version stands in crates/nlink-uapi/headers.toml and nowhere else. To move to newer headers:
//! change it there, run `cargo xtask uapi`, read the difference, run `cargo xtask audit`.
//!
//! Debian's mirror keeps a version of sid for some weeks only. When the pinned one is gone and not
//! in the cache either, `--check` says so and compares the files with their checksums in
//! crates/nlink-uapi/SHA256SUMS: a hand's touch is still seen, only the comparison with the headers
//! is not made.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{debian, sh, workspace};

/// The crate, from the top of the workspace.
const CRATE: &str = "crates/nlink-uapi";
/// Checksums of the generated files, beside its Cargo.toml.
const SUMS: &str = "SHA256SUMS";

/// Generates, or with `check` compares and changes nothing.
pub fn run(check: bool) -> Result<()> {
    let dir = workspace::top()?.join(CRATE);
    let headers = match headers() {
        Ok(headers) => headers,
        Err(error) if check => {
            eprintln!(
                "cargo xtask uapi: the pinned headers cannot be had: {error:#}\n\
                 NOT compared with the headers; only the checksums of {CRATE}/{SUMS} are checked."
            );
            return check_sums(&dir);
        }
        Err(error) => return Err(error),
    };
    let mut generate = sh::cmd("cargo", &["run", "--quiet", "--package", "xtask-bindgen", "--"]);
    generate.arg("generate").arg("--headers").arg(&headers);
    generate.arg("--out").arg(dir.join("src/generated")).current_dir(workspace::top()?);
    if check {
        sh::run(generate.arg("--check"))?;
        return check_sums(&dir);
    }
    sh::run(&mut generate)?;
    let files = generated(&dir)?;
    let sums = sh::read(sh::cmd("sha256sum", &files).current_dir(&dir))?;
    fs::write(dir.join(SUMS), sums)?;
    Ok(())
}

/// `usr/include` of the pinned package.
pub fn headers() -> Result<PathBuf> {
    let dir = debian::unpacked(&pinned("package")?, &version()?)?.join("usr/include");
    if !dir.join("linux/netlink.h").exists() {
        bail!("{} holds no kernel headers; delete it to have it fetched again", dir.display());
    }
    Ok(dir)
}

/// Its version, which is also that of the kernel's source package.
pub fn version() -> Result<String> {
    pinned("version")
}

fn pinned(word: &str) -> Result<String> {
    let path = workspace::top()?.join(CRATE).join("headers.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let pin: toml::Table = text.parse().with_context(|| format!("in {}", path.display()))?;
    let value = pin.get(word).and_then(toml::Value::as_str);
    Ok(value.with_context(|| format!("{} names no {word}", path.display()))?.to_owned())
}

/// The generated files, relative to the crate, in order.
fn generated(dir: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir.join("src/generated"))? {
        files.push(format!("src/generated/{}", entry?.file_name().display()));
    }
    files.sort();
    Ok(files)
}

/// No file changed, missing or added since they were generated.
fn check_sums(dir: &Path) -> Result<()> {
    let sums = fs::read_to_string(dir.join(SUMS)).with_context(|| format!("{CRATE}/{SUMS}"))?;
    let listed = sums.lines().filter_map(|line| line.split_whitespace().nth(1));
    let listed: BTreeSet<String> = listed.map(str::to_owned).collect();
    let found: BTreeSet<String> = generated(dir)?.into_iter().collect();
    if let Some(file) = listed.symmetric_difference(&found).next() {
        bail!("{CRATE}/{file} is in the folder or in {SUMS}, but not in both");
    }
    let mut verify = sh::cmd("sha256sum", &["--check", "--quiet", "--strict", SUMS]);
    sh::run(verify.current_dir(dir)).context("generated files were changed by hand")
}
