//! A kernel that does what a test says: conversations by script, over pairs of local sockets, without privileges.
//!
//! The connection under test is a real one, with its driver and its engine; only the far end of its sockets is in the
//! hands of the test, which reads what was asked and delivers what it likes, when it likes.
//! ```
//! use nlink_core::testing::Kernel;
//! use nlink_core::{Result, Rtnetlink};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<()> {
//! let kernel = Kernel::new();
//! let rt = kernel.connect(Rtnetlink)?;
//! let (answer, ()) = tokio::join!(rt.request(16), async {
//!     let asked = kernel.control().asked();
//!     kernel.control().deliver(&asked.object(16, 0, b"body"));
//! });
//! assert_eq!(answer?.bodies().next(), Some((16, &b"body"[..])));
//! kernel.assert_all_is_settled(&rt);
//! # Ok(())
//! # }
//! ```

mod asked;
mod kernel;

pub use asked::Asked;
pub use kernel::{Kernel, Line};
