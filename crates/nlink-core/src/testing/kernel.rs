//! The far end of a connection's sockets.

use std::os::unix::net::UnixDatagram;
use std::sync::{Arc, Mutex, PoisonError};

use zerocopy::FromBytes;

use super::Asked;
use crate::connection::Connection;
use crate::driver::Driver;
use crate::error::{Error, Result};
use crate::object::Protocol;
use crate::socket::Socket;
use crate::wire::MessageHeader;

/// A kernel in the hands of a test.
#[derive(Clone, Debug, Default)]
pub struct Kernel {
    lines: Arc<Mutex<Vec<Line>>>,
}

/// The kernel's end of one socket.
#[derive(Clone, Debug)]
pub struct Line(Arc<UnixDatagram>);

impl Kernel {
    /// One that nobody is connected to yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A connection to it.
    pub fn connect<P: Protocol>(&self, protocol: P) -> Result<Connection<P>> {
        let lines = Arc::clone(&self.lines);
        Connection::over(protocol, move |_| {
            let pair = || {
                let (theirs, ours) = UnixDatagram::pair()?;
                theirs.set_nonblocking(true)?;
                Ok((theirs, ours))
            };
            let (theirs, ours) = pair().map_err(|error| Error::socket("make a pair of sockets", error))?;
            lines.lock().unwrap_or_else(PoisonError::into_inner).push(Line(Arc::new(theirs)));
            Ok(Socket::from_fd(ours.into()))
        })
    }

    /// How many sockets were opened so far.
    pub fn lines(&self) -> usize {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The far end of the socket for requests.
    pub fn control(&self) -> Line {
        self.line(0)
    }

    /// The far end of the socket that was opened so-manieth: 0 is the one for requests, the others are those of dumps
    /// and subscriptions.
    #[allow(clippy::panic)] // for tests, and a test that asks for what is not there has failed
    pub fn line(&self, number: usize) -> Line {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        match lines.get(number) {
            Some(line) => line.clone(),
            None => panic!("only {} sockets were opened, there is no number {number}", lines.len()),
        }
    }

    /// The end of each scenario: nobody waits, and every request was read and every answer taken.
    pub fn assert_all_is_settled<P: Protocol, D: Driver>(&self, connection: &Connection<P, D>) {
        assert_eq!(connection.counters().in_flight, 0, "requests are still in the table");
        for line in self.lines.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            assert!(line.try_asked().is_none(), "a request was never looked at");
        }
    }
}

impl Line {
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
        let mut buffer = vec![0; 1 << 16];
        let length = self.0.recv(&mut buffer).ok()?;
        buffer.truncate(length);
        let (header, body) = MessageHeader::read_from_prefix(&buffer).ok()?;
        Some(Asked { header, body: body.to_vec() })
    }

    /// Delivers one datagram, whatever is in it. One that nobody is there to receive any more is gone.
    pub fn deliver(&self, datagram: &[u8]) {
        let _ = self.0.send(datagram);
    }

    /// Delivers each message in a datagram of its own, as the kernel may.
    pub fn deliver_each(&self, messages: &[Vec<u8>]) {
        messages.iter().for_each(|message| self.deliver(message));
    }

    /// Whether the near end was closed.
    pub fn is_closed(&self) -> bool {
        // An empty datagram does nothing to a near end that is open.
        self.0.send(&[]).is_err()
    }
}
