//! Debian's stock kernels under QEMU, by virtme-ng: breadth, not for every day (boot about 20 s).

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
    Stock {
        name: "6.1",
        suite: Suite::Bookworm,
    },
    Stock {
        name: "6.12",
        suite: Suite::Trixie,
    },
    Stock {
        name: "7",
        suite: Suite::Sid,
    },
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
        vng.args([
            "--disable-kvm",
            "--user",
            "root",
            "--cpus",
            "1",
            "--memory",
            "2G",
        ]);
        vng.args(["--append", "mitigations=off"]);
        vng.arg(format!("--rwdir=/work={}", guest.dir().display()));
        // Its own exit status says nothing, and its ports need udev: results come as files.
        vng.args([
            "--",
            "cd /work; bash run > out 2>&1 < /dev/null; echo $? > status; sync",
        ]);
        guest.boot(&mut vng)
    }

    /// Put the kernel's modules into the guests' root; its release and its image.
    fn install(&self, root: &Path) -> Result<(String, PathBuf)> {
        let meta = debian::newest(self.suite, "linux-image-amd64")?;
        let image = debian::depends(self.suite, "linux-image-amd64", &meta)?
            .into_iter()
            .find(|name| name.starts_with("linux-image-"))
            .context("linux-image-amd64 depends on no kernel: look how Debian names it now")?;
        let release = image.trim_start_matches("linux-image-").to_owned();
        // Since 7.x the image and its modules are packages of their own.
        let parts = [
            format!("linux-binary-{release}"),
            format!("linux-modules-{release}"),
        ];
        let packages = match debian::newest(self.suite, &parts[0]) {
            Ok(_) => parts.to_vec(),
            Err(_) => vec![image],
        };
        let mut vmlinuz = None;
        let modules = root.join("usr/lib/modules").join(&release);
        let fresh = !modules.join("modules.dep.bin").exists();
        for package in packages {
            let version = debian::newest(self.suite, &package)?;
            let files = debian::unpacked_from(self.suite, &package, &version)?;
            for place in ["lib/modules", "usr/lib/modules"] {
                let from = files.join(place).join(&release);
                if fresh && from.is_dir() {
                    std::fs::create_dir_all(&modules)?;
                    sh::run(sh::cmd("cp", &["-a"]).arg(from.join(".")).arg(&modules))?;
                }
            }
            let places = [
                format!("boot/vmlinuz-{release}"),
                format!("usr/lib/modules/{release}/vmlinuz"),
            ];
            vmlinuz = vmlinuz.or(places
                .iter()
                .map(|at| files.join(at))
                .find(|at| at.is_file()));
        }
        if fresh {
            sh::run(sh::cmd("depmod", &["-b"]).arg(root).arg(&release))?;
        }
        let vmlinuz = vmlinuz.with_context(|| format!("no vmlinuz in Debian's {release}"))?;
        Ok((release, vmlinuz))
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
