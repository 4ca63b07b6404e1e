//! Transactions: all of it or nothing, errors at their items, generations, announcements.

use std::net::Ipv4Addr;

use anyhow::{Context, ensure};
use nlink::nftables::{Commits, Generation, Happening, Nftables, Rule, RulesetFilter, SetElements};
use nlink::prelude::*;
use nlink_tests::{Connection, Cx, Result, Test, tests};

pub const TESTS: &[Test] = tests![
    a_refused_rule_is_named_and_nothing_is_committed,
    a_transaction_for_another_generation_is_refused,
    a_commit_is_announced_as_one,
    many_elements_are_committed_and_listed_whole,
    a_rule_is_replaced_and_deleted_by_its_handle,
];

/// A table with a chain, committed.
async fn prepared(nft: &Connection<Nftables>) -> Result<Chain> {
    let chain = Table::inet("t").chain("c");
    let mut tx = nft.transaction();
    tx.add(Table::inet("t")).add(chain.clone());
    tx.await?.into_result()?;
    Ok(chain)
}

async fn a_refused_rule_is_named_and_nothing_is_committed(_: &Cx) -> Result {
    let nft = Connection::<Nftables>::open()?;
    let chain = prepared(&nft).await?;
    let mut tx = nft.transaction();
    tx.add(chain.rule().tcp().dport([22, 443]).accept());
    tx.add(chain.rule().jump("nowhere").comment("the second"));
    let done = tx.await?;
    let failures: Vec<(usize, String)> =
        done.failures().map(|failure| (failure.index(), failure.error().to_string())).collect();
    ensure!(failures.len() == 1 && failures[0].0 == 1, "{failures:?}");
    let said = &failures[0].1;
    ensure!(said.contains("rule inet t c \"the second\"") && said.contains("ENOENT"), "{said}");
    ensure!(done.succeeded() == 0);
    ensure!(nft.dump::<Rule>().await?.is_empty(), "the first rule was committed");
    Ok(())
}

async fn a_transaction_for_another_generation_is_refused(_: &Cx) -> Result {
    let nft = Connection::<Nftables>::open()?;
    let before = nft.get::<Generation>(()).await?.number.context("a generation has a number")?;
    let chain = prepared(&nft).await?;
    let after = nft.get::<Generation>(()).await?.number.context("a generation has a number")?;
    ensure!(after > before, "{before} {after}");
    let mut late = nft.transaction().generation(before);
    late.add(chain.rule().accept());
    ensure!(late.await.is_err());
    ensure!(nft.dump::<Rule>().await?.is_empty());
    let mut in_time = nft.transaction().generation(after);
    in_time.add(chain.rule().accept());
    in_time.await?.into_result()?;
    ensure!(nft.dump::<Rule>().await?.len() == 1);
    Ok(())
}

async fn a_commit_is_announced_as_one(_: &Cx) -> Result {
    let nft = Connection::<Nftables>::open()?;
    let mut events = nft.events::<Happening>().await?;
    let chain = prepared(&nft).await?;
    let mut tx = nft.transaction();
    tx.add(chain.rule().iif("lo").accept());
    tx.await?.into_result()?;
    let mut commits = Commits::default();
    let mut seen = Vec::new();
    while seen.len() < 2 {
        let Some(notice) = events.try_next().await? else { break };
        if let Notice::Event(happening) = notice {
            seen.extend(commits.take_in(happening));
        }
    }
    let kinds: Vec<usize> = seen.iter().map(|commit| commit.happenings.len()).collect();
    ensure!(kinds == [2, 1], "{seen:?}");
    ensure!(matches!(seen[1].happenings[0], Happening::Rule(Event::New(_))), "{seen:?}");
    ensure!(seen[1].generation.number > seen[0].generation.number);
    Ok(())
}

async fn many_elements_are_committed_and_listed_whole(_: &Cx) -> Result {
    let nft = Connection::<Nftables>::open()?;
    let set = Set::of::<Ipv4Addr>(&Table::inet("t"), "s");
    let mut tx = nft.transaction();
    tx.add(Table::inet("t")).add(set.clone());
    let elements =
        (0..10_000u32).fold(set.elements(), |elements, number| elements.key(&Ipv4Addr::from(0x0a00_0000 + number)));
    tx.add(elements);
    tx.await?.into_result()?;
    let listed = nft.dump::<SetElements>().filter(RulesetFilter::from(&set)).await?;
    ensure!(listed.len() == 1 && listed[0].elements.len() == 10_000, "{} lists", listed.len());
    Ok(())
}

async fn a_rule_is_replaced_and_deleted_by_its_handle(_: &Cx) -> Result {
    let nft = Connection::<Nftables>::open()?;
    let chain = prepared(&nft).await?;
    let mut tx = nft.transaction();
    tx.add(chain.rule().tcp().dport(1).accept()).add(chain.rule().tcp().dport(2).accept());
    tx.await?.into_result()?;
    let before = nft.dump::<Rule>().await?;
    let handle = before[0].handle.context("a rule has a handle")?;
    let mut tx = nft.transaction();
    tx.change(chain.rule().tcp().dport(9).drop().in_place_of(handle));
    tx.await?.into_result()?;
    let replaced = nft.dump::<Rule>().await?;
    let wanted = chain.rule().tcp().dport(9).drop();
    ensure!(replaced.len() == 2 && replaced[0].expressions == wanted.as_rule().expressions, "{replaced:?}");
    let mut tx = nft.transaction();
    tx.del(Rule::known(&chain, replaced[0].handle.context("a rule has a handle")?));
    tx.await?.into_result()?;
    let left = nft.dump::<Rule>().await?;
    ensure!(left.len() == 1 && left[0].handle == before[1].handle, "{left:?}");
    let mut tx = nft.transaction();
    tx.del(Rule::all_of(&chain));
    tx.await?.into_result()?;
    ensure!(nft.dump::<Rule>().await?.is_empty());
    Ok(())
}
