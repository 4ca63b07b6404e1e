//! Packages of Debian: installed on this machine, or of another suite unpacked into the cache.
//!
//! Other suites are read through an apt configuration of its own in the cache, made from the mirror
//! that this machine's apt already uses with only the suite changed, so the machine's apt is never
//! touched and no root is needed:
//!
//! ```ignore
//! let headers = debian::unpacked("linux-libc-dev", "7.2.13-1")?; // headers/usr/include/linux/…
//! ```

use std::fs;
use std::io::stderr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::{cache, sh};

/// A suite of Debian that packages are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// Oldest suite we use: kernel 6.1.
    Bookworm,
    /// Kernel 6.12.
    Trixie,
    /// Unstable and experimental: the newest of everything.
    Sid,
}

impl Suite {
    /// The names under `dists/` on a mirror.
    fn names(self) -> &'static [&'static str] {
        match self {
            Suite::Bookworm => &["bookworm"],
            Suite::Trixie => &["trixie"],
            Suite::Sid => &["sid", "experimental"],
        }
    }

    /// The main name, also that of its apt configuration in the cache.
    pub fn name(self) -> &'static str {
        match self {
            Suite::Bookworm => "bookworm",
            Suite::Trixie => "trixie",
            Suite::Sid => "sid",
        }
    }
}

/// How old the package lists may grow before they are read anew.
const LISTS_KEEP: Duration = Duration::from_secs(24 * 3600);
/// Debian's own keys.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Where the files of a package of sid or experimental are, fetched and unpacked when they are not
/// in the cache yet.
pub fn unpacked(package: &str, version: &str) -> Result<PathBuf> {
    unpacked_from(Suite::Sid, package, version)
}

/// [`unpacked`] for any suite.
pub fn unpacked_from(suite: Suite, package: &str, version: &str) -> Result<PathBuf> {
    // An epoch's colon does not belong in a path (PATH, rustc's sysroot, make).
    let name = format!("deb/{package}_{}", version.replace(':', "%3a"));
    cache::entry(&name, |scratch| {
        let apt = Apt::of(suite)?;
        if !apt.versions(package)?.iter().any(|have| have == version) {
            apt.update()?;
        }
        let have = apt.versions(package)?;
        if !have.iter().any(|have| have == version) {
            bail!(
                "Debian's {} has no {package} {version} (it has: {}); name one of those where \
                 the version is pinned",
                suite.name(),
                if have.is_empty() { "none".to_owned() } else { have.join(", ") }
            );
        }
        let debs = scratch.join(".deb");
        fs::create_dir(&debs)?;
        let wanted = format!("{package}={version}");
        sh::run(apt.command("apt-get").args(["-q", "download", &wanted]).current_dir(&debs))?;
        for deb in fs::read_dir(&debs)? {
            sh::run(sh::cmd("dpkg", &["-x"]).arg(deb?.path()).arg(scratch))?;
        }
        fs::remove_dir_all(&debs)?;
        Ok(())
    })
}

/// The newest version of a package that a suite has.
pub fn newest(suite: Suite, package: &str) -> Result<String> {
    let versions = Apt::of(suite)?.versions(package)?;
    versions
        .into_iter()
        .next()
        .with_context(|| format!("Debian's {} has no package {package}; look for its new name", suite.name()))
}

/// What a version of a package depends on, by name.
pub fn depends(suite: Suite, package: &str, version: &str) -> Result<Vec<String>> {
    let wanted = format!("{package}={version}");
    let text = sh::read(Apt::of(suite)?.command("apt-cache").args(["show", &wanted]))?;
    let line = text.lines().find_map(|line| line.strip_prefix("Depends: ")).unwrap_or("");
    let names = line.split([',', '|']).filter_map(|item| item.split_whitespace().next());
    Ok(names.map(str::to_owned).collect())
}

/// Install packages of this machine's own suite, those that are missing only.
pub fn install(packages: &[&str]) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !sh::is_root() {
        bail!("missing Debian packages; as root: apt-get install --no-install-recommends {}", missing.join(" "));
    }
    let get = |args: &[&str]| {
        let mut command = sh::cmd("apt-get", args);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        sh::run(&mut command)
    };
    let mut args = vec!["-q", "-y", "install", "--no-install-recommends"];
    args.extend(&missing);
    // The lists of a fresh machine are empty or old: read them anew only when it takes that.
    get(&args).or_else(|_| {
        get(&["-q", "update"])?;
        get(&args)
    })
}

/// Whether dpkg has the package installed.
fn installed(package: &str) -> bool {
    sh::read(&mut sh::cmd("dpkg-query", &["-W", "-f", "${db:Status-Status}\n", package]))
        .is_ok_and(|status| status.lines().any(|line| line == "installed"))
}

/// The mirror of Debian that this machine's apt reads.
pub fn mirror() -> Result<String> {
    let format = ["indextargets", "--format", "$(REPO_URI) $(LABEL)", "Created-By: Packages"];
    let targets = sh::read(&mut sh::cmd("apt-get", &format))?;
    targets
        .lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(_, label)| *label == "Debian")
        .map(|(uri, _)| uri.trim_end_matches('/').to_owned())
        .context("apt reads no mirror of Debian; run `apt-get update` or add one to sources.list")
}

/// A private apt that reads one suite.
#[derive(Debug)]
struct Apt {
    dir: PathBuf,
}

impl Apt {
    /// The configuration in the cache, made when missing, its lists not older than a day.
    fn of(suite: Suite) -> Result<Apt> {
        let apt = Apt { dir: cache::dir()?.join("apt").join(suite.name()) };
        apt.configure(suite)?;
        let stamp = apt.dir.join("updated");
        let age = stamp.metadata().and_then(|meta| meta.modified()).ok();
        if age.and_then(|at| at.elapsed().ok()).is_none_or(|age| age > LISTS_KEEP) {
            apt.update()?;
        }
        Ok(apt)
    }

    fn configure(&self, suite: Suite) -> Result<()> {
        for dir in ["state/lists/partial", "cache/archives/partial", "preferences.d"] {
            fs::create_dir_all(self.dir.join(dir)).with_context(|| format!("cannot make {}", self.dir.display()))?;
        }
        let status = self.dir.join("state/status");
        if !status.exists() {
            fs::write(status, "")?;
        }
        let mirror = mirror()?;
        let sources: String =
            suite.names().iter().map(|name| format!("deb [signed-by={KEYRING}] {mirror} {name} main\n")).collect();
        fs::write(self.dir.join("sources.list"), sources)?;
        // Dir::Etc::parts stays the machine's: its proxy is ours.
        let dir = self.dir.display();
        let conf = format!(
            "Dir::Etc::sourcelist \"{dir}/sources.list\";\n\
             Dir::Etc::sourceparts \"-\";\n\
             Dir::Etc::preferences \"-\";\n\
             Dir::Etc::preferencesparts \"{dir}/preferences.d\";\n\
             Dir::State \"{dir}/state\";\n\
             Dir::State::status \"{dir}/state/status\";\n\
             Dir::Cache \"{dir}/cache\";\n\
             Acquire::Check-Valid-Until \"false\";\n\
             APT::Sandbox::User \"root\";\n"
        );
        fs::write(self.conf(), conf)?;
        Ok(())
    }

    fn conf(&self) -> PathBuf {
        self.dir.join("apt.conf")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("APT_CONFIG", self.conf());
        // A container's apt may be told to keep no index, and then spends seconds on each question.
        for cache in ["pkgcache", "srcpkgcache"] {
            command.args(["-o", &format!("Dir::Cache::{cache}={cache}.bin")]);
        }
        command
    }

    fn update(&self) -> Result<()> {
        sh::run(self.command("apt-get").args(["-q", "update"]).stdout(stderr()))?;
        fs::write(self.dir.join("updated"), "")?;
        Ok(())
    }

    /// The binary versions of a package, newest first.
    fn versions(&self, package: &str) -> Result<Vec<String>> {
        let table = sh::read(self.command("apt-cache").args(["madison", package]))?;
        Ok(versions_in(&table).map(|(_, version)| version.to_owned()).collect())
    }
}

/// The packages and versions in what `apt-cache madison` prints.
fn versions_in(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table.lines().filter_map(|line| {
        let mut columns = line.split('|').map(str::trim);
        Some((columns.next()?, columns.next()?))
    })
}

/// A root of sid, made by mmdebstrap into the cache.
#[derive(Clone, Copy, Debug)]
pub struct Root<'a> {
    /// What the cache entry is called, before the hash of the packages' versions.
    pub name: &'a str,
    /// The packages asked for; a foreign one as `libc6:i386`.
    pub packages: &'a [&'a str],
    /// `apt` to have them set up; `extract` for files to look at only.
    pub variant: &'a str,
    /// The machine's architecture first, then those of foreign packages.
    pub architectures: &'a str,
    /// What the shell runs at the end, with the root's path as `$1`.
    pub set_up: &'a str,
}

impl Root<'_> {
    /// Where it is; made anew when a package has a newer version than the last one's.
    pub fn get(&self) -> Result<PathBuf> {
        let plain: Vec<&str> = self.packages.iter().filter_map(|name| name.split(':').next()).collect();
        let mut madison = Apt::of(Suite::Sid)?.command("apt-cache");
        let table = sh::read(madison.arg("madison").args(&plain))?;
        let mut key = format!("{self:?}\n");
        for package in plain {
            let version = versions_in(&table)
                .find(|(name, _)| *name == package)
                .map(|(_, version)| version)
                .with_context(|| format!("Debian's sid has no package {package}"))?;
            key += &format!("{package}={version}\n");
        }
        let entry = format!("root/{}-{:016x}", self.name, fnv(key.as_bytes()));
        cache::entry(&entry, |scratch| self.make(scratch))
    }

    fn make(&self, dir: &Path) -> Result<()> {
        install(&["mmdebstrap"])?;
        let mut make = sh::cmd("mmdebstrap", &["--quiet"]);
        if !sh::is_root() {
            make.arg("--mode=unshare");
        }
        make.arg(format!("--variant={}", self.variant));
        make.arg(format!("--architectures={}", self.architectures));
        make.arg(format!("--include={}", self.packages.join(",")));
        make.arg("--aptopt=Acquire::Check-Valid-Until \"false\"");
        make.arg(format!("--customize-hook={}", self.set_up));
        let source = format!("deb [signed-by={KEYRING}] {} sid main", mirror()?);
        sh::run(make.arg("sid").arg(dir).arg(source))
    }
}

/// The 64-bit FNV-1a hash, for the names of cache entries.
pub fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn madison_lists_binary_versions_newest_first() {
        let table = "\
linux-libc-dev | 7.3~rc7-1~exp1 | http://m/debian experimental/main amd64 Packages
linux-libc-dev |   7.2.13-1 | http://m/debian sid/main amd64 Packages
";
        let versions: Vec<_> = versions_in(table).collect();
        let name = "linux-libc-dev";
        assert_eq!(versions, [(name, "7.3~rc7-1~exp1"), (name, "7.2.13-1")]);
    }
}
