//! Debian's stock kernels under QEMU, by virtme-ng: breadth, not for every day (boot about 20 s).

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::guest::Guest;
use super::root;
use crate::debian::{self, Suite};
use crate::tally::Tally;
use crate::{cache, sh};

/// A kernel of one of Debian's suites.
#[derive(Clone, Copy, Debug)]
pub struct Stock {
    /// What `--kernel` calls it.
    pub name: &'static str,
    suite: Suite,
}

/// The kernels of the suites that Debian stands for, and the newest it builds.
pub const KERNELS: &[Stock] = &[
    Stock { name: "6.1", suite: Suite::Bookworm },
    Stock { name: "6.12", suite: Suite::Trixie },
    Stock { name: "7", suite: Suite::Sid },
];

/// The release of virtme-ng that this is written for.
const VIRTME: &str = "1.42";

impl Stock {
    /// Run the suite on it.
    pub fn run(&self, guest: &Guest) -> Result<Tally> {
        debian::install(&["qemu-system-x86", "busybox-static", "kmod", "python3-pip"])?;
        let (virtme, root) = (virtme()?, root::get()?);
        let (release, image) = self.install(&root)?;
        eprintln!("kernel {release}");
        let path = std::env::var("PATH").unwrap_or_default();
        let mut vng = Command::new(virtme.join("bin/vng"));
        vng.env("PYTHONPATH", &virtme);
        vng.env("PATH", format!("{}:{path}", virtme.join("bin").display()));
        vng.arg("--run").arg(image).arg("--root").arg(root);
        vng.args(["--disable-kvm", "--user", "root", "--cpus", "1", "--memory", "2G"]);
        vng.args(["--append", "mitigations=off"]);
        vng.arg(format!("--rwdir=/work={}", guest.dir().display()));
        // Its own exit status says nothing, and its ports need udev: results come as files.
        // The heaviest tests take minutes where each instruction is emulated.
        vng.args(["--", "cd /work; NLINK_PATIENCE=900 bash run > out 2>&1 < /dev/null; echo $? > status; sync"]);
        guest.boot(&mut vng)
    }

    /// Put the kernel and its modules into the guests' root; its release and its image.
    fn install(&self, root: &Path) -> Result<(String, PathBuf)> {
        let meta = debian::newest(self.suite, "linux-image-amd64")?;
        let image = debian::depends(self.suite, "linux-image-amd64", &meta)?
            .into_iter()
            .find(|name| name.starts_with("linux-image-"))
            .context("linux-image-amd64 depends on no kernel: look how Debian names it now")?;
        let release = image.trim_start_matches("linux-image-").to_owned();
        let modules = root.join("usr/lib/modules").join(&release);
        // virtme finds the modules by the place of the image. It comes last: once there, all is.
        let vmlinuz = modules.join("vmlinuz");
        if vmlinuz.exists() {
            return Ok((release, vmlinuz));
        }
        fs::create_dir_all(&modules)?;
        let mut packed = None;
        for files in self.packages(&image, &release)? {
            for place in ["lib/modules", "usr/lib/modules"] {
                let from = files.join(place).join(&release);
                packed = packed.or(Some(from.join("vmlinuz")).filter(|path| path.is_file()));
                if from.is_dir() {
                    let mut copy = sh::cmd("cp", &["-a", "--no-preserve=ownership"]);
                    sh::run(copy.arg(from.join(".")).arg(&modules))?;
                }
            }
            let boot = files.join(format!("boot/vmlinuz-{release}"));
            packed = packed.or(Some(boot).filter(|path| path.is_file()));
        }
        // In the 7.x packages the image is among the modules: until depmod is done it must not be.
        let packed = packed.with_context(|| format!("no vmlinuz in Debian's {release}"))?;
        remove_file(&vmlinuz)?;
        sh::run(sh::cmd("depmod", &["-b"]).arg(root).arg(&release))?;
        fs::copy(packed, &vmlinuz)?;
        Ok((release, vmlinuz))
    }

    /// The unpacked packages of a kernel: since 7.x the image and its modules are one each.
    fn packages(&self, image: &str, release: &str) -> Result<Vec<PathBuf>> {
        let parts = [format!("linux-binary-{release}"), format!("linux-modules-{release}")];
        let mut names: Vec<&str> = parts.iter().map(String::as_str).collect();
        if names.iter().any(|name| debian::newest(self.suite, name).is_err()) {
            names = vec![image];
        }
        let unpack = |name: &str| debian::unpacked_from(self.suite, name, &debian::newest(self.suite, name)?);
        names.into_iter().map(unpack).collect()
    }
}

/// Remove a file that may not be there.
fn remove_file(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// virtme-ng in a folder of its own.
fn virtme() -> Result<PathBuf> {
    cache::entry(&format!("virtme-ng-{VIRTME}"), |scratch| {
        let wanted = format!("virtme-ng=={VIRTME}");
        let mut pip = sh::cmd("python3", &["-m", "pip", "install", "--quiet", "--target"]);
        sh::run(pip.arg(scratch).arg(wanted))
    })
}
