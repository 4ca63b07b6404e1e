//! What the running kernel has, asked once per process and remembered.

use std::collections::HashMap;
use std::sync::Mutex;
use std::thread;

use anyhow::{Result, anyhow};
use nlink::lab::sandbox;

use super::tool;

static KINDS: Mutex<Option<HashMap<String, bool>>> = Mutex::new(None);

/// Whether the kernel has a link kind (or can load its module).
///
/// Asked by trying to make one, in a namespace that is thrown away: a kernel without the kind says
/// `Unknown device type`, any other answer comes from the kind itself.
pub fn has_kind(kind: &str) -> Result<bool> {
    let mut kinds = KINDS.lock().map_err(|_| anyhow!("a probe for a link kind panicked"))?;
    let kinds = kinds.get_or_insert_default();
    if let Some(has) = kinds.get(kind) {
        return Ok(*has);
    }
    let has = thread::scope(|scope| {
        let probe = scope.spawn(|| {
            sandbox::enter_thread()?;
            let add = ["link", "add", "name", "probe0", "type", kind];
            let output = tool::reference("ip")?.run(&add)?;
            Ok(!output.stderr.contains("Unknown device type"))
        });
        probe.join().unwrap_or_else(|_| Err(anyhow!("the probe for link kind {kind} panicked")))
    })?;
    kinds.insert(kind.to_owned(), has);
    Ok(has)
}
