//! Every kind of error printed once. This file is read in review as prose.

use std::io;
use std::time::Duration;

use nix::errno::Errno;
use nlink_uapi::netlink as nl;

use super::{Error, ExtAck, KernelError};
use crate::engine::Refusal;
use crate::wire::{Codec, WireCause, WireError, Writer, attr_id};

fn width() -> WireError {
    WireError::new(WireCause::Width { want: 4, got: 2 }).within("IFLA_MTU")
}

fn tlvs(write: impl FnOnce(&mut Writer)) -> Box<[u8]> {
    let mut writer = Writer::new();
    write(&mut writer);
    writer.finish().unwrap().into()
}

fn said(errno: Errno, message: &str, asked: &str) -> Error {
    let message = tlvs(|ack| ack.attr(attr_id(nl::NLMSGERR_ATTR_MSG), |text| message.to_owned().encode(text)));
    Error::refused(&Refusal { errno: errno as i32, tlvs: message }, asked.into(), None)
}

fn plain(errno: Errno, asked: &str) -> Error {
    KernelError::new(errno as i32, asked).into()
}

#[test]
fn every_error_reads_well() {
    let os = |errno: Errno| io::Error::from_raw_os_error(errno as i32);
    let cases = [
        (plain(Errno::EEXIST, "add link br0"), "add link br0: File exists (EEXIST)"),
        (plain(Errno::ENODEV, "get link eth9"), "get link eth9: No such device (ENODEV)"),
        (
            plain(Errno::EPERM, "add link br0"),
            "add link br0: Operation not permitted (EPERM)\n  hint: this takes CAP_NET_ADMIN in the user namespace \
             that owns the network namespace (try as root, or in a namespace of your own: unshare -rn)",
        ),
        (
            said(Errno::EOPNOTSUPP, "Unknown device type.", "add link gtp0"),
            "add link gtp0: Unknown device type (EOPNOTSUPP)\n  hint: this kernel has no such kind of link; its module \
             may be missing or not loaded",
        ),
        (
            said(Errno::ENOENT, "Specified qdisc kind is unknown.", "add qdisc root"),
            "add qdisc root: Specified qdisc kind is unknown (ENOENT)\n  hint: this kernel has no such kind; its \
             module may be missing or not loaded",
        ),
        (
            said(Errno::EINVAL, "Nexthop has invalid gateway.", "add route 10.0.0.0/8 via 192.0.2.1"),
            "add route 10.0.0.0/8 via 192.0.2.1: Nexthop has invalid gateway (EINVAL)\n  hint: the gateway is on no \
             connected network; add an address or a route to it first, or say `onlink`",
        ),
        (Error::invalid("add link br0", width()), "add link br0: IFLA_MTU: 2 bytes where 4 belong"),
        (
            Error::reply("get link br0", width()),
            "get link br0: the kernel's answer cannot be read: IFLA_MTU: 2 bytes where 4 belong",
        ),
        (Error::item("link", width()), "a link cannot be read: IFLA_MTU: 2 bytes where 4 belong"),
        (Error::no_reply("get link br0"), "get link br0: the kernel answered without an object"),
        (
            Error::socket("open a netlink socket (protocol 22)", os(Errno::EPROTONOSUPPORT)),
            "open a netlink socket (protocol 22): Protocol not supported (EPROTONOSUPPORT)\n  hint: this kernel lacks \
             that netlink protocol; its module may be missing",
        ),
        (
            Error::socket("subscribe to group 1", os(Errno::ENOMEM)),
            "subscribe to group 1: Cannot allocate memory (ENOMEM)",
        ),
        (
            Error::none_free("rtnetlink", Duration::from_secs(30)),
            "all rtnetlink connections of the pool were in use for 30s",
        ),
        (Error::timeout("get link br0", Duration::from_secs(30)), "get link br0: no answer within 30s"),
        (
            Error::lost("add link br0"),
            "add link br0: the kernel's answer was lost, the receive buffer was full; the request may have been \
             carried out",
        ),
        (
            Error::restarted("dump route"),
            "dump route: the listing changed underneath and starts over; what came before is void",
        ),
        (
            Error::interrupted("dump route", 8),
            "dump route: the listing changed underneath 8 times over; too much is going on for a consistent one",
        ),
        (Error::no_interface("eth9"), "Cannot find device \"eth9\""),
        (
            Error::namespace("blue", "enter it", os(Errno::EPERM)),
            "network namespace blue: enter it: Operation not permitted (EPERM)\n  hint: this takes CAP_SYS_ADMIN",
        ),
        (
            Error::namespace("blue", "open it", os(Errno::ENOENT)),
            "network namespace blue: open it: No such file or directory (ENOENT)",
        ),
        (Error::namespace_name("a/b", "a name has no `/` in it"), "network namespace a/b: a name has no `/` in it"),
        (
            Error::no_runtime(),
            "the connection was used outside of a tokio runtime, and the kernel's answer was not there at once",
        ),
    ];
    for (error, text) in cases {
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn a_policy_tells_what_the_kernel_takes() {
    let policy = tlvs(|ack| {
        ack.nest(attr_id(nl::NLMSGERR_ATTR_POLICY), |policy| {
            policy.attr(attr_id(nl::NL_POLICY_TYPE_ATTR_TYPE), |form| nl::NL_ATTR_TYPE_U32.encode(form));
            policy.attr(attr_id(nl::NL_POLICY_TYPE_ATTR_MIN_VALUE_U), |min| 68u64.encode(min));
            policy.attr(attr_id(nl::NL_POLICY_TYPE_ATTR_MAX_VALUE_U), |max| 65535u64.encode(max));
        });
    });
    let error = Error::refused(&Refusal { errno: 34, tlvs: policy }, "change link eth0".into(), None);
    assert_eq!(
        error.to_string(),
        "change link eth0: Numerical result out of range (ERANGE)\n  the kernel takes: u32 from 68 to 65535"
    );
}

#[test]
fn an_extended_ack_that_is_garbage_leaves_the_error_as_it_is() {
    let garbage = Refusal { errno: 22, tlvs: vec![0xff; 7].into() };
    let error = Error::refused(&garbage, "add link br0".into(), None);
    assert_eq!(error.kernel().map(KernelError::ack), Some(&ExtAck::default()));
}

#[test]
fn an_error_is_one_pointer_wide() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
}
