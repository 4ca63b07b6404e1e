//! The table of `docs/coverage.md`: a row for each file, then what is not supported, and what differs.

use std::collections::BTreeMap;
use std::fmt;

use super::tried::Tried;
use crate::nftables::beside::judge::Outcome;

/// How the rules of all files went.
#[derive(Debug, Default)]
pub struct Table {
    files: Vec<(String, Vec<Tried>)>,
}

/// How many rules went how.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    same: usize,
    refused: usize,
    unsupported: usize,
    differs: usize,
}

impl Table {
    /// Enters a file.
    pub fn enter(&mut self, name: String, tried: Vec<Tried>) {
        self.files.push((name, tried));
    }

    /// How many rules there are, each counted in each of its families.
    pub fn rules(&self) -> usize {
        self.all().count()
    }

    /// How many are compiled otherwise than nft does it.
    pub fn differences(&self) -> usize {
        self.counts(self.all()).differs
    }

    fn all(&self) -> impl Iterator<Item = &Tried> {
        self.files.iter().flat_map(|(_, tried)| tried)
    }

    fn counts<'t>(&self, tried: impl IntoIterator<Item = &'t Tried>) -> Counts {
        let mut counts = Counts::default();
        for one in tried {
            *match one.outcome {
                Outcome::Same => &mut counts.same,
                Outcome::Refused => &mut counts.refused,
                Outcome::Unsupported(_) => &mut counts.unsupported,
                Outcome::Differs(_) => &mut counts.differs,
            } += 1;
        }
        counts
    }

    /// What is not supported, and how many rules want it.
    fn missing<'t>(&self, tried: impl IntoIterator<Item = &'t Tried>) -> Vec<(&'t str, usize)> {
        let mut missing: BTreeMap<&str, usize> = BTreeMap::new();
        for one in tried {
            if let Outcome::Unsupported(what) = &one.outcome {
                *missing.entry(what).or_default() += 1;
            }
        }
        let mut missing: Vec<_> = missing.into_iter().collect();
        missing.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        missing
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| file | rules | same | refused by both | not supported | differ | what is not supported |")?;
        writeln!(f, "|---|---:|---:|---:|---:|---:|---|")?;
        let row = |f: &mut fmt::Formatter<'_>, name: &str, counts: Counts, missing: &str| {
            let Counts { same, refused, unsupported, differs } = counts;
            let rules = same + refused + unsupported + differs;
            writeln!(f, "| {name} | {rules} | {same} | {refused} | {unsupported} | {differs} | {missing} |")
        };
        for (name, tried) in &self.files {
            let missing: Vec<_> = self.missing(tried).into_iter().map(|(what, _)| format!("`{what}`")).collect();
            row(f, name, self.counts(tried), &missing.join(", "))?;
        }
        row(f, "all", self.counts(self.all()), "")?;
        writeln!(f, "\n| not supported | rules |\n|---|---:|")?;
        for (what, count) in self.missing(self.all()) {
            writeln!(f, "| `{what}` | {count} |")?;
        }
        for (name, tried) in &self.files {
            for one in tried {
                if let Outcome::Differs(how) = &one.outcome {
                    writeln!(f, "\n{name} {}: {}: {how}", one.family, one.rule)?;
                }
            }
        }
        Ok(())
    }
}
