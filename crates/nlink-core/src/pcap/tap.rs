//! What a socket knows of captures: whether there is one, found out by a look at a flag.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Capture, Direction, Packet};

/// The capture of a connection, if there is one; all its sockets look here.
#[derive(Debug, Default)]
pub(crate) struct Captured {
    on: AtomicBool,
    capture: Mutex<Option<Capture>>,
}

impl Captured {
    pub(crate) fn set(&self, capture: Option<Capture>) {
        let on = capture.is_some();
        *self.capture.lock().unwrap_or_else(PoisonError::into_inner) = capture;
        self.on.store(on, Ordering::Relaxed);
    }
}

/// One socket's share of it.
#[derive(Debug)]
pub(crate) struct Tap {
    captured: Arc<Captured>,
    socket: u64,
    protocol: u32,
}

/// Sockets are numbered as they are opened.
static SOCKETS: AtomicU64 = AtomicU64::new(1);

impl Tap {
    pub(crate) fn new(captured: &Arc<Captured>, protocol: u32) -> Self {
        let socket = SOCKETS.fetch_add(1, Ordering::Relaxed);
        Self { captured: Arc::clone(captured), socket, protocol }
    }

    #[inline]
    pub(crate) fn sent(&self, datagram: &[u8]) {
        if self.captured.on.load(Ordering::Relaxed) {
            self.write(Direction::Sent, datagram);
        }
    }

    #[inline]
    pub(crate) fn received(&self, datagram: &[u8]) {
        if self.captured.on.load(Ordering::Relaxed) {
            self.write(Direction::Received, datagram);
        }
    }

    #[cold]
    fn write(&self, direction: Direction, datagram: &[u8]) {
        if let Some(capture) = &*self.captured.capture.lock().unwrap_or_else(PoisonError::into_inner) {
            capture.write(&Packet { direction, socket: self.socket, protocol: self.protocol, datagram });
        }
    }
}
