//! The test programs and tools as cargo builds them: which ones there are and where they lie.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::sh;

/// A program that cargo built.
#[derive(Clone, Debug)]
pub struct Program {
    /// Name of the package's directory-independent id, such as `nlink-core`.
    pub package: String,
    /// Name of the target: the library's, or that of the file in `tests/`.
    pub target: String,
    /// `lib`, `test`, `bin`, …
    pub kind: String,
    /// Whether it is a test program.
    pub test: bool,
    /// The program.
    pub path: PathBuf,
}

/// Build with these arguments of cargo's and list the programs that came out.
pub fn build(args: &[&str]) -> Result<Vec<Program>> {
    let mut cargo = sh::cmd("cargo", args);
    cargo.arg("--message-format=json-render-diagnostics").stderr(Stdio::inherit());
    eprintln!("$ {}", sh::text(&cargo));
    let output = cargo.stdin(Stdio::null()).output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("`{}` ended with {}", sh::text(&cargo), output.status);
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    Ok(messages.lines().filter_map(program).collect())
}

/// The program in one of cargo's messages, when the message is about one.
fn program(message: &str) -> Option<Program> {
    let message: Value = serde_json::from_str(message).ok()?;
    let path = message.get("executable")?.as_str()?;
    let target = message.get("target")?;
    let text = |value: &Value| Some(value.as_str()?.to_owned());
    Some(Program {
        package: package_name(message.get("package_id")?.as_str()?).to_owned(),
        target: text(target.get("name")?)?,
        kind: text(target.get("kind")?.get(0)?)?,
        test: message.get("profile")?.get("test")?.as_bool()?,
        path: PathBuf::from(path),
    })
}

/// The name in a package id: `path+file:///w/crates/nlink-core#0.1.0` or `…/tests#nlink-tests@0.1.0`.
fn package_name(id: &str) -> &str {
    let (path, version) = id.rsplit_once('#').unwrap_or((id, ""));
    match version.split_once('@') {
        Some((name, _)) => name,
        None => path.rsplit('/').next().unwrap_or(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_package_id_have_a_name() {
        assert_eq!(package_name("path+file:///w/crates/nlink-core#0.1.0"), "nlink-core");
        assert_eq!(package_name("path+file:///w/tests#nlink-tests@0.1.0"), "nlink-tests");
    }
}
