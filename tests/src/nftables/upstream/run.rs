//! Runs the files of the folder that is named, one after the other.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use nlink_tests::{Cx, Result, Test, tests};

use super::script::Script;
use super::table::Table;
use super::tried::tried;

const TESTS: &[Test] = tests![each_rule_of_nftables_own_tests_is_compiled_as_nft_does_it];

/// The folders whose rules are of this library's families.
const FOLDERS: [&str; 7] = ["any", "arp", "bridge", "inet", "ip", "ip6", "netdev"];

/// The tests, where the folder is named.
pub fn tests() -> &'static [Test] {
    if folder().is_some() { TESTS } else { &[] }
}

fn folder() -> Option<PathBuf> {
    env::var_os("NLINK_NFT_TESTS").map(PathBuf::from)
}

async fn each_rule_of_nftables_own_tests_is_compiled_as_nft_does_it(cx: &Cx) -> Result {
    cx.needs_tool("nft")?;
    let top = folder().context("NLINK_NFT_TESTS names no folder")?;
    let mut table = Table::default();
    for folder in FOLDERS.iter().filter(|folder| top.join(folder).is_dir()) {
        let files = std::fs::read_dir(top.join(folder))?.map(|entry| Ok(entry?.path()));
        let mut files = files.collect::<Result<Vec<_>>>()?;
        files.retain(|path| path.extension().is_some_and(|extension| extension == "t"));
        files.sort();
        for path in files {
            let name = format!("{folder}/{}", path.file_name().unwrap_or_default().display());
            let script = Script::read(&std::fs::read_to_string(&path)?).with_context(|| name.clone())?;
            let outcomes = tried(&script).with_context(|| name.clone())?;
            table.enter(name, outcomes);
        }
    }
    println!("{table}");
    ensure!(table.rules() > 0, "there are no rules in {}", top.display());
    ensure!(table.differences() == 0, "{} of {} rules differ", table.differences(), table.rules());
    Ok(())
}
