//! Chores of the workspace: `cargo xtask help` lists them, one file each.

// A program has no outside, so `pub` here just means "used by the other files".
#![allow(unreachable_pub)]

mod audit;
mod bench;
mod cache;
mod ci;
mod cross;
mod debian;
mod driver;
mod format;
mod fuzz;
mod kernels;
mod ordinary;
mod programs;
mod semver;
mod sh;
mod tally;
mod test;
mod tidy;
mod uapi;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use driver::Driver;

/// Chores of the nlink workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Run every test of the workspace, the kernel suite on the running kernel included.
    Test {
        /// What connections are driven by; with blocking, the kernel suite and the tools only.
        #[arg(long, value_enum, default_value_t)]
        driver: Driver,
        /// Run the tests whose names contain this, and further options of the test programs.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        filter: Vec<String>,
    },
    /// Format every file, those too that `cargo fmt` does not find.
    Format {
        /// Change nothing; fail when a file is not formatted.
        #[arg(long)]
        check: bool,
    },
    /// Check the house rules that a program can check.
    Tidy,
    /// Build the wire crates for a big-endian and a 32-bit machine and run their tests there.
    Cross,
    /// Run every gate that a commit has to pass.
    Ci {
        /// Run the gates whose names contain this.
        only: Option<String>,
    },
    /// Let ours, other libraries and a bare program do the same work in turn, and print the ratios.
    Bench {
        /// A row of the table only: dump-routes, dump-links, add-batch, add-pipelined, add-awaited, get, storm, start-up.
        row: Option<String>,
        /// Smaller rows and fewer rounds.
        #[arg(long)]
        quick: bool,
        /// Time by the clock on the wall; else on the processor, from which other programs' work stays out.
        #[arg(long)]
        wall: bool,
        /// Rounds that count.
        #[arg(long)]
        rounds: Option<u32>,
        /// Put the table into docs/performance.md.
        #[arg(long, conflicts_with = "row")]
        write: bool,
        /// Count the instructions of the hot paths instead, and take what is counted for right.
        #[arg(long, conflicts_with_all = ["row", "quick", "wall", "rounds", "write"])]
        bless: bool,
    },
    /// Compare the public API with the last release's.
    Semver,
    /// Run the kernel suite on full kernels, where nothing may be skipped.
    Kernels {
        /// uml (the newest, user-mode), uml-6.1, Debian's 6.1, 6.12 or 7 under QEMU, or all.
        #[arg(long, default_value = "uml")]
        kernel: String,
        /// What connections are driven by.
        #[arg(long, value_enum, default_value_t)]
        driver: Driver,
        /// Run the tests whose names contain this, and further options of the test program.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        filter: Vec<String>,
    },
    /// Generate nlink-uapi from the kernel headers of the pinned linux-libc-dev.
    Uapi {
        /// Change nothing; fail when the checked-in files differ from what would be generated.
        #[arg(long)]
        check: bool,
    },
    /// Compare constants, layouts and attribute widths with the kernel's own.
    Audit,
    /// Unpack a package of Debian's sid into the cache and print where it is.
    Fetch {
        /// Name of the package.
        package: String,
        /// Its version; the newest when left out.
        version: Option<String>,
    },
}

fn main() -> ExitCode {
    match run(Args::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> anyhow::Result<()> {
    match chore {
        Chore::Test { driver, filter } => test::run(driver, &filter),
        Chore::Format { check } => format::run(check),
        Chore::Tidy => tidy::run(),
        Chore::Cross => cross::run(),
        Chore::Ci { only } => ci::run(only.as_deref()),
        Chore::Bench { bless: true, .. } => bench::instructions(true),
        Chore::Bench { row, quick, wall, rounds, write, .. } => {
            bench::contest(&bench::Contest { row, quick, wall, rounds, write })
        }
        Chore::Semver => semver::run(),
        Chore::Kernels { kernel, driver, filter } => kernels::run(&kernel, driver, &filter),
        Chore::Uapi { check } => uapi::run(check),
        Chore::Audit => audit::run(),
        Chore::Fetch { package, version } => fetch(&package, version),
    }
}

fn fetch(package: &str, version: Option<String>) -> anyhow::Result<()> {
    let version = match version {
        Some(version) => version,
        None => debian::newest(debian::Suite::Sid, package)?,
    };
    println!("{}", debian::unpacked(package, &version)?.display());
    Ok(())
}
