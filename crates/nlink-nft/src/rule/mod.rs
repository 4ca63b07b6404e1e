//! Rules, and how to write them.

mod builder;
mod network;
mod object;
mod operand;
mod statements;
mod transport;

pub use builder::{CtState, RuleBuilder};
pub use network::{Ip, Ip6};
pub use object::Rule;
pub use operand::Operand;
pub use transport::Transport;
