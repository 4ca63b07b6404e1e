//! Statements: what rules consist of.

use super::Term;
use crate::expression::Expression;
use crate::expression::kinds::nat::NatFlags;
use crate::expression::kinds::objref::ObjectType;
use crate::expression::kinds::{Counter, Limit, Log, Quota};
use crate::language::Span;
use crate::{Family, Verdict};

/// A statement.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Statement {
    /// Goes on where it holds: `tcp dport 22`.
    Match(Match),
    /// What becomes of the packet: `accept`.
    Verdict(Verdict),
    /// What a map says becomes of it: `tcp dport vmap @ports`.
    VerdictMap(VerdictMap),
    /// Sets: `meta mark set 1`.
    Assignment(Assignment),
    /// Counts: `counter packets 0 bytes 0`.
    Counter(Counter),
    /// Goes on as long as a rate is kept: `limit rate 10/second`.
    Limit(Limit),
    /// Goes on until so much has passed: `quota 25 mbytes`.
    Quota(Quota),
    /// Tells of the packet: `log prefix "in: "`.
    Log(Log),
    /// Uses an object of the table: `counter name "web"`.
    Object(ObjectStatement),
    /// Drops and says so: `reject with tcp reset`.
    Reject(RejectStatement),
    /// Translates addresses: `dnat to 10.0.0.1:80`, `masquerade`, `redirect to :8080`.
    Nat(NatStatement),
    /// An expression that is no statement by itself or is not known; kept as it came, and printed as such.
    Raw(Expression),
}

/// A comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// What is compared.
    pub left: Term,
    /// How.
    pub relation: Relation,
    /// With what.
    pub right: Term,
    /// Where it stands.
    pub span: Span,
}

/// How two terms are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Nothing is written: equal, in it, of flags any of them.
    Implicit,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `<=`
    LessOrEqual,
    /// `>=`
    GreaterOrEqual,
    /// `!`, of flags: none of them.
    Not,
}

/// A key, and the map of verdicts to look it up in.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictMap {
    /// The key.
    pub key: Term,
    /// The map: [`Term::Set`] or [`Term::Named`].
    pub map: Term,
}

/// What is set, and what to.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// `meta mark`, `ct mark`, `ip dscp`.
    pub target: Term,
    /// The value.
    pub value: Term,
}

/// An object of the table, by its name or as a map says.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectStatement {
    /// What it is.
    pub object_type: ObjectType,
    /// Its name, as a [`Term::Symbol`], or a [`Term::Lookup`].
    pub name: Term,
}

/// Drops and says so.
#[derive(Clone, Debug, PartialEq)]
pub struct RejectStatement {
    /// What is said; absent that the port is unreachable, in the packet's own protocol.
    pub with: Option<RejectWith>,
    /// Where it stands.
    pub span: Span,
}

/// What the sender is told.
#[derive(Clone, Debug, PartialEq)]
pub enum RejectWith {
    /// `tcp reset`
    TcpReset,
    /// `icmp port-unreachable`
    Icmp(Term),
    /// `icmpv6 admin-prohibited`
    Icmpv6(Term),
    /// `icmpx host-unreachable`
    Icmpx(Term),
}

/// Translates addresses.
#[derive(Clone, Debug, PartialEq)]
pub struct NatStatement {
    /// Which addresses.
    pub kind: NatKind,
    /// Of which family, where it was said: `dnat ip to`.
    pub family: Option<Family>,
    /// The new address: a value, a range, or a [`Term::Lookup`] that gives the address or, concatenated, address and port.
    pub address: Option<Term>,
    /// The new port: a value or a range.
    pub port: Option<Term>,
    /// How.
    pub flags: NatFlags,
    /// Where it stands.
    pub span: Span,
}

/// Which addresses are translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NatKind {
    /// The source: `snat`.
    Source,
    /// The destination: `dnat`.
    Destination,
    /// The source, to the address of the device: `masquerade`.
    Masquerade,
    /// The destination, to this machine: `redirect`.
    Redirect,
}
