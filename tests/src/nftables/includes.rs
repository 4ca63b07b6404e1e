//! `include`: files are found where nft finds them, and what is wrong in one is told with the way to it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use nlink_tests::tool::{Tool, ours, reference};
use nlink_tests::{Cx, Result, Test, tests};

pub const TESTS: &[Test] = tests![files_are_found_and_mistakes_in_them_told_as_by_nft];

/// What is in a folder.
const FILES: [(&str, &str); 10] = [
    ("rules.nft", "tcp dport 22 accept\n"),
    ("table.nft", "table ip t {\n\tchain c {\n\t\tinclude \"./rules.nft\"\n\t}\n}\n"),
    ("deep.nft", "include \"./table.nft\"; include \"beside/all.nft\" # both\nadd chain ip t d\n"),
    ("beside/all.nft", "add table ip u\n"),
    ("other/all.nft", "add table ip o\n"),
    ("many/1.nft", "define x = 5\n"),
    ("many/2.nft", "add table ip m; add chain ip m c; add rule ip m c tcp dport $x\n"),
    ("many/.hidden.nft", "nonsense\n"),
    ("wrong.nft", "add table ip w\nadd chain ip nosuch c\n"),
    ("round.nft", "include \"./round.nft\"\n"),
];

/// What is read, with which folders.
const TEXTS: [(&str, &[&str]); 10] = [
    ("include \"./deep.nft\"\n", &[]),
    ("include \"all.nft\"\n", &[]),
    ("include \"all.nft\"\n", &["beside", "other"]),
    ("include \"all.nft\"\n", &["nosuch", "other"]),
    ("include \"./many/*.nft\"\n", &[]),
    ("include \"./nothing/*.nft\"\n", &[]),
    ("include \"./nothing.nft\"\n", &[]),
    ("include \"./wrong.nft\"\nadd chain ip nosuch d\n", &[]),
    ("add table ip w; include \"./wro*.nft\"\n", &[]),
    ("include \"./round.nft\"\n", &[]),
];

/// A folder that is gone in the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self> {
        let folder = Self(std::env::temp_dir().join(format!("nlink-includes-{}", std::process::id())));
        for (name, text) in FILES {
            let path = folder.0.join(name);
            fs::create_dir_all(path.parent().context("a folder")?)?;
            fs::write(path, text)?;
        }
        Ok(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What the tool says to `nft -f main.nft`, and what there is then.
fn said(cx: &Cx, folder: &Folder, tool: &Tool, text: &str, include: &[&str]) -> Result<(i32, String, String)> {
    cx.theirs("nft", &["flush", "ruleset"])?.ok()?;
    fs::write(folder.0.join("main.nft"), text)?;
    let folders = include.iter().flat_map(|folder| ["-I", folder]);
    let args: Vec<&str> = folders.chain(["-f", "main.nft"]).collect();
    let output = tool.command(&args).current_dir(&folder.0).output()?;
    let there = cx.theirs("nft", &["list", "ruleset"])?.ok()?;
    Ok((output.status.code().unwrap_or(-1), String::from_utf8(output.stderr)?, there))
}

async fn files_are_found_and_mistakes_in_them_told_as_by_nft(cx: &Cx) -> Result {
    cx.needs_tool("nft")?;
    let folder = Folder::new()?;
    for (text, include) in TEXTS {
        let theirs = said(cx, &folder, &reference("nft")?, text, include)?;
        let ours = said(cx, &folder, &ours("nft")?, text, include)?;
        ensure!(theirs == ours, "{text} with {include:?}\n--- nft\n{theirs:?}\n--- ours\n{ours:?}");
    }
    Ok(())
}
