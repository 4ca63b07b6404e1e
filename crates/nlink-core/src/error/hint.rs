//! What to do about a refusal: one row for each answer that has a known way out. The first row that fits counts.

use nix::errno::Errno;

struct Row {
    errno: Errno,
    /// Has to stand in the kernel's sentence; empty fits any, also none.
    message: &'static str,
    /// What was asked has to begin so; empty fits any.
    asked: &'static str,
    hint: &'static str,
}

const ROWS: &[Row] = &[
    Row {
        errno: Errno::EPERM,
        message: "",
        asked: "",
        hint: "this takes CAP_NET_ADMIN in the user namespace that owns the network namespace (try as root, or in a \
               namespace of your own: unshare -rn)",
    },
    Row {
        errno: Errno::EOPNOTSUPP,
        message: "Unknown device type",
        asked: "",
        hint: "this kernel has no such kind of link; its module may be missing or not loaded",
    },
    Row {
        errno: Errno::EOPNOTSUPP,
        message: "",
        asked: "add link",
        hint: "this kernel has no such kind of link, or was built without one of its options",
    },
    Row {
        errno: Errno::ENOENT,
        message: "kind is unknown",
        asked: "",
        hint: "this kernel has no such kind; its module may be missing or not loaded",
    },
    Row {
        errno: Errno::ENOENT,
        message: "",
        asked: "get family",
        hint: "this kernel has no such family of generic netlink; its module may be missing or not loaded",
    },
    Row {
        errno: Errno::ENETUNREACH,
        message: "",
        asked: "add route",
        hint: "the gateway is on no connected network; add an address or a route to it first, or say `onlink`",
    },
    Row {
        errno: Errno::EINVAL,
        message: "Nexthop has invalid gateway",
        asked: "",
        hint: "the gateway is on no connected network; add an address or a route to it first, or say `onlink`",
    },
    Row { errno: Errno::ENETDOWN, message: "", asked: "add route", hint: "set the interface up first" },
    Row {
        errno: Errno::EBUSY,
        message: "",
        asked: "change link",
        hint: "some of a link's settings can only change while it is down",
    },
];

pub(super) fn for_refusal(errno: i32, message: Option<&str>, asked: &str) -> Option<&'static str> {
    let fits = |row: &&Row| {
        row.errno as i32 == errno && message.unwrap_or_default().contains(row.message) && asked.starts_with(row.asked)
    };
    ROWS.iter().find(fits).map(|row| row.hint)
}

/// Why a netlink socket could not be opened.
pub(super) fn for_socket(errno: i32) -> Option<&'static str> {
    match Errno::from_raw(errno) {
        Errno::EPROTONOSUPPORT => Some("this kernel lacks that netlink protocol; its module may be missing"),
        Errno::EAFNOSUPPORT => Some("this kernel has no netlink at all, or a sandbox hides it"),
        Errno::EPERM | Errno::EACCES => Some("a sandbox (seccomp, an LSM) or a missing capability forbids it"),
        Errno::EMFILE | Errno::ENFILE => Some("too many open files; raise the limit (ulimit -n) or share connections"),
        Errno::EMSGSIZE => Some("the request is larger than the socket's send buffer"),
        _ => None,
    }
}
