//! Programs inside a namespace, with what `ip netns exec` puts around them.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command};

use nix::errno::Errno;
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sched::{CloneFlags, setns, unshare};

use super::Namespace;
use super::thread::on_own_thread;
use crate::error::{Error, Result};

const NOWHERE: Option<&str> = None;

impl Namespace {
    /// Starts a program inside the namespace; nothing but its network differs from ours.
    ///
    /// ```no_run
    /// # use nlink_core::Namespace;
    /// # use std::process::Command;
    /// let mut ping = Namespace::named("blue")?.spawn(Command::new("ping").arg("10.0.0.1"))?;
    /// let status = ping.wait();
    /// # Ok::<(), nlink_core::Error>(())
    /// ```
    pub fn spawn(&self, command: &mut Command) -> Result<Child> {
        self.run(|| command.spawn())?.map_err(|error| self.starting(command, error))
    }

    /// Starts a program as `ip netns exec` does: in a mount namespace of its own, whose /sys shows the interfaces of
    /// the namespace, and where the files of /etc/netns/NAME lie over those of /etc.
    pub fn exec(&self, command: &mut Command) -> Result<Child> {
        on_own_thread(|| {
            setns(self, CloneFlags::CLONE_NEWNET)?;
            self.own_mounts()?;
            command.spawn()
        })
        .and_then(|started| started)
        .map_err(|error| self.starting(command, error))
    }

    /// Becomes a program, as `ip netns exec` does; otherwise as [`exec`](Namespace::exec). Comes back only to say why not.
    pub fn become_program(&self, command: &mut Command) -> Error {
        let failed = on_own_thread(|| -> io::Result<()> {
            setns(self, CloneFlags::CLONE_NEWNET)?;
            self.own_mounts()?;
            Err(command.exec())
        });
        match failed.and_then(|failed| failed) {
            Ok(()) => self.starting(command, io::Error::other("it came back")),
            Err(error) => self.starting(command, error),
        }
    }

    fn starting(&self, command: &Command, error: io::Error) -> Error {
        let which = format!("{}: {}", self.label(), command.get_program().to_string_lossy());
        Error::namespace(which, "start it inside", error)
    }

    /// Sets up the mounts of the calling thread, which ends soon.
    fn own_mounts(&self) -> io::Result<()> {
        unshare(CloneFlags::CLONE_NEWNS)?;
        // From here on nothing that is mounted gets out.
        mount(NOWHERE, "/", NOWHERE, MsFlags::MS_SLAVE | MsFlags::MS_REC, NOWHERE)?;
        let read_only = nix::sys::statvfs::statvfs("/sys")
            .is_ok_and(|sys| sys.flags().contains(nix::sys::statvfs::FsFlags::ST_RDONLY));
        match umount2("/sys", MntFlags::MNT_DETACH) {
            Ok(()) | Err(Errno::EINVAL) => {}
            Err(errno) => return Err(errno.into()),
        }
        let flags = if read_only { MsFlags::MS_RDONLY } else { MsFlags::empty() };
        mount(Some(self.label()), "/sys", Some("sysfs"), flags, NOWHERE)?;
        self.own_etc()
    }

    fn own_etc(&self) -> io::Result<()> {
        let Ok(entries) = fs::read_dir(Path::new("/etc/netns").join(self.label())) else { return Ok(()) };
        for entry in entries.flatten() {
            let over = Path::new("/etc").join(entry.file_name());
            if over.exists() {
                mount(Some(&entry.path()), &over, NOWHERE, MsFlags::MS_BIND, NOWHERE)?;
            }
        }
        Ok(())
    }
}
