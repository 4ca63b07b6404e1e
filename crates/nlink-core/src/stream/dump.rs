//! A listing one by one: a dump on a socket leased from the connection.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use nix::errno::Errno;
use tracing::Span;

use super::Listing;
use crate::connection::{DUMP, Deadline, Line, Trace, names_in, put_indexes, sent, set_sequence, write};
use crate::driver::{Driver, Tokio, Wait};
use crate::engine::{self, Stop};
use crate::error::{Error, Result};
use crate::object::{Dump, Filter, Protocol};
use crate::socket::Buffer;

/// Objects one by one, in the memory of one buffer. Made by [`Listing::stream`].
///
/// An error is either about one item, and the next poll gives the next item; or says that the listing starts over
/// ([`is_restarted`](Error::is_restarted)): what came before is void, and the fresh listing follows; or it is the end.
pub struct DumpStream<T: Dump, D: Driver = Tokio> {
    asked: Listing<T, D>,
    stage: Stage<T::Filter>,
    /// What the request at hand asks for, where the listing takes several and this is not the first.
    part: Option<T::Filter>,
    /// An object that the next message may continue.
    partial: Option<T>,
    /// Why there is no item at hand.
    stop: Option<Stop>,
    message: Vec<u8>,
    restarted: u32,
    /// That of the attempt before: should it have been too small, it has grown since.
    buffer: Option<Buffer>,
    trace: Option<Trace>,
    /// Whether what the protocol knows was brought up to date already.
    learned: bool,
    wait: D::Wait,
    waiting: Option<Deadline>,
}

enum Stage<F> {
    Fresh,
    Resolving(Pin<Box<dyn Future<Output = Result<F>> + Send>>),
    Asking,
    Reading(Line, engine::Listing),
    Over,
}

/// What became of an attempt to receive.
enum Receipt {
    Datagram,
    TooLarge,
}

impl<T: Dump, D: Driver> DumpStream<T, D> {
    pub(super) fn new(asked: Listing<T, D>) -> Self {
        Self {
            asked,
            stage: Stage::Fresh,
            part: None,
            partial: None,
            stop: None,
            message: Vec::new(),
            restarted: 0,
            learned: false,
            buffer: None,
            trace: None,
            wait: D::Wait::default(),
            waiting: None,
        }
    }

    /// The next object; `None` at the end.
    #[inline]
    pub fn try_next(&mut self) -> Next<'_, T, D> {
        Next(self)
    }

    /// The next object, read into one that is at hand; `false` at the end.
    ///
    /// For very long listings of objects that are looked at and let go: each takes the place of the one before, so none
    /// is moved, which is a third of what a listing costs on this side.
    ///
    /// ```no_run
    /// # use nlink_core::object::Dump;
    /// # use nlink_core::{Connection, Result, Rtnetlink};
    /// # async fn counted<T: Dump<Protocol = Rtnetlink>>() -> Result<u64> {
    /// let mut stream = Connection::<Rtnetlink>::open()?.dump::<T>().stream();
    /// let (mut object, mut count) = (T::default(), 0);
    /// while stream.try_next_into(&mut object).await? {
    ///     count += 1;
    /// }
    /// # Ok(count) }
    /// ```
    #[inline]
    pub fn try_next_into<'a>(&'a mut self, object: &'a mut T) -> NextInto<'a, T, D> {
        NextInto(self, object)
    }

    fn in_words() -> String {
        format!("dump {}", T::NAME)
    }

    /// Reads the next item of the datagram at hand, should there be one, into `object`, which is fresh. This is the hot
    /// loop of a listing.
    #[inline]
    fn read_at_hand(&mut self, object: &mut T) -> Option<Result<()>> {
        let Stage::Reading(line, listing) = &mut self.stage else { return None };
        loop {
            match listing.next(line.buffer.datagram()) {
                Ok((message_type, body)) => {
                    let (command, body) = self.asked.connection.protocol.open(message_type, body);
                    if command != T::NEW {
                        continue;
                    }
                    match object.read(body) {
                        Ok(()) if T::SPLIT && !self.asked.in_parts => {
                            let whole = continued(&mut self.partial, std::mem::take(object));
                            if let Some(whole) = whole.filter(|whole| self.asked.filter.matches(whole)) {
                                *object = whole;
                                return Some(Ok(()));
                            }
                        }
                        Ok(()) if self.asked.filter.matches(object) => return Some(Ok(())),
                        Ok(()) => *object = T::default(),
                        Err(error) => {
                            self.partial = None;
                            return Some(Err(Error::item(T::NAME, error)));
                        }
                    }
                }
                Err(stop) => {
                    let last = if stop == Stop::Done { self.partial.take() } else { None };
                    self.stop = Some(stop);
                    *object = last.filter(|last| self.asked.filter.matches(last))?;
                    return Some(Ok(()));
                }
            }
        }
    }

    /// Reads the next object into `object`, which is fresh; `false` at the end.
    #[inline]
    fn poll_read(&mut self, object: &mut T, cx: &mut Context<'_>) -> Poll<Result<bool>> {
        loop {
            if let Some(item) = self.read_at_hand(object) {
                return Poll::Ready(item.map(|()| true));
            }
            if ready!(self.poll_on(cx))?.is_some() {
                return Poll::Ready(Ok(false));
            }
        }
    }

    /// Goes on where there is no item at hand: `Some` is the end.
    #[inline(never)]
    fn poll_on(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<()>>> {
        if matches!(self.stop, Some(Stop::Receive)) {
            return match ready!(self.poll_receive(cx)) {
                Ok(Receipt::Datagram) => Poll::Ready(Ok(None)),
                Ok(Receipt::TooLarge) => Poll::Ready(Err(self.restart())),
                Err(error) => Poll::Ready(Err(self.fail(error))),
            };
        }
        let Some(stop) = self.stop.take() else {
            return match &self.stage {
                Stage::Over => Poll::Ready(Ok(Some(()))),
                _ => Poll::Ready(ready!(self.poll_start(cx)).map(|()| None).map_err(|error| self.fail(error))),
            };
        };
        Poll::Ready(Err(match stop {
            Stop::Receive => return Poll::Ready(Ok(None)),
            Stop::Done => {
                self.finish();
                if let Some(next) = self.asking_for().following() {
                    (self.part, self.stage) = (Some(next), Stage::Asking);
                    return Poll::Ready(Ok(None));
                }
                self.end_trace(Ok(()));
                return Poll::Ready(Ok(Some(())));
            }
            Stop::Refused(refusal) if !self.learned && self.asked.connection.learns_from(&refusal) => {
                self.finish();
                (self.learned, self.stage) = (true, Stage::Asking);
                return Poll::Ready(Ok(None));
            }
            Stop::Refused(refusal) => {
                // It is over on the kernel's side as well, so the socket may serve again.
                self.finish();
                let sent = sent::<T::Protocol>(&self.message, const { &T::TABLE });
                let error = Error::refused(&refusal, Self::in_words(), sent);
                self.end_trace(Err(&error));
                error
            }
            Stop::Interrupted => self.restart(),
            Stop::Lost => self.fail(Error::lost(Self::in_words())),
            Stop::Malformed(error) => self.fail(Error::reply(Self::in_words(), error)),
        }))
    }

    #[cold]
    fn poll_start(&mut self, cx: &mut Context<'_>) -> Poll<Result<()>> {
        match &mut self.stage {
            Stage::Fresh => {
                let names = names_in(|visit| self.asked.filter.visit_interfaces(visit));
                if names.is_empty() {
                    self.stage = Stage::Asking;
                } else {
                    let (mut filter, shared) = (self.asked.filter.clone(), self.asked.connection.shared.clone());
                    let deadline = Deadline::in_time::<D>(self.asked.timeout);
                    self.stage = Stage::Resolving(Box::pin(async move {
                        let found = shared.resolve::<D>(names, deadline).await?;
                        put_indexes(&found, |visit| filter.visit_interfaces(visit));
                        Ok(filter)
                    }));
                }
            }
            Stage::Resolving(resolving) => {
                self.asked.filter = ready!(resolving.as_mut().poll(cx))?;
                self.stage = Stage::Asking;
            }
            Stage::Asking => self.ask()?,
            Stage::Reading(..) | Stage::Over => {}
        }
        Poll::Ready(Ok(()))
    }

    /// The filter that the request at hand is written by.
    fn asking_for(&self) -> &T::Filter {
        self.part.as_ref().unwrap_or(&self.asked.filter)
    }

    fn ask(&mut self) -> Result<()> {
        let (connection, filter) = (&self.asked.connection, self.asking_for());
        let message = write(&connection.protocol, T::GET, DUMP, const { &T::TABLE }, |writer| filter.emit(writer));
        self.message = message.map_err(|error| Error::invalid(Self::in_words(), error))?;
        self.trace.get_or_insert_with(|| Trace::of(T::Protocol::NAME, "dump", T::NAME, T::GET)).attempt();
        let mut line = connection.shared.sockets.lease()?;
        if let Some(buffer) = self.buffer.take() {
            line.buffer = buffer;
        }
        let sequence = line.next_sequence();
        set_sequence(&mut self.message, sequence);
        line.socket
            .send(&self.message)
            .map_err(|error| Error::socket(format!("{}: send it", Self::in_words()), error))?;
        self.stage = Stage::Reading(line, engine::Listing::new(sequence));
        Ok(())
    }

    fn poll_receive(&mut self, cx: &mut Context<'_>) -> Poll<Result<Receipt>> {
        // Each part of a listing costs the kernel some time: a long one gives other tasks their turn.
        ready!(D::Wait::poll_turn(cx));
        let Stage::Reading(Line { socket, buffer, .. }, listing) = &mut self.stage else {
            return Poll::Ready(Ok(Receipt::Datagram));
        };
        let received = match socket.receive(buffer) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                let timeout = self.asked.timeout;
                let deadline = *self.waiting.get_or_insert_with(|| Deadline::in_time::<D>(timeout));
                ready!(self.wait.poll_attempt(socket, deadline.at, cx, || socket.receive(buffer)))
            }
            received => received,
        };
        let deadline = self.waiting.take();
        let received = received.map_err(|error| match error.kind() {
            io::ErrorKind::TimedOut => {
                Error::timeout(Self::in_words(), deadline.and_then(|deadline| deadline.after).unwrap_or_default())
            }
            _ if error.raw_os_error() == Some(Errno::ENOBUFS as i32) => Error::lost(Self::in_words()),
            _ => Error::socket(format!("{}: receive the listing", Self::in_words()), error),
        })?;
        if received.port != 0 {
            buffer.clear();
        }
        listing.received();
        Poll::Ready(Ok(if received.truncated { Receipt::TooLarge } else { Receipt::Datagram }))
    }

    /// Whether there is nothing more to come.
    pub(crate) fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over)
    }

    /// The listing is complete: the socket goes back to the connection.
    fn finish(&mut self) {
        self.wait.clear();
        if let Stage::Reading(line, _) = std::mem::replace(&mut self.stage, Stage::Over) {
            self.asked.connection.shared.sockets.give_back(line);
        }
    }

    /// The listing is void. Its socket is closed, for that is quicker than to read what is left of it.
    #[cold]
    fn restart(&mut self) -> Error {
        self.wait.clear();
        (self.stop, self.partial, self.part) = (None, None, None);
        if let Stage::Reading(line, _) = std::mem::replace(&mut self.stage, Stage::Over) {
            self.buffer = Some(line.buffer);
        }
        if self.restarted == self.asked.restarts {
            return self.fail(Error::interrupted(Self::in_words(), self.restarted));
        }
        self.restarted += 1;
        let span = self.trace.as_ref().map(Trace::span);
        tracing::debug!(parent: span.and_then(Span::id), restarted = self.restarted, "starts over");
        self.asked.connection.shared.count_restart();
        self.stage = Stage::Asking;
        Error::restarted(Self::in_words())
    }

    #[cold]
    fn fail(&mut self, error: Error) -> Error {
        self.wait.clear();
        (self.stop, self.partial) = (None, None);
        self.stage = Stage::Over;
        self.end_trace(Err(&error));
        error
    }

    fn end_trace(&mut self, outcome: Result<(), &Error>) {
        if let Some(trace) = &mut self.trace {
            trace.end(&self.message, &outcome);
        }
    }
}

/// Takes in a message of an object that may continue: the object before it, where that is whole now.
fn continued<T: Dump>(partial: &mut Option<T>, object: T) -> Option<T> {
    let next = match partial {
        Some(begun) => begun.join(object)?,
        None => object,
    };
    partial.replace(next)
}

impl<T: Dump, D: Driver> Stream for DumpStream<T, D> {
    type Item = Result<T>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut Next(self.get_mut())).poll(cx).map(Result::transpose)
    }
}

/// The next object of a listing, awaited. Made by [`DumpStream::try_next`].
///
/// A future of its own, for an object is large: a compiled `async fn` moves it twice more on its way to the caller.
#[must_use = "nothing is listed before it is awaited"]
pub struct Next<'a, T: Dump, D: Driver = Tokio>(&'a mut DumpStream<T, D>);

impl<T: Dump, D: Driver> Future for Next<'_, T, D> {
    type Output = Result<Option<T>>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // Made in its place of return, and read there.
        let mut next = Poll::Ready(Ok(Some(T::default())));
        if let Poll::Ready(Ok(Some(object))) = &mut next {
            match self.get_mut().0.poll_read(object, cx) {
                Poll::Ready(Ok(true)) => {}
                Poll::Ready(Ok(false)) => next = Poll::Ready(Ok(None)),
                Poll::Ready(Err(error)) => next = Poll::Ready(Err(error)),
                Poll::Pending => next = Poll::Pending,
            }
        }
        next
    }
}

/// The next object of a listing, awaited into one that is at hand. Made by [`DumpStream::try_next_into`].
#[must_use = "nothing is listed before it is awaited"]
pub struct NextInto<'a, T: Dump, D: Driver = Tokio>(&'a mut DumpStream<T, D>, &'a mut T);

impl<T: Dump, D: Driver> Future for NextInto<'_, T, D> {
    type Output = Result<bool>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Self(stream, object) = self.get_mut();
        **object = T::default();
        stream.poll_read(object, cx)
    }
}

impl<T: Dump, D: Driver> fmt::Debug for NextInto<'_, T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NextInto").field(&self.0).finish()
    }
}

impl<T: Dump, D: Driver> fmt::Debug for Next<'_, T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Next").field(&self.0).finish()
    }
}

/// Nothing in it is pinned; objects are not kept.
impl<T: Dump, D: Driver> Unpin for DumpStream<T, D> {}

impl<T: Dump, D: Driver> fmt::Debug for DumpStream<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DumpStream").field("asked", &self.asked).field("restarted", &self.restarted).finish()
    }
}
