//! The further sockets of a connection: one for each dump under way, one for each subscription. All of them are opened
//! in the connection's namespace, whatever thread asks.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Result;
use crate::netns::Namespace;
use crate::pcap::{Capture, Captured, Tap};
use crate::socket::{Buffer, Socket};

type Open = dyn Fn(u32) -> Result<Socket> + Send + Sync;

/// Opens sockets, and keeps those of finished dumps for the next ones.
pub(crate) struct Sockets {
    protocol: u32,
    open: Arc<Open>,
    namespace: Option<Namespace>,
    captured: Arc<Captured>,
    idle: Mutex<Vec<Line>>,
}

/// A socket with its buffer, on which one dump runs at a time.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) socket: Arc<Socket>,
    pub(crate) buffer: Buffer,
    sequence: u32,
}

/// More than this many that are not in use are closed.
const MAX_IDLE: usize = 4;

impl Sockets {
    /// Sockets in a namespace; or in the calling thread's, where it is not known which that is (no /proc).
    pub(crate) fn inside(protocol: u32, namespace: Option<Namespace>) -> Self {
        let inside = namespace.clone();
        let open = move |protocol| match &inside {
            Some(namespace) => namespace.run(|| Socket::open(protocol))?,
            None => Socket::open(protocol),
        };
        Self { protocol, open: Arc::new(open), namespace, captured: Arc::default(), idle: Mutex::default() }
    }

    /// Sockets made by somebody else, who is told the protocol.
    pub(crate) fn made_by(protocol: u32, open: impl Fn(u32) -> Result<Socket> + Send + Sync + 'static) -> Self {
        Self { protocol, open: Arc::new(open), namespace: None, captured: Arc::default(), idle: Mutex::default() }
    }

    /// The same for another protocol.
    pub(crate) fn of_protocol(&self, protocol: u32) -> Self {
        Self {
            protocol,
            open: Arc::clone(&self.open),
            namespace: self.namespace.clone(),
            captured: Arc::clone(&self.captured),
            idle: Mutex::default(),
        }
    }

    pub(crate) fn protocol(&self) -> u32 {
        self.protocol
    }

    pub(crate) fn namespace(&self) -> Option<&Namespace> {
        self.namespace.as_ref()
    }

    /// A new socket.
    pub(crate) fn open(&self) -> Result<Socket> {
        Ok((self.open)(self.protocol)?.tapped(Tap::new(&self.captured, self.protocol)))
    }

    /// Captures from now on what goes through any of them, or no longer.
    pub(crate) fn capture(&self, capture: Option<Capture>) {
        self.captured.set(capture);
    }

    /// A socket for a dump: one that is left over, or a new one.
    pub(crate) fn lease(&self) -> Result<Line> {
        let left = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match left {
            Some(line) => Ok(line),
            None => Ok(Line { socket: Arc::new(self.open()?), buffer: Buffer::new(), sequence: 0 }),
        }
    }

    /// Takes a socket back on which nothing is under way any more.
    pub(crate) fn give_back(&self, line: Line) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE {
            idle.push(line);
        }
    }
}

impl Line {
    /// The sequence number of the next dump on it.
    pub(crate) fn next_sequence(&mut self) -> u32 {
        self.sequence = self.sequence.wrapping_add(1).max(1);
        self.buffer.clear();
        self.sequence
    }
}

impl fmt::Debug for Sockets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sockets(protocol {}, {:?})", self.protocol, self.namespace)
    }
}
