//! Sockets: many connections, listed. As many processes hold them as their limits of descriptors take.

use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{Resource, getrlimit, setrlimit};

use crate::step::{Step, shell};

/// What says on the command line that this process holds connections.
pub(crate) const HOLD: &str = "--hold";

/// What is listed of each socket.
const VIEWS: [(&str, &str); 3] =
    [("numbers", "-tanH"), ("with processes", "-tanHp"), ("with all there is", "-tanHOeimo")];

/// Connections over `lo`, two sockets each.
pub(crate) fn steps(sockets: u32) -> Result<(Vec<Step>, Vec<Holder>)> {
    shell("ip link set lo up")?;
    let holders = holders(sockets / 2)?;
    let steps = VIEWS.iter().map(|(what, words)| Step::new(format!("`ss {words}`, {sockets} sockets: {what}"), words));
    Ok((steps.collect(), holders))
}

/// Connections over an address of the holder's own, until standard input ends.
pub(crate) fn hold(holder: u32, connections: u32) -> Result<()> {
    raise_limit()?;
    let listener = TcpListener::bind(format!("127.0.{}.{}:80", holder / 250, holder % 250 + 1))?;
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push((TcpStream::connect(listener.local_addr()?)?, listener.accept()?));
    }
    println!("ready");
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// As many descriptors as we may have.
fn raise_limit() -> Result<u64> {
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE)?;
    setrlimit(Resource::RLIMIT_NOFILE, most, most)?;
    Ok(most)
}

/// A process that holds connections; it ends when this is dropped.
pub(crate) struct Holder(Child);

impl Drop for Holder {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // It has nothing to say any more.
        let _ = self.0.wait();
    }
}

fn holders(connections: u32) -> Result<Vec<Holder>> {
    // Two descriptors a connection, and some of the process's own.
    let each = u32::try_from(raise_limit()?.saturating_sub(64) / 2).unwrap_or(u32::MAX).min(20_000);
    ensure!(each > 0, "no descriptors");
    let mut holders = Vec::new();
    for holder in 0..connections.div_ceil(each) {
        let share = each.min(connections - holder * each);
        let mut command = Command::new(std::env::current_exe()?);
        command.args([HOLD, &holder.to_string(), &share.to_string()]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = Holder(command.spawn()?);
        let mut line = String::new();
        BufReader::new(child.0.stdout.take().context("no output")?).read_line(&mut line)?;
        ensure!(line.trim() == "ready", "a holder of connections failed");
        holders.push(child);
    }
    Ok(holders)
}
