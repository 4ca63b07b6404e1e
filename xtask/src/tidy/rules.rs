//! The list of rules, and running it over the tree.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{code, crates, kinds, named, text, tree};
use crate::workspace;

/// Check every rule; the error lists what breaks one.
pub fn run() -> Result<()> {
    let wrong = broken(workspace::top()?)?;
    if !wrong.is_empty() {
        bail!("{} line(s) break a house rule:\n{}", wrong.len(), wrong.join("\n"));
    }
    eprintln!("tidy");
    Ok(())
}

/// What breaks a rule, one line each.
fn broken(top: &Path) -> Result<Vec<String>> {
    let files = tree::read(top)?;
    let mut wrong = text::module_comment(&files);
    wrong.extend(text::length(&files, &reasons(top)?));
    wrong.extend(text::mod_lists_only(&files));
    wrong.extend(code::unsafe_in_socket(&files));
    wrong.extend(code::kernel_constants(&files));
    wrong.extend(code::engine_is_pure(&files));
    wrong.extend(crates::siblings(&files)?);
    wrong.extend(named::named_tests(&files));
    wrong.extend(kinds::entered_and_captured(&files));
    Ok(wrong)
}

/// The reasons for long files, from tidy.toml.
fn reasons(top: &Path) -> Result<BTreeMap<String, String>> {
    let path = top.join("tidy.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let file: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(&text).context("tidy.toml: want [long] with \"path\" = \"reason\"")?;
    let long = file.get("long").cloned().unwrap_or_default();
    if let Some((path, _)) = long.iter().find(|(_, reason)| reason.trim().is_empty()) {
        bail!("tidy.toml: {path} has no reason");
    }
    Ok(long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let wrong = broken(workspace::top().unwrap()).unwrap();
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}
