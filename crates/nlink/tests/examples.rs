//! Every example runs, each in a namespace of its own, and prints what it is about.

#![allow(clippy::expect_used, clippy::panic)] // helpers of tests are tests

use std::process::Command;

/// Runs an example as a user would, and gives what it prints.
fn run(name: &str) -> String {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--package", "nlink", "--all-features", "--example", name]);
    let output = command.output().expect("cargo runs");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "example {name} failed:\n{out}\n{err}");
    out.into_owned()
}

/// What each of `words` says stands in `text`, in this order.
fn in_order(text: &str, words: &[&str]) {
    let mut rest = text;
    for word in words {
        let Some((_, behind)) = rest.split_once(word) else { panic!("{word:?} is not in its place in:\n{text}") };
        rest = behind;
    }
}

#[test]
fn quick_start() {
    let text = run("quick_start");
    in_order(&text, &["right@if", "left@if", "inet 10.0.0.1/24", "192.0.2.0/24 via 10.0.0.2 dev", "an event: "]);
}

#[test]
fn look_around() {
    in_order(&run("look_around"), &["lo: <LOOPBACK", "link/loopback 00:00:00:00:00:00"]);
}

#[test]
fn blocking() {
    let text = run("blocking");
    in_order(&text, &["left@", "inet 10.0.0.1/24", "left and right differ: true", "an event: right was made"]);
}

#[test]
fn container() {
    in_order(
        &run("container"),
        &["on the host:", "br0: <", "veth0@if", "in the container:", "default via 10.88.0.1 dev"],
    );
}

#[test]
fn bgp_table() {
    let text = run("bgp_table");
    in_order(&text, &["9999 of 10000 routes are in place", "9999 read back", "11.0.0.0/24 via 192.0.2.1 dev"]);
}

#[test]
fn errors() {
    let text = run("errors");
    in_order(
        &text,
        &["add route 10.0.0.0/8 via 192.0.2.1: ", "errno Some(", "Cannot find device \"eth9\"", "is too long"],
    );
}

#[test]
fn own_family() {
    in_order(&run("own_family"), &["Some(127.0.0.1): rtt Some(", "asked for one: Some(127.0.0.1), Some("]);
}

#[test]
fn testing() {
    let text = run("testing");
    in_order(&text, &["all up: true, after 1 restart", "then: dump link: the kernel's answer was lost"]);
}

/// Where the kernel has no WireGuard, the example says so and ends well.
#[test]
fn wireguard() {
    let text = run("wireguard");
    if !text.starts_with("this kernel has no WireGuard") {
        in_order(&text, &["wg0: another private key", "wg0: listen port 51820 (was 0)", "wg0: add peer ", "1 peer"]);
        in_order(&text, &["1 peer", "wg0: nothing to change"]);
        assert!(!text.contains("PrivateKey("));
    }
}

/// Where the kernel has no nftables, the example says so and ends well.
#[test]
fn firewall() {
    let text = run("firewall");
    if !text.starts_with("this kernel has no nftables") {
        in_order(&text, &["3 rules are in force", "item 1: add rule inet fw input \"to a chain that is not there\": "]);
        in_order(&text, &["item 1", "3 rules are in force"]);
    }
}

#[test]
fn watch() {
    let text = run("watch");
    in_order(&text, &["ResyncStart", "added 1: lo", "ResyncEnd", "added ", "left is UP", "removed "]);
    in_order(&text, &["the route 192.0.2.0/24 via 10.0.0.2 dev", "the route is gone"]);
}

#[test]
fn who_is_connected() {
    let text = run("who_is_connected");
    in_order(&text, &["tcp ESTAB 0 0 127.0.0.1:", " 127.0.0.1:443 rtt=Some("]);
    assert!(text.contains("destroyed: Some(") || text.contains("delete TCP socket 127.0.0.1:"), "{text}");
}

/// The README's program is the quick start, word for word.
#[test]
fn readme() {
    let readme = include_str!("../../../README.md");
    let example = include_str!("../examples/quick_start.rs");
    let block = readme.split_once("```rust").and_then(|(_, rest)| rest.split_once("\n```")).expect("a block of Rust").0;
    let function = block.find("async fn").map(|at| &block[at..]).expect("the quick start's function");
    assert!(example.contains(function.trim()), "README.md and examples/quick_start.rs differ");
}
