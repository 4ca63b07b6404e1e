//! Tests in tables, and running them: a thread, a namespace and a runtime for each.

use std::env;
use std::future::Future;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use nlink::lab::sandbox;

use super::allowed;
use super::context::Cx;
use super::skip::Skip;

/// How long a test may take before it counts as hanging: two minutes, or as many seconds as `NLINK_PATIENCE` says.
fn patience() -> Duration {
    let seconds = env::var("NLINK_PATIENCE").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(seconds.unwrap_or(120))
}

/// Futures of a debug build are large.
const STACK: usize = 16 << 20;

/// A started test.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// One entry of a table, made by [`tests!`](crate::tests).
#[derive(Clone, Copy, Debug)]
pub struct Test {
    /// Module path and function, the crate's name included.
    pub path: &'static str,
    /// The function.
    pub run: for<'a> fn(&'a Cx) -> Running<'a>,
}

/// A table of async tests, each named by its module path: `tests![addresses, link::veth]`.
#[macro_export]
macro_rules! tests {
    ($($($name:ident)::+),* $(,)?) => {
        &[$($crate::Test {
            path: concat!(module_path!(), $("::", stringify!($name)),+),
            run: |cx| Box::pin($($name)::+(cx)),
        }),*]
    };
}

/// The skips of a run, as (test, reason).
type Skips = Arc<Mutex<Vec<(String, String)>>>;

/// Run the tables with the options of the command line, as `cargo test` passes them.
pub fn run(tables: &[&[Test]]) -> ExitCode {
    let args = Arguments::from_args();
    // Listing needs no sandbox. Where there can be none every test is skipped for that reason.
    let sandbox = if args.list { Ok(()) } else { sandbox::enter_process() };
    let no_sandbox = sandbox.err().map(|error| format!("{error:#}"));
    let skips = Skips::default();
    let trials = tables.iter().copied().flatten().map(|test| {
        // The first part of the path is the test program's own name.
        let name = test.path.split_once("::").map_or(test.path, |(_, name)| name);
        let (test, skips, no_sandbox) = (*test, Arc::clone(&skips), no_sandbox.clone());
        let owned = name.to_owned();
        Trial::ignorable_test(name, move || {
            let result = match no_sandbox {
                Some(why) => Err(Skip::missing("sandbox", why).into()),
                None => isolated(&owned, test),
            };
            conclude(&owned, result, &skips)
        })
    });
    let conclusion = libtest_mimic::run(&args, trials.collect());
    let skips = skips.lock().unwrap_or_else(PoisonError::into_inner);
    if !skips.is_empty() {
        println!("{} skipped:", skips.len());
        for (name, reason) in skips.iter() {
            println!("    {name}: {reason}");
        }
    }
    conclusion.exit_code()
}

/// Run a test on a thread of its own, in a namespace of its own.
fn isolated(name: &str, test: Test) -> Result<()> {
    let (sender, receiver) = mpsc::channel();
    let body = move || {
        // The receiver is gone when the test took too long; nobody waits for the result then.
        let _ = sender.send(enter_and_run(test));
    };
    let thread = thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(body)?;
    let patience = patience();
    match receiver.recv_timeout(patience) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(anyhow!("still running after {} s; it hangs", patience.as_secs())),
        Err(RecvTimeoutError::Disconnected) => {
            let panic = thread.join().err();
            let text = panic.as_deref().and_then(|panic| {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                text.or_else(|| panic.downcast_ref::<&str>().copied())
            });
            Err(anyhow!("panicked: {}", text.unwrap_or("(no message)")))
        }
    }
}

fn enter_and_run(test: Test) -> Result<()> {
    sandbox::enter_thread()?;
    let cx = Cx::new()?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start a runtime")?;
    runtime.block_on((test.run)(&cx))
}

/// Turn a result into libtest's words; a skip is noted, or is a failure where none is allowed.
fn conclude(name: &str, result: Result<()>, skips: &Skips) -> Result<Completion, Failed> {
    let Err(error) = result else {
        return Ok(Completion::Completed);
    };
    let Some(skip) = error.downcast_ref::<Skip>() else {
        return Err(format!("{error:#}").into());
    };
    let reason = verdict(skip)?;
    let mut skips = skips.lock().unwrap_or_else(PoisonError::into_inner);
    skips.push((name.to_owned(), reason.clone()));
    Ok(Completion::ignored_with(reason))
}

/// The reason to print with a skip, or the failure that it is.
fn verdict(skip: &Skip) -> Result<String, String> {
    let strict = env::var_os("NLINK_NO_SKIP").is_some_and(|value| value == "1");
    if !strict || skip.too_old {
        return Ok(skip.reason.clone());
    }
    let kernel = env::var("NLINK_KERNEL").unwrap_or_default();
    match allowed::lacks(&kernel, &skip.what) {
        Some(why) => Ok(format!("{}: {why}", skip.reason)),
        None => Err(format!(
            "skipped where nothing may be (NLINK_NO_SKIP=1): {}; if that is as it must be, enter \
             it with a reason in tests/src/harness/allowed.rs",
            skip.reason
        )),
    }
}
