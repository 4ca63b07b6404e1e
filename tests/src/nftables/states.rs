//! States of a ruleset, made by ours and by `nft`: `nft` lists both the same, as text and as JSON, and we read from
//! what `nft` made the very expressions that we write.

use std::net::{Ipv4Addr, Ipv6Addr};

use anyhow::{Context, ensure};
use nlink::nftables::expression::kinds::Counter;
use nlink::nftables::expression::kinds::limit::{Limit, LimitType};
use nlink::nftables::{
    Chain, CtState, Family, NamedObject, Nftables, Policy, Quota, QuotaFlags, Rule, RuleBuilder, Set, Verdict,
    VerdictCode,
};
use nlink::prelude::*;
use nlink_tests::{Connection, Cx, Result};

/// A table with a chain at each hook that the rules want, and what they refer to.
struct Base {
    table: Table,
    input: Chain,
    other: Chain,
}

fn base(family: Family) -> Base {
    let table = Table::new(family, "t");
    let input = table.chain("c").filter(Hook::Input, Priority::FILTER).policy(Policy::ACCEPT);
    let other = table.chain("other");
    Base { table, input, other }
}

const NFT_BASE: &str = "add chain FAMILY t c { type filter hook input priority filter; policy accept; }\n\
                        add chain FAMILY t other\n";

/// What `nft` lists, without the times that pass.
fn listed(cx: &Cx, options: &[&str]) -> Result<String> {
    let mut args = options.to_vec();
    args.extend(["list", "ruleset"]);
    cx.theirs("nft", &args)?.ok()
}

async fn rules(nft: &Connection<Nftables>) -> Result<Vec<Rule>> {
    let mut rules = nft.dump::<Rule>().await?;
    for rule in &mut rules {
        (rule.handle, rule.position, rule.header.generation) = (None, None, Default::default());
    }
    Ok(rules)
}

fn nft(cx: &Cx, family: Family, script: &str) -> Result {
    let script = script.replace("FAMILY", &family.to_string());
    cx.theirs("nft", &[&script])?.ok().map(drop)
}

async fn check(cx: &Cx, family: Family, make: impl Fn(&Base) -> Vec<Part>, script: &str) -> Result {
    cx.needs_tool("nft")?;
    let connection = Connection::<Nftables>::open()?;
    let base = base(family);
    let mut tx = connection.transaction();
    tx.add(base.table.clone()).add(base.input.clone()).add(base.other.clone());
    for part in make(&base) {
        match part {
            Part::Chain(chain) => tx.add(*chain),
            Part::Rule(rule) => tx.add(*rule),
            Part::Set(set) => tx.add(*set),
            Part::Elements(elements) => tx.add(*elements),
            Part::Object(object) => tx.add(*object),
        };
    }
    tx.await?.into_result()?;
    let (by_ours, json_by_ours) = (listed(cx, &[])?, listed(cx, &["-j"])?);
    let rules_by_ours = rules(&connection).await?;

    nft(cx, family, "flush ruleset")?;
    nft(cx, family, &format!("add table FAMILY t\n{NFT_BASE}{script}"))?;
    let (by_theirs, json_by_theirs) = (listed(cx, &[])?, listed(cx, &["-j"])?);
    ensure!(by_ours == by_theirs, "--- made by theirs\n{by_theirs}--- made by ours\n{by_ours}");
    let plain = |json: &str| -> Result<String> {
        let mut json: serde_json::Value = serde_json::from_str(json).context("nft writes JSON")?;
        strip_handles(&mut json);
        Ok(json.to_string())
    };
    let (ours, theirs) = (plain(&json_by_ours)?, plain(&json_by_theirs)?);
    ensure!(ours == theirs, "--- made by theirs\n{theirs}\n--- made by ours\n{ours}");
    let rules_by_theirs = rules(&connection).await?;
    ensure!(rules_by_ours == rules_by_theirs, "- theirs {rules_by_theirs:#?}\n+ ours {rules_by_ours:#?}");
    Ok(())
}

/// Handles count on when something is made anew.
fn strip_handles(json: &mut serde_json::Value) {
    match json {
        serde_json::Value::Object(map) => {
            map.remove("handle");
            map.values_mut().for_each(strip_handles);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(strip_handles),
        _ => {}
    }
}

enum Part {
    Chain(Box<Chain>),
    Rule(Box<RuleBuilder>),
    Set(Box<Set>),
    Elements(Box<nlink::nftables::SetElements>),
    Object(Box<NamedObject>),
}

macro_rules! part {
    ($($variant:ident: $of:ty;)*) => {$(
        impl From<$of> for Part {
            fn from(part: $of) -> Self {
                Self::$variant(Box::new(part))
            }
        }
    )*};
}

part! {
    Chain: Chain;
    Rule: RuleBuilder;
    Set: Set;
    Elements: nlink::nftables::SetElements;
    Object: NamedObject;
}

fn ip(text: &str) -> Ipv4Addr {
    text.parse().expect("an address")
}

fn ip6(text: &str) -> Ipv6Addr {
    text.parse().expect("an address")
}

macro_rules! states {
    ($($name:ident $family:ident |$base:ident| [$($part:expr),* $(,)?] == $script:literal;)*) => {
        $(async fn $name(cx: &Cx) -> Result {
            check(cx, Family::$family, |$base| vec![$($part.into()),*], $script).await
        })*

        pub const TESTS: &[nlink_tests::Test] = nlink_tests::tests![$($name),*];
    };
}

states! {
    the_interface INET |b| [b.input.rule().iif("lo").accept()] == "add rule inet t c iif lo accept";
    both_interfaces IPV4 |b| [b.input.rule().iif("lo").oif("lo").drop()] == "add rule ip t c iif lo oif lo drop";
    names_of_interfaces INET |b| [b.input.rule().iifname("eth*").oifname("eth0").drop()]
        == "add rule inet t c iifname eth* oifname eth0 drop";
    marks INET |b| [b.input.rule().mark(42).accept()] == "add rule inet t c meta mark 42 accept";
    states_of_connections INET |b| [b.input.rule().ct_state(CtState::ESTABLISHED | CtState::RELATED).counter().accept()]
        == "add rule inet t c ct state established,related counter accept";
    rules_in_their_order INET |b| [
        b.input.rule().tcp().dport(1).accept(),
        b.input.rule().tcp().dport(2).accept(),
        b.input.rule().tcp().dport(3).drop(),
    ] == "add rule inet t c tcp dport 1 accept; add rule inet t c tcp dport 2 accept; add rule inet t c tcp dport 3 drop";
    several_ports INET |b| [b.input.rule().tcp().dport([22, 443, 80]).accept()]
        == "add rule inet t c tcp dport { 22, 443, 80 } accept";
    a_range_of_ports INET |b| [b.input.rule().udp().sport(1024..=65535).accept()]
        == "add rule inet t c udp sport 1024-65535 accept";
    a_source_port INET |b| [b.input.rule().udp().sport(53).accept()] == "add rule inet t c udp sport 53 accept";
    an_address INET |b| [b.input.rule().ip().saddr(ip("10.0.0.1")).drop()]
        == "add rule inet t c ip saddr 10.0.0.1 drop";
    several_addresses IPV4 |b| [b.input.rule().ip().saddr([ip("10.0.0.1"), ip("10.0.0.2")]).drop()]
        == "add rule ip t c ip saddr { 10.0.0.1, 10.0.0.2 } drop";
    both_addresses INET |b| [b.input.rule().ip().saddr(ip("10.0.0.1")).ip().daddr(ip("10.0.0.2")).drop()]
        == "add rule inet t c ip saddr 10.0.0.1 ip daddr 10.0.0.2 drop";
    prefixes INET |b| [
        b.input.rule().ip().saddr("10.0.0.0/8".parse::<ipnet::Ipv4Net>().expect("a prefix")).drop(),
        b.input.rule().ip().saddr("10.128.0.0/9".parse::<ipnet::Ipv4Net>().expect("a prefix")).drop(),
        b.input.rule().ip6().saddr("fd00::/64".parse::<ipnet::Ipv6Net>().expect("a prefix")).drop(),
        b.input.rule().ip6().daddr("fd00:8000::/17".parse::<ipnet::Ipv6Net>().expect("a prefix")).drop(),
    ] == "add rule inet t c ip saddr 10.0.0.0/8 drop; add rule inet t c ip saddr 10.128.0.0/9 drop; \
          add rule inet t c ip6 saddr fd00::/64 drop; add rule inet t c ip6 daddr fd00:8000::/17 drop";
    an_ipv6_address IPV6 |b| [b.input.rule().ip6().saddr(ip6("fd00::1")).accept()]
        == "add rule ip6 t c ip6 saddr fd00::1 accept";
    a_set INET |b| [
        Set::of::<Ipv4Addr>(&b.table, "s"),
        Set::of::<Ipv4Addr>(&b.table, "s").elements().key(&ip("10.0.0.1")).key(&ip("10.0.0.2")),
        b.input.rule().ip().saddr_in(&Set::of::<Ipv4Addr>(&b.table, "s")).accept(),
    ] == "add set inet t s { type ipv4_addr; }; add element inet t s { 10.0.0.1, 10.0.0.2 }; \
          add rule inet t c ip saddr @s accept";
    destinations_in_a_set INET |b| [
        Set::of::<Ipv6Addr>(&b.table, "s"),
        b.input.rule().ip6().daddr_in(&Set::of::<Ipv6Addr>(&b.table, "s")).drop(),
    ] == "add set inet t s { type ipv6_addr; }; add rule inet t c ip6 daddr @s drop";
    another_source INET |b| [b.other.rule().snat_to(ip("192.0.2.1")), b.other.rule().snat_to(ip6("fd00::1"))]
        == "add rule inet t other snat ip to 192.0.2.1; add rule inet t other snat ip6 to fd00::1";
    a_chain_that_is_called_later INET |b| [b.table.chain("late").filter(Hook::Forward, Priority::FILTER.later(5))]
        == "add chain inet t late { type filter hook forward priority filter + 5; }";
    a_set_of_intervals INET |b| [
        Set::intervals::<Ipv4Addr>(&b.table, "s"),
        Set::of::<Ipv4Addr>(&b.table, "s").elements().network("10.0.0.0/8".parse().expect("a prefix")),
    ] == "add set inet t s { type ipv4_addr; flags interval; }; add element inet t s { 10.0.0.0/8 }";
    a_set_with_a_size_and_a_comment INET |b| [Set::of::<u16>(&b.table, "s").size(100).comment("a set")]
        == "add set inet t s { type inet_service; size 100; comment \"a set\"; }";
    a_set_whose_elements_go INET |b| [Set::of::<u16>(&b.table, "s").timeout(3_600_000)]
        == "add set inet t s { type inet_service; flags timeout; timeout 1h; }";
    a_concatenation INET |b| [
        Set::of::<(Ipv4Addr, u16)>(&b.table, "s"),
        Set::of::<(Ipv4Addr, u16)>(&b.table, "s").elements().key(&(ip("10.0.0.1"), 22)),
    ] == "add set inet t s { type ipv4_addr . inet_service; }; add element inet t s { 10.0.0.1 . 22 }";
    intervals_of_concatenations INET |b| [
        Set::intervals::<(Ipv4Addr, u16)>(&b.table, "s"),
        Set::of::<(Ipv4Addr, u16)>(&b.table, "s").elements()
            .range(&(ip("10.0.0.0"), 22), &(ip("10.255.255.255"), 80)),
    ] == "add set inet t s { type ipv4_addr . inet_service; flags interval; }; \
          add element inet t s { 10.0.0.0/8 . 22-80 }";
    verdict_maps INET |b| [
        Set::verdicts::<u16>(&b.table, "m"),
        Set::verdicts::<u16>(&b.table, "m").elements()
            .verdict(&22, VerdictCode::ACCEPT).verdict(&80, Verdict::jump("other")),
    ] == "add map inet t m { type inet_service : verdict; }; \
          add element inet t m { 22 : accept, 80 : jump other }";
    maps INET |b| [
        Set::map::<u16, Ipv4Addr>(&b.table, "m"),
        Set::map::<u16, Ipv4Addr>(&b.table, "m").elements().pair(&22u16, &ip("10.0.0.1")),
    ] == "add map inet t m { type inet_service : ipv4_addr; }; add element inet t m { 22 : 10.0.0.1 }";
    counters INET |b| [
        NamedObject::counter(&b.table, "k", &Counter { packets: Some(3), bytes: Some(300), ..Counter::default() }),
        b.input.rule().counter_named("k"),
    ] == "add counter inet t k { packets 3 bytes 300; }; add rule inet t c counter name k";
    quotas INET |b| [
        NamedObject::quota(&b.table, "q", &Quota { bytes: Some(10 << 20), flags: Some(QuotaFlags::OVER), ..Quota::default() }),
        b.input.rule().quota_named("q").drop(),
    ] == "add quota inet t q { over 10 mbytes; }; add rule inet t c quota name q drop";
    limits INET |b| [b.input.rule().limit(Limit {
        rate: Some(10), unit: Some(60), burst: Some(5), limit_type: Some(LimitType::PACKETS), ..Limit::default()
    }).accept()] == "add rule inet t c limit rate 10/minute burst 5 packets accept";
    logs INET |b| [b.input.rule().log("in: ").accept()] == "add rule inet t c log prefix \"in: \" accept";
    jumps INET |b| [b.input.rule().jump("other"), b.input.rule().goto("other")]
        == "add rule inet t c jump other; add rule inet t c goto other";
    rejects_by_family INET |b| [b.input.rule().reject()] == "add rule inet t c reject";
    rejects_ipv4 IPV4 |b| [b.input.rule().reject()] == "add rule ip t c reject";
    rejects_ipv6 IPV6 |b| [b.input.rule().reject()] == "add rule ip6 t c reject";
    rejects_by_reset INET |b| [b.input.rule().reject_with_reset()] == "add rule inet t c reject with tcp reset";
    comments INET |b| [b.input.rule().udp().dport(53).accept().comment("dns")]
        == "add rule inet t c udp dport 53 accept comment \"dns\"";
}
