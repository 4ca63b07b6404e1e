//! The words after `nexthop` of `ip route add`: one of several ways.

use nlink_core::wire::Blob;
use nlink_core::words::{BadValue, Word, WordError, Words};

use super::keys::fits;
use super::words::Reader;
use super::{NextHop, NextHopFlags, Realms};

impl Reader {
    pub(super) fn nexthop(&mut self, words: &mut Words<'_>) -> Result<(), WordError> {
        let mut nexthop = NextHop::default();
        while let Some(word) = words.peek() {
            match word {
                "nexthop" => break,
                "via" => {
                    words.next();
                    let (gateway, via) = self.gateway(words)?;
                    nexthop.gateway = gateway.map(Into::into);
                    nexthop.via = via;
                }
                "dev" => {
                    words.next();
                    words.fill("dev", &mut nexthop.interface)?;
                }
                "weight" => {
                    words.next();
                    let bad = || BadValue::new("a weight from 1 to 256", "10");
                    let weight = words.styled("weight", |word| {
                        u16::parse_word(word).ok().filter(|weight| (1..=256).contains(weight)).ok_or_else(bad)
                    })?;
                    nexthop = nexthop.weight(weight);
                }
                "onlink" => {
                    words.next();
                    nexthop.header.flags |= NextHopFlags::ONLINK;
                }
                "as" => {
                    words.next();
                    words.take(&["to"]);
                    nexthop.newdst = Some(Blob(self.labels_or_host(words)?));
                }
                "encap" => {
                    return Err(WordError::refused("encap is read and kept, but cannot be given as words yet"));
                }
                word if fits(word, "realms") => {
                    words.next();
                    words.fill::<Realms>("realms", &mut nexthop.realms)?;
                }
                word => {
                    let known = ["nexthop", "via", "dev", "weight", "onlink", "realms", "as"];
                    return Err(WordError::unknown(word, known).of("nexthop"));
                }
            }
        }
        if nexthop == NextHop::default() {
            return Err(WordError::missing("nexthop", "a gateway or a device"));
        }
        self.route.nexthops.push(nexthop);
        Ok(())
    }
}
