//! What the verbs have in common: resolve, write, exchange, and say what went wrong in words.

use super::deadline::Deadline;
use super::exchange::Fault;
use super::trace::Trace;
use super::{Connection, message, names_in, put_indexes};
use crate::driver::Driver;
use crate::engine::{Expect, Failure};
use crate::error::{Error, Result};
use crate::object::{Object, Protocol};

/// How an object is asked about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask {
    /// The word for it in errors: `add`.
    pub(super) verb: &'static str,
    pub(super) command: u16,
    pub(super) flags: u16,
    pub(super) expect: Expect,
    pub(super) deadline: Deadline,
}

impl<P: Protocol, D: Driver> Connection<P, D> {
    /// Sends a request about `object`; the messages that answered it.
    pub(super) async fn ask<T: Object<Protocol = P>>(&self, ask: Ask, object: &mut T) -> Result<Vec<u8>> {
        let Ask { verb, command, flags, expect, deadline } = ask;
        let names = names_in(|visit| object.visit_interfaces(visit));
        // Errors shall call interfaces as the caller did, so what was asked is put into words before names are gone.
        let described = (!names.is_empty()).then(|| object.describe());
        let found = self.shared.resolve::<D>(names, deadline).await?;
        put_indexes(&found, |visit| object.visit_interfaces(visit));

        let asked = |object: &T| {
            let described = described.clone().unwrap_or_else(|| object.describe());
            format!("{verb} {described}")
        };
        let table = const { &T::TABLE };
        let write = |object: &T| {
            let message = message::write(&self.protocol, command, flags, table, |writer| object.emit_request(writer));
            message.map_err(|error| Error::invalid(asked(object), error))
        };
        let mut message = write(object)?;

        let mut trace = Trace::of(P::NAME, verb, T::NAME, command);
        let mut outcome = trace.exchange::<D>(&self.shared, &mut message, expect, deadline).await;
        // An answer that did not fit has taught the buffer its size. What only asks may be asked again.
        if expect == Expect::Reply && outcome.as_ref().is_err_and(Fault::is_truncated) {
            self.shared.count_retry();
            outcome = trace.exchange::<D>(&self.shared, &mut message, expect, deadline).await;
        }
        if let Err(Fault::Failure(Failure::Refused(refusal))) = &outcome
            && self.learns_from(refusal)
        {
            message = write(object)?;
            self.shared.count_retry();
            outcome = trace.exchange::<D>(&self.shared, &mut message, expect, deadline).await;
        }
        let outcome = outcome.map_err(|fault| {
            let error = fault.explain(asked(object), deadline, message::sent::<P>(&message, table));
            error.hinted(|kernel| object.hint(kernel))
        });
        trace.end(&message, &outcome);
        outcome
    }
}
