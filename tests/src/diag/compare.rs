//! Two tools show the same sockets: the texts have to be the same, to the letter.
//!
//! Two things run with the clock and are masked: since when something was sent or received, and what a timer has left.
//! As they differ in length, the spaces at the ends of lines do not count in a text that has them. An iproute2 older
//! than 7 aligns otherwise and knows less: there words are compared, but for those that it does not have.

use anyhow::ensure;
use nlink::prelude::*;
use nlink_tests::{Connection, Cx, Result};
use socket2::Socket;

/// Figures in milliseconds that run with the clock.
const RUNNING: [&str; 6] = ["lastsnd:", "lastrcv:", "lastack:", "last_data_sent:", "last_data_recv:", "last_ack_recv:"];

/// What iproute2 6.1 does not show.
const NEWER: [&str; 3] = ["Process", "rcv_wnd:", "rehash:"];

/// Compares all views of the sockets that `make` makes.
pub fn check(cx: &Cx, views: &[&str], make: impl FnOnce(&Cx) -> Result<Vec<Socket>>) -> Result {
    cx.needs_tool("ss")?;
    cx.ip(&["link", "set", "lo", "up"])?;
    let _open = make(cx)?;
    views.iter().try_for_each(|view| same(cx, view))
}

/// Whether the reference is the newest, whose texts ours are.
pub fn is_newest(cx: &Cx) -> Result<bool> {
    Ok(cx.theirs("ss", &["-V"])?.stdout.contains("iproute2-7."))
}

/// How often is looked. What has not settled yet (the last acknowledgement of a FIN), and who has a socket only for the
/// moment between fork and exec of another test's tool, is another on each look; a mistake is there on all.
const LOOKS: usize = 10;

/// Skips where the reference is older and shows other things than the newest does.
pub fn needs_newest(cx: &Cx) -> Result {
    cx.needs(is_newest(cx)?, "iproute2 7", "older iproute2 shows other things")
}

/// Compares what both tools print, and their exit codes.
pub fn same(cx: &Cx, view: &str) -> Result {
    let mut looked = Ok(());
    for _ in 0..LOOKS {
        looked = same_now(cx, view);
        if looked.is_ok() {
            break;
        }
    }
    looked
}

fn same_now(cx: &Cx, view: &str) -> Result {
    let words: Vec<&str> = view.split(' ').collect();
    let (theirs, ours) = (cx.theirs("ss", &words)?, cx.our_tool("ss", &words)?);
    ensure!((theirs.code, ours.code) == (0, 0), "ss {view}: {} {}", theirs.transcript(), ours.transcript());
    same_texts(view, &theirs.stdout, &ours.stdout, is_newest(cx)?)
}

/// Compares two texts.
pub fn same_texts(view: &str, theirs: &str, ours: &str, is_newest: bool) -> Result {
    let [left, right] = [theirs, ours].map(|text| if is_newest { masked(text) } else { words(&masked(text)) });
    ensure!(left == right, "ss {view}\n--- theirs\n{left}\n--- ours\n{right}");
    Ok(())
}

fn masked(text: &str) -> String {
    let mut masked = text.to_owned();
    let running = RUNNING.iter().map(|key| (*key, "", " "));
    // A timer has its name first.
    for (key, between, end) in running.chain([("timer:(", ",", ",")]) {
        masked = mask(&masked, key, between, end);
    }
    match masked == text {
        true => masked,
        false => masked.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"),
    }
}

/// Puts `*` for what stands behind each `key` and the next `between`, up to the next `end`.
fn mask(text: &str, key: &str, between: &str, end: &str) -> String {
    let mut parts = text.split(key);
    let mut masked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (kept, rest) = part.split_once(between).unwrap_or(("", part));
        let behind = rest.find(|letter: char| end.contains(letter) || letter == '\n').unwrap_or(rest.len());
        masked.extend([key, kept, between, "*", &rest[behind..]]);
    }
    masked
}

fn words(text: &str) -> String {
    let line = |line: &str| {
        let known = |word: &&str| !NEWER.iter().any(|newer| word.starts_with(newer));
        line.replace("Process", " ").split_whitespace().filter(known).collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Skips where the kernel cannot list raw sockets.
pub fn needs_raw_diag(cx: &Cx) -> Result {
    let mut raw = nlink::blocking::Connection::<SockDiag>::open()?.dump::<nlink::sockdiag::RawSocket>().stream();
    let lacks = matches!(raw.next(), Some(Err(error)) if error.is_not_found());
    cx.needs(!lacks, "raw_diag", "the kernel is built without INET_RAW_DIAG")
}

/// A connection of the test.
pub fn diag() -> Result<Connection<SockDiag>> {
    Ok(Connection::open()?)
}

/// States of sockets, each with what makes it: a test that compares the views named at the top.
macro_rules! states {
    ($views:expr; $($name:ident |$cx:ident| $make:expr;)*) => {
        $(async fn $name(cx: &nlink_tests::Cx) -> nlink_tests::Result {
            $crate::diag::compare::check(cx, $views, |$cx| $make)
        })*

        pub const TESTS: &[nlink_tests::Test] = nlink_tests::tests![$($name),*];
    };
}

pub(crate) use states;
