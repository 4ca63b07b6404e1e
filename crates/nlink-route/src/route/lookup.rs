//! Which route a packet takes: the request behind `ip route get`
//! (net/ipv4/route.c, `inet_rtm_getroute`; net/ipv6/route.c, `inet6_rtm_getroute`).

use std::net::IpAddr;

use nlink_core::connection::Fetch;
use nlink_core::driver::Driver;
use nlink_core::wire::{Be, Blob};
use nlink_core::words::{BadValue, FromWords, Word, WordError, Words};
use nlink_core::{Connection, Interface, Rtnetlink};

use super::keys::fits;
use super::spelling::{host, tos};
use super::{Host, Prefix, Route, RouteFlags};
use crate::Family;

/// Asks which route a packet takes, as `ip route get` does.
pub trait Lookup {
    /// How the connection waits.
    type Driver: Driver;

    /// The route that a packet takes, with the table that it is in.
    ///
    /// ```no_run
    /// # async fn example(rt: nlink_core::Connection<nlink_core::Rtnetlink>) -> nlink_core::Result<()> {
    /// use nlink_route::route::Lookup;
    /// let address: std::net::IpAddr = [192, 0, 2, 1].into();
    /// println!("{}", rt.lookup(address).await?);
    /// # Ok(())
    /// # }
    /// ```
    fn lookup(&self, packet: impl Into<RouteLookup>) -> Fetch<Route, Self::Driver>;
}

impl<D: Driver> Lookup for Connection<Rtnetlink, D> {
    type Driver = D;

    fn lookup(&self, packet: impl Into<RouteLookup>) -> Fetch<Route, D> {
        self.get(packet)
    }
}

/// A packet whose route is asked for.
///
/// ```
/// use nlink_route::route::RouteLookup;
/// let lookup = RouteLookup::to("192.0.2.1".parse().unwrap()).from("192.0.2.7".parse().unwrap()).mark(7);
/// # let _ = lookup;
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteLookup {
    request: Route,
    /// Whether to ask once more with the source that the answer names, as a connected socket would.
    connected: bool,
}

impl From<RouteLookup> for Route {
    fn from(lookup: RouteLookup) -> Route {
        lookup.request
    }
}

impl From<IpAddr> for RouteLookup {
    fn from(address: IpAddr) -> Self {
        Self::to(address)
    }
}

impl RouteLookup {
    /// To that address.
    pub fn to(address: IpAddr) -> Self {
        let mut lookup = Self::default();
        lookup.set_destination(address);
        lookup
    }

    fn set_destination(&mut self, address: IpAddr) {
        self.request.header.family = address.into();
        // Only IPv4 knows the flag; IPv6 answers with the table unasked, and refuses it.
        self.request.header.flags.set(RouteFlags::LOOKUP_TABLE, address.is_ipv4());
        self.request.header.dst_len = Family::from(address).address_bits();
        self.request.dst = Some(address.into());
    }

    /// From that address.
    pub fn from(mut self, address: IpAddr) -> Self {
        self.request.header.src_len = Family::from(address).address_bits();
        self.request.src = Some(address.into());
        self
    }

    /// Having come in by that interface.
    pub fn iif(mut self, interface: impl Into<Interface>) -> Self {
        self.request.iif = Some(Box::new(interface.into()));
        self
    }

    /// To go out by that interface.
    pub fn oif(mut self, interface: impl Into<Interface>) -> Self {
        self.request.oif = Some(interface.into());
        self
    }

    /// With that mark.
    pub fn mark(mut self, mark: u32) -> Self {
        self.request.mark = Some(mark);
        self
    }

    /// Sent by that user.
    pub fn uid(mut self, uid: u32) -> Self {
        self.request.uid = Some(uid);
        self
    }

    /// With that type of service.
    pub fn tos(mut self, tos: u8) -> Self {
        self.request.header.tos = tos;
        self
    }

    /// Of that transport protocol, with these ports.
    pub fn transport(mut self, protocol: u8, source: Option<u16>, destination: Option<u16>) -> Self {
        self.request.ip_proto = Some(protocol);
        self.request.sport = source.map(Be);
        self.request.dport = destination.map(Be);
        self
    }

    /// Answer with the table's entry rather than the route made from it.
    pub fn fib_match(mut self) -> Self {
        self.request.header.flags |= RouteFlags::FIB_MATCH;
        self
    }

    /// The second question that `connected` asks for: the same with the source that the answer names.
    ///
    /// `None` where there is none to ask: not asked for, or the source was given.
    pub fn again(&self, answer: &Route) -> Option<Self> {
        if !self.connected || self.request.src.is_some() {
            return None;
        }
        let source = answer.prefsrc.or_else(|| answer.src.and_then(|src| src.ip()))?;
        Some(Self { connected: false, ..self.clone() }.from(source))
    }

    /// Reads the words of `ip route get`, in a family where one is known.
    pub fn from_words_in(words: &mut Words<'_>, family: Family) -> Result<Self, WordError> {
        let mut lookup = Self::default();
        lookup.request.header.family = family;
        while let Some(word) = words.next() {
            lookup.word(word, words).map_err(|error| error.of("lookup"))?;
        }
        match lookup.request.dst {
            Some(_) => Ok(lookup),
            None => Err(WordError::incomplete("the destination address").of("lookup")),
        }
    }

    /// Reads one address; a prefix is taken where all its bits count.
    fn address(&mut self, after: &str, word: &str) -> Result<IpAddr, WordError> {
        let family = self.request.header.family;
        let prefix = Prefix::parse(word, family).map_err(|error| WordError::bad(after, word, error))?;
        match prefix {
            Prefix::Net(net) if net.prefix_len() == net.max_prefix_len() => Ok(net.addr()),
            _ => Err(WordError::bad(after, word, BadValue::new("one address", "192.0.2.1"))),
        }
    }

    fn word(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), WordError> {
        let request = &mut self.request;
        let is = |full: &str| fits(word, full);
        match word {
            "tos" => request.header.tos = words.styled(word, tos)?,
            word if is("dsfield") => request.header.tos = words.styled(word, tos)?,
            word if is("from") => {
                let source = words.value(word, "an address")?;
                let address = self.address("from", source)?;
                if self.request.header.family == Family::UNSPEC {
                    self.request.header.family = address.into();
                }
                *self = std::mem::take(self).from(address);
            }
            word if is("iif") => {
                let interface = words.parse(word)?;
                words.once(word, &mut request.iif, Box::new(interface))?;
            }
            _ if is("mark") => words.fill("mark", &mut request.mark)?,
            "dev" => words.fill("dev", &mut request.oif)?,
            _ if is("oif") => words.fill("oif", &mut request.oif)?,
            _ if is("notify") => request.header.flags |= RouteFlags::NOTIFY,
            _ if is("connected") => self.connected = true,
            _ if is("vrf") => words.fill("vrf", &mut request.oif)?,
            _ if is("uid") => words.fill("uid", &mut request.uid)?,
            _ if is("fibmatch") => request.header.flags |= RouteFlags::FIB_MATCH,
            "as" => {
                words.take(&["to"]);
                let family = request.header.family;
                let address = words.styled("as", |word| host(word, family))?;
                request.newdst = Some(Box::new(Blob(Host::from(address).bytes().into())));
            }
            _ if is("sport") => words.fill("sport", &mut request.sport)?,
            _ if is("dport") => words.fill("dport", &mut request.dport)?,
            _ if is("ipproto") => request.ip_proto = Some(words.styled("ipproto", transport)?),
            "flowlabel" => words.fill("flowlabel", &mut request.flowlabel)?,
            word => {
                let word = if word == "to" { words.value("to", "an address")? } else { word };
                if self.request.dst.is_some() {
                    return Err(WordError::left_over(word));
                }
                let address = self.address("to", word)?;
                self.set_destination(address);
            }
        }
        Ok(())
    }
}

/// Transport protocols whose ports the kernel takes.
fn transport(word: &str) -> Result<u8, BadValue> {
    let number = match word {
        "tcp" => Some(libc::IPPROTO_TCP),
        "udp" => Some(libc::IPPROTO_UDP),
        "dccp" => Some(libc::IPPROTO_DCCP),
        "sctp" => Some(libc::IPPROTO_SCTP),
        "icmp" => Some(libc::IPPROTO_ICMP),
        "ipv6-icmp" => Some(libc::IPPROTO_ICMPV6),
        _ => None,
    };
    let number = number.and_then(|number| u8::try_from(number).ok()).or_else(|| u8::parse_word(word).ok());
    number.ok_or_else(|| BadValue::new("a transport protocol", "tcp"))
}

/// The words of `ip route get`.
impl FromWords for RouteLookup {
    fn from_words(words: &mut Words<'_>) -> Result<Self, WordError> {
        Self::from_words_in(words, Family::UNSPEC)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{resolved, words};
    use super::*;

    fn lookup(text: &str) -> RouteLookup {
        RouteLookup::from_words(&mut Words::new(words(text))).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    #[cfg(target_endian = "little")] // as the captures are
    fn words_give_the_bytes_that_the_reference_sends() {
        // ip route get WORDS, iproute2 6.1, Linux 7.2
        let cases = [
            ("10.6.0.9", "022000000000000000100000080001000a060009"),
            ("2001:db8:1::9", "0a80000000000000000000001400010020010db8000100000000000000000009"),
            (
                "10.0.0.1 from 192.0.2.9 mark 17 ipproto udp sport 53 dport 54 uid 5",
                "022020000000000000100000080001000a00000108000200c000020905001b001100000006001c000035000006001d000036000008001900050000000800100011000000",
            ),
            ("fibmatch 10.6.0.1", "022000000000000000300000080001000a060001"),
            ("10.0.0.5 oif d1", "022000000000000000100000080001000a0000050800040018000000"),
        ];
        for (text, sent) in cases {
            nlink_core::capture::check(&resolved(Route::from(lookup(text))), sent);
        }
    }

    #[test]
    fn a_connected_lookup_asks_again_with_the_source() {
        let answer = Route::default_v4().source("192.0.2.9".parse().unwrap());
        let again = lookup("10.0.0.1 connected").again(&answer).unwrap();
        assert_eq!(Route::from(again.clone()), Route::from(lookup("10.0.0.1 from 192.0.2.9")));
        assert_eq!(again.again(&answer), None);
        assert_eq!(lookup("10.0.0.1").again(&answer), None);
    }

    #[test]
    fn a_mistake_is_named() {
        let cases = [
            ("", "lookup: the destination address is missing"),
            ("10/8", "lookup: to: \"10/8\" is not one address; write for example 192.0.2.1"),
            ("10.0.0.1 10.0.0.2", "lookup: nothing belongs here any more: \"10.0.0.2\""),
            ("10.0.0.1 sport x", "lookup: sport: \"x\" is not a number from 0 to 65535; write for example 10"),
        ];
        for (text, sentence) in cases {
            let error = RouteLookup::from_words(&mut Words::new(words(text))).unwrap_err();
            assert_eq!(error.to_string(), sentence);
        }
    }
}
