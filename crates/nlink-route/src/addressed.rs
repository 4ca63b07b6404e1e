//! Links with the addresses that they have: what `ip address` lists
//! ([ip-address(8)](https://man7.org/linux/man-pages/man8/ip-address.8.html)).
//!
//! ```no_run
//! use nlink_core::{Connection, Rtnetlink};
//! use nlink_route::address::AddressFilter;
//! use nlink_route::addressed;
//! # async fn example() -> nlink_core::Result<()> {
//! let rt = Connection::<Rtnetlink>::open()?;
//! for link in addressed::list(&rt, AddressFilter::default(), false).await? {
//!     println!("{link}");
//! }
//! # Ok(())
//! # }
//! ```

use std::collections::HashMap;

use nlink_core::driver::Driver;
use nlink_core::show::{Show, Sink};
use nlink_core::{Connection, Interface, Result, Rtnetlink};

use crate::Family;
use crate::address::{Address, AddressFilter, AddressLine, Master};
use crate::link::{Link, LinkFilter, LinkFlags, LinkView};

/// A link and its addresses, as far as a filter lets them through.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressedLink {
    /// The link.
    pub link: Link,
    /// Its addresses, in the kernel's order.
    pub addresses: Vec<Address>,
    /// Which family was asked for.
    pub family: Family,
    /// Whether the link stands above its addresses; not where the listing is one of labels.
    pub heading: bool,
}

/// Lists links with their addresses. Asked for one family, only links that have such addresses; counters only if
/// wanted.
pub async fn list<D: Driver>(
    rt: &Connection<Rtnetlink, D>,
    filter: AddressFilter,
    statistics: bool,
) -> Result<Vec<AddressedLink>> {
    let mut filter = filter;
    let family = filter.family;
    let mut links = rt.dump::<Link>().filter(links_of(&filter, statistics)).await?;
    links.retain(|link| !filter.link.down || !link.header.flags.contains(LinkFlags::UP));
    if filter.interface.is_some() {
        // The name was resolved for the links; what it resolved to serves the addresses as well.
        filter.interface = links.first().map(|link| Interface::Index(link.index()));
    }
    let addresses = match family {
        _ if links.is_empty() => Vec::new(),
        Family::PACKET => Vec::new(),
        family => rt.dump::<Address>().filter(AddressFilter { family, ..only_where(&filter) }).await?,
    };
    let mut of: HashMap<Option<u32>, Vec<Address>> = HashMap::new();
    for address in addresses {
        let index = address.interface.as_ref().and_then(Interface::index);
        of.entry(index).or_default().push(address);
    }
    let group = |link: Link| {
        let all = of.remove(&Some(link.index())).unwrap_or_default();
        let name = link.name.map(|name| name.to_string());
        let heading = filter.label.is_none();
        let link_layer = heading && matches!(family, Family::UNSPEC | Family::PACKET);
        let matches = |address: &Address| filter.matches_named(address, name.as_deref());
        let has_none = all.is_empty() && link_layer;
        let addresses: Vec<Address> = all.into_iter().filter(matches).collect();
        (has_none || !addresses.is_empty()).then_some(AddressedLink { link, addresses, family, heading })
    };
    Ok(links.into_iter().filter_map(group).collect())
}

/// All addresses of the interface and family, whatever else the filter asks: a link is left out for having none that
/// match, not for having none at all.
fn only_where(filter: &AddressFilter) -> AddressFilter {
    AddressFilter {
        interface: filter.interface.clone(),
        target_namespace: filter.target_namespace,
        ..AddressFilter::default()
    }
}

fn links_of(filter: &AddressFilter, statistics: bool) -> LinkFilter {
    let (kind, slave_kind) = match &filter.link.kind {
        Some(kind) => match kind.strip_suffix("_slave") {
            Some(master) => (None, Some(master.to_owned())),
            None => (Some(kind.clone()), None),
        },
        None => (None, None),
    };
    LinkFilter {
        family: if filter.family == Family::INET6 && filter.link.is_any() { Family::INET6 } else { Family::UNSPEC },
        interface: filter.interface.clone(),
        master: match &filter.link.master {
            Some(Master::Of(master) | Master::Vrf(master)) => Some(master.clone()),
            _ => None,
        },
        no_master: filter.link.master == Some(Master::None),
        kind,
        slave_kind,
        group: filter.link.group,
        up: filter.link.up,
        without_statistics: !statistics,
    }
}

impl Show for AddressedLink {
    fn show(&self, sink: &mut Sink<'_>) {
        let (brief, oneline) = (sink.options().brief, sink.options().oneline);
        let heading = self.heading && (brief || !oneline || self.family == Family::PACKET);
        if self.family == Family::PACKET && brief {
            return self.link.show_as(LinkView::Link, sink);
        }
        if heading {
            let link_layer = matches!(self.family, Family::UNSPEC | Family::PACKET);
            self.link.show_as(LinkView::Address { link_layer }, sink);
        }
        if self.family != Family::PACKET {
            sink.array("addr_info", |sink| {
                for (position, address) in self.addresses.iter().enumerate() {
                    if !brief && (heading || position > 0) {
                        sink.text(format_args!("\n"));
                    }
                    sink.item(|sink| AddressLine::new(address).show(sink));
                }
            });
        }
        if sink.options().statistics > 0 && !brief && !oneline {
            sink.text(format_args!("\n"));
            self.link.show_statistics(sink);
        }
    }
}

nlink_core::display_by_show!(AddressedLink);
