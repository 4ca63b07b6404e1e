//! Which internet sockets a listing has.

use nlink_core::Interface;
use nlink_core::object::Filter;
use nlink_core::wire::Writer;

use super::request::Request;
use super::socket::InetSocket;
use super::{Extensions, SocketId};
use crate::expression::plan;
use crate::filter::selections;
use crate::{Cookie, Expression, Family, State, States};

/// Narrows a listing of internet sockets, in the kernel as far as it can decide; read from text, it is the filter of
/// `ss`. Without more said it is every socket, with everything that the kernel has to say.
///
/// ```
/// use nlink_diag::{Family, InetFilter, States};
/// let filter: InetFilter = "state established dport = :443".parse()?;
/// assert_eq!((filter.states, filter.family), (States::ESTABLISHED, Family::UNSPEC));
/// # Ok::<(), nlink_diag::SelectionError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct InetFilter {
    /// [`Family::INET`] or [`Family::INET6`]; else both.
    pub family: Family,
    /// In one of these states.
    pub states: States,
    /// For which this holds.
    pub expression: Option<Expression>,
    /// What shall be said of each. Less asked is less work for the kernel.
    pub extensions: Extensions,
}

impl Default for InetFilter {
    fn default() -> Self {
        Self { family: Family::UNSPEC, states: States::EVERY, expression: None, extensions: Extensions::ALL }
    }
}

selections!(InetFilter);

impl<T: InetSocket> Filter<T> for InetFilter {
    fn emit(&self, writer: &mut Writer) {
        let family = if self.family == Family::UNSPEC { Family::INET } else { self.family };
        let (states, extensions, id) =
            (self.states, self.extensions, SocketId { cookie: Cookie::NONE, ..SocketId::default() });
        let request = Request { protocol: T::PROTOCOL, family, extensions, states, raw: 0, id };
        match self.expression.as_ref().map(|expression| plan(expression, family)).transpose() {
            Ok(bytecode) => request.emit(bytecode.flatten().as_deref(), writer),
            Err(cause) => writer.fail(cause),
        }
    }

    fn matches(&self, socket: &T) -> bool {
        let header = socket.header();
        let family = self.family == Family::UNSPEC || self.family == header.family;
        // The kernel tells those that are bound and no more from those that are closed; both it calls closed.
        let is_bound = header.state == State::CLOSE && self.states.contains(States::BOUND_INACTIVE);
        let holds = |expression: &Expression| expression.may_hold(&socket.facts());
        family && (self.admits(header.state, holds) || is_bound && self.expression.as_ref().is_none_or(holds))
    }

    /// The kernel lists one address family at a time.
    fn following(&self) -> Option<Self> {
        (self.family == Family::UNSPEC).then(|| Self { family: Family::INET6, ..self.clone() })
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        self.visit_expression(visit);
    }
}
