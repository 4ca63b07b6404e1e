//! What happens to links, addresses, routes and namespace ids, in one subscription: `ip monitor`
//! ([ip-monitor(8)](https://man7.org/linux/man-pages/man8/ip-monitor.8.html)).
//!
//! ```no_run
//! use nlink_core::{Connection, Rtnetlink};
//! use nlink_route::monitor::{MonitorWords, Happening};
//! # async fn example() -> nlink_core::Result<()> {
//! let rt = Connection::<Rtnetlink>::open()?;
//! let mut events = MonitorWords::default().groups().fold(rt.events::<Happening>(), |all, group| all.group(group)).await?;
//! while let Some(notice) = events.try_next().await? {
//!     println!("{notice:?}");
//! }
//! # Ok(())
//! # }
//! ```

use std::path::PathBuf;

use nlink_core::object::{Event, EventMessage, Events};
use nlink_core::show::{Show, Sink};
use nlink_core::wire::{Attributes, Frames, WireError};
use nlink_core::words::{FromWords, WordError, Words};
use nlink_core::{Interface, Rtnetlink};

use crate::Family;
use crate::address::{Address, AddressLine};
use crate::link::{Link, LinkView};
use crate::nsid::NamespaceNumber;
use crate::route::{Route, RouteLine};

/// Something happened to one of the objects.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// To a link.
    Link(Box<Event<Link>>),
    /// To an address.
    Address(Box<Event<Address>>),
    /// To a route.
    Route(Box<Event<Route>>),
    /// To the id of a namespace.
    NamespaceNumber(Box<Event<NamespaceNumber>>),
}

/// An object that can be monitored.
struct Monitored {
    /// The words that name it.
    words: &'static [&'static str],
    /// What stands before its events.
    label: &'static str,
    groups: &'static [u32],
}

const LINK: Monitored = Monitored { words: &["link"], label: "[LINK]", groups: <Link as Events>::GROUPS };
const ADDRESS: Monitored = Monitored { words: &["address"], label: "[ADDR]", groups: <Address as Events>::GROUPS };
const ROUTE: Monitored = Monitored { words: &["route"], label: "[ROUTE]", groups: <Route as Events>::GROUPS };
const NSID: Monitored = Monitored { words: &["nsid"], label: "[NSID]", groups: <NamespaceNumber as Events>::GROUPS };

const ALL: [Monitored; 4] = [LINK, ADDRESS, ROUTE, NSID];

/// Which groups are listened to is for [`MonitorWords::groups`] to say.
impl Events for Happening {
    type Protocol = Rtnetlink;
    type Item = Happening;
    const GROUPS: &'static [u32] = &[];

    fn read(message: &EventMessage<'_>) -> Option<Result<Self, WireError>> {
        fn one<T>(
            read: Option<Result<Event<T>, WireError>>,
            with: fn(Box<Event<T>>) -> Happening,
        ) -> Option<Result<Happening, WireError>> {
            Some(read?.map(|event| with(Box::new(event))))
        }
        one(<Link as Events>::read(message), Self::Link)
            .or_else(|| one(<Address as Events>::read(message), Self::Address))
            .or_else(|| one(<Route as Events>::read(message), Self::Route))
            .or_else(|| one(<NamespaceNumber as Events>::read(message), Self::NamespaceNumber))
    }
}

impl Happening {
    /// What stands before it with `label`: `[LINK]`.
    pub fn label(&self) -> &'static str {
        match self {
            Happening::Link(_) => LINK.label,
            Happening::Address(_) => ADDRESS.label,
            Happening::Route(_) => ROUTE.label,
            Happening::NamespaceNumber(_) => NSID.label,
        }
    }

    /// Shows what stands before it with `label`.
    pub fn show_label(&self, sink: &mut Sink<'_>) {
        let label = self.label();
        sink.put("object", label.trim_matches(['[', ']']), format_args!("{label}"));
    }

    /// The link as it is now, where it is about one that is there.
    pub fn link(&self) -> Option<&Link> {
        match self {
            Happening::Link(event) => match &**event {
                Event::New(link) => Some(link),
                Event::Del(_) => None,
            },
            _ => None,
        }
    }

    /// The index of a link that is gone.
    pub fn gone(&self) -> Option<u32> {
        match self {
            Happening::Link(event) => match &**event {
                Event::Del(link) => Some(link.index()),
                Event::New(_) => None,
            },
            _ => None,
        }
    }

    /// Whether it is about a namespace's number, and so changes how output calls namespaces.
    pub fn is_about_namespaces(&self) -> bool {
        matches!(self, Happening::NamespaceNumber(_))
    }

    /// Shows every interface that it mentions to `visit`.
    pub fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        fn object<T>(event: &mut Event<T>) -> &mut T {
            match event {
                Event::New(object) | Event::Del(object) => object,
            }
        }
        match self {
            Happening::Link(event) => object(event).visit_interfaces(visit),
            Happening::Address(event) => object(event).visit_interfaces(visit),
            Happening::Route(event) => object(event).visit_interfaces(visit),
            Happening::NamespaceNumber(event) => object(event).visit_interfaces(visit),
        }
    }

    fn interface(&self) -> Option<u32> {
        match self {
            Happening::Link(event) => Some(event.object().index()),
            Happening::Address(event) => event.object().interface.as_ref().and_then(Interface::index),
            Happening::Route(event) => event.object().oif.as_ref().and_then(Interface::index),
            Happening::NamespaceNumber(_) => None,
        }
    }

    fn family(&self) -> Family {
        match self {
            Happening::Link(event) => event.object().header.family,
            Happening::Address(event) => event.object().header.family,
            Happening::Route(event) => event.object().header.family,
            Happening::NamespaceNumber(_) => Family::UNSPEC,
        }
    }
}

/// As `ip monitor` prints it, without label and time.
impl Show for Happening {
    fn show(&self, sink: &mut Sink<'_>) {
        fn deleted<T>(event: &Event<T>, sink: &mut Sink<'_>) {
            if matches!(event, Event::Del(_)) {
                sink.flag("deleted", "Deleted");
            }
        }
        match self {
            Happening::Link(event) => {
                deleted(event, sink);
                event.object().show_as(LinkView::Event, sink);
            }
            Happening::Address(event) => {
                deleted(event, sink);
                AddressLine::new(event.object()).named().show(sink);
            }
            Happening::Route(event) => {
                deleted(event, sink);
                RouteLine::new(event.object()).show(sink);
            }
            Happening::NamespaceNumber(event) => {
                deleted(event, sink);
                event.object().show(sink);
            }
        }
    }
}

nlink_core::display_by_show!(Happening);

/// The words of `ip monitor`: which objects, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MonitorWords {
    /// Labels of the objects; none is all of them.
    objects: Vec<&'static str>,
    /// Whether events are labelled.
    pub label: bool,
    /// Only what is about that interface.
    pub interface: Option<Interface>,
    /// Events out of a file, as rtmon(8) keeps them, rather than the kernel's.
    pub file: Option<PathBuf>,
    /// Only of that family.
    pub family: Family,
}

impl MonitorWords {
    /// The multicast groups to listen to.
    pub fn groups(&self) -> impl Iterator<Item = u32> {
        let wanted = |each: &&Monitored| self.objects.is_empty() || self.objects.contains(&each.label);
        ALL.iter().filter(wanted).flat_map(|each| each.groups).copied()
    }

    /// Whether an event is asked for; a name must have become an index.
    pub fn matches(&self, happening: &Happening) -> bool {
        let interface = self.interface.as_ref().and_then(Interface::index);
        let object = self.objects.is_empty() || self.objects.contains(&happening.label());
        let family = match happening {
            Happening::Address(_) | Happening::Route(_) => {
                self.family == Family::UNSPEC || self.family == happening.family()
            }
            _ => true,
        };
        object
            && family
            && (interface.is_none() || happening.interface().is_none() || happening.interface() == interface)
    }

    /// The events in the bytes of a file.
    pub fn read(file: &[u8]) -> impl Iterator<Item = Result<Happening, WireError>> {
        Frames::new(file).filter_map(|frame| match frame {
            Ok(frame) => Happening::read(&frame.into()),
            Err(error) => Some(Err(error)),
        })
    }
}

impl FromWords for MonitorWords {
    fn from_words(words: &mut Words<'_>) -> Result<Self, WordError> {
        let mut read = Self::default();
        let mut file: Option<String> = None;
        while let Some(word) = words.next() {
            match word {
                "file" => words.fill(word, &mut file)?,
                "label" => read.label = true,
                "dev" => words.fill(word, &mut read.interface)?,
                "all" => {
                    read.label = true;
                    read.objects = ALL.iter().map(|each| each.label).collect();
                }
                "all-nsid" => {
                    return Err(WordError::refused("all-nsid: other namespaces cannot be listened to from here yet")
                        .of("monitor"));
                }
                word => {
                    let fits =
                        |each: &&Monitored| !word.is_empty() && each.words.iter().any(|name| name.starts_with(word));
                    let known = ALL.iter().flat_map(|each| each.words).copied();
                    let known = known.chain(["all", "label", "dev", "file"]);
                    let object = ALL.iter().find(fits).ok_or_else(|| WordError::unknown(word, known).of("monitor"))?;
                    read.objects.push(object.label);
                }
            }
        }
        read.file = file.map(PathBuf::from);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<MonitorWords, WordError> {
        Words::new(line.split_whitespace()).parse_to_end()
    }

    #[test]
    fn objects_are_abbreviated_and_say_their_groups() {
        assert_eq!(read("l").unwrap().groups().collect::<Vec<_>>(), <Link as Events>::GROUPS);
        assert_eq!(read("").unwrap().groups().count(), ALL.iter().map(|each| each.groups.len()).sum::<usize>());
        assert!(read("all").unwrap().label);
        assert!(!read("a r").unwrap().label);
    }

    #[test]
    fn an_unknown_object_is_refused() {
        assert_eq!(read("lnik").unwrap_err().to_string(), "monitor: \"lnik\" is unknown; did you mean \"link\"?");
    }

    #[test]
    fn a_family_narrows_addresses_and_routes_alone() {
        let v6 = MonitorWords { family: Family::INET6, ..MonitorWords::default() };
        let address = Address::new("192.0.2.1/24".parse().unwrap());
        assert!(!v6.matches(&Happening::Address(Box::new(Event::New(address)))));
        assert!(v6.matches(&Happening::Link(Box::new(Event::New(Link::default())))));
    }
}
