//! Prints every word that links, kinds, addresses and routes take, as a dictionary for libFuzzer.

use nlink_core::words::{Params, WordEntry};
use nlink_route::address::Address;
use nlink_route::link::{Link, LinkKind, SlaveKind};
use nlink_route::route::Route;

/// Values, and words that no table has.
const OTHERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "255",
    "65535",
    "4294967295",
    "18446744073709551615",
    "0x10",
    "010",
    "-0x1",
    "on",
    "off",
    "10/8",
    "10.0.0.1",
    "10.0.0.1/24",
    "0.0.0.0/0",
    "::1",
    "fe80::1/64",
    "::/0",
    "239.1.1.1",
    "02:00:00:00:00:01",
    "eth0",
    "lo",
    "inherit",
    "auto",
    "none",
    "default",
    "all",
    "any",
    "lock",
    "forever",
    "global",
    "host",
    "kernel",
    "1:2",
    "1/2",
    "30ms",
    "1.5s",
    "100/200",
    "root",
    "match",
    "exact",
    "inet",
    "inet6",
    "mpls",
    "local",
    "unicast",
    "blackhole",
    "unreachable",
    "multicast",
    "broadcast",
    "weight",
    "iif",
    "uid",
    "sport",
    "ipproto",
    "fibmatch",
    "connected",
];

fn main() {
    let kinds = LinkKind::KINDS.iter().chain(SlaveKind::KINDS);
    let tables = kinds.clone().map(|kind| kind.usage).chain([Link::USAGE, Address::USAGE, Route::USAGE]);
    let words = tables.flatten().flat_map(WordEntry::words).chain(OTHERS.iter().copied());
    let mut words: Vec<&str> = words.chain(kinds.map(|kind| kind.name)).collect();
    words.sort_unstable();
    words.dedup();
    for word in words {
        println!("\" {word}\"");
        println!("\"{word} \"");
    }
}
