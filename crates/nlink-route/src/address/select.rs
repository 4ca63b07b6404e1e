//! The selectors of `ip address show | list | flush | save`
//! ([ip-address(8)](https://man7.org/linux/man-pages/man8/ip-address.8.html)).

use nlink_core::words::{BadValue, FromWords, Word, WordError, Words};

use super::words::{flag, protocol};
use super::{AddressFilter, AddressFlags, Master};
use crate::Family;
use crate::route::{Prefix, scope};

const SUBJECT: &str = "addresses";

/// Flags as selectors name them: `dynamic` and `primary` are the opposites of `permanent` and `secondary`, a dash is
/// the opposite of what follows.
fn flags(word: &str) -> Option<(AddressFlags, bool)> {
    let (word, set) = match word.strip_prefix('-') {
        Some(word) => (word, false),
        None => (word, true),
    };
    match word {
        "dynamic" => Some((AddressFlags::PERMANENT, !set)),
        "primary" => Some((AddressFlags::SECONDARY, !set)),
        word => flag(word).map(|flag| (flag, set)),
    }
}

impl AddressFilter {
    /// Reads the selectors of `ip address show`, in a family where one is known (`-4`, `-6`).
    pub fn from_words_in(words: &mut Words<'_>, family: Family) -> Result<Self, WordError> {
        let mut filter = AddressFilter::default().family(family);
        while let Some(word) = words.next() {
            filter.word(word, words).map_err(|error| error.of(SUBJECT))?;
        }
        Ok(filter)
    }

    fn word(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), WordError> {
        match word {
            "to" => {
                let family = self.family;
                let prefix = words.styled("to", |word| Prefix::parse(word, family))?;
                if self.family == Family::UNSPEC {
                    self.family = prefix.family();
                }
                self.to = Some(prefix);
            }
            "scope" => {
                let all = words.take(&["all"]);
                self.scope = if all { None } else { Some(words.styled("scope", scope)?) };
            }
            "up" => self.link.up = true,
            "down" => self.link.down = true,
            "label" => words.fill("label", &mut self.label)?,
            "group" => {
                let bad = || BadValue::new("a group of interfaces, by name or number", "default");
                let group = words.styled("group", |word| crate::names::number("group", word).ok_or_else(bad))?;
                self.link.group = Some(group);
            }
            "master" => self.link.master = Some(Master::Of(words.parse("master")?)),
            "vrf" => self.link.master = Some(Master::Vrf(words.parse("vrf")?)),
            "nomaster" => self.link.master = Some(Master::None),
            "type" => words.fill("type", &mut self.link.kind)?,
            "proto" => self.protocol = Some(words.styled("proto", protocol)?),
            "novf" => self.link.no_vf = true,
            word => {
                if let Some((flag, set)) = flags(word) {
                    *self = std::mem::take(self).flags(flag, set);
                    return Ok(());
                }
                let name = if word == "dev" { words.value("dev", "a device")? } else { word };
                let interface = Word::parse_word(name).map_err(|error| WordError::bad("dev", name, error))?;
                words.once("dev", &mut self.interface, interface)?;
            }
        }
        Ok(())
    }
}

/// The selectors of `ip address show`.
impl FromWords for AddressFilter {
    fn from_words(words: &mut Words<'_>) -> Result<Self, WordError> {
        Self::from_words_in(words, Family::UNSPEC)
    }
}
