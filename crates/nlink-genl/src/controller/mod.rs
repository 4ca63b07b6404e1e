//! The controller (`nlctrl`): which families there are, their commands and groups, and what each command takes.
//!
//! linux/genetlink.h, net/netlink/genetlink.c;
//! [the controller's specification](https://docs.kernel.org/networking/netlink_spec/nlctrl.html).
//!
//! ```
//! use nlink_core::Connection;
//! use nlink_genl::{Generic, controller::{FamilyInfo, Policies}};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> nlink_core::Result<()> {
//! let genl = Connection::<Generic>::open()?;
//! for family in genl.dump::<FamilyInfo>().await? {
//!     println!("{family}");
//! }
//! let policies = genl.dump::<Policies>().filter("nlctrl".into()).one().await?;
//! let lookup = policies.of_operation(3); // CTRL_CMD_GETFAMILY
//! let name = lookup.and_then(|attributes| attributes.get(2)); // CTRL_ATTR_FAMILY_NAME
//! assert_eq!(name.map(ToString::to_string).as_deref(), Some("nul-string of up to 15 bytes"));
//! # Ok(())
//! # }
//! ```

mod capabilities;
mod events;
mod info;
mod policy;

pub use capabilities::FamilyCapabilities;
pub use events::FamilyEvent;
pub use info::{FamilyInfo, FamilyKey, Group, Operation, OperationFlags};
pub use policy::{OperationPolicies, Policies, PolicyOf};
