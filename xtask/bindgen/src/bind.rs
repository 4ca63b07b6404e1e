//! Runs bindgen on one header.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result};
use bindgen::callbacks::{IntKind, MacroParsingBehavior, ParseCallbacks, Token, TokenKind};

use crate::model::Module;
use crate::source::{Place, Source};
use crate::table::Header;

/// What headers forget to include or to define.
const PRELUDE: &str = include_str!("../prelude.h");

/// Looks only at the macros of the header itself: evaluating all of them takes minutes.
#[derive(Debug)]
struct OwnMacros(HashMap<String, Place>);

impl ParseCallbacks for OwnMacros {
    fn will_parse_macro(&self, name: &str) -> MacroParsingBehavior {
        if self.0.contains_key(name) { MacroParsingBehavior::Default } else { MacroParsingBehavior::Ignore }
    }

    /// bindgen's own evaluator knows no unsigned numbers: `~0U` and `-1U` are -1 to it, and so is
    /// what is made of them. Leave all but plain literals to clang.
    fn modify_macro(&self, name: &str, tokens: &mut Vec<Token>) {
        let of_clang = |token: &Token| match token.kind {
            TokenKind::Identifier => &*token.raw != name.as_bytes(),
            _ => matches!(&*token.raw, b"~" | b"-"),
        };
        if tokens.iter().any(of_clang) {
            tokens.clear();
        }
    }

    /// Nor has it, or what it asks of clang, room for the upper half of 64 bits.
    fn int_macro(&self, name: &str, _value: i64) -> Option<IntKind> {
        self.0.get(name)?.wide.then_some(IntKind::U64)
    }
}

/// Constants and structs that `header` itself defines.
pub fn module(headers: &Path, header: &Header) -> Result<Module> {
    let path = headers.join(header.file);
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let source = Source::scan(&text);
    let rust = run(headers, header, &source)?;
    Module::parse(&rust, &source, header.structs)
}

fn run(headers: &Path, header: &Header, source: &Source) -> Result<String> {
    // The fallback for macros that refer to enumerators precompiles a header file on disk.
    static RUNS: AtomicU32 = AtomicU32::new(0);
    let run = RUNS.fetch_add(1, Ordering::Relaxed);
    let scratch = format!("xtask-bindgen-{}-{run}", std::process::id());
    let scratch = std::env::temp_dir().join(scratch);
    fs::create_dir_all(&scratch)?;
    let wrapper = scratch.join("wrapper.h");
    fs::write(&wrapper, format!("{PRELUDE}#include <{}>\n", header.file))?;
    let own = OwnMacros(source.macros.clone());
    let include = |dir: &Path| format!("-I{}", dir.display());
    // bindgen stumbles over some packed structs; it need not see those that nobody wants.
    let wanted: Vec<&str> = header.structs.split_whitespace().collect();
    let unwanted = source.structs.keys().filter(|name| wanted != ["*"] && !wanted.contains(&name.as_str()));
    let builder = unwanted.fold(bindgen::builder(), bindgen::Builder::blocklist_type);
    let bindings = builder
        .header(wrapper.to_string_lossy())
        .clang_macro_fallback()
        .clang_macro_fallback_build_dir(&scratch)
        .parse_callbacks(Box::new(own))
        .clang_args([
            // One architecture, so that the output is the same on every machine.
            "--target=x86_64-linux-gnu".to_owned(),
            include(headers),
            include(&headers.join("x86_64-linux-gnu")),
        ])
        .allowlist_file(format!(".*/{}", header.file.replace('.', "\\.")))
        .allowlist_recursively(false)
        .default_enum_style(bindgen::EnumVariation::Consts)
        .prepend_enum_name(false)
        .default_non_copy_union_style(bindgen::NonCopyUnionStyle::ManuallyDrop)
        .explicit_padding(true)
        .generate_comments(false)
        .derive_debug(false)
        .derive_copy(false)
        .layout_tests(true)
        .generate_cstr(false)
        .formatter(bindgen::Formatter::None)
        .generate();
    let _ = fs::remove_dir_all(&scratch);
    Ok(bindings?.to_string())
}
