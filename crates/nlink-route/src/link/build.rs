//! Setters that chain, for links to be made or changed.

use nlink_core::Interface;
use nlink_core::netns::NamespaceFd;
use nlink_core::wire::{IfName, LinkAddress};

use super::{Link, LinkFlags, LinkKind, SlaveKind};

impl Link {
    /// A link to be made under `name`. A name that the kernel would not take is kept for the error that sending gives.
    ///
    /// ```
    /// use nlink_route::link::{Link, kinds::Dummy};
    /// let link = Link::new("d0").kind(Dummy::default());
    /// assert_eq!(link.name.unwrap(), "d0");
    /// ```
    pub fn new(name: &str) -> Self {
        Link::default().rename(name)
    }

    /// A link that exists, by name, index or another [`Link`].
    pub fn named(interface: impl Into<Interface>) -> Self {
        Link { interface: Some(interface.into()), ..Link::default() }
    }

    /// Its name; of a link that exists, its new name. One over 15 bytes is an error, naming it, when the link is sent.
    pub fn rename(mut self, name: &str) -> Self {
        self.name = Some(IfName::unchecked(name));
        self
    }

    /// Its kind, with options.
    pub fn kind(mut self, kind: impl Into<LinkKind>) -> Self {
        self.info.get_or_insert_default().kind = Some(kind.into());
        self
    }

    /// Options it has as a slave of its master.
    pub fn slave_options(mut self, options: impl Into<SlaveKind>) -> Self {
        self.info.get_or_insert_default().slave = Some(options.into());
        self
    }

    /// Sets it up.
    pub fn up(self) -> Self {
        self.flag(LinkFlags::UP, true)
    }

    /// Takes it down.
    pub fn down(self) -> Self {
        self.flag(LinkFlags::UP, false)
    }

    /// Switches flags on or off.
    pub fn flag(mut self, flags: LinkFlags, on: bool) -> Self {
        self.header.flags.set(flags, on);
        self.header.change |= flags;
        self
    }

    /// Largest packet, bytes.
    pub fn mtu(mut self, bytes: u32) -> Self {
        self.mtu = Some(bytes);
        self
    }

    /// Its hardware address.
    pub fn address(mut self, address: impl Into<LinkAddress>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// The hardware address of all.
    pub fn broadcast(mut self, address: impl Into<LinkAddress>) -> Self {
        self.broadcast = Some(address.into());
        self
    }

    /// Enslaves it.
    pub fn master(mut self, master: impl Into<Interface>) -> Self {
        self.master = Some(master.into());
        self
    }

    /// Frees it from its master.
    pub fn no_master(self) -> Self {
        self.master(0)
    }

    /// The link below it.
    pub fn over(mut self, link: impl Into<Interface>) -> Self {
        self.link = Some(link.into());
        self
    }

    /// The group it belongs to.
    pub fn group(mut self, group: u32) -> Self {
        self.group = Some(group);
        self
    }

    /// Text for people; empty takes it away.
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.alias = Some(alias.into());
        self
    }

    /// Packets that its queue holds.
    pub fn tx_queue_length(mut self, packets: u32) -> Self {
        self.tx_queue_length = Some(packets);
        self
    }

    /// Transmit and receive queues; only when it is made.
    pub fn queues(mut self, tx: u32, rx: u32) -> Self {
        self.tx_queues = Some(tx);
        self.rx_queues = Some(rx);
        self
    }

    /// The namespace it shall be made in or move to; the descriptor is held until then.
    pub fn in_namespace(mut self, namespace: impl Into<NamespaceFd>) -> Self {
        self.namespace = Some(namespace.into());
        self
    }

    /// The index it shall get.
    pub fn with_index(mut self, index: u32) -> Self {
        self.interface = Some(Interface::Index(index));
        self
    }
}

/// What a listed link is.
impl Link {
    /// Its index; 0 for one that was not listed.
    pub fn index(&self) -> u32 {
        self.interface.as_ref().and_then(Interface::index).unwrap_or_default()
    }

    /// Whether the administrator set it up.
    pub fn is_up(&self) -> bool {
        self.header.flags.contains(LinkFlags::UP)
    }

    /// Its kind, where it has one.
    pub fn link_kind(&self) -> Option<&LinkKind> {
        self.info.as_ref()?.kind.as_ref()
    }
}
