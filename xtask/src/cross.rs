//! `cargo xtask cross`: the wire crates on a big-endian and on a 32-bit machine.
//!
//! rustup's library for other targets may be out of reach; Debian has one for each of its own
//! architectures, with the compiler that it fits. Both come from sid, unpacked into the cache, and
//! the compiler runs there under sid's own loader. Tests run under qemu-user (s390x, big-endian) and
//! as they are (i686, 32 bits).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::debian::{self, Root};
use crate::{sh, workspace};

/// A machine unlike this one.
struct Target {
    triple: &'static str,
    linker: &'static str,
    /// What runs its programs here.
    runner: &'static str,
    /// This machine's packages for both.
    packages: &'static [&'static str],
}

const TARGETS: &[Target] = &[
    Target {
        triple: "s390x-unknown-linux-gnu",
        linker: "s390x-linux-gnu-gcc",
        runner: "qemu-s390x-static -L /usr/s390x-linux-gnu",
        packages: &["gcc-s390x-linux-gnu", "libc6-dev-s390x-cross", "qemu-user-static"],
    },
    Target {
        triple: "i686-unknown-linux-gnu",
        linker: "i686-linux-gnu-gcc",
        runner: "/usr/i686-linux-gnu/lib/ld-linux.so.2 --library-path /usr/i686-linux-gnu/lib",
        packages: &["gcc-i686-linux-gnu", "libc6-dev-i386-cross"],
    },
];

/// Debian's compiler with the library of each target.
const RUST: Root<'_> = Root {
    name: "rust",
    packages: &["rustc", "libstd-rust-dev:s390x", "libstd-rust-dev:i386"],
    variant: "extract",
    architectures: "amd64,s390x,i386",
    set_up: "rm -rf \"$1\"/usr/share/doc",
};

/// Crates that turn values into bytes and back.
const CRATES: &[&str] = &["nlink-uapi", "nlink-core", "nlink-route"];

/// Tests left out: sockets are the kernel suite's, and qemu-user knows netlink in part only.
const SOCKETS: &[&str] = &["socket::", "netns::", "connection::"];

/// Build the crates for each target and run their unit tests there.
pub fn run() -> Result<()> {
    let rustc = compiler()?;
    for target in TARGETS {
        debian::install(target.packages)?;
        let variable = target.triple.to_uppercase().replace('-', "_");
        let mut cargo = sh::cmd("cargo", &["test", "--quiet", "--lib", "--target", target.triple]);
        for name in CRATES {
            cargo.args(["--package", name]);
        }
        cargo.arg("--");
        for name in SOCKETS {
            cargo.args(["--skip", name]);
        }
        cargo.env("RUSTC", &rustc);
        // Another compiler than the main one: apart, or each would rebuild for the other.
        cargo.env("CARGO_TARGET_DIR", workspace::target()?.join("cross"));
        cargo.env(format!("CARGO_TARGET_{variable}_LINKER"), target.linker);
        cargo.env(format!("CARGO_TARGET_{variable}_RUNNER"), target.runner);
        // Newer than the one that clippy is run with: its new lints wait.
        cargo.env("RUSTFLAGS", "--cap-lints=warn");
        sh::run(&mut cargo)?;
    }
    Ok(())
}

/// A script that runs Debian's rustc.
fn compiler() -> Result<PathBuf> {
    let root = RUST.get()?;
    let script = root.join("rustc.sh");
    if !script.exists() {
        write_script(&root, &script).with_context(|| format!("cannot write {}", script.display()))?;
    }
    Ok(script)
}

fn write_script(root: &Path, script: &Path) -> Result<()> {
    let text = format!(
        "#!/bin/sh\n\
         usr='{}/usr'\n\
         exec \"$usr/lib64/ld-linux-x86-64.so.2\" --library-path \"$usr/lib/x86_64-linux-gnu\" \\\n    \
         \"$usr/bin/rustc\" --sysroot \"$usr\" \"$@\"\n",
        root.display()
    );
    let new = script.with_extension("new");
    fs::write(&new, text)?;
    sh::read(sh::cmd("chmod", &["+x"]).arg(&new))?;
    fs::rename(new, script)?;
    Ok(())
}
