//! nftables: a firewall in one transaction, all of it or nothing, and an error that names the very rule.
//!
//! `cargo run --features nftables --example firewall`

use std::net::Ipv4Addr;

use nlink::nftables::Rule;
use nlink::prelude::*;

#[path = "support/own_namespace.rs"]
mod own_namespace;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    own_namespace::enter()?;
    own_namespace::runtime()?.block_on(protect())
}

async fn protect() -> Result<(), Box<dyn std::error::Error>> {
    let nft = Connection::<Nftables>::open()?;
    let table = Table::inet("fw");
    let input = table.chain("input").filter(Hook::Input, Priority::FILTER).policy(Policy::DROP);
    let allowed = Set::intervals::<Ipv4Addr>(&table, "allowed");

    let mut tx = nft.transaction();
    tx.add(table).add(input.clone()).add(allowed.clone());
    tx.add(allowed.elements().network("10.0.0.0/8".parse()?));
    tx.add(input.rule().ct_state(CtState::ESTABLISHED | CtState::RELATED).counter().accept());
    tx.add(input.rule().iif("lo").accept());
    tx.add(input.rule().ip().saddr_in(&allowed).tcp().dport([22, 443]).log("in: ").accept());
    if let Err(error) = tx.await.and_then(|done| done.into_result()) {
        println!("this kernel has no nftables: {error}");
        return Ok(());
    }
    println!("{} rules are in force", nft.dump::<Rule>().await?.len());

    let mut tx = nft.transaction();
    tx.add(input.rule().udp().dport(53).accept());
    tx.add(input.rule().jump("nowhere").comment("to a chain that is not there"));
    for failure in tx.await?.failures() {
        println!("item {}: {}", failure.index(), failure.error());
    }
    println!("{} rules are in force", nft.dump::<Rule>().await?.len());
    Ok(())
}
