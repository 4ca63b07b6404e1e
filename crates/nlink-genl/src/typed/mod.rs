//! Messages of families as types: what is sent, what answers it, what is announced.
//!
//! [`GenlMessage`](crate::GenlMessage) implements these traits; [`Typed`] is what a connection can do with them.
//!
//! ```
//! # use nlink_core::Connection;
//! use nlink_genl::{Generic, Typed, genl_family};
//! use nlink_uapi::genetlink::*;
//!
//! #[genl_family(name = "nlctrl", version = 2)]
//! mod controller {
//!     /// Asks for a family by name or number, and holds the answer.
//!     #[derive(GenlMessage, Clone, Debug, Default)]
//!     #[command(request = CTRL_CMD_GETFAMILY, reply = CTRL_CMD_NEWFAMILY)]
//!     pub struct Lookup {
//!         #[attr(CTRL_ATTR_FAMILY_ID)]
//!         pub id: Option<u16>,
//!         #[attr(CTRL_ATTR_FAMILY_NAME)]
//!         pub name: Option<String>,
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> nlink_core::Result<()> {
//! let genl = Connection::<Generic>::open()?;
//! let asked = controller::Lookup { id: Some(16), ..Default::default() };
//! let family = genl.send_typed(asked).await?;
//! assert_eq!(family.name.as_deref(), Some("nlctrl"));
//! # Ok(())
//! # }
//! ```

mod command;
mod connection;
mod dialogue;
mod events;
mod send;
mod stream;

pub use command::{Announcement, Command, Reply};
pub use connection::Typed;
pub use events::Announced;
pub use send::Send;
pub use stream::TypedStream;
