//! The kernel suite's harness: each test runs alone in a fresh network namespace.
//!
//! A test is an async function; the table at the head of its file enters it under its module path:
//!
//! ```no_run
//! use nlink_tests::{Cx, Result, Test, tests};
//!
//! const TESTS: &[Test] = tests![a_dummy_comes_and_goes];
//!
//! async fn a_dummy_comes_and_goes(cx: &Cx) -> Result {
//!     cx.needs_kind("dummy")?;
//!     cx.ip(&["link", "add", "d0", "type", "dummy"])?;
//!     let theirs = cx.ip(&["-j", "-d", "link", "show", "dev", "d0"])?;
//!     let ours = cx.ours(&["-j", "-d", "link", "show", "dev", "d0"])?.ok()?;
//!     nlink_tests::same_json(&theirs, &ours)
//! }
//!
//! nlink_tests::run(&[TESTS]);
//! ```
//!
//! What the running kernel lacks is asked for with `needs_…`; the test is then skipped, counted, and
//! listed with its reason at the end. With `NLINK_NO_SKIP=1` (full kernels) a skip is a failure,
//! except where [`allowed`] says why the kernel cannot have it.
//!
//! | variable | meaning |
//! |---|---|
//! | `NLINK_IP` | the reference `ip`; else the one in `PATH` |
//! | `NLINK_BIN_DIR` | where our tools are; else the folder above the test program's |
//! | `NLINK_NO_SKIP` | `1`: a skip is a failure |
//! | `NLINK_PATIENCE` | seconds after which a test counts as hanging; 120 else |
//! | `NLINK_KERNEL` | name of the kernel as `cargo xtask kernels` calls it, for [`allowed`] |

// Never published: `pub` marks what the files of the harness use of each other.
#![allow(unreachable_pub)]

mod harness;

pub use harness::allowed;
pub use harness::context::{Cx, Netns};
pub use harness::json::{same_json, same_json_except};
pub use harness::kernel::Version;
pub use harness::skip::Skip;
pub use harness::snapshot::{self, snapshot};
pub use harness::table::{Test, run};
pub use harness::tool::{self, Output};

/// A connection of a test: driven by tokio, or, with the feature `blocking`, by the test's thread.
#[cfg(not(feature = "blocking"))]
pub type Connection<P> = nlink::Connection<P>;
/// A connection of a test: driven by tokio, or, with the feature `blocking`, by the test's thread.
#[cfg(feature = "blocking")]
pub type Connection<P> = nlink::blocking::Connection<P>;

/// What a test returns: an error fails it, a [`Skip`] among its causes skips it.
pub type Result<T = ()> = anyhow::Result<T>;
