//! Puts an example into a user and network namespace of its own, so that it may do as it likes and needs no root.

use nix::sched::{CloneFlags, unshare};
use nlink::Namespace;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Leaves the caller's namespaces. To be called before there is a second thread.
pub(crate) fn enter() -> Result<()> {
    let (user, group) = (nix::unistd::getuid(), nix::unistd::getgid());
    unshare(CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNET)
        .map_err(|errno| format!("this system forbids user namespaces to ordinary users: {errno}"))?;
    std::fs::write("/proc/self/setgroups", "deny")?;
    std::fs::write("/proc/self/uid_map", format!("0 {user} 1"))?;
    std::fs::write("/proc/self/gid_map", format!("0 {group} 1"))?;
    Ok(())
}

/// One more network namespace; it lives as long as the value does.
#[allow(dead_code)] // not every example needs one
pub(crate) fn another() -> Result<Namespace> {
    let thread = std::thread::spawn(|| {
        unshare(CloneFlags::CLONE_NEWNET).map_err(|errno| errno.to_string())?;
        Namespace::current().map_err(|error| error.to_string())
    });
    Ok(thread.join().map_err(|_| "the thread that makes a namespace panicked")??)
}

/// A runtime on this very thread.
#[allow(dead_code)] // not every example needs one
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}
