//! Rules and elements from files, and the whole listed.

use std::fmt::Write;

use anyhow::Result;

use crate::step::Step;

/// Rules and twice as many elements, each in one transaction; then listed in both forms.
pub(crate) fn steps(rules: u32) -> Result<Vec<Step>> {
    let (mut chain, mut set) = (String::from("table inet t {\n chain c {\n"), String::new());
    for rule in 0..rules {
        let [_, high, middle, low] = rule.to_be_bytes();
        writeln!(chain, "  ip saddr 10.{high}.{middle}.{low} tcp dport {} counter accept", 1 + rule % 65_535)?;
    }
    chain.push_str(" }\n}\n");
    set.push_str("table inet t {\n set s {\n  type ipv4_addr\n  elements = {\n");
    for element in 0..2 * rules {
        let [_, high, middle, low] = element.to_be_bytes();
        writeln!(set, "   10.{high}.{middle}.{low},")?;
    }
    set.push_str("  }\n }\n}\n");
    let file = |name: &str, text: String| -> Result<String> {
        let path = std::env::temp_dir().join(format!("beside-{}-{name}.nft", std::process::id()));
        std::fs::write(&path, text)?;
        Ok(path.display().to_string())
    };
    let (chain, set) = (file("rules", chain)?, file("set", set)?);
    let elements = 2 * rules;
    Ok(vec![
        Step::new(format!("`nft -f`, {rules} rules"), &format!("-f {chain}")).after("nft flush ruleset"),
        Step::new(format!("`nft list ruleset`, {rules} rules"), "list ruleset"),
        Step::new(format!("`nft -j list ruleset`, {rules} rules"), "-j list ruleset"),
        Step::new(format!("`nft -f`, a set of {elements} elements"), &format!("-f {set}")).after("nft flush ruleset"),
        Step::new(format!("`nft list ruleset`, a set of {elements} elements"), "list ruleset"),
        Step::new(format!("`nft -j list ruleset`, a set of {elements} elements"), "-j list ruleset"),
    ])
}
