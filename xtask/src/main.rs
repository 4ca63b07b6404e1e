//! Chores of the workspace: `cargo xtask help` lists them, one file each.

// A program has no outside, so `pub` here just means "used by the other files".
#![allow(unreachable_pub)]

mod audit;
mod cache;
mod debian;
mod sh;
mod uapi;

use clap::{Parser, Subcommand};

/// Chores of the nlink workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
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

fn main() -> anyhow::Result<()> {
    match Args::parse().chore {
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
