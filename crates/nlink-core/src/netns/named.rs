//! Namespaces with names: files below /run/netns that they are mounted on, as iproute2 keeps them
//! ([ip-netns(8)](https://man7.org/linux/man-pages/man8/ip-netns.8.html)).

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sched::{CloneFlags, unshare};

use super::Namespace;
use super::thread::on_own_thread;
use crate::error::{Error, Result};

pub(super) const DIRECTORY: &str = "/run/netns";
const NOWHERE: Option<&str> = None;

/// The file of that name.
pub(super) fn path(name: &str) -> Result<PathBuf> {
    match name {
        "" | "." | ".." => Err(Error::namespace_name(format!("{name:?}"), "that is no name")),
        _ if name.len() > 255 => Err(Error::namespace_name(name, "a name has at most 255 bytes")),
        _ if name.contains(['/', '\0']) => Err(Error::namespace_name(format!("{name:?}"), "a name has no `/` in it")),
        _ => Ok(Path::new(DIRECTORY).join(name)),
    }
}

impl Namespace {
    /// Makes a new namespace of that name. Nothing in it but a loopback interface, which is down.
    ///
    /// Takes `CAP_SYS_ADMIN`; [`is_exists`](Error::is_exists) when the name is taken.
    pub fn create(name: &str) -> Result<Self> {
        let fresh = || {
            unshare(CloneFlags::CLONE_NEWNET)?;
            File::open("/proc/thread-self/ns/net")
        };
        Self::keep_as(name, fresh)
    }

    /// Gives a namespace a name, that outlives all its processes (`ip netns attach`).
    pub fn attach(&self, name: &str) -> Result<()> {
        let fd = self.shared_fd();
        Self::keep_as(name, || Ok(fd.try_clone()?.into())).map(drop)
    }

    /// Mounts the namespace that `open` gives, on a thread of its own, onto the file of that name.
    fn keep_as(name: &str, open: impl FnOnce() -> io::Result<File> + Send) -> Result<Self> {
        let path = path(name)?;
        let failed = |doing| move |error: io::Error| Error::namespace(name, doing, error);
        share_directory().map_err(failed("prepare /run/netns"))?;
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o444)
            .open(&path)
            .map_err(failed("make its file in /run/netns"))?;
        let made = on_own_thread(|| {
            let file = open()?;
            let source = format!("/proc/thread-self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&file));
            mount(Some(source.as_str()), &path, NOWHERE, MsFlags::MS_BIND, NOWHERE)?;
            Ok::<_, io::Error>(file)
        });
        match made.and_then(|made| made) {
            Ok(file) => Self::hold(file.into(), name),
            Err(error) => {
                let _ = fs::remove_file(&path);
                Err(failed("make it")(error))
            }
        }
    }

    /// Takes a name away. The namespace itself goes when nothing is in it and nobody holds it.
    pub fn delete(name: &str) -> Result<()> {
        let path = path(name)?;
        match umount2(&path, MntFlags::MNT_DETACH) {
            // EINVAL: nothing is mounted there, only the file is left.
            Ok(()) | Err(nix::errno::Errno::EINVAL) => {}
            Err(errno) => return Err(Error::namespace(name, "unmount it", errno.into())),
        }
        fs::remove_file(&path).map_err(|error| Error::namespace(name, "remove its file", error))
    }

    /// The names there are, sorted.
    pub fn list() -> Result<Vec<String>> {
        let failed = |error| Error::namespace("list", "read /run/netns", error);
        let entries = match fs::read_dir(DIRECTORY) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let mut names = names.collect::<io::Result<Vec<_>>>().map_err(failed)?;
        names.sort();
        Ok(names)
    }
}

/// Makes /run/netns a shared mount, so that a name made or taken away here is so in every mount namespace.
pub(super) fn share_directory() -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o755).create(DIRECTORY)?;
    let share = || mount(NOWHERE, DIRECTORY, NOWHERE, MsFlags::MS_SHARED | MsFlags::MS_REC, NOWHERE);
    match share() {
        // Not a mount yet: becomes one by being mounted onto itself.
        Err(nix::errno::Errno::EINVAL) => {
            mount(Some(DIRECTORY), DIRECTORY, NOWHERE, MsFlags::MS_BIND | MsFlags::MS_REC, NOWHERE)?;
            share()?;
        }
        other => other?,
    }
    Ok(())
}
