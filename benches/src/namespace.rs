//! A network namespace of the program's own; nobody needs to be root.

use anyhow::{Context, Result};
use nix::sched::{CloneFlags, unshare};

/// Enters it. To be called before there is a second thread.
pub fn enter() -> Result<()> {
    if nix::unistd::geteuid().is_root() {
        return unshare(CloneFlags::CLONE_NEWNET).context("a network namespace");
    }
    let (user, group) = (nix::unistd::getuid(), nix::unistd::getgid());
    unshare(CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNET).context("a user namespace")?;
    std::fs::write("/proc/self/setgroups", "deny")?;
    std::fs::write("/proc/self/uid_map", format!("0 {user} 1"))?;
    std::fs::write("/proc/self/gid_map", format!("0 {group} 1"))?;
    Ok(())
}
