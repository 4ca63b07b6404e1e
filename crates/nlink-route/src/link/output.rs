//! What `ip link` prints of a link, and what `ip address` prints of it above its addresses.

use nlink_core::Interface;
use nlink_core::show::{Color, Options, Show, Sink};
use nlink_core::wire::{FlagSet, LinkAddress, OpenEnum};

use super::{AfSpec, Link, LinkFlags, LinkInfo, LinkType, OperState, Xdp, XdpMode, statistics, vf_output};

/// Which command shows the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkView {
    /// `ip link`: all that the link has.
    Link,
    /// `ip address`: what stands above addresses; `link_layer` is false where `-4` or `-6` asks for one family only.
    Address {
        /// Whether the hardware address is shown.
        link_layer: bool,
    },
    /// `ip monitor`: as above addresses, without the length of its queue.
    Event,
}

impl Show for Link {
    fn show(&self, sink: &mut Sink<'_>) {
        self.show_as(LinkView::Link, sink);
    }
}

nlink_core::display_by_show!(Link);

impl Link {
    /// Shows the link as a command does, without the line break at the end.
    pub fn show_as(&self, view: LinkView, sink: &mut Sink<'_>) {
        if sink.options().brief {
            return self.show_brief(view, sink);
        }
        let details = sink.options().details;
        let whole = view == LinkView::Link;
        sink.put("ifindex", self.index(), format_args!("{}: ", self.index()));
        self.show_name(sink);
        self.show_flags(sink);
        self.show_first_line(view, sink);
        if details || view != (LinkView::Address { link_layer: false }) {
            self.show_addresses(sink);
        }
        self.show_namespaces(sink);
        if details {
            self.show_details(whole, sink);
        }
        if (whole || details)
            && let Some(alias) = &self.alias
        {
            sink.line();
            sink.put("ifalias", alias.as_str(), format_args!("    alias {alias}"));
        }
        if whole && sink.options().statistics > 0 {
            sink.line();
            self.show_statistics(sink);
        }
        if (whole || details) && !self.vfs.is_empty() && self.vf_count.is_some() {
            vf_output::show(&self.vfs, sink);
        }
        self.show_alt_names(sink);
    }

    /// Shows its counters alone, as `ip -s address` does after the addresses.
    pub fn show_statistics(&self, sink: &mut Sink<'_>) {
        statistics::show(self, sink.options().statistics, sink);
    }

    fn show_brief(&self, view: LinkView, sink: &mut Sink<'_>) {
        let name = self.name.unwrap_or_default();
        let label = format!("{name}{}", self.show_below(sink));
        sink.put_colored(Color::Interface, "ifname", &*name, format_args!("{label:<16} "));
        if let Some(state) = self.oper_state {
            sink.put_colored(state_color(state), "operstate", state.to_string(), format_args!("{state:<14} "));
        }
        if view == LinkView::Link {
            if let Some(address) = self.address {
                let address = address_text(&address, self.header.link_type);
                sink.put_colored(Color::Mac, "address", address.as_str(), format_args!("{address} "));
            }
            self.show_flags(sink);
        }
    }

    /// The link below: JSON has it before the name, text behind the name, which is what comes back.
    fn show_below(&self, sink: &mut Sink<'_>) -> String {
        let below = self.link.as_ref().and_then(Interface::index);
        let foreign = self.link_namespace.is_some();
        let suffix = match below {
            None => String::new(),
            Some(0) => "@NONE".into(),
            Some(index) if foreign => format!("@if{index}"),
            Some(index) => format!("@{}", sink.options().names.interface(index)),
        };
        match below {
            None => {}
            Some(0) => sink.null("link", format_args!("")),
            Some(index) if foreign => sink.json("link_index", index),
            Some(index) => sink.json("link", sink.options().names.interface(index)),
        }
        suffix
    }

    fn show_name(&self, sink: &mut Sink<'_>) {
        let name = self.name.map(|name| name.to_string());
        let shown = name.as_deref().unwrap_or("<nil>");
        let suffix = self.show_below(sink);
        let text = format!("{shown}{suffix}: ");
        match &name {
            Some(name) => sink.put_colored(Color::Interface, "ifname", name.as_str(), format_args!("{text}")),
            None => sink.null("ifname", format_args!("{text}")),
        }
    }

    fn show_flags(&self, sink: &mut Sink<'_>) {
        let flags = self.header.flags;
        let mut names: Vec<String> = Vec::new();
        if flags.contains(LinkFlags::UP) && !flags.contains(LinkFlags::RUNNING) {
            names.push("NO-CARRIER".into());
        }
        names.extend((flags - LinkFlags::RUNNING).names().map(ToOwned::to_owned));
        match flags.unnamed() {
            0 => {}
            bits => names.push(format!("{bits:x}")),
        }
        let below = self.link.as_ref().and_then(Interface::index).filter(|_| self.link_namespace.is_none());
        if below.is_some_and(|index| index != 0 && sink.options().names.down.contains(&index)) {
            names.push("M-DOWN".into());
        }
        sink.text(format_args!("<"));
        sink.array("flags", |sink| {
            for (position, name) in names.iter().enumerate() {
                let comma = if position == 0 { "" } else { "," };
                sink.element(name.as_str(), format_args!("{comma}{name}"));
            }
        });
        sink.text(format_args!("> "));
    }

    /// From the MTU to the end of the first line.
    fn show_first_line(&self, view: LinkView, sink: &mut Sink<'_>) {
        let names = &sink.options().names;
        if let Some(mtu) = self.mtu {
            sink.word("mtu", "mtu", mtu);
        }
        if let Some(xdp) = &self.xdp {
            show_xdp(xdp, sink);
        }
        if let Some(qdisc) = &self.qdisc {
            sink.word("qdisc", "qdisc", qdisc.as_str());
        }
        if let Some(master) = self.master.as_ref().and_then(Interface::index) {
            sink.word("master", "master", names.interface(master));
        }
        if let Some(state) = self.oper_state {
            show_state(state, sink);
        }
        if let Some(mode) = self.mode.filter(|_| view == LinkView::Link) {
            match mode.name() {
                Some(name) => sink.word("linkmode", "mode", name),
                None => sink.word("linkmode_index", "mode", mode.0),
            }
        }
        if let Some(group) = self.group {
            sink.word("group", "group", group_name(group, sink.options()));
        }
        if let Some(length) = self.tx_queue_length.filter(|length| *length != 0 && view != LinkView::Event) {
            sink.put("txqlen", length, format_args!("qlen {length}"));
        }
        if let Some(event) = self.event.filter(|event| event.0 != 0) {
            sink.put("event", event.to_string(), format_args!("event {event} "));
        }
    }

    fn show_addresses(&self, sink: &mut Sink<'_>) {
        let kind = self.header.link_type;
        sink.line();
        let name = match kind.name() {
            Some(name) if !sink.options().numeric => name.to_owned(),
            _ => format!("[{}]", kind.0),
        };
        sink.put("link_type", name.as_str(), format_args!("    link/{name} "));
        if let Some(address) = &self.address {
            let text = address_text(address, kind);
            sink.put_colored(Color::Mac, "address", text.as_str(), format_args!("{text}"));
        }
        if let Some(broadcast) = &self.broadcast {
            if self.header.flags.contains(LinkFlags::POINTOPOINT) {
                sink.put("link_pointtopoint", true, format_args!(" peer "));
            } else {
                sink.text(format_args!(" brd "));
            }
            let text = address_text(broadcast, kind);
            sink.put_colored(Color::Mac, "broadcast", text.as_str(), format_args!("{text}"));
        }
        if let Some(permanent) = self.permanent_address.filter(|permanent| Some(*permanent) != self.address) {
            let text = address_text(&permanent, kind);
            sink.text(format_args!(" permaddr "));
            sink.put_colored(Color::Mac, "permaddr", text.as_str(), format_args!("{text}"));
        }
    }

    fn show_namespaces(&self, sink: &mut Sink<'_>) {
        if let Some(id) = self.link_namespace {
            show_namespace("link_netnsid", "link-netns", id, sink);
        }
        if let Some(id) = self.new_namespace {
            show_namespace("new_netnsid", "new-netns", id, sink);
        }
        if let Some(index) = self.new_index {
            sink.put("new_ifindex", index, format_args!(" new-ifindex {index}"));
        }
        if self.proto_down == Some(true) {
            sink.put("proto_down", true, format_args!(" protodown on "));
        }
        if let Some(reasons) = self.proto_down_reason.as_ref().and_then(|reason| reason.value) {
            sink.text(format_args!(" protodown_reason <"));
            sink.array("proto_down_reason", |sink| {
                let bits = (0..u32::BITS).filter(|bit| reasons & (1 << bit) != 0);
                for (position, bit) in bits.enumerate() {
                    let comma = if position == 0 { "" } else { "," };
                    let name =
                        sink.options().names.of("protodown_reasons", bit).map_or_else(|| bit.to_string(), Into::into);
                    sink.element(name.as_str(), format_args!("{comma}{name}"));
                }
            });
            sink.text(format_args!("> "));
        }
    }

    /// What `-d` adds.
    fn show_details(&self, whole: bool, sink: &mut Sink<'_>) {
        let numbers = |sink: &mut Sink<'_>, list: &[(&str, &str, Option<u32>)]| {
            for (key, word, value) in list {
                if let Some(value) = value {
                    sink.word(key, word, *value);
                }
            }
        };
        if self.promiscuity.is_some() {
            sink.text(format_args!(" "));
        }
        numbers(
            sink,
            &[
                ("promiscuity", "promiscuity", self.promiscuity),
                ("allmulti", "allmulti", self.allmulti),
                ("min_mtu", "minmtu", self.min_mtu),
                ("max_mtu", "maxmtu", self.max_mtu),
            ],
        );
        if self.namespace_immutable == Some(true) {
            sink.put("netns-immutable", true, format_args!("netns-immutable "));
        }
        if let Some(info) = &self.info {
            sink.object("linkinfo", |sink| show_info(info, sink));
        }
        if whole
            && let Some(AfSpec::Families(families)) = &self.families
            && let Some(mode) = families.inet6.as_ref().and_then(|inet6| inet6.address_generation)
        {
            let name = mode.name().map_or_else(|| format!("{:#04x}", mode.0), Into::into);
            sink.word("inet6_addr_gen_mode", "addrgenmode", name);
        }
        numbers(
            sink,
            &[
                ("num_tx_queues", "numtxqueues", self.tx_queues),
                ("num_rx_queues", "numrxqueues", self.rx_queues),
                ("gso_max_size", "gso_max_size", self.gso_max_size),
                ("gso_max_segs", "gso_max_segs", self.gso_max_segs),
                ("tso_max_size", "tso_max_size", self.tso_max_size),
                ("tso_max_segs", "tso_max_segs", self.tso_max_segs),
                ("gro_max_size", "gro_max_size", self.gro_max_size),
                ("gso_ipv4_max_size", "gso_ipv4_max_size", self.gso_ipv4_max_size),
                ("gro_ipv4_max_size", "gro_ipv4_max_size", self.gro_ipv4_max_size),
            ],
        );
        let ids = [
            ("phys_port_id", "portid", &self.physical_port_id),
            ("phys_switch_id", "switchid", &self.physical_switch_id),
        ];
        if let Some(name) = &self.physical_port_name {
            sink.word("phys_port_name", "portname", name.as_str());
        }
        for (key, word, id) in ids {
            if let Some(id) = id {
                let hex: String = id.0.iter().map(|byte| format!("{byte:02x}")).collect();
                sink.word(key, word, hex);
            }
        }
        for (key, word, text) in
            [("parentbus", "parentbus", &self.parent_bus), ("parentdev", "parentdev", &self.parent_device)]
        {
            if let Some(text) = text {
                sink.word(key, word, text.as_str());
            }
        }
    }

    fn show_alt_names(&self, sink: &mut Sink<'_>) {
        if self.alt_names.is_empty() {
            return;
        }
        sink.array("altnames", |sink| {
            for name in &self.alt_names {
                sink.line();
                sink.element(name.as_str(), format_args!("    altname {name}"));
            }
        });
    }
}

fn state_color(state: OperState) -> Color {
    match state {
        OperState::UP => Color::Up,
        OperState::DOWN => Color::Down,
        _ => Color::Plain,
    }
}

fn show_state(state: OperState, sink: &mut Sink<'_>) {
    match state.name() {
        Some(name) => {
            sink.text(format_args!("state "));
            sink.put_colored(state_color(state), "operstate", name, format_args!("{name} "));
        }
        None => sink.put("operstate_index", state.0, format_args!("state {:#x}", state.0)),
    }
}

/// A namespace: in JSON by its number, in text by its name where it has one.
fn show_namespace(key: &str, word: &str, id: i32, sink: &mut Sink<'_>) {
    match sink.options().names.namespaces.get(&id) {
        Some(name) => sink.put(key, id, format_args!(" {word} {name}")),
        None if id < 0 => sink.put(key, id, format_args!(" {word}id unknown")),
        None => sink.put(key, id, format_args!(" {word}id {id}")),
    }
}

/// The name of a group, or its number, as text.
pub(super) fn group_name(group: u32, options: &Options) -> String {
    match options.names.of("group", group) {
        Some(name) if !options.numeric => name.to_owned(),
        _ if group == 0 && !options.numeric => "default".into(),
        _ => group.to_string(),
    }
}

/// Tunnels have IP addresses for hardware addresses.
fn address_text(address: &LinkAddress, kind: LinkType) -> String {
    let bytes = address.as_bytes();
    match kind {
        LinkType::TUNNEL | LinkType::SIT | LinkType::IPGRE => <[u8; 4]>::try_from(bytes)
            .map_or_else(|_| address.to_string(), |v4| std::net::Ipv4Addr::from(v4).to_string()),
        LinkType::TUNNEL6 | LinkType::IP6GRE => <[u8; 16]>::try_from(bytes)
            .map_or_else(|_| address.to_string(), |v6| std::net::Ipv6Addr::from(v6).to_string()),
        _ => address.to_string(),
    }
}

fn show_info(info: &LinkInfo, sink: &mut Sink<'_>) {
    if let Some(kind) = &info.kind {
        sink.line();
        sink.put("info_kind", kind.name(), format_args!("    {} ", kind.name()));
        if kind.has_output() {
            sink.object("info_data", |sink| kind.show(sink));
        }
    }
    if let Some(slave) = &info.slave {
        sink.line();
        sink.put("info_slave_kind", slave.name(), format_args!("    {}_slave ", slave.name()));
        if slave.has_output() {
            sink.object("info_slave_data", |sink| slave.show(sink));
        }
    }
}

/// `prog/xdp id 3` and its like; names and tags of programs are bpf(2)'s, not netlink's.
fn show_xdp(xdp: &Xdp, sink: &mut Sink<'_>) {
    let Some(mode) = xdp.mode.filter(|mode| *mode != XdpMode::NONE) else { return };
    let programs = [
        (XdpMode::GENERIC, xdp.generic_program),
        (XdpMode::DRIVER, xdp.driver_program),
        (XdpMode::HARDWARE, xdp.hardware_program),
    ];
    let program = |sink: &mut Sink<'_>, id: u32| sink.object("prog", |sink| sink.json("id", id));
    if sink.is_json() {
        sink.object("xdp", |sink| {
            sink.json("mode", mode.0);
            if let Some(id) = xdp.program {
                program(sink, id);
            }
            sink.array("attached", |sink| {
                for (mode, id) in programs.into_iter().filter_map(|(mode, id)| Some((mode, id?))) {
                    sink.item(|sink| {
                        sink.json("mode", mode.0);
                        program(sink, id);
                    });
                }
            });
        });
        return;
    }
    match (mode, xdp.program) {
        (XdpMode::MULTI, _) => sink.text(format_args!("xdpmulti ")),
        (mode, Some(id)) => sink.text(format_args!("{mode}/id:{id} ")),
        (mode, None) => sink.text(format_args!("{mode} ")),
    }
}
