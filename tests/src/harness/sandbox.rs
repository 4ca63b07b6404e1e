//! Namespaces: one sandbox for the process, in it a fresh network namespace for each test.
//!
//! The process gets a mount namespace of its own, so that nothing a test mounts is seen outside, and
//! before that, when it is not root's, a user namespace in which it is. Each test's thread then has
//! its own network namespace, its own `/sys` showing that, and its own `/run` for named ones.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use nix::mount::{MsFlags, mount};
use nix::sched::{CloneFlags, unshare};
use nix::unistd::{getegid, geteuid};

/// Put the whole process into its sandbox; to be called before there is a second thread.
pub fn enter_process() -> Result<()> {
    let (uid, gid) = (geteuid(), getegid());
    if !uid.is_root() {
        let flags = CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWNS;
        unshare(flags).context(
            "this machine forbids user namespaces to ordinary users (see the sysctls \
             user.max_user_namespaces, kernel.unprivileged_userns_clone and \
             kernel.apparmor_restrict_unprivileged_userns); allow them or run the suite as root",
        )?;
        write("/proc/self/setgroups", "deny")?;
        write("/proc/self/uid_map", &format!("0 {uid} 1"))?;
        write("/proc/self/gid_map", &format!("0 {gid} 1"))?;
    } else {
        unshare(CloneFlags::CLONE_NEWNS).context("cannot make a mount namespace")?;
    }
    let private = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    mount(NONE, "/", NONE, private, NONE).context("cannot make the mounts private")?;
    mount_run()
}

/// Give the calling thread, and the programs it starts, a network namespace of its own.
pub fn enter_test() -> Result<()> {
    unshare(CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWNS).context("cannot make a network namespace")?;
    mount_run()?;
    // A container may forbid a second sysfs; then /sys shows the namespace outside, and `lo` has to
    // be set up by the reference tool.
    let sysfs = mount(Some("sysfs"), "/sys", Some("sysfs"), MsFlags::empty(), NONE);
    if sysfs.is_err() || fs::write("/sys/class/net/lo/flags", "0x1").is_err() {
        super::tool::reference("ip")?.run(&["link", "set", "lo", "up"])?.ok()?;
    }
    Ok(())
}

const NONE: Option<&str> = None;

/// An empty `/run`, where iproute2 and our library keep named namespaces.
fn mount_run() -> Result<()> {
    mount(Some("tmpfs"), "/run", Some("tmpfs"), MsFlags::empty(), Some("mode=755"))
        .context("cannot mount a tmpfs on /run")
}

fn write(path: impl AsRef<Path>, text: &str) -> Result<()> {
    let path = path.as_ref();
    fs::write(path, text).with_context(|| format!("cannot write `{text}` to {}", path.display()))
}
