//! Setters of `RouteLookup`: rules of the kernel tell the packets apart, each into a table of its own.

use anyhow::ensure;
use nlink::prelude::*;
use nlink::route::{Lookup, RouteLookup, RouteTable};
use nlink_tests::{Connection, Cx, Result, Test, tests};

use super::read::{pair, rt};

pub const TESTS: &[Test] = tests![by_the_user, by_the_ports, the_entry_of_the_table];

/// `v0` with a route to 10.0.0.0/8, and another in table 77 for what the rule wants.
async fn told_apart(cx: &Cx, rule: &str) -> Result<Connection<Rtnetlink>> {
    let rt = rt()?;
    pair(cx, &rt).await?;
    rt.add(Address::new("192.0.2.1/24".parse()?).on("v0")).await?;
    rt.add(Route::new("10.0.0.0/8".parse()?).on("v0")).await?;
    rt.add(Route::new("10.0.0.0/8".parse()?).on("v0").table(77)).await?;
    let words: Vec<&str> = ["rule", "add"].into_iter().chain(rule.split(' ')).chain(["lookup", "77"]).collect();
    cx.ip(&words)?;
    Ok(rt)
}

fn packet() -> Result<RouteLookup> {
    Ok(RouteLookup::to("10.1.2.3".parse()?))
}

async fn same_table(rt: &Connection<Rtnetlink>, packet: RouteLookup, table: u32) -> Result {
    let route = rt.lookup(packet).await?;
    ensure!(route.table_id() == RouteTable(table), "{route}");
    Ok(())
}

/// Whether the user namespace has more users than the one who made it.
fn has_users() -> Result<bool> {
    let map = std::fs::read_to_string("/proc/self/uid_map")?;
    Ok(map.split_whitespace().last() != Some("1"))
}

async fn by_the_user(cx: &Cx) -> Result {
    cx.needs(has_users()?, "users", "the user namespace of an ordinary user has only one")?;
    let rt = told_apart(cx, "uidrange 1000-1000").await?;
    same_table(&rt, packet()?.uid(1000), 77).await?;
    same_table(&rt, packet()?.uid(1001), RouteTable::MAIN.0).await
}

async fn by_the_ports(cx: &Cx) -> Result {
    let rt = told_apart(cx, "ipproto tcp sport 40000 dport 80").await?;
    let tcp = u8::try_from(nix::libc::IPPROTO_TCP)?;
    same_table(&rt, packet()?.transport(tcp, Some(40000), Some(80)), 77).await?;
    same_table(&rt, packet()?.transport(tcp, Some(40000), Some(81)), RouteTable::MAIN.0).await?;
    same_table(&rt, packet()?.transport(tcp, None, Some(80)), RouteTable::MAIN.0).await
}

async fn the_entry_of_the_table(cx: &Cx) -> Result {
    let rt = told_apart(cx, "ipproto tcp dport 80").await?;
    let made = rt.lookup(packet()?).await?;
    ensure!(made.header.dst_len == 32, "{made}");
    let entry = rt.lookup(packet()?.fib_match()).await?;
    ensure!(entry.header.dst_len == 8, "{entry}");
    Ok(())
}
