//! Who plays the kernel on a socket of a test. Each call of the socket's is one of these, at the same moment: a request
//! is answered inside the call that sends it, as the kernel does, and a call may fail with any error number.

use std::fmt::Debug;
use std::io;

/// The kernel's side of a socket's calls.
pub(crate) trait FarEnd: Debug + Send + Sync {
    /// Takes what was sent.
    fn take(&self, datagram: &[u8]) -> io::Result<()>;

    /// Gives the next datagram, or as much of it as fits: the sender's netlink address, and the true length.
    fn give(&self, buffer: &mut [u8]) -> io::Result<(u32, usize)>;

    /// Takes one of netlink's options: a membership, for instance.
    fn set_option(&self, option: u32, value: u32) -> io::Result<()>;
}
