//! What a field is compared with: a value, a range, several values, a set.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::RangeInclusive;

use ipnet::{Ipv4Net, Ipv6Net};

use crate::Set;
use crate::set::Key;

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operand<T> {
    /// This one.
    One(T),
    /// These and all between.
    Between(T, T),
    /// Those that begin with so many bits of it.
    Prefix(T, u8),
    /// Any of these; they make an anonymous set.
    Any(Vec<T>),
    /// Those in the set of that name.
    In(String),
}

impl<T: Key> From<T> for Operand<T> {
    fn from(value: T) -> Self {
        Self::One(value)
    }
}

impl<T: Key> From<RangeInclusive<T>> for Operand<T> {
    fn from(range: RangeInclusive<T>) -> Self {
        let (first, last) = range.into_inner();
        Self::Between(first, last)
    }
}

impl<T: Key> From<Vec<T>> for Operand<T> {
    fn from(values: Vec<T>) -> Self {
        Self::Any(values)
    }
}

impl<T: Key, const N: usize> From<[T; N]> for Operand<T> {
    fn from(values: [T; N]) -> Self {
        Self::Any(values.into())
    }
}

impl<T> From<&Set> for Operand<T> {
    fn from(set: &Set) -> Self {
        Self::In(set.name.clone().unwrap_or_default())
    }
}

impl From<Ipv4Net> for Operand<Ipv4Addr> {
    fn from(net: Ipv4Net) -> Self {
        Self::Prefix(net.network(), net.prefix_len())
    }
}

impl From<Ipv6Net> for Operand<Ipv6Addr> {
    fn from(net: Ipv6Net) -> Self {
        Self::Prefix(net.network(), net.prefix_len())
    }
}
