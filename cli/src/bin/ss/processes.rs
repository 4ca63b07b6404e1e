//! Which processes have a socket: by the links in /proc/PID/fd.

use std::fs;

use nlink_core::show::Sink;

/// A process that has a socket open.
#[derive(Clone, Copy, Debug)]
struct User {
    inode: u32,
    pid: u32,
    fd: u32,
    /// Which of the names.
    name: usize,
}

/// Who has which sockets.
#[derive(Debug, Default)]
pub(crate) struct Processes {
    names: Vec<String>,
    /// By the sockets' inodes.
    users: Vec<User>,
}

impl Processes {
    /// Looks at every process. Those that we may not look at are left out.
    pub(crate) fn look() -> Self {
        let mut found = Self::default();
        for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Ok(pid) = process.file_name().to_string_lossy().parse() else { continue };
            let (name, before) = (found.names.len(), found.users.len());
            for entry in fs::read_dir(process.path().join("fd")).into_iter().flatten().flatten() {
                let Ok(target) = fs::read_link(entry.path()) else { continue };
                let target = target.to_string_lossy();
                let inode = target.strip_prefix("socket:[").and_then(|rest| rest.strip_suffix(']'));
                if let (Some(Ok(inode)), Ok(fd)) = (inode.map(str::parse), entry.file_name().to_string_lossy().parse())
                {
                    found.users.push(User { inode, pid, fd, name });
                }
            }
            if found.users.len() > before {
                found.names.push(name_in(&fs::read_to_string(process.path().join("stat"))));
            }
        }
        found.users.sort_by_key(|user| user.inode);
        found
    }

    /// Who has the socket: name, process and descriptor, the last one found first, as ss has it.
    fn of(&self, inode: u32) -> impl Iterator<Item = (&str, u32, u32)> {
        let start = self.users.partition_point(|user| user.inode < inode);
        let users = self.users.get(start..).unwrap_or_default();
        let end = users.iter().take_while(|user| user.inode == inode && inode != 0).count();
        let named = |User { pid, fd, name, .. }: &User| (self.names.get(*name).map_or("", String::as_str), *pid, *fd);
        users.iter().take(end).rev().map(named)
    }

    /// ` users:((…))`.
    pub(crate) fn text(&self, inode: u32) -> String {
        let each: Vec<_> = self.of(inode).map(|(name, pid, fd)| format!("(\"{name}\",pid={pid},fd={fd})")).collect();
        if each.is_empty() { String::new() } else { format!(" users:({})", each.join(",")) }
    }

    pub(crate) fn json(&self, inode: u32, sink: &mut Sink<'_>) {
        sink.array("users", |sink| {
            for (name, pid, fd) in self.of(inode) {
                sink.item(|sink| {
                    sink.json("process", name);
                    sink.json("pid", pid);
                    sink.json("fd", fd);
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
