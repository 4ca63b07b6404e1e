//! The tests once more as an ordinary user: root's CI must not hide what needs root.
//!
//! The test programs are copied to a folder that anyone can read and run as `nobody` there; those
//! that call cargo themselves (compile-fail cases) stay out, for `nobody` has no toolchain.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::driver::Driver;
use crate::tally::Tally;
use crate::{debian, programs, sh, test};

/// Test programs that need nothing but a kernel.
const ON_KERNEL: &[(&str, &str)] = &[("nlink-tests", "kernel"), ("nlink-lab", "lab")];
/// Debian's number for `nobody` and its group.
const NOBODY: &str = "65534";

/// Run them; when we are no root ourselves, `cargo xtask test` is this already.
pub fn run() -> Result<()> {
    if !sh::is_root() {
        return test::run(Driver::Tokio, &[]);
    }
    debian::install(&["util-linux"])?;
    let dir = std::env::temp_dir().join(format!("nlink-ordinary-{}", std::process::id()));
    fs::create_dir(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
    let result = in_folder(&dir);
    fs::remove_dir_all(&dir).with_context(|| format!("cannot remove {}", dir.display()))?;
    result
}

fn in_folder(dir: &Path) -> Result<()> {
    sh::run(sh::cmd("chmod", &["755"]).arg(dir))?;
    let as_nobody = ["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"];
    let mut probe = sh::cmd("setpriv", &as_nobody);
    if sh::read(probe.args(["unshare", "--user", "--net", "--map-root-user", "true"])).is_err() {
        println!("this machine forbids user namespaces to ordinary users: the kernel suite skips");
    }
    let mut built = programs::build(&["test", "--workspace", "--no-run"])?;
    built.extend(programs::build(&["build", "--package", "nlink-cli", "--bins"])?);
    let (mut tally, mut failed) = (Tally::default(), Vec::new());
    for program in &built {
        let kernel = ON_KERNEL.contains(&(&*program.package, &*program.target));
        if program.test && program.kind != "lib" && !kernel {
            continue;
        }
        let name =
            if program.test { format!("{}-{}", program.package, program.target) } else { program.target.clone() };
        fs::copy(&program.path, dir.join(&name)).with_context(|| format!("cannot copy {}", program.path.display()))?;
    }
    for program in built.iter().filter(|program| program.test) {
        let path = dir.join(format!("{}-{}", program.package, program.target));
        if !path.exists() {
            continue;
        }
        let mut run = sh::cmd("setpriv", &as_nobody);
        run.arg(&path).current_dir(dir);
        run.env("NLINK_BIN_DIR", dir).env("HOME", dir).env("USER", "nobody");
        if !tally.run(&mut run)?.success() {
            failed.push(path.display().to_string());
        }
    }
    println!("as an ordinary user: {tally}");
    if !failed.is_empty() {
        bail!("as an ordinary user these fail: {}", failed.join(", "));
    }
    Ok(())
}
