//! How the values of a route are spelled: addresses, names of /etc/iproute2, times, features.

use std::net::IpAddr;

use nlink_core::wire::{FlagSet, OpenEnum};
use nlink_core::words::{BadValue, Word, WordError, Words};

use super::keys::fits;
use super::prefix::{belongs, parse_host};
use super::{RouteFeatures, RouteProtocol, RouteTable, RouteType, Scope, names};
use crate::Family;

/// Reads an address, of a family where one is known.
pub(crate) fn host(word: &str, family: Family) -> Result<IpAddr, BadValue> {
    let (what, example) = match family {
        Family::INET => ("an IPv4 address", "192.0.2.1"),
        Family::INET6 => ("an IPv6 address", "2001:db8::1"),
        _ => ("an IP address", "192.0.2.1"),
    };
    parse_host(word).filter(|address| belongs(*address, family)).ok_or_else(|| BadValue::address(what, example))
}

/// Reads a number that has a name of ours, or that a table of /etc/iproute2 may name.
pub(crate) fn named<T>(table: &str, word: &str, known: impl Fn(&str) -> Result<T, BadValue>) -> Result<T, BadValue>
where
    T: TryFrom<u32>,
{
    known(word)
        .or_else(|error| crate::names::number(table, word).and_then(|number| number.try_into().ok()).ok_or(error))
}

/// Reads a scope.
pub(crate) fn scope(word: &str) -> Result<Scope, BadValue> {
    named(names::SCOPES, word, |word| word.parse::<Scope>().map(|scope| scope.0)).map(Scope)
}

/// Reads a protocol.
pub(super) fn protocol(word: &str) -> Result<RouteProtocol, BadValue> {
    named(names::PROTOCOLS, word, |word| word.parse::<RouteProtocol>().map(|protocol| protocol.0)).map(RouteProtocol)
}

/// Reads a table.
pub(super) fn table(word: &str) -> Result<RouteTable, BadValue> {
    let known = |word: &str| {
        let table = word.parse::<RouteTable>().map(|table| table.0);
        table.or_else(|error| u32::parse_word(word).map_err(|_| error))
    };
    named(names::TABLES, word, known).map(RouteTable)
}

/// Reads a type of service, hexadecimal unless a table names it.
pub(super) fn tos(word: &str) -> Result<u8, BadValue> {
    let number = |word: &str| {
        let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")).unwrap_or(word);
        let digits = Some(digits).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let number = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        number.ok_or_else(|| BadValue::new("a type of service, two hexadecimal digits", "10"))
    };
    named(names::DSFIELD, word, number)
}

/// Reads a type of route; a number is none, it would be taken for a destination.
pub(super) fn route_type(word: &str) -> Option<RouteType> {
    match word {
        "brd" => Some(RouteType::BROADCAST),
        "none" => None,
        word => RouteType::from_name(word),
    }
}

/// A time: milliseconds, and whether a unit said so.
pub(super) fn time(word: &str) -> Result<(u32, bool), BadValue> {
    let digits = word.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(word.len());
    let (number, unit) = word.split_at(digits);
    let factor = match unit.to_ascii_lowercase().as_str() {
        "" | "ms" | "msec" | "msecs" => 1.0,
        "s" | "sec" | "secs" => 1000.0,
        _ => f64::NAN,
    };
    let value = number.parse::<f64>().map(|value| (value * factor).ceil());
    match value {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a whole number in range
        Ok(value) if (0.0..=f64::from(u32::MAX)).contains(&value) => Ok((value as u32, !unit.is_empty())),
        _ => Err(BadValue::new("a time in seconds or milliseconds", "100ms")),
    }
}

/// Takes a word that names a family.
pub(super) fn family_word(words: &mut Words<'_>) -> Option<Family> {
    let family = match words.peek()? {
        "inet" => Family::INET,
        "inet6" => Family::INET6,
        "mpls" => Family::MPLS,
        _ => return None,
    };
    words.next();
    Some(family)
}

/// Reads features of TCP, as many as there are.
pub(super) fn features(words: &mut Words<'_>) -> Result<RouteFeatures, WordError> {
    let mut features = RouteFeatures(0);
    while let Some((bit, _)) = RouteFeatures::NAMES.iter().find(|(_, name)| words.peek() == Some(name)) {
        words.next();
        features |= *bit;
    }
    match (features, words.peek()) {
        (RouteFeatures(0), None) => Err(WordError::missing("features", "ecn or tcp_usec_ts")),
        (RouteFeatures(0), Some(word)) => {
            Err(WordError::bad("features", word, BadValue::new("ecn or tcp_usec_ts", "ecn")))
        }
        (features, _) => Ok(features),
    }
}

/// Reads a truth value as a number.
pub(super) fn zero_one(word: &str) -> Result<bool, BadValue> {
    match word {
        "0" => Ok(false),
        "1" => Ok(true),
        _ => Err(BadValue::new("0 or 1", "1")),
    }
}

/// Reads a truth value as a word.
pub(super) fn enabled(word: &str) -> Result<bool, BadValue> {
    match word {
        word if fits(word, "enabled") => Ok(true),
        word if fits(word, "disabled") => Ok(false),
        _ => Err(BadValue::new("enabled or disabled", "enabled")),
    }
}
