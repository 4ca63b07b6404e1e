//! Paths of control groups by their ids.

use std::cell::RefCell;
use std::collections::HashMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

const CGROUPS: &str = "/sys/fs/cgroup";

/// The paths of control groups, each looked for once.
#[derive(Clone, Debug, Default)]
pub struct Cgroups(RefCell<HashMap<u64, String>>);

impl Cgroups {
    /// The path of the control group with that id, which is its folder's inode; `unreachable:` and the id where there is
    /// none.
    pub fn path(&self, id: u64) -> String {
        self.0.borrow_mut().entry(id).or_insert_with(|| path(id)).clone()
    }
}

fn path(id: u64) -> String {
    let found = find(Path::new(CGROUPS), id, 0);
    match found.as_deref().and_then(|path| path.strip_prefix(CGROUPS).ok()?.to_str()) {
        Some("") => "/".into(),
        Some(path) => format!("/{path}"),
        None => format!("unreachable:{id:x}"),
    }
}

fn find(folder: &Path, id: u64, depth: usize) -> Option<PathBuf> {
    if folder.symlink_metadata().ok()?.ino() == id {
        return Some(folder.to_owned());
    }
    let entries = if depth < 16 { std::fs::read_dir(folder).ok()? } else { return None };
    let folders = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.into_iter().find_map(|entry| find(&entry.path(), id, depth + 1))
}
