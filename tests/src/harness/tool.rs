//! Running the reference tools and ours, inside the test's namespace.

use std::env;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::skip::Skip;

/// A program that tests run.
#[derive(Clone, Debug)]
pub struct Tool {
    path: PathBuf,
}

/// What a program did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The command line, for messages.
    pub command: String,
    /// Exit code; -1 when a signal ended it.
    pub code: i32,
    /// What it printed.
    pub stdout: String,
    /// What it complained about.
    pub stderr: String,
}

impl Output {
    /// What was printed, or an error with the complaint when the exit code is not 0.
    pub fn ok(self) -> Result<String> {
        if self.code != 0 {
            bail!("`{}` ended with {}: {}", self.command, self.code, self.stderr.trim_end());
        }
        Ok(self.stdout)
    }

    /// Exit code and both outputs in one text, as snapshots pin them.
    pub fn transcript(&self) -> String {
        let mut text = format!("exit code {}\n", self.code);
        for (name, content) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            text += &format!("--- {name}\n{content}");
            if !content.is_empty() && !content.ends_with('\n') {
                text.push('\n');
            }
        }
        text
    }
}

impl Tool {
    /// To be started by the test itself.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        command.args(args);
        command
    }

    /// Run it without any privilege over the namespace: as the same user, without capabilities. (A user namespace, which
    /// would own nothing, cannot be made in the changed root of the full kernels.)
    pub fn run_unprivileged(&self, args: &[&str]) -> Result<Output> {
        let own = self.path.to_string_lossy();
        let all: Vec<&str> =
            ["--bounding-set=-all", "--inh-caps=-all", &own].into_iter().chain(args.iter().copied()).collect();
        reference("setpriv")?.run(&all)
    }

    /// Run it to its end with these arguments.
    pub fn run(&self, args: &[&str]) -> Result<Output> {
        self.run_fed(args, "")
    }

    /// The same, with something on its standard input.
    pub fn run_fed(&self, args: &[&str], input: &str) -> Result<Output> {
        let name = self.path.file_name().unwrap_or_default().display();
        let command = format!("{name} {}", args.join(" "));
        let mut child = Command::new(&self.path)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env_remove("COLORFGBG")
            .spawn()
            .with_context(|| format!("cannot start `{command}` ({})", self.path.display()))?;
        if let Some(mut stdin) = child.stdin.take() {
            // Whoever does not read it may have ended already.
            let _ = stdin.write_all(input.as_bytes());
        }
        let output = child.wait_with_output().with_context(|| format!("cannot wait for `{command}`"))?;
        Ok(Output {
            command,
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }
}

/// The reference tool `name`: the one that `NLINK_IP` and the like name, else that in `PATH`.
pub fn reference(name: &str) -> Result<Tool> {
    let variable = format!("NLINK_{}", name.to_uppercase());
    if let Some(path) = env::var_os(&variable) {
        let path = PathBuf::from(path);
        if !path.is_file() {
            bail!("{variable} names {}, and there is no such file", path.display());
        }
        return Ok(Tool { path });
    }
    let places = env::var_os("PATH").unwrap_or_else(|| OsString::from("/usr/bin:/bin"));
    env::split_paths(&places)
        // An ordinary user's PATH often lacks these, and tc is in one of them.
        .chain(["/usr/sbin", "/sbin"].map(PathBuf::from))
        .map(|dir| dir.join(name))
        .find(|path| path.is_file())
        .map(|path| Tool { path })
        .ok_or_else(|| Skip::missing(name, format!("no `{name}` in PATH; set {variable}")).into())
}

/// Our own tool `name`: in `NLINK_BIN_DIR`, else beside the test program's folder (`target/debug`).
pub fn ours(name: &str) -> Result<Tool> {
    let dir = match env::var_os("NLINK_BIN_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => {
            let exe = env::current_exe().context("cannot find the test program's own path")?;
            exe.ancestors().nth(2).context("the test program lies in no folder")?.to_owned()
        }
    };
    let path = dir.join(name);
    if !path.is_file() {
        bail!("our `{name}` is not built ({}); run `cargo build -p nlink-cli`, or `cargo xtask test`", path.display());
    }
    Ok(Tool { path })
}
