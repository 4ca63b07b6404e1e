//! Many sockets listed: our `ss` and the reference one, in turn, whole processes.
//!
//! `cargo build --release -p nlink-cli && cargo run --release -p nlink-benches --bin list-sockets [SOCKETS] [ROUNDS]`:
//! half as many TCP connections over `lo` (100,000 sockets), held by as many processes as their limits of descriptors
//! take. The reference is `NLINK_SS`, else `ss`. See docs/performance.md.

use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nlink::blocking::Connection;
use nlink::prelude::{Link, Rtnetlink};
use nlink_benches::namespace;
use nlink_benches::ratios::Ratios;
use nlink_contest::{Report, Took, child};

/// What is listed of each socket.
const VIEWS: [(&str, &str); 3] =
    [("numbers", "-tanH"), ("with processes", "-tanHp"), ("with all there is", "-tanHOeimo")];

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["hold", holder, connections] => hold(holder.parse()?, connections.parse()?),
        ["measure", program, words] => measure(program, words),
        [] => compare(100_000, 7),
        [sockets] => compare(sockets.parse().context("how many sockets?")?, 7),
        [sockets, rounds, ..] => compare(sockets.parse()?, rounds.parse().context("how many rounds?")?),
    }
}

/// Connections over an address of the holder's own, until standard input ends.
fn hold(holder: u32, connections: u32) -> Result<()> {
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

/// Reports of one run of a program, in a process that has run no other.
fn measure(program: &str, words: &str) -> Result<()> {
    println!("{}", child::run(Command::new(program).arg(words).stdout(Stdio::null())).map(Report::Took)?);
    Ok(())
}

fn compare(sockets: u32, rounds: u32) -> Result<()> {
    let own = std::env::current_exe()?;
    let ours = own.with_file_name("ss");
    ensure!(ours.is_file(), "{} is not there; build nlink-cli first", ours.display());
    let theirs = std::env::var_os("NLINK_SS").map_or_else(|| PathBuf::from("ss"), PathBuf::from);
    namespace::enter()?;
    Connection::<Rtnetlink>::open()?.change(Link::named("lo").up()).call()?;
    let _holders = holders(&own, sockets / 2)?;
    for (what, words) in VIEWS {
        let (listed, by_theirs) = (lines(&ours, words)?, lines(&theirs, words)?);
        ensure!(listed == by_theirs && listed >= sockets as usize, "ours {listed}, theirs {by_theirs} sockets");
        let (mut processor, mut wall) = (Ratios::of("time on the processor"), Ratios::of("on the wall"));
        let mut peaks = [0, 0];
        // the first round warms all up and is not counted
        for round in 0..=rounds {
            let [their, our] = [took(&own, &theirs, words)?, took(&own, &ours, words)?];
            if round > 0 {
                processor.add(our.spent.processor, their.spent.processor);
                wall.add(our.spent.wall, their.spent.wall);
                peaks = [peaks[0].max(our.peak), peaks[1].max(their.peak)];
            }
        }
        println!("{what} (ss {words}), {listed} sockets: {processor}; {wall}; peak {} to {} KiB", peaks[0], peaks[1]);
    }
    Ok(())
}

/// A process that holds connections; it ends when this is dropped.
struct Holder(Child);

impl Drop for Holder {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // It has nothing to say any more.
        let _ = self.0.wait();
    }
}

fn holders(own: &Path, connections: u32) -> Result<Vec<Holder>> {
    // Two descriptors a connection, and some of the process's own.
    let each = u32::try_from(raise_limit()?.saturating_sub(64) / 2).unwrap_or(u32::MAX).min(20_000);
    ensure!(each > 0, "no descriptors");
    let mut holders = Vec::new();
    for holder in 0..connections.div_ceil(each) {
        let share = each.min(connections - holder * each);
        let mut command = Command::new(own);
        command.args(["hold", &holder.to_string(), &share.to_string()]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = Holder(command.spawn()?);
        let mut line = String::new();
        BufReader::new(child.0.stdout.take().context("no output")?).read_line(&mut line)?;
        ensure!(line.trim() == "ready", "a holder of connections failed");
        holders.push(child);
    }
    Ok(holders)
}

fn lines(program: &Path, words: &str) -> Result<usize> {
    let output = Command::new(program).arg(words).output().with_context(|| program.display().to_string())?;
    ensure!(output.status.success(), "{}: {}", program.display(), String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count())
}

fn took(own: &Path, program: &Path, words: &str) -> Result<Took> {
    let output = Command::new(own).arg("measure").arg(program).arg(words).stderr(Stdio::inherit()).output()?;
    match String::from_utf8_lossy(&output.stdout).parse()? {
        Report::Took(took) => Ok(took),
        Report::Cannot(why) => anyhow::bail!("{why}"),
    }
}
