//! Sockets as `ss` shows them: a row of columns, and what it says behind them.
//!
//! | file | what |
//! |---|---|
//! | `view` | how much is shown, and names for numbers |
//! | `cgroups` | paths of control groups |
//! | `row` | [`Row`], the columns of a socket |
//! | `inet`, `tcp`, `others` | what stands behind the columns |
//! | `memory`, `number`, `time` | parts that they share |
//!
//! ```
//! use nlink_diag::{TcpSocket, show::{Listed, View}};
//! let row = TcpSocket::default().row(&View::default());
//! assert_eq!((row.netid, row.receive_queue), ("tcp", 0));
//! ```

mod cgroups;
mod inet;
mod memory;
mod number;
mod others;
mod row;
mod tcp;
mod time;
mod view;

pub use cgroups::Cgroups;
pub use row::{Listed, Place, Row};
pub use view::View;
