//! A namespace of its own for each test, and what `ip` said in it.

#![allow(clippy::expect_used, reason = "a test that cannot start its shell has nothing else to say")]

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs lines of `ip` in a fresh user, network and mount namespace: no root is needed, nothing outside changes.
///
/// Each line is answered by its standard output, standard error with `! ` before each line, and the exit code behind
/// `= `. A line that begins with `$` is the shell's, and says what it prints.
const SHELL: &str = r#"
mount -t tmpfs run /run || exit 77
run() {
    "$IP" "$@" >/run/out 2>/run/err; code=$?
    cat /run/out; sed 's/^/! /' /run/err; echo "= $code"
}
denied() {
    unshare --user "$IP" "$@" >/run/out 2>/run/err; code=$?
    cat /run/out; sed 's/^/! /' /run/err; echo "= $code"
}
"#;

static SKIPPED: AtomicUsize = AtomicUsize::new(0);

/// What the lines gave, masked; `None` where this machine forbids user namespaces, which is said and counted.
pub(crate) fn ip(lines: &str) -> Option<String> {
    let mut script = String::from(SHELL);
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let shown = line.strip_prefix("denied ").unwrap_or(line);
        let dollar = if line.starts_with('$') { "" } else { "ip " };
        script.push_str(&format!("printf '%s\\n' '> {dollar}{}'\n", shown.replace('\'', "'\\''")));
        script.push_str(&match line.strip_prefix('$') {
            Some(shell) => format!("{shell}\n"),
            None if shown == line => format!("run {line}\n"),
            None => format!("denied {shown}\n"),
        });
    }
    let mut child = Command::new("unshare")
        .args(["--user", "--map-root-user", "--net", "--mount", "sh"])
        .env("IP", env!("CARGO_BIN_EXE_ip"))
        .env("TZ", "UTC")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("unshare(1) of util-linux");
    let mut stdin = child.stdin.take().expect("a pipe");
    let _ = stdin.write_all(script.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("its output");
    let error = String::from_utf8_lossy(&output.stderr);
    if output.stdout.is_empty() && !output.status.success() {
        let skipped = SKIPPED.fetch_add(1, Ordering::Relaxed) + 1;
        eprintln!("skipped ({skipped} so far): no user namespace to be had here: {error}");
        return None;
    }
    assert_eq!(error, "", "the shell complains");
    Some(mask(&String::from_utf8_lossy(&output.stdout)))
}

/// Takes out what differs from run to run: hardware addresses, indexes, times, processes.
fn mask(text: &str) -> String {
    let text = text.replace("\x1b[0m", "<0>").replace("\x1b[1;", "<1;");
    text.lines().map(|line| mask_line(&mask_colors(line))).collect::<Vec<_>>().join("\n")
}

/// `<1;36m` to `<1;36>`, so that what follows is a word of its own.
fn mask_colors(line: &str) -> String {
    line.split("<1;").enumerate().fold(String::new(), |masked, (position, part)| match position {
        0 => part.into(),
        _ => masked + "<1;" + &part.replacen('m', ">", 1),
    })
}

fn mask_line(line: &str) -> String {
    let mut masked = String::new();
    let mut word = String::new();
    // A word ends where no hardware address, time or index goes on.
    for letter in line.chars().chain(['\n']) {
        if letter.is_ascii_alphanumeric() || matches!(letter, ':' | '-' | '.') {
            word.push(letter);
            continue;
        }
        masked.push_str(&mask_word(&word));
        word.clear();
        masked.push(letter);
    }
    masked.pop();
    let index = masked.split_once(": ").filter(|(index, _)| index.bytes().all(|byte| byte.is_ascii_digit()));
    match index {
        Some((index, rest)) if !index.is_empty() => format!("#: {rest}"),
        _ => mask_numbers(masked),
    }
}

fn mask_word(word: &str) -> String {
    let parts: Vec<&str> = word.split(':').collect();
    let is_mac = parts.len() == 6 && parts.iter().all(|part| part.len() == 2);
    match word {
        "00:00:00:00:00:00" | "ff:ff:ff:ff:ff:ff" => word.into(),
        _ if is_mac => "MAC".into(),
        _ if word.strip_prefix("if").is_some_and(|index| index.parse::<u32>().is_ok()) => "if#".into(),
        _ if word.len() == 26 && word.contains('T') && word.contains('.') => "TIME".into(),
        _ => word.into(),
    }
}

/// Numbers behind keys of JSON that differ between machines.
fn mask_numbers(mut line: String) -> String {
    for key in ["\"ifindex\":", "\"index\":", "\"link_index\":"] {
        let mut from = 0;
        while let Some(at) = line[from..].find(key) {
            let start = from + at + key.len();
            let start = start + line[start..].bytes().take_while(|byte| *byte == b' ').count();
            let digits = line[start..].bytes().take_while(u8::is_ascii_digit).count();
            line.replace_range(start..start + digits, "\"#\"");
            from = start;
        }
    }
    line
}

/// Compares what the lines give with the snapshot of that name.
#[macro_export]
macro_rules! snapshot {
    ($name:literal, $lines:literal) => {
        if let Some(said) = $crate::lab::ip($lines) {
            insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
                insta::assert_snapshot!($name, said);
            });
        }
    };
}
