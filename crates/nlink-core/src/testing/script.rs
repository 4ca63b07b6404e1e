//! A script: which request is answered with what.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use super::answer::{Answer, nobody};
use super::verb::{End, Verb};
use super::{Asked, Exchange, FakeKernel, Refused};
use crate::object::{Object, Protocol};
use crate::wire::{Message, Writer, align4};

/// Requests and their answers. Of those that fit a request the first that is not used up answers it.
#[derive(Debug, Default)]
pub(super) struct Script {
    pub(super) steps: Vec<Step>,
    /// Interfaces that names are looked up of, as often as may be.
    pub(super) interfaces: BTreeMap<String, u32>,
    /// What was asked that the script knows nothing of.
    pub(super) unknown: Vec<String>,
}

/// One request with its answer.
pub(super) struct Step {
    /// The protocol's number.
    pub(super) protocol: u32,
    /// In words: `dump link`.
    pub(super) what: String,
    fits: Box<dyn Fn(&Asked) -> bool + Send>,
    pub(super) answer: Answer,
    /// How often it is still to be asked.
    pub(super) left: usize,
}

/// What has to be true of the object of a request.
type When<T> = Box<dyn Fn(&T) -> bool + Send>;

impl Script {
    /// The answer to a request, if there is one.
    pub(super) fn take(&mut self, protocol: u32, asked: &Asked) -> Option<&Answer> {
        let mut steps = self.steps.iter_mut();
        let step = steps.find(|step| step.left > 0 && step.protocol == protocol && (step.fits)(asked))?;
        step.left -= 1;
        Some(&step.answer)
    }
}

impl From<Exchange> for Step {
    fn from(exchange: Exchange) -> Self {
        let what = format!("recorded request {}", exchange.request.header.message_type);
        let Exchange { protocol, request, answer } = exchange;
        Self { protocol, what, fits: Box::new(move |asked| request.is_alike(asked)), answer, left: 1 }
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} to come)", self.what, self.left)
    }
}

/// A request that is to be answered. Made by [`FakeKernel::on`]; [`reply`](On::reply), [`ack`](On::ack) or
/// [`refuse`](On::refuse) say with what.
#[must_use = "say what the answer is: reply, ack or refuse"]
pub struct On<T: Object> {
    kernel: FakeKernel,
    protocol: T::Protocol,
    verb: &'static str,
    end: End,
    is: fn(u16, &Asked) -> bool,
    when: Vec<When<T>>,
    times: usize,
    of: PhantomData<fn() -> T>,
}

impl<T: Object> On<T> {
    pub(super) fn new<V: Verb<T>>(kernel: FakeKernel, protocol: T::Protocol) -> Self {
        let (verb, end, is) = (V::NAME, V::END, V::is);
        Self { kernel, protocol, verb, end, is, when: Vec::new(), times: 1, of: PhantomData }
    }

    /// Only if the object of the request is such a one.
    pub fn when(mut self, asked: impl Fn(&T) -> bool + Send + 'static) -> Self {
        self.when.push(Box::new(asked));
        self
    }

    /// It comes so many times, not once.
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// Answers with these objects, and with what ends such an answer.
    pub fn reply(self, objects: impl IntoIterator<Item = T>) -> FakeKernel {
        let nobody = nobody();
        let mut messages: Vec<_> = objects
            .into_iter()
            .map(|object| {
                let (message_type, body) = written(&self.protocol, T::NEW, &object);
                match self.end {
                    End::Done => nobody.item(message_type, &body),
                    End::Nothing | End::Ack => nobody.object(message_type, 0, &body),
                }
            })
            .collect();
        match self.end {
            End::Nothing => {}
            End::Done => messages.push(nobody.done(0)),
            End::Ack => messages.push(nobody.ack()),
        }
        self.answer(Answer::of(messages))
    }

    /// Answers: done.
    pub fn ack(self) -> FakeKernel {
        self.answer(Answer::of([nobody().ack()]))
    }

    /// Answers with a refusal: an error number (positive), or [`Refused`] with more.
    pub fn refuse(self, refused: impl Into<Refused>) -> FakeKernel {
        let headers = T::Protocol::PREFIX + align4(size_of::<<T as Message>::Header>());
        self.answer(refused.into().answer(headers))
    }

    /// Answers with whatever it may be.
    pub fn answer(self, answer: Answer) -> FakeKernel {
        let Self { kernel, protocol, verb, is, when, times, .. } = self;
        let fits = move |asked: &Asked| {
            let (command, body) = protocol.open(asked.header.message_type, &asked.body);
            let such = || T::decode(body).is_ok_and(|object| when.iter().all(|when| when(&object)));
            is(command, asked) && (when.is_empty() || such())
        };
        let what = format!("{verb} {}", T::NAME);
        kernel.step(Step { protocol: T::Protocol::NUMBER, what, fits: Box::new(fits), answer, left: times })
    }
}

/// The type and the body of a message about an object.
pub(super) fn written<T: Object>(protocol: &T::Protocol, command: u16, object: &T) -> (u16, Vec<u8>) {
    let mut writer = Writer::new();
    let message_type = protocol.begin(command, &mut writer);
    object.emit(&mut writer);
    (message_type, writer.finish().unwrap_or_default())
}

impl<T: Object> fmt::Debug for On<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("On").field("verb", &self.verb).field("object", &T::NAME).finish()
    }
}
