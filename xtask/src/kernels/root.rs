//! The file system of the guests: Debian's sid with the newest reference tools.

use std::path::PathBuf;

use anyhow::Result;

use crate::debian::Root;

/// `mount` and `hostname` are packages of their own in sid; `kmod` loads the stock kernels' modules.
const PACKAGES: &[&str] = &[
    "conntrack",
    "ethtool",
    "hostname",
    "iproute2",
    "iputils-ping",
    "iw",
    "kmod",
    "mount",
    "netbase",
    "nftables",
    "procps",
    "strace",
    "wireguard-tools",
];

/// `/host` is where a user-mode kernel mounts this machine's files, `/work` where QEMU mounts the
/// guest's folder. There is no udev, which would rename links under the tests' feet; virtme's init
/// only wants to call its tool.
const SET_UP: &str = "cd \"$1\" && mkdir host work && ln -s ../bin/true usr/sbin/udevadm";

/// Where the root is; made when a package has a newer version than the last one's.
pub fn get() -> Result<PathBuf> {
    let root = Root { name: "guest", packages: PACKAGES, variant: "apt", architectures: "amd64", set_up: SET_UP };
    root.get()
}
