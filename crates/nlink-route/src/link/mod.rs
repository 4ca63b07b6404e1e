//! Network interfaces: the object, its kinds, what is around it
//! ([ip-link(8)](https://man7.org/linux/man-pages/man8/ip-link.8.html)).
//!
//! | file | what |
//! |---|---|
//! | `object` | [`Link`], every `IFLA_…` attribute of the pinned headers |
//! | `build` | setters that chain |
//! | `filter` | what a listing can be narrowed to |
//! | `verbs` | what can be done with a link |
//! | `watch` | how mirrors tell links apart |
//! | `probe` | which kinds the running kernel has |
//! | `words` | `ip link add … set …` |
//! | `output`, `statistics` | what `ip link` prints |
//! | `kinds/`, `slaves/` | a file for each kind |

mod alt_names;
mod build;
mod filter;
mod header;
mod info;
mod nests;
mod object;
mod output;
mod probe;
mod state;
mod statistics;
mod verbs;
mod vf;
mod vf_output;
mod watch;
mod words;
mod xdp;

pub mod kinds;
pub mod slaves;

pub use alt_names::AltNames;
pub use filter::LinkFilter;
pub use header::{IfInfo, LinkFlags, LinkType};
pub use info::LinkInfo;
pub use kinds::LinkKind;
pub use nests::{AfSpec, BridgeSpec, DevlinkPort, DpllPin, Families, Inet, Inet6, ProtInfo, ProtoDownReason};
pub use object::Link;
pub use output::LinkView;
pub use probe::{KindSupport, has_kind, supported_kinds};
pub use slaves::SlaveKind;
pub use state::{AddressGeneration, LinkEvent, LinkMode, OperState};
pub use statistics::LinkStatistics;
pub use vf::{VfInfo, VfPort, VfStatistics, VfVlan};
pub use watch::Inet6Links;
pub use words::{LinkChange, LinkWords};
pub use xdp::{Xdp, XdpMode};
