//! Which processes are in a namespace, and which names a process's namespace has.

use std::fs;
use std::io;
use std::path::Path;

use super::namespace::id_at;
use super::{Namespace, named};
use crate::error::{Error, Result};

impl Namespace {
    /// The processes in it, as far as the caller may see where they are.
    pub fn pids(&self) -> Result<Vec<u32>> {
        let entries = fs::read_dir("/proc").map_err(|error| Error::namespace(self.label(), "read /proc", error))?;
        let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        // One that ends meanwhile, or that is another user's, is not seen.
        let mut pids: Vec<_> = pids
            .filter(|pid| id_at(Path::new(&format!("/proc/{pid}/ns/net"))).is_ok_and(|id| id == self.id()))
            .collect();
        pids.sort_unstable();
        Ok(pids)
    }

    /// The names of a process's namespace; none if it has none.
    pub fn identify(pid: u32) -> Result<Vec<String>> {
        Self::of_pid(pid)?.names()
    }

    /// The names it has in /run/netns.
    pub fn names(&self) -> Result<Vec<String>> {
        let mut names = Self::list()?;
        let is_this = |name: &String| -> io::Result<bool> {
            let path = named::path(name).map_err(io::Error::from)?;
            Ok(id_at(&path)? == self.id())
        };
        names.retain(|name| is_this(name).unwrap_or(false));
        Ok(names)
    }
}
