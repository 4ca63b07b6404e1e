//! `cargo xtask test`: every test of the workspace, the kernel suite on the running kernel among them.
//!
//! Run by whoever: as an ordinary user the kernel suite makes itself a user namespace. Ends with the
//! line `N passed, N failed, N skipped`.

use anyhow::{Result, bail};

use crate::driver::Driver;
use crate::sh;
use crate::tally::Tally;

/// Build our tools, which the kernel suite runs, then run all tests that a driver makes a difference to; `filter` goes to
/// the tests.
pub fn run(driver: Driver, filter: &[String]) -> Result<()> {
    sh::run(sh::cmd("cargo", &["build", "--package", "nlink-cli", "--bins"]).args(driver.features()))?;
    let mut cargo = sh::cmd("cargo", &["test", "--no-fail-fast"]);
    cargo.args(driver.features());
    match driver {
        Driver::Tokio => cargo.arg("--workspace"),
        Driver::Blocking => cargo.args(["--package", "nlink-cli", "--package", "nlink-tests"]),
    };
    if !filter.is_empty() {
        cargo.arg("--").args(filter);
    }
    let mut tally = Tally::default();
    let status = tally.run(&mut cargo)?;
    println!("{tally}");
    if !status.success() {
        bail!("the tests ended with {status}");
    }
    Ok(())
}
