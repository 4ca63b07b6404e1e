//! Running the kernel suite on the kernels asked for.

use std::time::Instant;

use anyhow::{Result, bail};

use super::guest::Guest;
use super::stock::{self, Stock};
use super::uml::{self, Uml};
use crate::driver::Driver;
use crate::programs::{self, Program};
use crate::tally::Tally;

/// Any of the kernels.
#[derive(Clone, Copy, Debug)]
enum Kernel {
    Uml(&'static Uml),
    Stock(&'static Stock),
}

impl Kernel {
    fn all() -> Vec<Kernel> {
        let uml = uml::KERNELS.iter().map(Kernel::Uml);
        uml.chain(stock::KERNELS.iter().map(Kernel::Stock)).collect()
    }

    fn name(self) -> &'static str {
        match self {
            Kernel::Uml(uml) => uml.name,
            Kernel::Stock(stock) => stock.name,
        }
    }

    /// Where each instruction is emulated, it pays to compile longer.
    fn profile(self) -> &'static [&'static str] {
        match self {
            Kernel::Uml(_) => &[],
            Kernel::Stock(_) => &["--release"],
        }
    }

    fn run(self, guest: &Guest) -> Result<Tally> {
        match self {
            Kernel::Uml(uml) => uml.run(guest),
            Kernel::Stock(stock) => stock.run(guest),
        }
    }
}

/// Run the tests that match `filter` on the kernels that `name` means: one of them, or `all`.
pub fn run(name: &str, driver: Driver, filter: &[String]) -> Result<()> {
    let kernels = select(name)?;
    let mut total = Tally::default();
    let mut broken = Vec::new();
    for kernel in kernels {
        println!("\n==== kernel {}", kernel.name());
        let programs = build(driver, kernel)?;
        let start = Instant::now();
        let result = Guest::new(kernel.name(), &programs, filter).and_then(|g| kernel.run(&g));
        match result {
            Ok(tally) => {
                total.add(tally);
                let seconds = start.elapsed().as_secs_f32();
                println!("==== kernel {}: {tally} in {seconds:.1} s", kernel.name());
            }
            Err(error) => {
                println!("==== kernel {}: {error:#}", kernel.name());
                broken.push(kernel.name());
            }
        }
    }
    println!("{total}");
    if !broken.is_empty() {
        bail!("the suite did not run to its end on: {}", broken.join(", "));
    }
    if total.failed > 0 {
        bail!("{} test(s) failed", total.failed);
    }
    if total.passed == 0 {
        bail!("no test ran: nothing matches {filter:?}");
    }
    Ok(())
}

fn select(name: &str) -> Result<Vec<Kernel>> {
    let all = Kernel::all();
    if name == "all" {
        return Ok(all);
    }
    let chosen: Vec<Kernel> = all.iter().copied().filter(|k| k.name() == name).collect();
    if chosen.is_empty() {
        let names: Vec<_> = all.iter().map(|kernel| kernel.name()).collect();
        bail!("no kernel is called `{name}`; there are {} and all", names.join(", "));
    }
    Ok(chosen)
}

/// The suite and our tools, as the kernel shall run them.
fn build(driver: Driver, kernel: Kernel) -> Result<Vec<Program>> {
    let suite = ["test", "--no-run", "--package", "nlink-tests", "--test", "kernel"];
    let tools = ["build", "--package", "nlink-cli", "--bins"];
    let build = |what: &[&str]| programs::build(&[what, driver.features(), kernel.profile()].concat());
    Ok([build(&suite)?, build(&tools)?].concat())
}
