//! User-mode Linux: the newest kernel with every networking option, as an ordinary program.
//!
//! Taken ready-made from the folder that `NLINK_KERNELS` names (`linux-7.2-um.xz`), else built once
//! from Debian's linux-source with `xtask/kernels/um.config`: about 37 CPU minutes, then cached.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::available_parallelism;

use anyhow::{Context, Result, bail};

use super::guest::Guest;
use super::root;
use crate::debian::{self, Suite};
use crate::tally::Tally;
use crate::{cache, sh};

/// A user-mode kernel that the suite runs on.
#[derive(Clone, Copy, Debug)]
pub struct Uml {
    /// What `--kernel` calls it.
    pub name: &'static str,
    /// The version of the source, as in `linux-source-7.2`.
    pub version: &'static str,
    suite: Suite,
}

/// The newest kernel first: it is the default.
pub const KERNELS: &[Uml] = &[
    Uml { name: "uml", version: "7.2", suite: Suite::Sid },
    Uml { name: "uml-6.1", version: "6.1", suite: Suite::Bookworm },
];

/// Every option on, no modules; the older kernels ignore what they do not know.
const CONFIG: &str = include_str!("../../kernels/um.config");

impl Uml {
    /// Run the suite on it.
    pub fn run(&self, guest: &Guest) -> Result<Tally> {
        let (kernel, root) = (self.get()?, root::get()?);
        let init = guest.dir().join("init");
        fs::write(&init, init_script(guest.dir(), &root))?;
        sh::read(sh::cmd("chmod", &["+x"]).arg(&init))?;
        let mut command = Command::new(kernel);
        command.args(["mem=1G", "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "rw"]);
        // Cheaper system calls than ptrace's, where the kernel knows it.
        command.args(["con=null", "con0=null,fd:1", "quiet", "seccomp=auto"]);
        command.arg(format!("init={}", init.display()));
        command.arg(format!("uml_dir={}/", guest.dir().display()));
        guest.boot(&mut command)
    }

    /// The kernel as a program, ready-made or built.
    fn get(&self) -> Result<PathBuf> {
        let ready =
            std::env::var_os("NLINK_KERNELS").map(|dir| Path::new(&dir).join(format!("linux-{}-um.xz", self.version)));
        let entry = match ready {
            Some(packed) if packed.is_file() => self.unpack(&packed)?,
            Some(packed) => {
                eprintln!("there is no {}", packed.display());
                self.build()?
            }
            None => self.build()?,
        };
        Ok(entry.join("linux"))
    }

    fn unpack(&self, packed: &Path) -> Result<PathBuf> {
        let bytes = fs::read(packed).with_context(|| format!("cannot read {}", packed.display()))?;
        let name = format!("uml/linux-{}-ready-{:016x}", self.version, debian::fnv(&bytes));
        cache::entry(&name, |scratch| {
            debian::install(&["xz-utils"])?;
            let linux = scratch.join("linux");
            let file = fs::File::create(&linux)?;
            sh::run(sh::cmd("xz", &["-dc"]).arg(packed).stdout(file))?;
            sh::run(sh::cmd("chmod", &["+x"]).arg(&linux))
        })
    }

    fn build(&self) -> Result<PathBuf> {
        let package = format!("linux-source-{}", self.version);
        let version = debian::newest(self.suite, &package)?;
        let key = debian::fnv(CONFIG.as_bytes());
        cache::entry(&format!("uml/linux-{version}-{key:016x}"), |scratch| {
            let tools = ["flex", "bison", "bc", "xz-utils", "gcc", "make", "libc6-dev"];
            debian::install(&tools)?;
            let source = debian::unpacked_from(self.suite, &package, &version)?;
            let tar = source.join(format!("usr/src/{package}.tar.xz"));
            sh::run(sh::cmd("tar", &["-xf"]).arg(&tar).arg("-C").arg(scratch))?;
            let (tree, config) = (scratch.join(&package), scratch.join("um.config"));
            fs::write(&config, CONFIG)?;
            let jobs = available_parallelism().map_or(2, |n| n.get());
            let make = |target: &str| {
                let mut make = sh::cmd("make", &["-s", "ARCH=um", &format!("-j{jobs}"), target]);
                make.env("KCONFIG_ALLCONFIG", &config).current_dir(&tree);
                sh::run(&mut make)
            };
            make("alldefconfig")?;
            make("linux")?;
            let linux = tree.join("linux");
            if !linux.is_file() {
                bail!("make left no kernel at {}", linux.display());
            }
            sh::run(sh::cmd("strip", &["-o"]).arg(scratch.join("linux")).arg(&linux))?;
            fs::remove_dir_all(&tree)?;
            Ok(())
        })
    }
}

/// The first program inside: mounts what programs expect, then the suite in a chroot of the newest
/// tools, this machine's files under `/host` there.
fn init_script(work: &Path, root: &Path) -> String {
    let (work, root) = (work.display(), root.display());
    format!(
        r#"#!/bin/bash
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts /dev/shm
mount -t devpts pts /dev/pts
mount -t tmpfs shm /dev/shm
mount -t tmpfs run /run
mount -t debugfs dbg /sys/kernel/debug
mount -t cgroup2 cg /sys/fs/cgroup
[ -e /dev/fd ] || ln -s /proc/self/fd /dev/fd
mount --bind "{root}" "{root}"
for d in proc sys dev run; do mount --rbind /$d "{root}/$d"; done
mount --bind / "{root}/host"
chroot "{root}" bash -c 'cd "/host{work}" && exec bash run' > "{work}/out" 2>&1 < /dev/null
echo $? > "{work}/status"
sync
echo o > /proc/sysrq-trigger
sleep 5
"#
    )
}
