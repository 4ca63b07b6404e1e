//! A file of nftables' tests: chains, tables, sets, objects, rules, a line each.

use anyhow::{Context, Result, bail};
use nlink::nftables::Family;

/// What a file says.
#[derive(Debug, Default)]
pub struct Script {
    /// Chains: name and declaration.
    chains: Vec<(String, String)>,
    /// Tables: family, name and the chains that rules go into.
    pub tables: Vec<(Family, String, Vec<String>)>,
    /// What stands in each table before the rules; those that nft is to refuse are left out.
    things: Vec<Thing>,
    /// The rules, those too that nft is to refuse.
    pub rules: Vec<String>,
}

/// Something of a table that rules refer to.
#[derive(Debug)]
enum Thing {
    /// Set or map: name and declaration.
    Set { kind: &'static str, name: String, declared: String },
    /// Elements of a set or map.
    Elements { set: String, list: String },
    /// An object: its type, name and the rest.
    Object { kind: String, name: String, declared: String },
}

impl Script {
    /// Reads a file.
    pub fn read(text: &str) -> Result<Self> {
        let mut script = Self::default();
        for (at, line) in text.lines().enumerate() {
            script.line(line.trim()).with_context(|| format!("line {}: {line}", at + 1))?;
        }
        Ok(script)
    }

    fn line(&mut self, line: &str) -> Result<()> {
        let mut signs = line.chars();
        let sign = signs.next();
        let rest = signs.as_str();
        // An object's own declaration may have semicolons.
        let parts = if sign == Some('%') { rest.rsplit_once(';') } else { rest.split_once(';') };
        let (said, outcome) = parts.unwrap_or((rest, ""));
        let is_refused = outcome.starts_with("fail");
        match sign {
            None | Some('#' | '-') => {}
            Some(':') => self.chains.push((said.trim().into(), outcome.into())),
            Some('*') => {
                let [name, chains] = outcome.split(';').collect::<Vec<_>>()[..] else {
                    bail!("want a table and chains")
                };
                let chains = chains.split(',').map(|chain| chain.trim().to_owned()).collect();
                self.tables.push((family(said)?, name.into(), chains));
            }
            Some('!' | '?' | '%') if is_refused => {}
            Some('!') => self.things.push(set(said)?),
            Some('?') => {
                let (set, list) = said.split_once(' ').context("want a set and elements")?;
                let list = list.trim().trim_start_matches('{').trim_end_matches('}').into();
                self.things.push(Thing::Elements { set: set.into(), list });
            }
            Some('%') => self.things.push(object(said)?),
            Some(_) => {
                let (rule, _) = line.split_once(';').context("want a rule and what becomes of it")?;
                self.rules.push(rule.trim().into());
            }
        }
        Ok(())
    }

    /// The commands that make a table with all that rules refer to, the table and its chains first.
    pub fn commands(&self, family: Family, table: &str, chains: &[String]) -> Vec<String> {
        let mut commands = vec![format!("add table {family} {table}")];
        for name in chains {
            let declared = self.chains.iter().find(|(known, _)| known == name).map_or("", |(_, declared)| declared);
            commands.push(format!("add chain {family} {table} {name} {{ {declared}; }}"));
        }
        commands.extend(self.things.iter().map(|thing| thing.command(family, table)));
        commands
    }
}

impl Thing {
    fn command(&self, family: Family, table: &str) -> String {
        match self {
            Self::Set { kind, name, declared } => format!("add {kind} {family} {table} {name} {{ {declared}; }}"),
            Self::Elements { set, list } => format!("add element {family} {table} {set} {{ {list} }}"),
            Self::Object { kind, name, declared } => format!("add {kind} {family} {table} {name} {declared}"),
        }
    }
}

fn family(word: &str) -> Result<Family> {
    let all = [Family::IPV4, Family::IPV6, Family::INET, Family::ARP, Family::BRIDGE, Family::NETDEV];
    all.into_iter().find(|family| family.to_string() == word.trim()).with_context(|| format!("no family {word}"))
}

/// `set1 type ipv4_addr timeout 60s`: options begin with their words.
fn set(said: &str) -> Result<Thing> {
    let (name, declared) = said.split_once(' ').context("want a set and its type")?;
    let kind = if declared.contains(" : ") { "map" } else { "set" };
    let mut options = String::new();
    for word in declared.split_whitespace() {
        if ["timeout", "flags", "size", "auto-merge", "gc-interval", "policy"].contains(&word) && !options.is_empty() {
            options.push(';');
        }
        options = options + " " + word;
    }
    Ok(Thing::Set { kind, name: name.into(), declared: options })
}

/// `cnt1 type counter`, `ct1 type ct helper { … }`
fn object(said: &str) -> Result<Thing> {
    let (name, typed) = said.split_once(" type ").context("want an object and its type")?;
    let parts = if typed.starts_with("ct ") { 2 } else { 1 };
    let words: Vec<&str> = typed.split_whitespace().collect();
    let (kind, declared) = words.split_at_checked(parts).context("want a type")?;
    Ok(Thing::Object { kind: kind.join(" "), name: name.into(), declared: declared.join(" ") })
}
