//! Namespaces for tests, for harnesses of one's own: [`#[nlink::lab::test]`](macro@crate::test) does all of it.

use std::io;

use nix::mount::{MsFlags, mount};
use nix::sched::{CloneFlags, unshare};
use nix::unistd::{getegid, geteuid};
use nlink_core::{Rtnetlink, blocking};
use nlink_route::link::Link;

/// Puts the whole process into namespaces of its own, in which it is root; to be called before there is a second thread.
///
/// Who is root already gets a mount namespace, anybody else a user, a network and a mount namespace.
pub fn enter_process() -> io::Result<()> {
    let (uid, gid) = (geteuid(), getegid());
    if !uid.is_root() {
        let flags = CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWNS;
        unshare(flags).map_err(|errno| failed(FORBIDDEN, errno))?;
        let write = |path: &str, text: String| std::fs::write(path, text).map_err(|error| failed(path, error));
        write("/proc/self/setgroups", "deny".into())?;
        write("/proc/self/uid_map", format!("0 {uid} 1"))?;
        write("/proc/self/gid_map", format!("0 {gid} 1"))?;
    } else {
        unshare(CloneFlags::CLONE_NEWNS).map_err(|errno| failed("cannot make a mount namespace", errno))?;
    }
    own_mounts()
}

/// Why an ordinary user gets no user namespace.
pub(crate) const FORBIDDEN: &str = "this machine forbids user namespaces to ordinary users (see the sysctls \
    user.max_user_namespaces, kernel.unprivileged_userns_clone and kernel.apparmor_restrict_unprivileged_userns); \
    allow them or run the tests as root";

/// Gives the calling thread, and the threads and programs it starts from then on, a network namespace with `lo` up, and
/// mounts of their own.
///
/// Takes `CAP_SYS_ADMIN`; the error's kind is `PermissionDenied` without it, and nothing was changed then. The thread
/// should end with its test: it does not get back.
pub fn enter_thread() -> io::Result<()> {
    let flags = CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWNS;
    unshare(flags).map_err(|errno| failed("cannot make a network namespace", errno))?;
    own_mounts()?;
    // A container may forbid a second sysfs; then /sys shows the namespace outside.
    let _ = mount(Some("sysfs"), "/sys", Some("sysfs"), MsFlags::empty(), NONE);
    let rt = blocking::Connection::<Rtnetlink>::open()?;
    Ok(rt.change(Link::named("lo").up()).call()?)
}

const NONE: Option<&str> = None;

/// What is mounted from here on stays in here; and an empty `/run`, where named namespaces are kept.
fn own_mounts() -> io::Result<()> {
    let private = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    mount(NONE, "/", NONE, private, NONE).map_err(|errno| failed("cannot make the mounts private", errno))?;
    mount(Some("tmpfs"), "/run", Some("tmpfs"), MsFlags::empty(), Some("mode=755"))
        .map_err(|errno| failed("cannot mount a tmpfs on /run", errno))
}

fn failed(what: &str, error: impl Into<io::Error>) -> io::Error {
    let error = error.into();
    io::Error::new(error.kind(), format!("{what}: {error}"))
}
