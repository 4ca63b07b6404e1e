//! The far end of one socket: what was sent waits there, what is delivered is received.

use std::collections::{BTreeSet, VecDeque};
use std::io;
use std::os::fd::AsFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use nix::errno::Errno;
use nix::sys::eventfd::{EfdFlags, EventFd};
use nlink_uapi::netlink::{NETLINK_ADD_MEMBERSHIP, NETLINK_DROP_MEMBERSHIP};

use super::kernel::Inner;
use super::{Asked, Delivery};
use crate::socket::{FarEnd, Socket};

/// The kernel's end of one socket. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Line(Arc<Wire>);

/// Both directions; the eventfd is readable while there is something to receive.
#[derive(Debug)]
struct Wire {
    protocol: u32,
    ready: EventFd,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    asked: VecDeque<Asked>,
    deliveries: VecDeque<Delivery>,
    groups: BTreeSet<u32>,
    joined: bool,
    closed: bool,
}

/// The part of it that the socket owns.
#[derive(Debug)]
struct NearEnd {
    wire: Arc<Wire>,
    kernel: Weak<Inner>,
}

impl Line {
    /// A socket, and its far end.
    pub(super) fn open(protocol: u32, kernel: Weak<Inner>) -> io::Result<(Self, Socket)> {
        let ready = EventFd::from_value_and_flags(0, EfdFlags::EFD_NONBLOCK | EfdFlags::EFD_CLOEXEC)?;
        let readable = ready.as_fd().try_clone_to_owned()?;
        let wire = Arc::new(Wire { protocol, ready, state: Mutex::default() });
        let near = NearEnd { wire: Arc::clone(&wire), kernel };
        Ok((Self(wire), Socket::facing(Box::new(near), readable)))
    }

    /// The number of the protocol that the socket was opened for.
    pub fn protocol(&self) -> u32 {
        self.0.protocol
    }

    /// The next request.
    #[allow(clippy::panic)] // for tests, and a test that asks for what is not there has failed
    pub fn asked(&self) -> Asked {
        match self.try_asked() {
            Some(asked) => asked,
            None => panic!("nothing was asked"),
        }
    }

    /// The next request, if there is one.
    pub fn try_asked(&self) -> Option<Asked> {
        self.0.lock().asked.pop_front()
    }

    /// Delivers one datagram, whatever is in it. One that nobody is there to receive any more is gone.
    pub fn deliver(&self, datagram: &[u8]) {
        self.deliver_all([Delivery::from(datagram.to_vec())]);
    }

    /// Delivers each message in a datagram of its own, as the kernel may.
    pub fn deliver_each(&self, messages: &[Vec<u8>]) {
        self.deliver_all(messages.iter().cloned().map(Delivery::from));
    }

    /// Lets the next receiving call fail, once all that was delivered before has been received: `ENOBUFS` is a full
    /// receive buffer, `EINTR` a signal.
    pub fn fail(&self, errno: i32) {
        self.deliver_all([Delivery::Error(errno)]);
    }

    /// Delivers one after the other.
    pub fn deliver_all(&self, deliveries: impl IntoIterator<Item = Delivery>) {
        let mut state = self.0.lock();
        if state.closed {
            return;
        }
        state.deliveries.extend(deliveries);
        if !state.deliveries.is_empty() {
            // Fails only when the counter overflows, and then it is readable.
            let _ = self.0.ready.write(1);
        }
    }

    /// The multicast groups that the socket has joined.
    pub fn groups(&self) -> BTreeSet<u32> {
        self.0.lock().groups.clone()
    }

    /// Whether the near end was closed.
    pub fn is_closed(&self) -> bool {
        self.0.lock().closed
    }
}

impl Wire {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FarEnd for NearEnd {
    fn take(&self, datagram: &[u8]) -> io::Result<()> {
        let line = Line(Arc::clone(&self.wire));
        for asked in Asked::all(datagram) {
            // A script answers at once; without one the test does.
            match self.kernel.upgrade().and_then(|kernel| kernel.answer(&line, &asked)) {
                Some(deliveries) => line.deliver_all(deliveries),
                None => self.wire.lock().asked.push_back(asked),
            }
        }
        Ok(())
    }

    fn give(&self, buffer: &mut [u8]) -> io::Result<(u32, usize)> {
        let mut state = self.wire.lock();
        let delivery = state.deliveries.pop_front();
        if state.deliveries.is_empty() {
            // It is empty already where nothing was delivered.
            let _ = self.wire.ready.read();
        }
        match delivery {
            None => Err(Errno::EAGAIN.into()),
            Some(Delivery::Error(errno)) => Err(io::Error::from_raw_os_error(errno)),
            Some(Delivery::Datagram { port, bytes }) => {
                for (place, byte) in buffer.iter_mut().zip(&bytes) {
                    *place = *byte;
                }
                Ok((port, bytes.len()))
            }
        }
    }

    fn set_option(&self, option: u32, value: u32) -> io::Result<()> {
        let mut state = self.wire.lock();
        let first = match option {
            NETLINK_ADD_MEMBERSHIP => {
                state.groups.insert(value);
                !std::mem::replace(&mut state.joined, true)
            }
            NETLINK_DROP_MEMBERSHIP => {
                state.groups.remove(&value);
                false
            }
            _ => false,
        };
        drop(state);
        if first && let Some(kernel) = self.kernel.upgrade() {
            Line(Arc::clone(&self.wire)).deliver_all(kernel.recorded_events());
        }
        Ok(())
    }
}

impl Drop for NearEnd {
    fn drop(&mut self) {
        self.wire.lock().closed = true;
    }
}
