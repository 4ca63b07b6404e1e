//! The words of `ip route add | change | replace | append | del`, read from left to right
//! ([ip-route(8)](https://man7.org/linux/man-pages/man8/ip-route.8.html)).
//!
//! Words may be cut short where iproute2 allows it; of several that fit the first in its order is meant.

use std::net::IpAddr;

use nlink_core::words::{BadValue, FromWords, Word, WordEntry, WordError, Words};

use super::keys::{KEYS, USAGE, key};
use super::spelling::{enabled, family_word, features, host, protocol, route_type, scope, table, time, tos, zero_one};
use super::{MetricLock, Prefix, Route, RouteFlags, RouteProtocol, RouteType, Scope, Via};
use crate::Family;

const SUBJECT: &str = "route";

/// What has been read so far, and what of it was said rather than assumed.
pub(super) struct Reader {
    pub(super) route: Route,
    /// The family, as soon as one word has shown it.
    family: Family,
    deletion: bool,
    destination: bool,
    scope: bool,
    table: bool,
    lock: MetricLock,
}

impl Reader {
    fn claim(&mut self, family: Family) {
        if self.family == Family::UNSPEC {
            self.family = family;
        }
    }

    fn host(&mut self, after: &str, words: &mut Words<'_>) -> Result<IpAddr, WordError> {
        let family = self.family;
        let address = words.styled(after, |word| host(word, family))?;
        self.claim(address.into());
        Ok(address)
    }

    fn number<T: Word>(&mut self, after: &str, lock: MetricLock, words: &mut Words<'_>) -> Result<T, WordError> {
        if words.take(&["lock"]) {
            self.lock |= lock;
        }
        words.parse(after)
    }

    /// A time in the kernel's unit, of which there are `scale` in a millisecond; without a unit it is the number.
    fn time(&mut self, after: &str, lock: MetricLock, scale: u32, words: &mut Words<'_>) -> Result<u32, WordError> {
        if words.take(&["lock"]) {
            self.lock |= lock;
        }
        words.styled(after, |word| match time(word)? {
            (value, false) => Ok(value),
            (value, true) => value.checked_mul(scale).ok_or_else(|| BadValue::new("a time of less", "100ms")),
        })
    }

    pub(super) fn gateway(&mut self, words: &mut Words<'_>) -> Result<(Option<IpAddr>, Option<Via>), WordError> {
        let said = family_word(words);
        let family = said.unwrap_or(self.family);
        let address = words.styled("via", |word| host(word, family))?;
        self.claim(address.into());
        Ok(if Family::from(address) == self.family { (Some(address), None) } else { (None, Some(address.into())) })
    }

    fn word(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), WordError> {
        let Some(known) = key(word) else { return self.destination(word, words) };
        let route = &mut self.route;
        match known {
            "src" => {
                let address = self.host("src", words)?;
                words.once("src", &mut self.route.prefsrc, address)?;
            }
            "as" => {
                words.take(&["to"]);
                let bytes = self.labels_or_host(words)?;
                words.once("as", &mut self.route.newdst, Box::new(nlink_core::wire::Blob(bytes)))?;
            }
            "via" => {
                if self.route.gateway.is_some() || self.route.via.is_some() {
                    return Err(WordError::refused("several gateways are written \"nexthop via … nexthop via …\""));
                }
                let (gateway, via) = self.gateway(words)?;
                self.route.gateway = gateway.map(Into::into);
                self.route.via = via.map(Box::new);
            }
            "from" => {
                let family = self.family;
                let prefix = words.styled("from", |word| Prefix::parse(word, family))?;
                self.claim(prefix.family());
                self.route.header.src_len = prefix.bits();
                self.route.src = prefix.host();
            }
            "tos" | "dsfield" => route.header.tos = words.styled(known, tos)?,
            "expires" => words.fill(known, &mut route.expires)?,
            "metric" | "priority" | "preference" => words.fill(known, &mut route.metric)?,
            "scope" => {
                route.header.scope = words.styled(known, scope)?;
                self.scope = true;
            }
            "mtu" => self.route.metrics_mut().mtu = Some(self.number(known, MetricLock::MTU, words)?),
            "hoplimit" => {
                let limit: u8 = self.number(known, MetricLock::HOPLIMIT, words)?;
                self.route.metrics_mut().hoplimit = Some(limit.into());
            }
            "advmss" => self.route.metrics_mut().advmss = Some(self.number(known, MetricLock::ADVMSS, words)?),
            "reordering" => {
                self.route.metrics_mut().reordering = Some(self.number(known, MetricLock::REORDERING, words)?);
            }
            "rtt" => self.route.metrics_mut().rtt = Some(self.time(known, MetricLock::RTT, 8, words)?),
            "rttvar" => self.route.metrics_mut().rttvar = Some(self.time(known, MetricLock::RTTVAR, 4, words)?),
            "rto_min" => {
                self.route.metrics_mut().rto_min = Some(self.time(known, MetricLock::RTO_MIN, 1, words)?);
                self.lock |= MetricLock::RTO_MIN;
            }
            "window" => self.route.metrics_mut().window = Some(self.number(known, MetricLock::WINDOW, words)?),
            "cwnd" => self.route.metrics_mut().cwnd = Some(self.number(known, MetricLock::CWND, words)?),
            "initcwnd" => self.route.metrics_mut().initcwnd = Some(self.number(known, MetricLock::INITCWND, words)?),
            "initrwnd" => self.route.metrics_mut().initrwnd = Some(self.number(known, MetricLock::INITRWND, words)?),
            "ssthresh" => self.route.metrics_mut().ssthresh = Some(self.number(known, MetricLock::SSTHRESH, words)?),
            "congctl" => self.route.metrics_mut().congctl = Some(self.number(known, MetricLock::CC_ALGO, words)?),
            "features" => route.metrics_mut().features = Some(features(words)?),
            "quickack" => route.metrics_mut().quickack = Some(words.styled(known, zero_one)?),
            "fastopen_no_cookie" => route.metrics_mut().fastopen_no_cookie = Some(words.styled(known, zero_one)?),
            "realms" => words.fill(known, &mut route.realms)?,
            "onlink" => route.header.flags |= RouteFlags::ONLINK,
            "pervasive" => route.header.flags |= RouteFlags::PERVASIVE,
            "nexthop" => self.nexthop(words)?,
            "nhid" => words.fill(known, &mut route.nexthop_id)?,
            "protocol" => route.header.protocol = words.styled(known, protocol)?,
            "table" => {
                let table = words.styled(known, table)?;
                self.route = std::mem::take(&mut self.route).table(table);
                self.table = true;
            }
            "dev" | "oif" => words.fill(known, &mut route.oif)?,
            "pref" => words.fill(known, &mut route.pref)?,
            "ttl-propagate" => route.ttl_propagate = Some(words.styled(known, enabled)?),
            "encap" => return Err(WordError::refused("encap is read and kept, but cannot be given as words yet")),
            "vrf" => return Err(WordError::refused("vrf: give the VRF's table by number, with \"table\"")),
            _ => {
                let word = words.value("to", "a destination")?;
                return self.destination(word, words);
            }
        }
        Ok(())
    }

    pub(super) fn labels_or_host(&mut self, words: &mut Words<'_>) -> Result<Vec<u8>, WordError> {
        if self.family != Family::MPLS {
            return Ok(super::Host::from(self.host("as", words)?).bytes().into());
        }
        words.styled("as", |word| {
            let labels: Option<Vec<u32>> = word.split('/').map(|label| label.parse().ok()).collect();
            let labels = labels.filter(|labels| labels.iter().all(|label| *label < 1 << 20));
            let labels = labels.ok_or_else(|| BadValue::new("MPLS labels with slashes between", "100/200"))?;
            let last = labels.len();
            let word = |(at, label): (usize, u32)| (label << 12) | (u32::from(at + 1 == last) << 8);
            Ok(labels.into_iter().enumerate().flat_map(|label| word(label).to_be_bytes()).collect())
        })
    }

    fn destination(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), WordError> {
        let mut word = word;
        if let Some(kind) = route_type(word) {
            self.route.header.kind = kind;
            word = words.value(word, "a destination")?;
        }
        if self.destination {
            return Err(match Prefix::parse(word, self.family) {
                Ok(_) => WordError::twice("to"),
                Err(_) => WordError::unknown(word, KEYS.iter().map(|key| key.word)),
            });
        }
        let prefix = Prefix::parse(word, self.family).map_err(|error| WordError::bad("to", word, error))?;
        self.claim(prefix.family());
        self.route.header.dst_len = prefix.bits();
        self.route.dst = prefix.host();
        self.destination = true;
        Ok(())
    }

    fn finish(mut self) -> Result<Route, WordError> {
        if !self.destination {
            return Err(WordError::incomplete("the destination"));
        }
        let route = &mut self.route;
        if let Some(metrics) = &mut route.metrics
            && self.lock != MetricLock(0)
        {
            metrics.lock = Some(self.lock);
        }
        self.route.header.family = if self.family == Family::UNSPEC { Family::INET } else { self.family };
        if !self.table {
            let table = self.route.default_table();
            self.route = self.route.table(table);
        }
        if !self.scope {
            self.route.header.scope = match self.route.default_scope() {
                _ if self.deletion && self.any_scope() => Scope::NOWHERE,
                scope => scope,
            };
        }
        if self.family == Family::MPLS && self.route.header.kind == RouteType::UNSPEC {
            self.route.header.kind = RouteType::UNICAST;
        }
        Ok(self.route)
    }

    /// Whether a deletion that says no scope means any.
    fn any_scope(&self) -> bool {
        let kind = self.route.header.kind;
        let outright =
            [RouteType::LOCAL, RouteType::NAT, RouteType::BROADCAST, RouteType::MULTICAST, RouteType::ANYCAST];
        self.route.header.family == Family::INET && !outright.contains(&kind)
    }
}

impl Route {
    /// The words that `ip route add` takes, for usage and completion.
    pub const USAGE: &'static [WordEntry] = &USAGE;

    /// Reads the words of `ip route add`, `change`, `replace` or `append`, in a family where one is known (`-6`).
    pub fn from_words_in(words: &mut Words<'_>, family: Family) -> Result<Self, WordError> {
        Self::read(words, family, false)
    }

    /// Reads the words of `ip route del`: what they do not say may be anything.
    pub fn deletion_from_words(words: &mut Words<'_>, family: Family) -> Result<Self, WordError> {
        Self::read(words, family, true)
    }

    fn read(words: &mut Words<'_>, family: Family, deletion: bool) -> Result<Self, WordError> {
        let mut route = Route::default();
        if !deletion {
            route.header.protocol = RouteProtocol::BOOT;
            route.header.kind = RouteType::UNICAST;
        }
        let mut reader =
            Reader { route, family, deletion, destination: false, scope: false, table: false, lock: MetricLock(0) };
        while let Some(word) = words.next() {
            reader.word(word, words).map_err(|error| error.of(SUBJECT))?;
        }
        reader.finish().map_err(|error| error.of(SUBJECT))
    }
}

/// The words of `ip route add`, of whatever family they show.
impl FromWords for Route {
    fn from_words(words: &mut Words<'_>) -> Result<Self, WordError> {
        Self::from_words_in(words, Family::UNSPEC)
    }
}

#[cfg(test)]
mod tests {
    use nlink_core::wire::Message;

    use super::super::NextHop;
    use super::super::fixture::{bytes, resolved, words};
    use super::*;

    /// What `ip route WORDS` of iproute2 6.1 sent to Linux 7.2; d0 has the index 23, d1 24.
    const SENT: &[(&str, &str)] = &[
        ("10.0.0.0/8 dev d0", "02080000fe03fd0100000000080001000a0000000800040017000000"),
        (
            "10/16 via 192.0.2.1 dev d0 onlink",
            "02100000fe03000104000000080001000a00000008000500c00002010800040017000000",
        ),
        (
            "default via 192.0.2.1 dev d0 metric 100",
            "02000000fe0300010000000008000500c000020108000600640000000800040017000000",
        ),
        (
            "10.1.0.0/16 via inet6 fe80::1 dev d0",
            "02100000fe03000100000000080001000a010000160012000a00fe80000000000000000000000000000100000800040017000000",
        ),
        ("blackhole 10.2.0.0/16", "02100000fe03000600000000080001000a020000"),
        ("local 10.3.0.1 dev d0 table 100", "022000006403fe0200000000080001000a0300010800040017000000"),
        (
            "10.4.0.0/16 dev d0 table 1000 proto static scope link src 192.0.2.9 tos 0x10",
            "021000100004fd0100000000080001000a04000008000f00e803000008000700c00002090800040017000000",
        ),
        (
            "10.5.0.0/16 dev d0 mtu lock 1400 advmss 1300 rtt 100ms rttvar 50ms rto_min 1.5s window 1000 cwnd lock 10 \
             initcwnd 20 initrwnd 30 ssthresh 40 reordering 5 hoplimit 64 quickack 1 congctl cubic features ecn \
             fastopen_no_cookie 1",
            "02100000fe03fd0100000000080001000a05000008000400170000009000080008000200780500000800080014050000080004002003000008000500c800000008000d00dc05000008000300e8030000080007000a00000008000b001400000008000e001e0000000800060028000000080009000500000008000a004000000008000f000100000009001000637562696300000008000c000100000008001100010000000800010084200000",
        ),
        (
            "10.6.0.0/16 nexthop via 192.0.2.1 dev d0 weight 10 nexthop dev d1 onlink",
            "02100000fe03000100000000080001000a0600001c000900100000091700000008000500c00002010800040018000000",
        ),
        ("10.7.0.0/16 dev d0 realms 3/7", "02100000fe03fd0100000000080001000a07000008000b00070003000800040017000000"),
        (
            "2001:db8:1::/48 via fe80::1 dev d0",
            "0a300000fe030001000000001400010020010db800010000000000000000000014000500fe8000000000000000000000000000010800040017000000",
        ),
        (
            "2001:db8:2::/48 dev d0 expires 600",
            "0a300000fe030001000000001400010020010db800020000000000000000000008001700580200000800040017000000",
        ),
        (
            "2001:db8:3::/48 from 2001:db8:9::/64 dev d0 metric 5",
            "0a304000fe030001000000001400010020010db80003000000000000000000001400020020010db800090000000000000000000008000600050000000800040017000000",
        ),
        (
            "unreachable 2001:db8:4::/48 metric 9",
            "0a300000fe030007000000001400010020010db80004000000000000000000000800060009000000",
        ),
        ("broadcast 10.9.0.0 dev d0", "02200000ff03fd0300000000080001000a0900000800040017000000"),
        (
            "10.10.0.0/16 nexthop via 192.0.2.1 dev d0 realms 5 nexthop via inet6 fe80::2 dev d1",
            "02100000fe03000100000000080001000a0a00003c000900180000001700000008000500c000020108000b00050000002000000018000000160012000a00fe8000000000000000000000000000020000",
        ),
        (
            "2001:db8:5::/48 nexthop via fe80::1 dev d0 weight 2 nexthop via fe80::2 dev d1",
            "0a300000fe030001000000001400010020010db80005000000000000000000003c0009001c0000011700000014000500fe8000000000000000000000000000011c0000001800000014000500fe800000000000000000000000000002",
        ),
        ("10.11.0.0/16 nhid 5", "02100000fe03000100000000080001000a0b000008001e0005000000"),
    ];

    /// The same of `ip route del`.
    const SENT_TO_DELETE: &[(&str, &str)] = &[
        ("10.0.0.0/8 dev d0", "02080000fe00ff0000000000080001000a0000000800040017000000"),
        ("10.3.0.1", "02200000fe00ff0000000000080001000a030001"),
        ("2001:db8:1::/48", "0a300000fe000000000000001400010020010db8000100000000000000000000"),
        ("local 10.3.0.1 table 100", "022000006400fe0200000000080001000a030001"),
    ];

    fn parsed(text: &str) -> Route {
        Words::new(words(text)).parse_to_end().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    #[cfg(target_endian = "little")] // as the captures are
    fn words_give_the_bytes_that_the_reference_sends() {
        for (text, sent) in SENT {
            if text.contains("congctl") {
                // the reference leaves out the NUL
                assert_eq!(Route::decode(&bytes(sent)).unwrap(), resolved(parsed(text)));
            } else {
                nlink_core::capture::check(&resolved(parsed(text)), sent);
            }
        }
        for (text, sent) in SENT_TO_DELETE {
            let route = Route::deletion_from_words(&mut Words::new(words(text)), Family::UNSPEC).unwrap();
            nlink_core::capture::check(&resolved(route), sent);
        }
    }

    #[test]
    fn a_route_gives_the_words_that_give_the_route() {
        let more = [
            "::/0 dev d0 pref high",
            "10.0.0.0/8 as 1.2.3.4 dev d0 table main scope host proto 77",
            "10.0.0.0/8 dev d0 rtt lock 7 rttvar 3 congctl lock reno features ecn tcp_usec_ts ttl-propagate disabled",
            "throw 10.0.0.0/8 scope 9 realms 4 tos 0x03 pervasive",
        ];
        for text in SENT.iter().map(|(text, _)| *text).chain(more) {
            let route = parsed(text);
            assert_eq!(parsed(&route.to_params().join(" ")), route, "{text}");
        }
    }

    #[test]
    fn a_word_cut_short_means_the_first_that_fits() {
        for (short, long) in [
            ("10/8 p 5", "10/8 priority 5"),
            ("10/8 proto 5", "10/8 protocol 5"),
            ("::/0 pref low dev d0", "::/0 pref low oif d0"),
            ("10/8 t 7", "10/8 table 7"),
            ("to brd 10.0.0.1 dsf 8", "broadcast 10.0.0.1 tos 8"),
        ] {
            assert_eq!(parsed(short), parsed(long), "{short}");
        }
    }

    #[test]
    fn the_builder_makes_what_the_words_make() {
        let net = |text: &str| text.parse().unwrap();
        let address = |text: &str| text.parse().unwrap();
        let cases = [
            (Route::new(net("10.0.0.0/8")).on("d0"), "10/8 dev d0"),
            (Route::default_v4().via(address("192.0.2.1")), "default via 192.0.2.1"),
            (Route::default_v6().via(address("fe80::1")).on("d0"), "default via fe80::1 dev d0"),
            (Route::new(net("10.0.0.0/8")).via(address("fe80::1")), "10/8 via inet6 fe80::1"),
            (Route::new(net("10.0.0.1/32")).on("d0").kind(RouteType::LOCAL), "local 10.0.0.1 dev d0"),
            (Route::new(net("10.0.0.0/8")).nexthop_id(7).table(1000), "10/8 nhid 7 table 1000"),
            (
                Route::new(net("10.0.0.0/8")).nexthop(NextHop::via(address("fe80::1")).on("d0").weight(3)),
                "10/8 nexthop via inet6 fe80::1 dev d0 weight 3",
            ),
        ];
        for (built, text) in cases {
            assert_eq!(built, parsed(text));
        }
    }

    #[test]
    fn a_mistake_is_named() {
        let cases = [
            ("", "route: the destination is missing"),
            ("10/8 via", "route: \"via\" needs a value after it"),
            ("10/8 via 1.2.3.x", "route: via: \"1.2.3.x\" is not an IPv4 address; write for example 192.0.2.1"),
            ("10/8 via fe80::1", "route: via: \"fe80::1\" is not an IPv4 address; write for example 192.0.2.1"),
            ("10/33", "route: to: \"10/33\" is not an IP prefix; write for example 192.0.2.0/24"),
            ("10/8 11/8", "route: \"to\" is given twice"),
            ("10/8 metrik 5", "route: \"metrik\" is unknown; did you mean \"metric\"?"),
            ("10/8 metric -1", "route: metric: \"-1\" is not a number from 0 to 4294967295; write for example 10"),
            ("10/8 metric 1 metric 2", "route: \"metric\" is given twice"),
            ("10/8 hoplimit 256", "route: hoplimit: \"256\" is not a number from 0 to 255; write for example 10"),
            ("10/8 rtt soon", "route: rtt: \"soon\" is not a time in seconds or milliseconds; write for example 100ms"),
            ("10/8 features dev", "route: features: \"dev\" is not ecn or tcp_usec_ts; write for example ecn"),
            ("10/8 nexthop", "route: \"nexthop\" needs a gateway or a device after it"),
            (
                "10/8 nexthop via 1.2.3.4 weight 0",
                "route: weight: \"0\" is not a weight from 1 to 256; write for example 10",
            ),
            (
                "10/8 nexthop via 1.2.3.4 wait",
                "nexthop: \"wait\" is unknown; known: nexthop, via, dev, weight, onlink, realms, as",
            ),
            ("10/8 encap mpls 100", "route: encap is read and kept, but cannot be given as words yet"),
        ];
        for (text, sentence) in cases {
            let error = Words::new(words(text)).parse_to_end::<Route>().unwrap_err();
            assert_eq!(error.to_string(), sentence);
        }
    }

    #[test]
    fn labels_are_words_of_their_own_family() {
        let text = "100 as 200/300 via inet 192.0.2.1 dev d0";
        let route = Route::from_words_in(&mut Words::new(words(text)), Family::MPLS).unwrap();
        assert_eq!(route.newdst.as_ref().unwrap().0, bytes("000c8000 0012c100"));
        assert_eq!(route.to_params().join(" "), text);
        let route = Route::from_words_in(&mut Words::new(["100", "from", "200"]), Family::MPLS).unwrap();
        assert_eq!(route.to_params().join(" "), "100 from 200");
    }
}
