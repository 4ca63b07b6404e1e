//! Rules in nft's words beside the `nft` at hand: what is compiled here is what it sends, what it refuses is refused.

use anyhow::{Context, ensure};
use nlink::nftables::Family;
use nlink::nftables::language::Scope;
use nlink::nftables::language::compile::Compiled;
use nlink_tests::{Cx, Result};

use super::beside::judge::{Outcome, compiled, judge};
use super::beside::sent::{Conversation, Sent};
use super::recorder::{done, recorded};

/// What rules are compiled to in the chain `c` of a table `t` of that family: the same as nft sends for them. The table
/// has these things, each a command's words behind `add`, with `FAMILY` where the family stands.
pub fn taken(cx: &Cx, family: Family, things: &[&str], rules: &[&str]) -> Result<Vec<Compiled>> {
    let (scope, all) = sent(cx, family, things, rules)?;
    let one = |(words, sent): (&&str, Sent)| {
        ensure!(sent.rule.is_some(), "{family} {words}: refused");
        let outcome = judge(family, words, &sent, &scope);
        ensure!(outcome == Outcome::Same, "{family} {words}: {outcome:?}");
        compiled(family, words, &scope).map_err(anyhow::Error::msg)
    };
    rules.iter().zip(all).map(one).collect()
}

/// Makes sure that neither takes any of the rules.
pub fn refused(cx: &Cx, family: Family, things: &[&str], rules: &[&str]) -> Result {
    let (scope, all) = sent(cx, family, things, rules)?;
    for (words, sent) in rules.iter().zip(all) {
        ensure!(sent.rule.is_none(), "{family} {words}: nft takes it");
        ensure!(compiled(family, words, &scope).is_err(), "{family} {words}: taken");
    }
    Ok(())
}

fn sent(cx: &Cx, family: Family, things: &[&str], rules: &[&str]) -> Result<(Scope, Vec<Sent>)> {
    cx.needs_tool("nft")?;
    let mut conversation = Conversation::default();
    for thing in ["table FAMILY t", "chain FAMILY t c"].iter().chain(things) {
        let (output, messages) = done(&format!("add {}", thing.replace("FAMILY", &family.to_string())))?;
        output.ok().with_context(|| (*thing).to_owned())?;
        for message in &messages {
            conversation.hear(message);
        }
    }
    Ok((conversation.scope(), recorded(&format!("{family} t c"), rules)?))
}
