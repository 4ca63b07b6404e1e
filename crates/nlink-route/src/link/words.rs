//! The words of `ip link add`, `set`, `del` and `show`
//! ([ip-link(8)](https://man7.org/linux/man-pages/man8/ip-link.8.html)).
//!
//! Options of a kind are the kind's own and follow `type KIND`; everything before is here. A namespace is opened when
//! its word is read, as its name means something only where the command is given.

use nlink_core::Interface;
use nlink_core::netns::{Namespace, NamespaceFd};
use nlink_core::wire::{IfName, LinkAddress};
use nlink_core::words::{BadValue, FromWords, OnOff, Params, Style, WordEntry, WordError, Words};

use super::{
    AddressGeneration, AfSpec, AltNames, Link, LinkFilter, LinkFlags, LinkKind, LinkMode, OperState, ProtoDownReason,
    SlaveKind, Xdp,
};
use crate::names;

/// Flags that `ip link` switches by `WORD on` and `WORD off`, and which state of the flag `on` is.
const SWITCHES: &[(&str, LinkFlags, bool)] = &[
    ("arp", LinkFlags::NOARP, false),
    ("dynamic", LinkFlags::DYNAMIC, true),
    ("multicast", LinkFlags::MULTICAST, true),
    ("allmulticast", LinkFlags::ALLMULTI, true),
    ("promisc", LinkFlags::PROMISC, true),
    ("trailers", LinkFlags::NOTRAILERS, false),
];

impl Params for Link {
    const USAGE: &'static [WordEntry] = &[
        WordEntry::flag("up"),
        WordEntry::flag("down"),
        WordEntry::value("name", "NAME"),
        WordEntry::value("link", "DEVICE"),
        WordEntry::value("index", "NUMBER"),
        WordEntry::value("address", "LLADDR"),
        WordEntry::value("lladdr", "LLADDR"),
        WordEntry::value("broadcast", "LLADDR"),
        WordEntry::value("brd", "LLADDR"),
        WordEntry::value("peer", "LLADDR"),
        WordEntry::value("txqueuelen", "PACKETS"),
        WordEntry::value("qlen", "PACKETS"),
        WordEntry::value("txqlen", "PACKETS"),
        WordEntry::value("mtu", "BYTES"),
        WordEntry::value("netns", "{ NAME | PID }"),
        WordEntry::value("alias", "STRING"),
        WordEntry::value("group", "GROUP"),
        WordEntry::value("master", "DEVICE"),
        WordEntry::value("vrf", "DEVICE"),
        WordEntry::flag("nomaster"),
        WordEntry::flag("novrf"),
        WordEntry::value("numtxqueues", "NUMBER"),
        WordEntry::value("numrxqueues", "NUMBER"),
        WordEntry::value("gso_max_size", "BYTES"),
        WordEntry::value("gso_max_segs", "NUMBER"),
        WordEntry::value("gro_max_size", "BYTES"),
        WordEntry::value("gso_ipv4_max_size", "BYTES"),
        WordEntry::value("gro_ipv4_max_size", "BYTES"),
        WordEntry::value("arp", "{ on | off }"),
        WordEntry::value("dynamic", "{ on | off }"),
        WordEntry::value("multicast", "{ on | off }"),
        WordEntry::value("allmulticast", "{ on | off }"),
        WordEntry::value("promisc", "{ on | off }"),
        WordEntry::value("trailers", "{ on | off }"),
        WordEntry::value("carrier", "{ on | off }"),
        WordEntry::value("protodown", "{ on | off }"),
        WordEntry::value("protodown_reason", "REASON { on | off }"),
        WordEntry::value("mode", "{ default | dormant }"),
        WordEntry::value("state", "STATE"),
        WordEntry::value("addrgenmode", "{ eui64 | none | stable_secret | random }"),
        WordEntry::value("link-netnsid", "NUMBER"),
        WordEntry::value("parentdev", "NAME"),
        WordEntry::value("xdp", "off"),
        WordEntry::value("type", "KIND"),
    ];

    fn accept(&mut self, word: &str, words: &mut Words<'_>) -> Result<bool, WordError> {
        if let Some((word, flag, on_sets)) = SWITCHES.iter().find(|(name, ..)| *name == word) {
            let on = words.styled(word, OnOff::parse)?;
            self.set_flag(word, *flag, on == *on_sets)?;
            return Ok(true);
        }
        match word {
            "up" => self.set_flag(word, LinkFlags::UP, true)?,
            "down" => self.set_flag(word, LinkFlags::UP, false)?,
            "name" => words.fill::<IfName>(word, &mut self.name)?,
            "link" => words.fill(word, &mut self.link)?,
            "address" | "lladdr" => words.fill::<LinkAddress>(word, &mut self.address)?,
            "broadcast" | "brd" | "peer" => words.fill::<LinkAddress>(word, &mut self.broadcast)?,
            "txqueuelen" | "qlen" | "txqlen" => words.fill(word, &mut self.tx_queue_length)?,
            "mtu" => words.fill(word, &mut self.mtu)?,
            "netns" => {
                let namespace = words.styled(word, namespace)?;
                words.once(word, &mut self.namespace, namespace)?;
            }
            "alias" => words.fill(word, &mut self.alias)?,
            "group" => {
                let group = words.styled(word, group)?;
                words.once(word, &mut self.group, group)?;
            }
            "master" | "vrf" => words.fill(word, &mut self.master)?,
            "nomaster" | "novrf" => words.once(word, &mut self.master, Interface::Index(0))?,
            "numtxqueues" => words.fill(word, &mut self.tx_queues)?,
            "numrxqueues" => words.fill(word, &mut self.rx_queues)?,
            "gso_max_size" => words.fill(word, &mut self.gso_max_size)?,
            "gso_max_segs" => words.fill(word, &mut self.gso_max_segs)?,
            "gro_max_size" => words.fill(word, &mut self.gro_max_size)?,
            "gso_ipv4_max_size" => words.fill(word, &mut self.gso_ipv4_max_size)?,
            "gro_ipv4_max_size" => words.fill(word, &mut self.gro_ipv4_max_size)?,
            "carrier" => {
                let on = words.styled(word, OnOff::parse)?;
                words.once(word, &mut self.carrier, on)?;
            }
            "protodown" => {
                let on = words.styled(word, OnOff::parse)?;
                words.once(word, &mut self.proto_down, on)?;
            }
            "protodown_reason" => self.accept_reason(words)?,
            "mode" => {
                let mode = words.styled(word, link_mode)?;
                words.once(word, &mut self.mode, mode)?;
            }
            "state" => {
                let state = words.styled(word, |word| word.to_ascii_uppercase().parse::<OperState>())?;
                words.once(word, &mut self.oper_state, state)?;
            }
            "addrgenmode" => {
                let mode = words.styled(word, |word| word.parse::<AddressGeneration>())?;
                self.generate_addresses(mode);
            }
            "link-netnsid" => words.fill(word, &mut self.link_namespace)?,
            "parentdev" => words.fill(word, &mut self.parent_device)?,
            "xdp" | "xdpgeneric" | "xdpdrv" | "xdpoffload" => {
                let off = words.value(word, "off")?;
                if off != "off" && off != "none" {
                    return Err(WordError::refused(
                        "xdp: programs are loaded by bpf tools, here they are only switched off; write: xdp off",
                    ));
                }
                words.once(word, &mut self.xdp, Box::new(Xdp { fd: Some(-1), ..Xdp::default() }))?;
            }
            "type" => self.accept_kind(words)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn write_params(&self, params: &mut Vec<String>) {
        let mut put = |word: &str, value: Option<String>| {
            if let Some(value) = value {
                params.extend([word.to_owned(), value]);
            }
        };
        put("name", self.name.map(|name| name.to_string()));
        put("link", self.link.as_ref().map(ToString::to_string));
        put("address", self.address.map(|address| address.to_string()));
        put("broadcast", self.broadcast.map(|address| address.to_string()));
        put("txqueuelen", self.tx_queue_length.map(|length| length.to_string()));
        put("mtu", self.mtu.map(|mtu| mtu.to_string()));
        put("alias", self.alias.clone());
        put("group", self.group.map(|group| group.to_string()));
        let master = self.master.as_ref().filter(|master| master.index() != Some(0));
        put("master", master.map(ToString::to_string));
        for (word, number) in [
            ("numtxqueues", self.tx_queues),
            ("numrxqueues", self.rx_queues),
            ("gso_max_size", self.gso_max_size),
            ("gso_max_segs", self.gso_max_segs),
            ("gro_max_size", self.gro_max_size),
            ("gso_ipv4_max_size", self.gso_ipv4_max_size),
            ("gro_ipv4_max_size", self.gro_ipv4_max_size),
        ] {
            put(word, number.map(|number| number.to_string()));
        }
        for (word, flag, on_sets) in SWITCHES {
            let set = self.header.change.contains(*flag).then(|| self.header.flags.contains(*flag));
            put(word, set.map(|set| OnOff::word(&(set == *on_sets))));
        }
        put("carrier", self.carrier.map(|on| OnOff::word(&on)));
        put("protodown", self.proto_down.map(|on| OnOff::word(&on)));
        put("mode", self.mode.map(|mode| mode.to_string().to_lowercase()));
        put("state", self.oper_state.map(|state| state.to_string()));
        if let Some(AfSpec::Families(families)) = &self.families {
            let mode = families.inet6.as_ref().and_then(|inet6| inet6.address_generation);
            put("addrgenmode", mode.map(|mode| mode.to_string()));
        }
        put("link-netnsid", self.link_namespace.map(|id| id.to_string()));
        put("parentdev", self.parent_device.clone());
        put("xdp", self.xdp.as_ref().filter(|xdp| xdp.fd == Some(-1)).map(|_| "off".into()));
        if let Some(ProtoDownReason { mask: Some(mask), value }) = self.proto_down_reason {
            for bit in (0..u32::BITS).filter(|bit| mask & 1 << bit != 0) {
                let on = value.unwrap_or_default() & 1 << bit != 0;
                params.extend(["protodown_reason".to_owned(), bit.to_string(), OnOff::word(&on)]);
            }
        }
        if self.master.as_ref().is_some_and(|master| master.index() == Some(0)) {
            params.push("nomaster".into());
        }
        if self.header.change.contains(LinkFlags::UP) {
            params.push(if self.is_up() { "up" } else { "down" }.into());
        }
        let info = self.info.as_ref();
        if let Some(kind) = info.and_then(|info| info.kind.as_ref()) {
            params.extend(["type".into(), kind.name().into()]);
            params.extend(kind.to_params());
        } else if let Some(slave) = info.and_then(|info| info.slave.as_ref()) {
            params.extend(["type".into(), format!("{}_slave", slave.name())]);
            params.extend(slave.to_params());
        }
    }
}

impl Link {
    fn set_flag(&mut self, word: &str, flag: LinkFlags, on: bool) -> Result<(), WordError> {
        if self.header.change.contains(flag) {
            return Err(WordError::twice(word));
        }
        self.header.flags.set(flag, on);
        self.header.change |= flag;
        Ok(())
    }

    fn generate_addresses(&mut self, mode: AddressGeneration) {
        let mut families = match self.families.take() {
            Some(AfSpec::Families(families)) => families,
            _ => Box::default(),
        };
        families.inet6.get_or_insert_default().address_generation = Some(mode);
        self.families = Some(AfSpec::Families(families));
    }

    fn accept_reason(&mut self, words: &mut Words<'_>) -> Result<(), WordError> {
        let bit = words.styled("protodown_reason", |word| {
            let bit = names::number("protodown_reasons", word).filter(|bit| *bit < u32::BITS);
            bit.ok_or_else(|| BadValue::new("a reason, or a number from 0 to 31", "0"))
        })?;
        let on = words.styled("protodown_reason", OnOff::parse)?;
        let reason = self.proto_down_reason.get_or_insert_default();
        let ProtoDownReason { mask, value } = reason;
        *mask = Some(mask.unwrap_or_default() | 1 << bit);
        *value = Some(value.unwrap_or_default() & !(1 << bit) | u32::from(on) << bit);
        Ok(())
    }

    /// `type KIND`, then the kind's own words to the end.
    fn accept_kind(&mut self, words: &mut Words<'_>) -> Result<(), WordError> {
        let name = words.value("type", "KIND")?;
        let info = self.info.get_or_insert_default();
        if info.kind.is_some() || info.slave.is_some() {
            return Err(WordError::twice("type"));
        }
        let unknown = |word: &str, usage: &'static [WordEntry]| {
            WordError::unknown(word, usage.iter().flat_map(WordEntry::words)).of(name)
        };
        if let Some(master) = name.strip_suffix("_slave") {
            let mut slave = SlaveKind::named(master);
            while let Some(word) = words.next() {
                if !slave.accept(word, words).map_err(|error| error.of(name))? {
                    return Err(unknown(word, slave.usage()));
                }
            }
            slave.complete().map_err(|error| error.of(name))?;
            info.slave = Some(slave);
            return Ok(());
        }
        let mut kind = LinkKind::named(name);
        while let Some(word) = words.next() {
            if !kind.accept(word, words).map_err(|error| error.of(name))? {
                return Err(unknown(word, kind.usage()));
            }
        }
        kind.complete().map_err(|error| error.of(name))?;
        info.kind = Some(kind);
        Ok(())
    }
}

fn namespace(word: &str) -> Result<NamespaceFd, BadValue> {
    let opened = match word.parse() {
        Ok(pid) if Namespace::named(word).is_err() => Namespace::of_pid(pid),
        _ => Namespace::named(word),
    };
    opened.map(Into::into).map_err(|_| BadValue::new("a network namespace here, by name or by process", "blue"))
}

fn group(word: &str) -> Result<u32, BadValue> {
    names::number("group", word).ok_or_else(|| BadValue::new("a group's name or number", "default"))
}

fn link_mode(word: &str) -> Result<LinkMode, BadValue> {
    word.to_ascii_uppercase().parse()
}

/// The words of `ip link add`: options in any order, the name with or without `dev` or `name`, then `type KIND …`.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkWords(pub Link);

impl FromWords for LinkWords {
    fn from_words(words: &mut Words<'_>) -> Result<Self, WordError> {
        let mut link = Link::default();
        let mut name = None;
        while let Some(word) = words.next() {
            match word {
                "dev" | "name" => words.fill::<IfName>(word, &mut name)?,
                "index" => {
                    let index: u32 = words.parse(word)?;
                    words.once(word, &mut link.interface, Interface::Index(index))?;
                }
                _ if link.accept(word, words).map_err(|error| error.of("link"))? => {}
                _ if name.is_none() => {
                    name = Some(word.parse().map_err(|_| {
                        WordError::bad("name", word, BadValue::new("an interface name of 1 to 15 bytes", "eth0"))
                    })?);
                }
                _ => return Err(WordError::unknown(word, Link::USAGE.iter().flat_map(WordEntry::words)).of("link")),
            }
        }
        link.name = name.or(link.name);
        if link.link_kind().is_none() {
            return Err(WordError::incomplete("\"type KIND\"").of("link"));
        }
        Ok(LinkWords(link))
    }
}

/// The words of `ip link set`: which link (or which group), then what shall change.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkChange(pub Link);

impl FromWords for LinkChange {
    fn from_words(words: &mut Words<'_>) -> Result<Self, WordError> {
        let mut link = Link::default();
        while let Some(word) = words.next() {
            match word {
                "dev" => words.fill(word, &mut link.interface)?,
                _ if link.accept(word, words).map_err(|error| error.of("link"))? => {}
                _ if link.interface.is_none() => link.interface = Some(word.into()),
                _ => return Err(WordError::unknown(word, Link::USAGE.iter().flat_map(WordEntry::words)).of("link")),
            }
        }
        if link.interface.is_none() && link.group.is_none() {
            return Err(WordError::incomplete("the device").of("link"));
        }
        Ok(LinkChange(link))
    }
}

/// The words of `ip link show`.
const FILTERS: [&str; 8] = ["dev", "up", "master", "vrf", "nomaster", "novrf", "group", "type"];

impl FromWords for LinkFilter {
    fn from_words(words: &mut Words<'_>) -> Result<Self, WordError> {
        let mut filter = LinkFilter::default();
        while let Some(word) = words.next() {
            match word {
                "up" => filter.up = true,
                "nomaster" | "novrf" => filter.no_master = true,
                "master" | "vrf" => words.fill(word, &mut filter.master)?,
                "group" => {
                    let group = words.styled(word, group)?;
                    words.once(word, &mut filter.group, group)?;
                }
                "type" => {
                    let kind: String = words.parse(word)?;
                    match kind.strip_suffix("_slave") {
                        Some(master) => words.once(word, &mut filter.slave_kind, master.to_owned())?,
                        None => words.once(word, &mut filter.kind, kind)?,
                    }
                }
                "dev" => words.fill(word, &mut filter.interface)?,
                _ if filter.interface.is_none() => filter.interface = Some(word.into()),
                _ => return Err(WordError::unknown(word, FILTERS.iter().copied()).of("links")),
            }
        }
        Ok(filter)
    }
}

impl FromWords for AltNames {
    fn from_words(words: &mut Words<'_>) -> Result<Self, WordError> {
        let mut names = AltNames::default();
        while let Some(word) = words.next() {
            match word {
                "dev" => words.fill(word, &mut names.interface)?,
                "altname" => names.names.push(words.parse(word)?),
                _ if names.interface.is_none() => names.interface = Some(word.into()),
                _ => return Err(WordError::unknown(word, ["dev", "altname"]).of("alternative name")),
            }
        }
        if names.interface.is_none() {
            return Err(WordError::incomplete("the device").of("alternative name"));
        }
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::words;

    #[test]
    fn words_both_ways() {
        words!(Link: "name a link b address 02:00:00:00:00:01 broadcast ff:ff:ff:ff:ff:ff txqueuelen 9 mtu 1400 group 7");
        words!(Link: "master br0 numtxqueues 2 numrxqueues 3 gso_max_size 9 arp off promisc on carrier on down type dummy");
        words!(Link: "protodown on mode dormant state UP addrgenmode none link-netnsid 3 parentdev 0000:00:1f.6 xdp off");
        words!(Link: "protodown_reason 3 on protodown_reason 5 off nomaster up type bridge_slave cost 5");
    }

    #[test]
    fn of_one_reason_the_last_word_counts() {
        let link = Link::parse_params(&["protodown_reason", "3", "on", "protodown_reason", "3", "off"]).unwrap();
        assert_eq!(link.proto_down_reason, Some(ProtoDownReason { mask: Some(8), value: Some(0) }));
    }
}
