//! The audits in their order; each reports all that it finds before the next begins.

use anyhow::{Result, bail};

use super::{generated, layout, strays, widths};
use crate::uapi;

/// Runs them all.
pub fn run() -> Result<()> {
    let modules = generated::read()?;
    let headers = uapi::headers()?;
    let audits = [
        ("constants and layouts", layout::audit(&modules, &headers)?),
        ("numbers outside nlink-uapi", strays::audit(&modules)?),
        ("attribute widths", widths::audit()?),
    ];
    let mut wrong = 0;
    for (name, Findings { checked, wrong: found }) in audits {
        println!("{name}: {checked} checked, {} wrong", found.len());
        for line in &found {
            println!("  {line}");
        }
        wrong += found.len();
    }
    if wrong > 0 {
        bail!("{wrong} things differ from the kernel");
    }
    Ok(())
}

/// What an audit found.
#[derive(Debug, Default)]
pub struct Findings {
    /// How many things were compared; none would be no audit.
    pub checked: usize,
    /// A line for each that is wrong.
    pub wrong: Vec<String>,
}
