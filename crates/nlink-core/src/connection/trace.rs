//! What `tracing` hears: a span for each request, from its first byte to its outcome, at level debug.
//!
//! | field | what |
//! |---|---|
//! | `protocol`, `verb`, `object`, `command` | `rtnetlink`, `add`, `link`, the command's number |
//! | `seq` | the sequence number of the last attempt |
//! | `attempts` | how often it was sent: an answer that did not fit is asked for again, a listing that changed too |
//! | `outcome` | `done`, `failed`, or `dropped` by who asked |
//! | `error` | of one that failed, the sentence |
//!
//! Nothing of what is sent or received is among them, so no secret can be; the sentence names objects as
//! [`describe`](crate::object::Object::describe) does.

use std::fmt::Display;
use std::sync::Arc;

use tracing::Span;
use tracing::field::{Empty, display};
use tracing::instrument::{Instrument, Instrumented};

use super::deadline::Deadline;
use super::exchange::Exchange;
use super::message;
use super::shared::Shared;
use crate::driver::Driver;
use crate::engine::Expect;

/// The span of a request.
#[derive(Debug)]
pub(crate) struct Trace {
    span: Span,
    attempts: u32,
    told: bool,
}

impl Trace {
    pub(crate) fn of(protocol: &'static str, verb: &'static str, object: &'static str, command: u16) -> Self {
        let span = tracing::debug_span!(
            "request",
            protocol,
            verb,
            object,
            command,
            seq = Empty,
            attempts = Empty,
            outcome = Empty,
            error = Empty
        );
        Self { span, attempts: 0, told: false }
    }

    pub(crate) fn span(&self) -> &Span {
        &self.span
    }

    /// Exchanges the message inside the span.
    pub(super) fn exchange<'a, D: Driver>(
        &mut self,
        shared: &'a Arc<Shared>,
        message: &'a mut [u8],
        expect: Expect,
        deadline: Deadline,
    ) -> Instrumented<Exchange<'a, D>> {
        self.attempt();
        Exchange::new(shared, message, expect, deadline).instrument(self.span.clone())
    }

    /// It is sent, perhaps once more.
    pub(crate) fn attempt(&mut self) {
        self.attempts += 1;
    }

    /// How it ended; `message` is what was sent last.
    pub(crate) fn end<T, E: Display>(&mut self, message: &[u8], outcome: &Result<T, E>) {
        if self.told || self.span.is_disabled() {
            return;
        }
        self.span.record("seq", message::sequence(message));
        match outcome {
            Ok(_) => self.tell("done"),
            Err(error) => {
                self.span.record("error", display(error));
                self.tell("failed");
            }
        }
    }

    fn tell(&mut self, outcome: &'static str) {
        self.told = true;
        self.span.record("attempts", self.attempts);
        self.span.record("outcome", outcome);
    }
}

impl Drop for Trace {
    fn drop(&mut self) {
        if !self.told && !self.span.is_disabled() {
            self.tell("dropped");
        }
    }
}
