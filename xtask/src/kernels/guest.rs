//! What a kernel is given, and what it hands back: a folder seen from both sides.
//!
//! ```text
//! run      the script that the guest's root runs
//! kernel   the kernel suite
//! bin/     our tools
//! nft/     the tests of nftables, where NLINK_NFT_TESTS names them
//! out      what the suite printed
//! status   its exit status; missing when the kernel died before
//! ```

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::programs::Program;
use crate::tally::Tally;
use crate::{cache, sh};

/// The longest a whole run may take: a kernel that hangs must not hang CI. An emulated machine needs half an hour for
/// the suite, and more beside other work.
const LIMIT: Duration = Duration::from_secs(2 * 60 * 60);

/// The folder of one run; removed at its end.
#[derive(Debug)]
pub struct Guest {
    dir: PathBuf,
}

impl Guest {
    /// Lay out the folder for a kernel called `name`.
    pub fn new(name: &str, programs: &[Program], filter: &[String]) -> Result<Guest> {
        let dir = cache::dir()?.join(format!("run/{name}-{}", std::process::id()));
        fs::create_dir_all(dir.join("bin")).with_context(|| format!("cannot make {}", dir.display()))?;
        let guest = Guest { dir };
        for program in programs {
            let to = if program.test { guest.dir.join("kernel") } else { guest.dir.join("bin").join(&program.target) };
            fs::copy(&program.path, &to).with_context(|| format!("cannot copy {}", program.path.display()))?;
        }
        let upstream = guest.upstream()?;
        let filter: String = filter.iter().map(|word| format!(" {}", quote(word))).collect();
        let script = format!(
            "# A program that lies on the host is read anew, page by page, whenever it is started.\n\
             mount -t tmpfs none /mnt && cp -r kernel bin /mnt && cd /mnt || exit 1\n\
             export NLINK_NO_SKIP=1 NLINK_KERNEL={name} NLINK_BIN_DIR=$PWD/bin HOME=/root TERM=dumb\n\
             export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n\
             {upstream}\
             # Else each new namespace has tunl0, gre0, sit0 and six more.\n\
             echo 1 > /proc/sys/net/core/fb_tunnels_only_for_init_net\n\
             ip link set lo up\n\
             echo \"on $(uname -sr), $(ip -V)\"\n\
             ./kernel --test-threads=1{filter}\n"
        );
        fs::write(guest.dir.join("run"), script)?;
        fs::write(guest.dir.join("out"), "")?;
        Ok(guest)
    }

    /// Hands over the tests of nftables, where there are some; their thousands of rules take their time.
    fn upstream(&self) -> Result<&'static str> {
        let Some(from) = std::env::var_os("NLINK_NFT_TESTS") else { return Ok("") };
        sh::run(sh::cmd("cp", &["-r"]).arg(from).arg(self.dir.join("nft")))?;
        Ok("export NLINK_NFT_TESTS=$OLDPWD/nft NLINK_PATIENCE=3600\n")
    }

    /// The folder on this machine.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Boot the kernel and show what the suite prints while it runs; its tally when it ran to its end.
    pub fn boot(&self, kernel: &mut Command) -> Result<Tally> {
        let console = File::create(self.dir.join("console"))?;
        // The kernel goes when we are interrupted, and takes its own children along.
        let limit = LIMIT.as_secs().to_string();
        let mut command = sh::cmd("setpriv", &["--pdeathsig", "TERM", "timeout", "-k", "2", &limit]);
        command.arg(kernel.get_program()).args(kernel.get_args());
        for (name, value) in kernel.get_envs() {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
        command.current_dir(&self.dir);
        command.stdin(std::process::Stdio::null()).stdout(console.try_clone()?).stderr(console);
        let start = Instant::now();
        let child = command.spawn().with_context(|| format!("cannot start `{}`", sh::text(&command)))?;
        let text = self.follow(child)?;
        let mut tally = Tally::default();
        text.lines().for_each(|line| tally.line(line));
        let Ok(status) = fs::read_to_string(self.dir.join("status")) else {
            let console = fs::read(self.dir.join("console")).unwrap_or_default();
            let console = String::from_utf8_lossy(&console);
            let lines: Vec<&str> = console.lines().collect();
            let tail = lines.get(lines.len().saturating_sub(40)..).unwrap_or_default().join("\n");
            bail!(
                "the kernel ended after {} s before the suite did (limit {limit} s); its console:\n{tail}",
                start.elapsed().as_secs()
            );
        };
        if status.trim() != "0" && tally.failed == 0 {
            bail!("the suite ended with status {} and no failed test", status.trim());
        }
        Ok(tally)
    }

    /// Copy the growing output to ours until the kernel is gone.
    fn follow(&self, mut child: Child) -> Result<String> {
        let mut file = File::open(self.dir.join("out"))?;
        let mut text = Vec::new();
        loop {
            let ended = child.try_wait()?.is_some();
            let seen = text.len();
            file.read_to_end(&mut text)?;
            let mut shown = std::io::stdout().lock();
            shown.write_all(text.get(seen..).unwrap_or_default())?;
            shown.flush()?;
            if ended {
                return Ok(String::from_utf8_lossy(&text).into_owned());
            }
            sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        // What stays behind is in the cache and may be deleted at any time.
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// A word that the shell takes as it is.
fn quote(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
