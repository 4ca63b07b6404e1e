//! An address's lines and its JSON object, as `ip address` and `ip monitor address` print them.

use nlink_core::Interface;
use nlink_core::show::{Format, Options, Show, Sink};
use nlink_core::wire::{FlagSet, OpenEnum};

use super::{Address, AddressFlags, Lifetimes};
use crate::Family;
use crate::route::{Host, HostSink, interface_name, names};

/// An address as a listing prints it: below its interface, or with the interface before it.
#[derive(Clone, Copy, Debug)]
pub struct AddressLine<'a> {
    address: &'a Address,
    named: bool,
    deleted: bool,
}

impl<'a> AddressLine<'a> {
    /// Below its interface; with `-o` the interface stands before it all the same.
    pub fn new(address: &'a Address) -> Self {
        Self { address, named: false, deleted: false }
    }

    /// With the interface before it, as a monitor prints it.
    pub fn named(self) -> Self {
        Self { named: true, ..self }
    }

    /// As gone: `Deleted …`.
    pub fn deleted(self) -> Self {
        Self { deleted: true, ..self }
    }

    fn place(&self, sink: &mut Sink<'_>) {
        if self.deleted {
            sink.flag("deleted", "Deleted");
        }
        if sink.options().brief {
            return;
        }
        if self.named || sink.options().oneline {
            let index = self.address.interface.as_ref().and_then(Interface::index).unwrap_or_default();
            let interface = self.address.interface.clone().unwrap_or(Interface::Index(0));
            let name = interface_name(sink, &interface);
            sink.put("index", index, format_args!("{index}: "));
            sink.put("dev", name.as_str(), format_args!("{name}"));
        }
        let family = self.address.header.family;
        match family.name() {
            Some(name) if family != Family::UNSPEC => sink.put("family", name, format_args!("    {name} ")),
            _ => sink.put("family_index", family.0, format_args!("    family {} ", family.0)),
        }
    }

    fn hosts(&self, sink: &mut Sink<'_>) {
        let (address, header) = (self.address, &self.address.header);
        let family = header.family;
        if let Some(own) = address.own() {
            let own = own.in_family(family);
            sink.put_colored_host(family, "local", &own, format_args!("{own}"));
            if let Some(other) = address.other() {
                let other = other.in_family(family);
                sink.text(format_args!(" peer "));
                sink.put_colored_host(family, "address", &other, format_args!("{other}"));
            }
            sink.put("prefixlen", header.prefix_len, format_args!("/{} ", header.prefix_len));
            if let Some(metric) = address.metric {
                sink.word("metric", "metric", metric);
            }
        }
        if sink.options().brief {
            return;
        }
        let mut host = |key: &str, word: &str, host: Option<Host>| {
            if let Some(host) = host {
                sink.text(format_args!("{word} "));
                sink.put_host(family, key, &host.in_family(family));
            }
        };
        host("broadcast", "brd", address.broadcast);
        host("anycast", "any", address.anycast);
        host("multicast", "mcast", address.multicast);
    }

    fn flags(&self, sink: &mut Sink<'_>) {
        let flags = self.address.all_flags();
        for (flag, name) in AddressFlags::NAMES {
            match *flag {
                AddressFlags::PERMANENT if !flags.contains(*flag) => sink.flag("dynamic", "dynamic"),
                AddressFlags::PERMANENT => {}
                AddressFlags::SECONDARY if flags.contains(*flag) && self.address.header.family == Family::INET6 => {
                    sink.flag("temporary", "temporary");
                }
                flag if flags.contains(flag) => sink.flag(name, name),
                _ => {}
            }
        }
        let unnamed = flags.unnamed();
        if unnamed != 0 {
            sink.put("ifa_flags", format!("{unnamed:02x}"), format_args!("flags {unnamed:02x} "));
        }
    }

    fn lifetimes(&self, sink: &mut Sink<'_>, lifetimes: &Lifetimes) {
        let text = |seconds: u32| match seconds {
            Lifetimes::FOREVER => "forever".to_owned(),
            seconds => format!("{seconds}sec"),
        };
        sink.line();
        sink.put("valid_life_time", lifetimes.valid, format_args!("       valid_lft {}", text(lifetimes.valid)));
        let preferred = lifetimes.preferred;
        if self.address.all_flags().contains(AddressFlags::DEPRECATED) && preferred != Lifetimes::FOREVER {
            // what is past its time is counted below zero
            let since = preferred.cast_signed();
            sink.put("preferred_life_time", since, format_args!(" preferred_lft {since}sec"));
        } else {
            sink.put("preferred_life_time", preferred, format_args!(" preferred_lft {}", text(preferred)));
        }
    }
}

impl Show for AddressLine<'_> {
    fn show(&self, sink: &mut Sink<'_>) {
        self.place(sink);
        self.hosts(sink);
        if sink.options().brief {
            return;
        }
        let address = self.address;
        let scope = address.header.scope;
        let scope = names::shown(sink.options(), names::SCOPES, scope.0.into(), scope.name());
        sink.put("scope", scope.as_str(), format_args!("scope {scope} "));
        self.flags(sink);
        if let Some(protocol) = address.protocol.filter(|protocol| protocol.0 != 0 || sink.is_json()) {
            let options = sink.options();
            let name = options.names.of(names::ADDRESS_PROTOCOLS, protocol.0.into()).or(protocol.name());
            let name = name.filter(|_| !options.numeric);
            let number = || if protocol.0 == 0 { "0".to_owned() } else { format!("{:#x}", protocol.0) };
            let name = name.map_or_else(number, ToOwned::to_owned);
            sink.put("protocol", name.as_str(), format_args!("proto {name} "));
        }
        if let Some(label) = &address.label {
            sink.put("label", label.as_str(), format_args!("{label}"));
        }
        if let Some(lifetimes) = &address.lifetimes {
            self.lifetimes(sink, lifetimes);
        }
    }
}

/// The lines below the interface.
impl Show for Address {
    fn show(&self, sink: &mut Sink<'_>) {
        AddressLine::new(self).show(sink);
    }
}

/// The lines, without the space before them.
impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(Sink::render(self, Format::Text, &Options::default()).trim())
    }
}

#[cfg(test)]
mod tests {
    use nlink_core::wire::Message;

    use super::*;
    use crate::route::fixture::{rows, shown};

    #[test]
    #[cfg(target_endian = "little")] // as the captures are
    fn addresses_are_printed_as_the_reference_prints_them() {
        let (names, rows) = rows(include_str!("captures.tsv"));
        for row in rows {
            let mut address = Address::decode(&row.body).unwrap();
            // iproute2 6.1 did not know it yet
            address.protocol = None;
            let options = |oneline| Options { oneline, names: names.clone(), ..Options::default() };
            let [text, oneline, json] = row.texts;
            assert_eq!(shown(&address, Format::Text, options(false)), text);
            assert_eq!(shown(&address, Format::Text, options(true)), oneline);
            assert_eq!(shown(&address, Format::Json, options(false)), json);
        }
    }

    #[test]
    fn a_monitor_names_the_interface() {
        let address = Address::new("192.0.2.1/24".parse().unwrap()).on(3).metric(7).flags(AddressFlags::PERMANENT);
        let line = AddressLine::new(&address).named().deleted();
        let text = shown(&line, Format::Text, Options::default());
        assert_eq!(text, "Deleted 3: if3    inet 192.0.2.1/24 metric 7 scope global ");
        let json = shown(&line, Format::Json, Options::default());
        assert_eq!(
            json,
            r#"{"deleted":true,"index":3,"dev":"if3","family":"inet","local":"192.0.2.1","prefixlen":24,"metric":7,"scope":"global"}"#
        );
        let brief = Options { brief: true, ..Options::default() };
        assert_eq!(shown(&address, Format::Text, brief), "192.0.2.1/24 metric 7 ");
    }

    #[test]
    fn who_made_it_stands_before_the_label() {
        let address = Address::new("127.0.0.1/8".parse().unwrap()).protocol(super::super::AddressProtocol::KERNEL_LO);
        assert_eq!(address.label("lo").to_string(), "inet 127.0.0.1/8 scope host dynamic proto kernel_lo lo");
    }
}
