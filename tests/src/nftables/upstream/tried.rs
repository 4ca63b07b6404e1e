//! The rules of a file, in each of its families: what nft sends, beside what is compiled here.

use anyhow::Result;
use nlink::nftables::Family;
use nlink::nftables::language::names;
use nlink::show::Names;

use super::script::Script;
use crate::nftables::beside::judge::{Outcome, judge};
use crate::nftables::beside::sent::Conversation;
use crate::nftables::recorder::{done, recorded};

/// A rule of a family, and how it went.
#[derive(Debug)]
pub struct Tried {
    pub family: Family,
    pub rule: String,
    pub outcome: Outcome,
}

/// Each rule in each table of the file, in the first of its chains: what it is made of hangs on the family alone.
pub fn tried(script: &Script) -> Result<Vec<Tried>> {
    let mut all = Vec::new();
    let mut names = Names { tables: names::tables(), ..Names::default() };
    names.interfaces.insert(1, "lo".into());
    for table in ["group", "rt_realms", "rt_marks"] {
        names.tables.insert(table, nlink::names::read(table));
    }
    let rules: Vec<&str> = script.rules.iter().map(String::as_str).collect();
    for (family, table, chains) in &script.tables {
        let mut conversation = Conversation::default();
        for command in script.commands(*family, table, chains) {
            let (output, messages) = done(&command)?;
            // What a kernel lacks is missed by the rules that refer to it, if any does.
            if output.code != 0 {
                println!("{family}: `{command}`: {}", output.stderr.lines().next().unwrap_or_default());
                continue;
            }
            for message in &messages {
                conversation.hear(message);
            }
        }
        let mut scope = conversation.scope();
        scope.names = names.clone();
        let chain = format!("{family} {table} {}", chains.first().map_or("", String::as_str));
        for (rule, sent) in rules.iter().zip(recorded(&chain, &rules)?) {
            let outcome = judge(*family, rule, &sent, &scope);
            all.push(Tried { family: *family, rule: (*rule).to_owned(), outcome });
        }
        done(&format!("delete table {family} {table}"))?.0.ok()?;
    }
    Ok(all)
}
