//! Who may depend on whom: arrows point down only.

use anyhow::{Context, Result};

use super::tree::Source;

/// What a protocol crate may know of ours.
const SHARED: &[&str] = &["nlink-core", "nlink-macros", "nlink-uapi", "nlink-genl"];
/// What is below the protocol crates, with what each may know.
const BELOW: &[(&str, &[&str])] = &[
    ("nlink-uapi", &[]),
    ("nlink-macros", &[]),
    ("nlink-core", &["nlink-macros", "nlink-uapi"]),
    ("nlink-genl", &["nlink-core", "nlink-macros", "nlink-uapi"]),
];
/// What is above them and may know them all.
const ABOVE: &[&str] = &["nlink", "nlink-lab", "nlink-config", "nlink-diagnose"];

/// No protocol crate depends on a sibling, and none of ours on one above it.
pub fn siblings(files: &[Source]) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    let manifest = |file: &&Source| {
        file.path
            .strip_prefix("crates/")
            .and_then(|path| path.split_once('/'))
            .is_some_and(|(_, name)| name == "Cargo.toml")
    };
    for file in files.iter().filter(manifest) {
        let toml: toml::Table = file.text.parse().with_context(|| format!("cannot parse {}", file.path))?;
        let name = toml.get("package").and_then(|package| package.get("name"));
        let name = name.and_then(|name| name.as_str()).unwrap_or_default();
        if ABOVE.contains(&name) {
            continue;
        }
        let allowed = BELOW.iter().find(|(below, _)| *below == name).map_or(SHARED, |(_, list)| *list);
        for table in ["dependencies", "build-dependencies"] {
            let Some(table) = toml.get(table).and_then(|table| table.as_table()) else {
                continue;
            };
            for dependency in table.keys() {
                let ours = dependency == "nlink" || dependency.starts_with("nlink-");
                if ours && !allowed.contains(&dependency.as_str()) {
                    wrong.push(format!(
                        "{}: {name} may not depend on {dependency}; shared vocabulary belongs in \
                         nlink-core",
                        file.path
                    ));
                }
            }
        }
    }
    Ok(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(name: &str, dependencies: &[&str]) -> Source {
        let list: String = dependencies.iter().map(|d| format!("{d}.workspace = true\n")).collect();
        let text = format!("[package]\nname = \"{name}\"\n[dependencies]\n{list}");
        Source::new(&format!("crates/{name}/Cargo.toml"), &text)
    }

    #[test]
    fn a_sibling_or_an_arrow_upwards_is_found() {
        let fine = [
            manifest("nlink", &["nlink-core", "nlink-route", "nlink-tc"]),
            manifest("nlink-tc", &["nlink-core", "nlink-uapi", "serde"]),
        ];
        assert_eq!(siblings(&fine).unwrap(), Vec::<String>::new());
        let bad = [
            manifest("nlink-tc", &["nlink-core", "nlink-route"]),
            manifest("nlink-core", &["nlink-route"]),
            manifest("nlink-uapi", &["nlink-core"]),
        ];
        assert_eq!(siblings(&bad).unwrap().len(), 3);
    }
}
