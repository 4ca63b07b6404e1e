//! A kind is a file, entered in one table by one line, with a capture of the reference tool's bytes.

use super::tree::Source;

/// The folders of kind files. The table is `mod.rs` or `table.rs` inside, or the file beside.
const FOLDERS: &[&str] = &["crates/nlink-nft/src/expression/kinds/", "crates/nlink-route/src/link/kinds/"];

/// Each kind file is named in its table and has a capture test.
pub fn entered_and_captured(files: &[Source]) -> Vec<String> {
    let mut wrong = Vec::new();
    for folder in FOLDERS {
        let beside = format!("{}.rs", folder.trim_end_matches('/'));
        let tables: Vec<&Source> = files
            .iter()
            .filter(|file| {
                let inside = file.path.strip_prefix(folder);
                file.path == beside || inside.is_some_and(is_table)
            })
            .collect();
        for file in files.iter().filter(|file| file.is_rust()) {
            let Some(name) = file.path.strip_prefix(folder) else {
                continue;
            };
            if is_table(name) || name.contains('/') {
                continue;
            }
            let kind = name.trim_end_matches(".rs");
            // Beside `mod vlan;` there has to be the table's own line.
            let entered = tables.iter().any(|table| {
                table.code().any(|(_, line)| {
                    let module = line.trim_start().trim_start_matches("pub ").starts_with("mod ");
                    !module && line.contains(&format!("{kind}::"))
                })
            });
            if !entered {
                wrong.push(format!("{}: not in the table of {folder}; add its line", file.path));
            }
            let tests = file.text.split_once("#[cfg(test)]").map_or("", |(_, tests)| tests);
            if !tests.contains("capture") {
                wrong.push(format!("{}: no capture test; record what the reference tool sends for it", file.path));
            }
        }
    }
    wrong
}

/// Files of the folder that are no kind.
fn is_table(name: &str) -> bool {
    ["mod.rs", "table.rs"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_without_line_or_capture_is_found() {
        let path = |name: &str| format!("crates/nlink-route/src/link/kinds/{name}");
        let table = "mod veth;\nmod vlan;\nkinds! {\n    veth::Veth,\n}\n";
        let tested = "//! x\n#[cfg(test)]\nmod tests { #[test] fn a_capture_reads() {} }\n";
        let wrong = entered_and_captured(&[
            Source::new(&path("mod.rs"), table),
            Source::new(&path("veth.rs"), tested),
            Source::new(&path("vlan.rs"), "//! x\n"),
        ]);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
        assert!(wrong.iter().all(|line| line.contains("vlan.rs")), "{wrong:?}");
    }
}
