//! Rules in nft's words, a rule for each field of each header and each key of `meta` and `ct` in every form: what is
//! compiled here are the expressions that `nft` sends, and decoded they are compiled to the same again.

use anyhow::{Context, ensure};
use nlink::nftables::Family;
use nlink::nftables::language::header::HEADERS;
use nlink::nftables::language::{Scope, compile, decode};
use nlink_tests::{Cx, Result, Test, tests};

use super::compared::taken;

pub const TESTS: &[Test] = tests![
    fields_of_ipv4_are_compared_as_nft_does_it,
    fields_of_ipv6_are_compared_as_nft_does_it,
    fields_of_arp_are_compared_as_nft_does_it,
    fields_of_bridged_packets_are_compared_as_nft_does_it,
    what_is_known_of_packets_is_compared_as_nft_does_it,
];

/// Forms of a rule. `KEY` is what is compared, `A` and `B` are two of its values.
const FORMS: [&str; 10] = [
    "KEY A",
    "KEY != B",
    "KEY { A, B }",
    "KEY != { A, B }",
    "KEY A-B",
    "KEY >= B",
    "KEY vmap { A : accept, B : drop }",
    "KEY . meta mark { A . 5, B . 7 }",
    "meta mark . KEY { 5-6 . A }",
    "meta mark set KEY map { A : 1, B : 2 }",
];

/// Headers that packets of a family have, beside those that all have.
const HEADERS_OF: [(Family, &[&str]); 4] = [
    (Family::IPV4, &["ip", "icmp", "igmp", "tcp", "udp", "udplite", "sctp", "dccp", "ah", "esp"]),
    (Family::IPV6, &["ip6", "icmpv6", "tcp", "udp"]),
    (Family::ARP, &["arp"]),
    (Family::BRIDGE, &["ether", "vlan"]),
];

/// A field that nft moves in some places only.
const LEFT_OUT: [&str; 1] = ["ip6 dscp"];

const KEYS: [&str; 18] = [
    "meta length",
    "meta mark",
    "meta priority",
    "meta skuid",
    "meta skgid",
    "meta cpu",
    "meta iifgroup",
    "meta cgroup",
    "meta rtclassid",
    "meta pkttype",
    "meta l4proto",
    "meta nfproto",
    "ct mark",
    "ct expiration",
    "ct zone",
    "ct bytes",
    "ct original packets",
    "ct original proto-src",
];

/// Two values of a type, the smaller one first, as words.
fn values(field: &str, bits: u16) -> (&'static str, &'static str) {
    match (field, bits) {
        (field, 32) if field.ends_with("addr") || field.ends_with("addr ip") => ("10.0.0.1", "10.0.1.9"),
        (field, 48) if field.contains("addr") => ("00:01:02:03:04:05", "00:01:02:03:04:09"),
        (_, 128) => ("fe80::1", "fe80::9"),
        (_, 1) => ("0", "1"),
        _ => ("1", "2"),
    }
}

fn rules_of(family: Family) -> Vec<String> {
    let named = HEADERS_OF.iter().find(|(of, _)| *of == family).map_or(&[][..], |(_, names)| names);
    let headers = HEADERS.iter().filter(|header| named.contains(&header.name));
    let fields = headers.flat_map(|header| header.fields.iter().map(move |field| (header, field)));
    let keys = fields.map(|(header, field)| (format!("{} {}", header.name, field.name), field.value_type.bits));
    in_every_form(keys.filter(|(key, _)| !LEFT_OUT.contains(&key.as_str())))
}

fn in_every_form(keys: impl Iterator<Item = (String, u16)>) -> Vec<String> {
    let mut rules = Vec::new();
    for (key, bits) in keys {
        let (first, last) = values(&key, bits);
        for form in FORMS {
            let words = form.split(' ').map(|word| match word {
                "A-B" => format!("{first}-{last}"),
                word => word.replace("KEY", &key).replace('A', first).replace('B', last),
            });
            rules.push(words.collect::<Vec<_>>().join(" "));
        }
    }
    rules
}

fn compared(cx: &Cx, family: Family, rules: &[String]) -> Result {
    let words: Vec<&str> = rules.iter().map(String::as_str).collect();
    for (words, ours) in words.iter().zip(taken(cx, family, &[], &words)?) {
        let decoded = decode::rule(family.into(), &ours.expressions, &ours.sets);
        let again = compile::rule(family.into(), &decoded, &Scope::default()).with_context(|| (*words).to_owned())?;
        ensure!(again == ours, "{words}, decoded {decoded:?}");
    }
    Ok(())
}

async fn fields_of_ipv4_are_compared_as_nft_does_it(cx: &Cx) -> Result {
    compared(cx, Family::IPV4, &rules_of(Family::IPV4))
}

async fn fields_of_ipv6_are_compared_as_nft_does_it(cx: &Cx) -> Result {
    compared(cx, Family::IPV6, &rules_of(Family::IPV6))
}

async fn fields_of_arp_are_compared_as_nft_does_it(cx: &Cx) -> Result {
    compared(cx, Family::ARP, &rules_of(Family::ARP))
}

async fn fields_of_bridged_packets_are_compared_as_nft_does_it(cx: &Cx) -> Result {
    compared(cx, Family::BRIDGE, &rules_of(Family::BRIDGE))
}

async fn what_is_known_of_packets_is_compared_as_nft_does_it(cx: &Cx) -> Result {
    compared(cx, Family::INET, &in_every_form(KEYS.iter().map(|key| ((*key).to_owned(), 32))))
}
