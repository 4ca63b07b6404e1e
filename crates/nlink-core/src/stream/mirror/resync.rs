//! The first layer: snapshots and announcements, nothing kept.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use futures_core::Stream;

use super::heard::{Announcements, Heard};
use super::settings::{Settings, settings};
use crate::connection::{Connection, Deadline, names_in, put_indexes};
use crate::driver::{Driver, Tokio, Wait};
use crate::engine::{Input, Marker, Phase, Resync};
use crate::error::{Error, Result};
use crate::object::{Cues, Dump, Filter, Object, Watch};
use crate::stream::{DumpStream, EventStream, Listing, Notice, Subscription};

/// The least rest before a listing.
const REST: Duration = Duration::from_millis(20);
/// The longest, also after a listing that failed.
const LONG_REST: Duration = Duration::from_secs(1);

/// What a [`ResyncStream`] yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResyncedEvent<T> {
    /// A snapshot begins or ends.
    Marker(Marker),
    /// One that is there: listed, made or changed. The same may come more than once.
    New(T),
    /// One that was made in the place of another of the same key, which is gone.
    Replaced(T),
    /// One that is gone, or that the filter no longer lets through; it need not have come before.
    Del(T),
}

/// All objects and what happens to them, for ever; keeps nothing but a buffer. Made by [`Connection::resync`].
///
/// An error is about one object that cannot be read, and the stream goes on; or says that a listing failed, which is
/// tried again a second later; after one of the subscription itself the stream ends.
pub struct ResyncStream<T: Watch, D: Driver = Tokio> {
    connection: Connection<<T as Object>::Protocol, D>,
    pub(super) settings: Settings<T::Filter>,
    machine: Resync,
    cues: T::Cues,
    events: Option<EventStream<Announcements<T>, D>>,
    settling: Option<Settling<T::Filter>>,
    listing: Option<DumpStream<T, D>>,
    pace: Pace,
    over: bool,
}

type Settling<F> = Pin<Box<dyn Future<Output = Result<F>> + Send>>;

/// When the next listing may begin.
#[derive(Debug, Default)]
struct Pace {
    began: Option<Instant>,
    rested: Option<Instant>,
    /// How long to rest: as long as the last listing took.
    rest: Duration,
}

settings!([T: Watch, D: Driver] ResyncStream<T, D>, self.settings);

impl<T: Watch, D: Driver> ResyncStream<T, D> {
    pub(crate) fn new(connection: Connection<<T as Object>::Protocol, D>) -> Self {
        let settings = Settings { filter: T::Filter::default(), timeout: connection.timeout, buffer: None };
        Self {
            connection,
            settings,
            machine: Resync::default(),
            cues: T::Cues::default(),
            events: None,
            settling: None,
            listing: None,
            pace: Pace::default(),
            over: false,
        }
    }

    /// The next event; `None` after an error of the subscription.
    pub async fn try_next(&mut self) -> Result<Option<ResyncedEvent<T>>> {
        poll_fn(|cx| self.poll(cx)).await.transpose()
    }

    /// Lists anew, after a rest. For a consumer that knows of a change which the kernel did not announce.
    pub fn relist(&mut self) {
        self.step(Input::Doubt);
    }

    /// Whether what was yielded so far is up to date, as far as has been heard.
    pub fn is_current(&self) -> bool {
        self.machine.phase() == Phase::Following && !self.events.as_ref().is_some_and(EventStream::has_lost)
    }

    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<ResyncedEvent<T>>>> {
        while !self.over {
            let event = match self.machine.phase() {
                Phase::Resting if self.events.is_none() => self.subscribe(),
                Phase::Resting => ready!(self.poll_events(self.pace.rested, cx)),
                Phase::Settling => ready!(self.poll_settling(cx)),
                Phase::Listing => ready!(self.poll_listing(cx)),
                Phase::Merging { .. } => ready!(self.poll_events(Some(D::Wait::now()), cx)),
                Phase::Following => ready!(self.poll_events(None, cx)),
            };
            if event.is_some() {
                return Poll::Ready(event);
            }
        }
        Poll::Ready(None)
    }

    fn step(&mut self, input: Input) -> Option<Result<ResyncedEvent<T>>> {
        let marker = self.machine.step(input);
        if self.machine.phase() == Phase::Resting && self.pace.rested.is_none() {
            self.pace.rested = D::Wait::now().checked_add(self.pace.rest.clamp(REST, LONG_REST));
        }
        if marker == Some(Marker::ResyncStart) && self.pace.began.is_some() {
            self.connection.shared.count_resync();
        }
        marker.map(|marker| Ok(ResyncedEvent::Marker(marker)))
    }

    fn fail(&mut self, error: Error) -> Option<Result<ResyncedEvent<T>>> {
        self.over = true;
        Some(Err(error))
    }

    /// Nothing has been listed yet, so there is nothing to rest from.
    fn subscribe(&mut self) -> Option<Result<ResyncedEvent<T>>> {
        let subscription = Subscription::<Announcements<T>, D>::new(self.connection.clone());
        let subscription = T::Cues::GROUPS.iter().fold(subscription, |all, group| all.group(*group));
        let subscription = match self.settings.buffer {
            Some(bytes) => subscription.receive_buffer(bytes),
            None => subscription,
        };
        match subscription.start() {
            Ok(events) => {
                self.events = Some(events);
                self.step(Input::Rested)
            }
            Err(error) => self.fail(error),
        }
    }

    fn poll_events(&mut self, until: Option<Instant>, cx: &mut Context<'_>) -> Poll<Option<Result<ResyncedEvent<T>>>> {
        let Some(events) = &mut self.events else { return Poll::Ready(None) };
        let until = until.map(|at| Deadline { after: None, at: Some(at) });
        let heard = match ready!(events.poll(until, cx)) {
            Some(Ok(Notice::Event(heard))) => heard,
            Some(Ok(Notice::Overrun)) => return Poll::Ready(self.step(Input::Overrun)),
            Some(Err(error)) if error.is_timeout() => {
                let resting = self.machine.phase() == Phase::Resting;
                return Poll::Ready(self.step(if resting { Input::Rested } else { Input::Drained }));
            }
            Some(Err(error)) if error.is_malformed() => {
                tracing::debug!(object = T::NAME, %error, "an announcement cannot be read; listing anew");
                return Poll::Ready(self.step(Input::Doubt));
            }
            Some(Err(error)) => return Poll::Ready(self.fail(error)),
            None => {
                self.over = true;
                return Poll::Ready(None);
            }
        };
        Poll::Ready(self.heard(heard))
    }

    /// What an announcement means for those that are mirrored.
    fn heard(&mut self, heard: Heard<T>) -> Option<Result<ResyncedEvent<T>>> {
        let filter = &self.settings.filter;
        let settled = |mut object: T| {
            object.settle();
            object
        };
        let event = match heard {
            Heard::Cue(cue) => return if self.cues.heed(cue) { self.step(Input::Doubt) } else { None },
            Heard::New(object) | Heard::Replaced(object) | Heard::Del(object) if !object.belongs(filter) => {
                return if object.hints(filter) { self.step(Input::Doubt) } else { None };
            }
            Heard::New(object) => ResyncedEvent::New(settled(object)),
            Heard::Replaced(object) => ResyncedEvent::Replaced(settled(object)),
            Heard::Del(object) => ResyncedEvent::Del(object),
        };
        Some(Ok(match event {
            ResyncedEvent::New(object) | ResyncedEvent::Replaced(object) if !filter.matches(&object) => {
                ResyncedEvent::Del(object)
            }
            event => event,
        }))
    }

    /// Has the kernel carry out what it announced, and the first time names become indexes.
    fn poll_settling(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<ResyncedEvent<T>>>> {
        let settling = self.settling.get_or_insert_with(|| {
            let filter = self.settings.filter.clone();
            Box::pin(settle::<T, D>(self.connection.clone(), filter, self.settings.timeout))
        });
        let filter = match ready!(settling.as_mut().poll(cx)) {
            Ok(filter) => filter,
            Err(error) => return Poll::Ready(self.fail(error)),
        };
        self.settling = None;
        let mut listing = Listing::new(self.connection.clone()).filter(filter.clone()).restarts(0);
        listing.timeout = self.settings.timeout;
        self.listing = Some(listing.stream());
        self.settings.filter = filter;
        let marker = self.step(Input::Settled);
        self.pace.began = Some(D::Wait::now());
        self.pace.rested = None;
        Poll::Ready(marker)
    }

    fn poll_listing(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<ResyncedEvent<T>>>> {
        let Some(listing) = &mut self.listing else { return Poll::Ready(self.step(Input::Void)) };
        Poll::Ready(match ready!(Pin::new(&mut *listing).poll_next(cx)) {
            Some(Ok(object)) => object.belongs(&self.settings.filter).then_some(Ok(ResyncedEvent::New(object))),
            Some(Err(error)) if listing.is_over() => self.listed(Err(error)),
            Some(Err(error)) => Some(Err(error)),
            None => self.listed(Ok(())),
        })
    }

    /// The listing is over, one way or another.
    fn listed(&mut self, outcome: Result<()>) -> Option<Result<ResyncedEvent<T>>> {
        self.listing = None;
        let took = self.pace.began.map(|began| D::Wait::now().saturating_duration_since(began));
        self.pace.rest = took.unwrap_or_default();
        match outcome {
            Ok(()) => self.step(Input::Listed),
            Err(error) if T::is_absence(&self.settings.filter, &error) => self.step(Input::Listed),
            Err(error) if error.is_interrupted() || error.is_lost() => self.step(Input::Void),
            Err(error) => {
                self.pace.rest = LONG_REST;
                self.step(Input::Void);
                Some(Err(error))
            }
        }
    }
}

async fn settle<T: Watch, D: Driver>(
    connection: Connection<<T as Object>::Protocol, D>,
    mut filter: <T as Dump>::Filter,
    timeout: Option<Duration>,
) -> Result<<T as Dump>::Filter> {
    if let Some((command, body)) = T::BARRIER {
        // Any answer will do, a refusal is one.
        let _ = connection.request(command).body(body).await;
    }
    let names = names_in(|visit| filter.visit_interfaces(visit));
    let found = connection.shared.resolve::<D>(names, Deadline::in_time::<D>(timeout)).await?;
    put_indexes(&found, |visit| filter.visit_interfaces(visit));
    Ok(filter)
}

impl<T: Watch, D: Driver> Stream for ResyncStream<T, D> {
    type Item = Result<ResyncedEvent<T>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

/// Nothing in it is pinned but what is boxed.
impl<T: Watch, D: Driver> Unpin for ResyncStream<T, D> {}

impl<T: Watch, D: Driver> fmt::Debug for ResyncStream<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (of, phase) = (T::NAME, self.machine.phase());
        f.debug_struct("ResyncStream").field("of", &of).field("phase", &phase).finish_non_exhaustive()
    }
}
