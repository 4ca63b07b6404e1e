//! Rules in nft's words beside the `nft` at hand: what is compiled here is what it sends, what it refuses is refused.

use anyhow::{Context, ensure};
use nlink::nftables::Family;
use nlink::nftables::language::compile::Compiled;
use nlink::nftables::language::tree::{RuleBlock, Statement};
use nlink::nftables::language::{Scope, decode};
use nlink_tests::{Cx, Result};

use super::beside::judge::{Outcome, compiled, judge};
use super::beside::sent::{Conversation, Sent, Sets};
use super::recorder::{done, recorded};

/// Rules that are listed otherwise once they were listed: a set of one network that is left needs no set.
const OTHERWISE: [&str; 1] = ["ip saddr { 10.0.0.0/8, 10.1.0.0/16 }"];

/// What rules are compiled to in the chain `c` of a table `t` of that family: the same as nft sends for them. The table
/// has these things, each a command's words behind `add`, with `FAMILY` where the family stands.
pub fn taken(cx: &Cx, family: Family, things: &[&str], rules: &[&str]) -> Result<Vec<Compiled>> {
    let (scope, named, all) = sent(cx, family, things, rules)?;
    let one = |(words, sent): (&&str, Sent)| {
        ensure!(sent.rule.is_some(), "{family} {words}: refused");
        let outcome = judge(family, words, &sent, &scope);
        ensure!(outcome == Outcome::Same, "{family} {words}: {outcome:?}");
        let ours = compiled(family, words, &scope).map_err(anyhow::Error::msg)?;
        if !OTHERWISE.contains(words) {
            stays(family, &ours, &scope, &named).with_context(|| format!("{family} {words}"))?;
        }
        Ok(ours)
    };
    rules.iter().zip(all).map(one).collect()
}

/// Makes sure that what is listed of a rule is taken again, and then listed the same.
fn stays(family: Family, rule: &Compiled, scope: &Scope, named: &Sets) -> Result {
    let listed = |rule: &Compiled| -> Result<String> {
        let sets = [rule.sets.as_slice(), named].concat();
        let statements = decode::rule(family.into(), &rule.expressions, &sets);
        let is_raw = statements.iter().any(|one| matches!(one, Statement::Raw(_)));
        let listed = RuleBlock { statements, ..RuleBlock::default() }.to_string();
        ensure!(!is_raw, "not understood: {listed}");
        Ok(listed)
    };
    let first = listed(rule)?;
    let again = compiled(family, &first, scope).map_err(anyhow::Error::msg).with_context(|| first.clone())?;
    let second = listed(&again)?;
    ensure!(first == second, "{first}\n{second}");
    Ok(())
}

/// Makes sure that neither takes any of the rules.
pub fn refused(cx: &Cx, family: Family, things: &[&str], rules: &[&str]) -> Result {
    let (scope, _, all) = sent(cx, family, things, rules)?;
    for (words, sent) in rules.iter().zip(all) {
        ensure!(sent.rule.is_none(), "{family} {words}: nft takes it");
        ensure!(compiled(family, words, &scope).is_err(), "{family} {words}: taken");
    }
    Ok(())
}

fn sent(cx: &Cx, family: Family, things: &[&str], rules: &[&str]) -> Result<(Scope, Sets, Vec<Sent>)> {
    cx.needs_tool("nft")?;
    let mut conversation = Conversation::default();
    for thing in ["table FAMILY t", "chain FAMILY t c"].iter().chain(things) {
        let (output, messages) = done(&format!("add {}", thing.replace("FAMILY", &family.to_string())))?;
        output.ok().with_context(|| (*thing).to_owned())?;
        for message in &messages {
            conversation.hear(message);
        }
    }
    Ok((conversation.scope(), conversation.named, recorded(&format!("{family} t c"), rules)?))
}
