//! A namespace of the test's own.

use std::process::Command;

use nlink_core::netns::Namespace;

/// A fresh namespace without a name, where we may have one.
pub(crate) fn fresh() -> Option<Namespace> {
    let made = std::thread::spawn(|| match nix::sched::unshare(nix::sched::CloneFlags::CLONE_NEWNET) {
        Err(nix::errno::Errno::EPERM) if !nix::unistd::geteuid().is_root() => None,
        made => made.map(|()| Namespace::current().unwrap()).map(Some).unwrap(),
    });
    made.join().unwrap()
}

/// Runs `ip` inside the namespace.
pub(crate) fn ip(inside: &Namespace, words: &str) {
    let mut child = inside.spawn(Command::new("ip").args(words.split(' '))).unwrap();
    assert!(child.wait().unwrap().success(), "ip {words}");
}
