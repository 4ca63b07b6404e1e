//! The kernel in the hands of a test: its sockets, and its script.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use nix::errno::Errno;
use nlink_uapi::if_link::{IFLA_ALT_IFNAME, IFLA_IFNAME};
use nlink_uapi::netlink::NETLINK_ROUTE;
use nlink_uapi::rtnetlink::{RTM_GETLINK, RTM_NEWLINK, ifinfomsg};
use zerocopy::IntoBytes;

use super::answer::{Answer, nobody};
use super::script::{On, Script, Step, written};
use super::verb::Verb;
use super::{Asked, Delivery, Line, Recording, Refused};
use crate::connection::{Connection, Shared};
use crate::driver::Driver;
use crate::error::{Error, Result};
use crate::object::{Event, Events, Object, Protocol};
use crate::socket::Socket;
use crate::wire::{Attrs, Codec, Fixed, Writer, attr_id};

/// A kernel that does what a test says; see the [module](super).
#[derive(Debug, Default)]
pub struct FakeKernel(Arc<Inner>);

#[derive(Debug, Default)]
pub(super) struct Inner {
    lines: Mutex<Vec<Line>>,
    script: Mutex<Script>,
    /// Answers that are kept back.
    held: Mutex<Vec<(Line, Vec<Delivery>)>>,
    /// What each subscription of a recording received.
    events: Mutex<Vec<Vec<Delivery>>>,
    connections: Mutex<Vec<Weak<Shared>>>,
}

/// Setting it up.
impl FakeKernel {
    /// One that nobody is connected to yet, and that has no script.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers a request: `.on::<Link>(Dump).reply([…])`.
    pub fn on<T: Object>(self, verb: impl Verb<T>) -> On<T>
    where
        T::Protocol: Default,
    {
        self.on_with(T::Protocol::default(), verb)
    }

    /// The same for a protocol that is not known before, as a family of generic netlink.
    pub fn on_with<T: Object, V: Verb<T>>(self, protocol: T::Protocol, _verb: V) -> On<T> {
        On::new::<V>(self, protocol)
    }

    /// Has an interface as far as looking up its index goes: requests may name it.
    pub fn interface(self, name: &str, index: u32) -> Self {
        lock(&self.0.script).interfaces.insert(name.to_owned(), index);
        self
    }

    /// Plays what was recorded: the same requests get the same answers, and subscriptions what they received then.
    pub fn replay(self, recording: Recording) -> Self {
        lock(&self.0.script).steps.extend(recording.exchanges.into_iter().map(Step::from));
        lock(&self.0.events).extend(recording.events);
        self
    }

    pub(super) fn step(self, step: Step) -> Self {
        lock(&self.0.script).steps.push(step);
        self
    }

    #[allow(clippy::panic)] // for tests, and a test that spoils nothing is wrong
    pub(super) fn spoil_last(&self, with: impl FnOnce(&mut Answer)) {
        match lock(&self.0.script).steps.last_mut() {
            Some(step) => with(&mut step.answer),
            None => panic!("nothing is in the script yet that could go wrong"),
        }
    }

    /// A connection to it.
    #[allow(clippy::panic)] // for tests, and without file descriptors there is nothing to test
    pub fn connect<P: Protocol + Default>(&self) -> Connection<P> {
        let inner = Arc::clone(&self.0);
        match Connection::over(P::default(), move |protocol| inner.open(protocol)) {
            Ok(connection) => {
                lock(&self.0.connections).push(Arc::downgrade(&connection.shared));
                connection
            }
            Err(error) => panic!("{error}"),
        }
    }
}

/// While it runs.
impl FakeKernel {
    /// Tells subscribers of an object that something happened to one.
    pub fn announce<T>(&self, event: Event<T>)
    where
        T: Object + Events<Protocol = <T as Object>::Protocol>,
        <T as Object>::Protocol: Default,
    {
        let (command, object) = match &event {
            Event::New(object) => (T::NEW, object),
            Event::Del(object) => (T::DEL, object),
        };
        let (message_type, body) = written(&<T as Object>::Protocol::default(), command, object);
        let message = nobody().object(message_type, 0, &body);
        for line in self.subscribers(|group| T::GROUPS.contains(&group)) {
            line.deliver(&message);
        }
    }

    /// The receive buffers of all subscriptions are full: what happened is lost (`ENOBUFS`).
    pub fn lose_events(&self) {
        self.subscribers(|_| true).for_each(|line| line.fail(Errno::ENOBUFS as i32));
    }

    fn subscribers(&self, to: impl Fn(u32) -> bool) -> impl Iterator<Item = Line> {
        let lines = lock(&self.0.lines).clone();
        lines.into_iter().filter(move |line| line.groups().into_iter().any(&to))
    }

    /// Delivers the answers that are [late](super::Faults::late).
    pub fn release(&self) {
        let held = std::mem::take(&mut *lock(&self.0.held));
        held.into_iter().for_each(|(line, deliveries)| line.deliver_all(deliveries));
    }

    /// How many sockets were opened so far.
    pub fn lines(&self) -> usize {
        lock(&self.0.lines).len()
    }

    /// The far end of the socket for requests.
    pub fn control(&self) -> Line {
        self.line(0)
    }

    /// The far end of the socket that was opened so-manieth: 0 is the one for requests, the others are those of dumps
    /// and subscriptions.
    #[allow(clippy::panic)] // for tests, and a test that asks for what is not there has failed
    pub fn line(&self, number: usize) -> Line {
        let lines = lock(&self.0.lines);
        match lines.get(number) {
            Some(line) => line.clone(),
            None => panic!("only {} sockets were opened, there is no number {number}", lines.len()),
        }
    }

    /// The end of each scenario: nobody waits, every request was read, and every answer of the script was asked for.
    pub fn assert_all_is_settled<P: Protocol, D: Driver>(&self, connection: &Connection<P, D>) {
        assert_eq!(connection.counters().in_flight, 0, "requests are still in the table");
        for line in lock(&self.0.lines).iter() {
            assert!(line.try_asked().is_none(), "a request was never looked at");
        }
        self.assert_script_is_played();
    }

    fn assert_script_is_played(&self) {
        let script = lock(&self.0.script);
        let unknown = &script.unknown;
        assert!(unknown.is_empty(), "the script does not know what was asked: {unknown:?}");
        let left: Vec<_> = script.steps.iter().filter(|step| step.left > 0).collect();
        assert!(left.is_empty(), "the script was not played to its end: {left:?}");
        let connections = lock(&self.0.connections);
        let waiting: usize =
            connections.iter().filter_map(Weak::upgrade).map(|shared| shared.counters().in_flight).sum();
        assert_eq!(waiting, 0, "requests are still in the table");
    }
}

impl Drop for FakeKernel {
    fn drop(&mut self) {
        let scripted = !lock(&self.0.script).steps.is_empty();
        if scripted && !std::thread::panicking() {
            self.assert_script_is_played();
        }
    }
}

impl Inner {
    fn open(self: &Arc<Self>, protocol: u32) -> Result<Socket> {
        let opened = Line::open(protocol, Arc::downgrade(self));
        let (line, socket) = opened.map_err(|error| Error::socket("make a socket without a kernel", error))?;
        lock(&self.lines).push(line);
        Ok(socket)
    }

    /// What answers a request at once; `None` is the test's to answer.
    pub(super) fn answer(&self, line: &Line, asked: &Asked) -> Option<Vec<Delivery>> {
        let mut script = lock(&self.script);
        if let Some(answer) = script.take(line.protocol(), asked) {
            let deliveries = answer.to(asked);
            if answer.held {
                lock(&self.held).push((line.clone(), deliveries));
                return Some(Vec::new());
            }
            return Some(deliveries);
        }
        if let Some(found) = script.look_up(line.protocol(), asked) {
            return Some(found.to(asked));
        }
        if script.steps.is_empty() {
            return None;
        }
        let what = if asked.is_dump() { "dump" } else { "request" };
        script.unknown.push(format!("{what} {}", asked.header.message_type));
        let refused = Refused::with(Errno::EOPNOTSUPP as i32).saying("the test's script has no answer to that");
        Some(refused.answer(0).to(asked))
    }

    /// What a subscription receives at once, in a replay.
    pub(super) fn recorded_events(&self) -> Vec<Delivery> {
        let mut events = lock(&self.events);
        if events.is_empty() { Vec::new() } else { events.remove(0) }
    }
}

impl Script {
    /// Answers the question for an interface's index, if it is that and the interface is one of ours.
    fn look_up(&self, protocol: u32, asked: &Asked) -> Option<Answer> {
        let is_question = protocol == NETLINK_ROUTE && asked.header.message_type == attr_id(RTM_GETLINK);
        if !is_question || asked.is_dump() {
            return None;
        }
        let (_, attrs) = ifinfomsg::split(&asked.body).ok()?;
        let names = [IFLA_IFNAME, IFLA_ALT_IFNAME].map(attr_id);
        let name = Attrs::new(attrs).map_while(Result::ok).find(|attr| names.contains(&attr.kind()))?;
        let name = String::decode(name.payload()).ok()?;
        let header = ifinfomsg { ifi_index: i32::try_from(*self.interfaces.get(&name)?).ok()?, ..Default::default() };
        let mut link = Writer::new();
        link.bytes(header.as_bytes());
        link.attr(attr_id(IFLA_IFNAME), |payload| name.encode(payload));
        let body = link.finish().ok()?;
        Some(Answer::of([nobody().object(attr_id(RTM_NEWLINK), 0, &body)]))
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
