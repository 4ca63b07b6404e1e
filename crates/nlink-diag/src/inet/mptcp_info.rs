//! The state of an MPTCP connection (`struct mptcp_info`, linux/mptcp.h).

use nlink_core::wire::Tailed;
use nlink_uapi::mptcp::mptcp_info;

/// The state of an MPTCP connection, as the kernel's struct has it, with how much of it the kernel filled in.
pub type MptcpInfo = Tailed<mptcp_info>;
