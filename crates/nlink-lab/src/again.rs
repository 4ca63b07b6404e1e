//! The test program once more, for one test, as root of a user namespace.
//!
//! Only a process with a single thread may enter a user namespace, and a test is not the only thread of its program.
//! What became of the test is told on the second program's standard output, between marks: libtest's own word would be
//! the opposite where a test should panic, and a success where no test has that name.

use std::any::Any;
use std::env;
use std::panic::resume_unwind;
use std::process::{Command, Stdio};
use std::thread;

use crate::sandbox::FORBIDDEN;

/// Set in the program that was started so.
const AGAIN: &str = "NLINK_LAB";
const PASSED: &str = "\n[the lab's test passed]\n";
const FAILED: [&str; 2] = ["\n[the lab's test failed: ", "]\n[so it was]\n"];

/// Whether this is it: what is not allowed now never will be.
pub(crate) fn is_again() -> bool {
    env::var_os(AGAIN).is_some()
}

/// Runs the one test in a program of its own.
#[allow(clippy::panic)] // how a test fails
pub(crate) fn run(path: &str) {
    // Tests go by the path without the crate's name.
    let name = path.split_once("::").map_or(path, |(_, name)| name);
    let program = env::current_exe().unwrap_or_else(|error| panic!("{path}: where is the test program? {error}"));
    let started = Command::new("unshare")
        .args(["--user", "--map-root-user", "--"])
        .arg(program)
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .env(AGAIN, "1")
        .stdin(Stdio::null())
        .output();
    let output = match started {
        Ok(output) => output,
        Err(error) => panic!("{path}: a lab without root takes unshare of util-linux: {error}"),
    };
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    let [begin, end] = FAILED;
    let failed = said.split_once(begin).and_then(|(_, behind)| behind.split_once(end));
    match failed {
        Some((why, _)) => panic!("{why}"),
        None if said.contains(PASSED) => print!("{}", said.replace(PASSED, "")),
        None if complained.starts_with("unshare:") => panic!("{path} has no lab: {FORBIDDEN}: {complained}"),
        None => panic!("{path} was started again for its lab and did not run:\n{said}{complained}"),
    }
}

/// Tells the first program what became of the test, if this is the second, and goes on with it.
pub(crate) fn tell<T>(outcome: thread::Result<T>) -> T {
    match outcome {
        Ok(done) => {
            if is_again() {
                println!("{PASSED}");
            }
            done
        }
        Err(panic) => {
            if is_again() {
                let [begin, end] = FAILED;
                println!("{begin}{}{end}", words(&*panic));
            }
            resume_unwind(panic)
        }
    }
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it panicked")
}
