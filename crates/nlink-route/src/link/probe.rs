//! Which kinds of link the running kernel has, asked without making one.

use nlink_core::driver::Driver;
use nlink_core::kind::KindInfo;
use nlink_core::show::{Show, Sink};
use nlink_core::{Connection, KernelError, Result, Rtnetlink};

use super::{Link, LinkKind};

/// Whether the kernel has a kind of link, or can load its module; asked by [`has_kind`].
#[derive(Clone, Copy, Debug)]
pub struct KindSupport {
    /// The kind.
    pub kind: KindInfo,
    /// Whether the kernel has it.
    pub supported: bool,
}

/// Whether the kernel has the kind of link of that name, or can load its module, which it then does.
///
/// It is asked for a link without a queue to send by. No kernel makes such a link, but looks for the kind first: where it
/// has none, it says so (`Unknown device type`; `rtnl_newlink` in net/core/rtnetlink.c). Nothing is made. Asking takes the
/// privileges that making takes ([`is_permission`](nlink_core::Error::is_permission)).
///
/// ```no_run
/// # use nlink_core::{Connection, Rtnetlink};
/// # async fn example() -> nlink_core::Result<()> {
/// let rt = Connection::<Rtnetlink>::open()?;
/// assert!(!nlink_route::link::has_kind(&rt, "no-such-kind").await?);
/// # Ok(())
/// # }
/// ```
pub async fn has_kind<D: Driver>(rt: &Connection<Rtnetlink, D>, kind: &str) -> Result<bool> {
    let probe = Link { tx_queues: Some(0), ..Link::default() }.kind(LinkKind::named(kind));
    match rt.add(probe).await {
        Err(error) => match error.kernel() {
            Some(refusal) if !error.is_permission() => Ok(!is_unknown_kind(refusal)),
            _ => Err(error),
        },
        Ok(()) => Ok(true),
    }
}

/// Every kind that this crate knows, and whether the kernel has it.
pub async fn supported_kinds<D: Driver>(rt: &Connection<Rtnetlink, D>) -> Result<Vec<KindSupport>> {
    let mut kinds = Vec::with_capacity(LinkKind::KINDS.len());
    for kind in LinkKind::KINDS {
        kinds.push(KindSupport { kind: *kind, supported: has_kind(rt, kind.name).await? });
    }
    Ok(kinds)
}

fn is_unknown_kind(error: &KernelError) -> bool {
    error.errno() == libc::EOPNOTSUPP
        && error.ack().message.as_deref().is_some_and(|sentence| sentence.contains("Unknown device type"))
}

/// For a refusal of a link whose kind the kernel lacks: what it takes to have it.
pub(super) fn hint(link: &Link, error: &KernelError) -> Option<String> {
    let kind = link.info.as_ref()?.kind.as_ref()?.info()?;
    let hint = || format!("this kernel has no such kind of link: {}", kind.to_have_it());
    is_unknown_kind(error).then(hint)
}

/// `vxlan`, and what it takes where the kernel lacks it.
impl Show for KindSupport {
    fn show(&self, sink: &mut Sink<'_>) {
        let KindSupport { kind, supported } = self;
        sink.put("kind", kind.name, format_args!("kind {} ", kind.name));
        sink.put("supported", *supported, format_args!("{} ", if *supported { "supported" } else { "missing" }));
        for (key, value) in [("since", kind.since), ("module", kind.module)] {
            if let Some(value) = value {
                sink.word(key, key, value);
            }
        }
    }
}
