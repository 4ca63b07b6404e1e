//! One test, on a thread of its own that ends with it.

use std::fmt::Debug;
use std::future::Future;
use std::io;
use std::thread;

use crate::{Lab, again, sandbox};

/// What a test may return: nothing, or a `Result`.
pub trait Outcome {
    /// # Panics
    /// When the test has failed.
    fn check(self);
}

impl Outcome for () {
    fn check(self) {}
}

impl<E: Debug> Outcome for Result<(), E> {
    #[allow(clippy::panic)] // how a test fails
    fn check(self) {
        if let Err(error) = self {
            panic!("{error:?}");
        }
    }
}

/// Futures of a debug build are large.
const STACK: usize = 16 << 20;

/// Runs a test in a lab of its own; `path` is that of its function, the crate's name first. What
/// [`#[nlink::lab::test]`](macro@crate::test) expands to.
///
/// # Panics
/// When the test fails, or there can be no lab on this machine.
#[allow(clippy::panic)] // how a test fails
pub fn run<F: Future<Output: Outcome>>(path: &str, test: fn(Lab) -> F) {
    match isolated(path, test) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied && !again::is_again() => again::run(path),
        Err(error) => panic!("{path} has no lab: {error}"),
    }
}

/// An error is one of making the lab; a test that fails panics, in here as out there.
fn isolated<F: Future<Output: Outcome>>(path: &str, test: fn(Lab) -> F) -> io::Result<()> {
    let body = move || {
        sandbox::enter_thread()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let lab = Lab::here()?;
        runtime.block_on(async { test(lab).await.check() });
        Ok(())
    };
    thread::scope(|scope| {
        let thread = thread::Builder::new().name(path.to_owned()).stack_size(STACK).spawn_scoped(scope, body)?;
        again::tell(thread.join())
    })
}
