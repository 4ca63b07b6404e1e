//! Hosts and the wires between them.

use std::process::{Command, Output};

use nlink_core::object::Protocol;
use nlink_core::wire::WireCause;
use nlink_core::{Connection, Error, Namespace, Result, Rtnetlink};
use nlink_route::address::{Address, AddressFlags};
use nlink_route::link::Link;
use nlink_route::link::kinds::{Bridge, Veth};

/// A test's own piece of the world: a network namespace, and in it as many hosts as it likes.
#[derive(Clone, Debug)]
pub struct Lab {
    rt: Connection<Rtnetlink>,
}

/// A host: a network namespace with a name (`ip netns exec NAME`), in which `lo` is up.
#[derive(Clone, Debug)]
pub struct Host {
    name: String,
    namespace: Namespace,
    rt: Connection<Rtnetlink>,
}

/// A host's end of a wire: an interface, which is up.
#[derive(Clone, Debug)]
pub struct Port {
    host: Host,
    interface: String,
}

impl Lab {
    /// The one that the calling thread is in.
    pub(crate) fn here() -> Result<Self> {
        Ok(Self { rt: Connection::open()? })
    }

    /// A connection in the namespace of the test itself.
    pub fn rt(&self) -> &Connection<Rtnetlink> {
        &self.rt
    }

    /// The host of that name; it is made when it is first asked for.
    pub async fn host(&self, name: &str) -> Result<Host> {
        let (namespace, fresh) = match Namespace::named(name) {
            Err(error) if error.is_not_found() => (Namespace::create(name)?, true),
            found => (found?, false),
        };
        let host = Host { name: name.to_owned(), rt: namespace.connect()?, namespace };
        if fresh {
            host.rt.change(Link::named("lo").up()).await?;
        }
        Ok(host)
    }

    /// A wire between two hosts. Each one's interface is called as the host it leads to.
    pub async fn veth(&self, left: &str, right: &str) -> Result<(Port, Port)> {
        let ends = (self.host(left).await?, self.host(right).await?);
        let peer = Veth::peer(left).in_namespace(&ends.1.namespace);
        ends.0.rt.add(Link::new(right).kind(peer).up()).await?;
        ends.1.rt.change(Link::named(left).up()).await?;
        let port = |host, interface: &str| Port { host, interface: interface.to_owned() };
        Ok((port(ends.0, right), port(ends.1, left)))
    }

    /// A switch with a wire to each of the hosts: a host of that name with the bridge `br0`. The hosts' ports, in order.
    pub async fn switch(&self, name: &str, hosts: &[&str]) -> Result<Vec<Port>> {
        let switch = self.host(name).await?;
        match switch.rt.add(Link::new("br0").kind(Bridge::default()).up()).await {
            Err(error) if error.is_exists() => {}
            made => made?,
        }
        let mut ports = Vec::with_capacity(hosts.len());
        for host in hosts {
            let (port, on_switch) = self.veth(host, name).await?;
            switch.rt.change(Link::named(on_switch.interface()).master("br0")).await?;
            ports.push(port);
        }
        Ok(ports)
    }
}

impl Host {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its namespace: to open sockets in it ([`run`](Namespace::run)), to start programs ([`spawn`](Namespace::spawn)).
    pub fn namespace(&self) -> &Namespace {
        &self.namespace
    }

    /// A connection inside.
    pub fn rt(&self) -> &Connection<Rtnetlink> {
        &self.rt
    }

    /// A connection of another protocol inside.
    pub fn connect<P: Protocol + Default>(&self) -> Result<Connection<P>> {
        self.namespace.connect()
    }

    /// Runs a program inside to its end.
    pub fn output(&self, command: &mut Command) -> Result<std::io::Result<Output>> {
        self.namespace.run(|| command.output())
    }
}

impl Port {
    /// Whose it is.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// What the interface is called there.
    pub fn interface(&self) -> &str {
        &self.interface
    }

    /// Gives it an address with the length of its network: `10.0.0.1/24`. Usable at once: of an IPv6 address nobody asks
    /// first whether it is taken.
    pub async fn address(&self, prefix: &str) -> Result<()> {
        let wrong = |_| {
            let cause = WireCause::Invalid("not an address with the length of its network, as 10.0.0.1/24 is");
            Error::invalid(format!("add address {prefix}"), cause.into())
        };
        let prefix = prefix.parse().map_err(wrong)?;
        self.host.rt.add(Address::new(prefix).on(self.interface()).flags(AddressFlags::NODAD)).await
    }
}
