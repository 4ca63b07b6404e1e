//! The two sides of a storm: the contestant subscribes, says so and waits; the storm passes; the contestant takes it in.

use std::io::{BufRead, Write};
use std::os::fd::AsFd;

use anyhow::{Context, Result};
use nix::sys::socket::{setsockopt, sockopt};

/// What the contestant says when it is subscribed.
pub const READY: &str = "ready";

/// Bytes of a receive buffer that holds the whole storm (the kernel takes the double).
pub const BUFFER: u32 = 64 * 1024 * 1024;

/// Gives a socket that buffer, whatever the system's limit: for that one needs to be root of one's namespace.
pub fn widen(socket: &impl AsFd) -> Result<()> {
    let size = usize::try_from(BUFFER).context("a small machine")?;
    setsockopt(&socket.as_fd(), sockopt::RcvBufForce, &size).context("a large receive buffer")
}

/// Says that the subscription is in force, and waits until the storm has passed.
pub fn pass() -> Result<()> {
    println!("{READY}");
    std::io::stdout().flush()?;
    std::io::stdin().lock().read_line(&mut String::new())?;
    Ok(())
}
