//! Which processes have a socket: by the links in /proc/PID/fd.

use std::collections::HashMap;
use std::fs;

use nlink_core::show::Sink;

/// A process that has a socket open.
#[derive(Debug)]
pub(crate) struct User {
    name: String,
    pid: u32,
    fd: u32,
}

/// Processes by the sockets' inodes.
#[derive(Debug, Default)]
pub(crate) struct Processes(HashMap<u32, Vec<User>>);

impl Processes {
    /// Looks at every process. Those that we may not look at are left out.
    pub(crate) fn look() -> Self {
        let mut found = Self::default();
        for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Ok(pid) = process.file_name().to_string_lossy().parse() else { continue };
            let mut name = None;
            for entry in fs::read_dir(process.path().join("fd")).into_iter().flatten().flatten() {
                let Ok(target) = fs::read_link(entry.path()) else { continue };
                let target = target.to_string_lossy();
                let inode = target.strip_prefix("socket:[").and_then(|rest| rest.strip_suffix(']'));
                let (Some(Ok(inode)), Ok(fd)) = (inode.map(str::parse), entry.file_name().to_string_lossy().parse())
                else {
                    continue;
                };
                let name = name.get_or_insert_with(|| name_in(&fs::read_to_string(process.path().join("stat"))));
                found.0.entry(inode).or_default().push(User { name: name.clone(), pid, fd });
            }
        }
        found
    }

    /// ` users:((…))`, the last one found first, as ss has it.
    pub(crate) fn text(&self, inode: u32) -> String {
        let users = self.0.get(&inode).map(Vec::as_slice).unwrap_or_default();
        if inode == 0 || users.is_empty() {
            return String::new();
        }
        let each = users.iter().rev().map(|User { name, pid, fd }| format!("(\"{name}\",pid={pid},fd={fd})"));
        format!(" users:({})", each.collect::<Vec<_>>().join(","))
    }

    pub(crate) fn json(&self, inode: u32, sink: &mut Sink<'_>) {
        let users = self.0.get(&inode).map(Vec::as_slice).unwrap_or_default();
        sink.array("users", |sink| {
            for User { name, pid, fd } in users.iter().rev() {
                sink.item(|sink| {
                    sink.json("process", name.as_str());
                    sink.json("pid", *pid);
                    sink.json("fd", *fd);
                });
            }
        });
    }
}

/// The name that stands in parentheses in /proc/PID/stat.
fn name_in(stat: &std::io::Result<String>) -> String {
    let name = stat.as_ref().ok().and_then(|stat| stat.split_once('('));
    name.and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| name.to_owned()).unwrap_or_default()
}
