//! What a connection can do with typed messages.

use nlink_core::driver::Driver;
use nlink_core::object::Protocol;
use nlink_core::stream::Subscription;
use nlink_core::{Connection, Result};

use super::dialogue::{Asking, Dialogue};
use super::{Announced, Announcement, Command, Send, TypedStream};
use crate::Family;
use crate::generic::Reaches;

/// Typed messages on a connection to generic netlink as a whole (`Connection<Generic>`), which reaches every family, or
/// to one family.
pub trait Typed {
    /// The connection's protocol.
    type Protocol: Protocol;

    /// The connection's driver.
    type Driver: Driver;

    /// Sends a command; awaited, gives its reply.
    fn send_typed<C: Command>(&self, command: C) -> Send<C, Self::Protocol, Self::Driver>
    where
        Self::Protocol: Reaches<C::Family>;

    /// Sends a command that lists; the replies come one by one.
    fn dump_typed_stream<C: Command>(&self, command: C) -> TypedStream<C, Self::Driver>
    where
        Self::Protocol: Reaches<C::Family>;

    /// A subscription to what a family announces; awaited, gives the stream of it.
    ///
    /// Fails at once where the kernel has no such family, or the family no such multicast group.
    fn events_typed<A: Announcement>(&self) -> Result<Subscription<Announced<A>, Self::Driver>>
    where
        Self::Protocol: Reaches<A::Family>;
}

impl<P: Protocol, D: Driver> Typed for Connection<P, D> {
    type Protocol = P;
    type Driver = D;

    fn send_typed<C: Command>(&self, command: C) -> Send<C, P, D>
    where
        P: Reaches<C::Family>,
    {
        Send::new(self.clone(), command)
    }

    fn dump_typed_stream<C: Command>(&self, command: C) -> TypedStream<C, D>
    where
        P: Reaches<C::Family>,
    {
        let family = P::reach(self);
        TypedStream::new(family.map(|family| family.dump::<Dialogue<C>>().filter(Asking(command)).stream()))
    }

    fn events_typed<A: Announcement>(&self) -> Result<Subscription<Announced<A>, D>>
    where
        P: Reaches<A::Family>,
    {
        let family = P::reach(self)?;
        let handle = family.protocol().handle();
        A::GROUPS.iter().try_fold(family.events::<Announced<A>>(), |subscription, group| {
            Ok(subscription.group(handle.group(A::Family::NAME, group)?))
        })
    }
}
