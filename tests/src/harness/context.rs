//! What a test is given: tools, further namespaces, and ways to say what it needs.

use anyhow::Result;

use super::kernel::Version;
use super::skip::Skip;
use super::tool::{self, Output};
use super::{allowed, probe};

/// A test's view of its namespace.
#[derive(Debug)]
pub struct Cx {
    kernel: Version,
}

impl Cx {
    pub(super) fn new() -> Result<Cx> {
        Ok(Cx { kernel: Version::running()? })
    }

    /// The version of the running kernel.
    pub fn kernel(&self) -> Version {
        self.kernel
    }

    /// Run the reference `ip`; a failure is an error with its complaint.
    pub fn ip(&self, args: &[&str]) -> Result<String> {
        tool::reference("ip")?.run(args)?.ok()
    }

    /// Run any reference tool and look at its exit code and outputs.
    pub fn theirs(&self, name: &str, args: &[&str]) -> Result<Output> {
        tool::reference(name)?.run(args)
    }

    /// Run our `ip` and look at its exit code and outputs.
    pub fn ours(&self, args: &[&str]) -> Result<Output> {
        self.our_tool("ip", args)
    }

    /// Run any of our tools and look at its exit code and outputs.
    pub fn our_tool(&self, name: &str, args: &[&str]) -> Result<Output> {
        tool::ours(name)?.run(args)
    }

    /// Make a further network namespace under `/run/netns`, which only this test sees.
    pub fn netns(&self, name: &str) -> Result<Netns> {
        self.ip(&["netns", "add", name])?;
        Ok(Netns { name: name.to_owned() })
    }

    /// Skip unless the kernel has this link kind.
    pub fn needs_kind(&self, kind: &str) -> Result<()> {
        if probe::has_kind(kind)? {
            return Ok(());
        }
        let kernel = self.kernel;
        Err(match allowed::since(kind) {
            Some(since) if kernel < since => {
                Skip::too_old(kind, format!("link kind {kind} came with {since}, this is {kernel}"))
            }
            _ => Skip::missing(kind, format!("this kernel ({kernel}) has no link kind {kind}")),
        }
        .into())
    }

    /// Skip unless the kernel is at least this one: `cx.needs_kernel("6.7")`.
    pub fn needs_kernel(&self, version: &str) -> Result<()> {
        let wanted: Version = version.parse()?;
        if self.kernel >= wanted {
            return Ok(());
        }
        let reason = format!("needs kernel {wanted}, this is {}", self.kernel);
        Err(Skip::too_old(version, reason).into())
    }

    /// Skip unless the reference tool is installed.
    pub fn needs_tool(&self, name: &str) -> Result<()> {
        tool::reference(name).map(drop)
    }

    /// Skip with a reason of the test's own.
    pub fn needs(&self, have: bool, what: &str, reason: &str) -> Result<()> {
        if have { Ok(()) } else { Err(Skip::missing(what, reason).into()) }
    }
}

/// A named network namespace of one test.
#[derive(Debug)]
pub struct Netns {
    name: String,
}

impl Netns {
    /// Its name, as `ip -n` and `Namespace::open` take it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Run the reference `ip` inside.
    pub fn ip(&self, args: &[&str]) -> Result<String> {
        let mut all = vec!["-n", &self.name];
        all.extend(args);
        tool::reference("ip")?.run(&all)?.ok()
    }

    /// Run our `ip` inside.
    pub fn ours(&self, args: &[&str]) -> Result<Output> {
        let mut all = vec!["-n", &self.name];
        all.extend(args);
        tool::ours("ip")?.run(&all)
    }
}
