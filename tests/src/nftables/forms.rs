//! What nft's language has beside plain comparisons, a list of rules for each: compiled here as `nft` does it, or
//! refused as it refuses them.

use nlink::nftables::Family;
use nlink_tests::{Cx, Result};

use super::compared::{refused, taken};

/// What rules refer to.
const THINGS: [&str; 8] = [
    "counter FAMILY t web",
    "quota FAMILY t q { over 25 mbytes }",
    "limit FAMILY t l { rate 10/second }",
    "synproxy FAMILY t sp { mss 1460 wscale 7 }",
    "set FAMILY t four { type ipv4_addr; flags interval; }",
    "set FAMILY t pairs { type ipv4_addr . inet_service; }",
    "map FAMILY t marks { type inet_service : mark; }",
    "map FAMILY t ways { type inet_service : verdict; }",
];

macro_rules! forms {
    ($($name:ident($family:ident, $how:ident): $rules:expr;)*) => {
        $(async fn $name(cx: &Cx) -> Result {
            $how(cx, Family::$family, &THINGS, &$rules).map(drop)
        })*

        pub const TESTS: &[nlink_tests::Test] = nlink_tests::tests![$($name),*];
    };
}

forms! {
    times_are_compared(INET, taken): [
        "meta time \"2024-02-29 12:30:15\"", "meta time < 1700000000", "time > \"2024-02-29\"",
        "meta time \"2024-02-29 00:00\"-\"2024-03-01 00:00\"", "meta hour \"07:30\"", "meta hour \"07:30\"-\"19:00:30\"",
        "meta hour \"22:00\"-\"06:00\"", "meta hour != \"22:00\"-\"06:00\"", "hour 3600", "day \"Friday\"", "meta day != 6",
        "meta day { \"Saturday\", 0 }", "meta day 1-5",
    ];
    times_that_are_none_are_refused(INET, refused): [
        "meta day 7", "meta day \"Freitag\"", "meta hour \"24:00\"", "meta time \"2024-13-01\"",
    ];
    interfaces_are_known_by_more_than_their_names(INET, taken): [
        "meta sdif lo", "meta sdif != lo", "meta sdifname \"red\"", "meta iifkind \"vlan\"", "meta oifkind != \"veth\"",
        "meta iifkind { \"bridge\", \"bond\" }", "meta ipsec exists", "meta secpath missing", "iifname \"dum*\"",
        "iifname \"dum\\*\"", "iifname { \"eth*\", \"lo\" }",
    ];
    names_that_say_nothing_are_refused(INET, refused): [
        "iifname \"\"", "oifname \"*\"", "meta iifkind \"a kind with too long a name\"",
    ];
    bridges_are_known(BRIDGE, taken): [
        "meta ibrname \"br0\"", "meta ibriport \"br0\"", "meta ibrpvid 7", "meta ibrvproto 8021q", "meta ibrhwaddr 02:00:00:00:00:01",
        "meta broute set 1",
    ];
    tags_stand_one_behind_the_other(BRIDGE, taken): [
        "vlan id 7", "ether type 8021q vlan id 7", "ether type 8021ad vlan id 7", "vlan id 7 ip saddr 10.0.0.1",
        "ether type 8021ad vlan id 7 vlan type 8021q vlan id 8", "vlan id 1 vlan type ip6 ip6 saddr ::1", "vlan pcp 3 vlan dei 1",
        "ether saddr 02:00:00:00:00:01 vlan id 7 tcp dport 22",
    ];
    connections_are_compared(INET, taken): [
        "ct original ip saddr 10.1.2.3", "ct reply ip6 daddr fe80::/10", "ct original proto-src 53", "ct reply bytes > 5000",
        "ct original l3proto ipv4", "ct original zone 4", "ct zone 5", "ct avgpkt 100-200", "ct label 3", "ct id 7", "ct secmark set meta secmark",
        "ct state ! new", "ct state != { new, related }", "ct status ! dying", "ct expiration 90s-1h30m", "ct event set new,destroy",
        "ct label set 3", "ct zone set 9", "ct original zone set 2", "meta nfproto ipv4 ct original saddr 10.0.0.0/8",
        "ip protocol tcp ct original saddr 10.0.0.9",
    ];
    addresses_of_connections_are_of_their_table(IPV4, taken): [
        "ct original saddr 10.0.0.1", "ct reply daddr 10.0.0.0/8", "ct original saddr 10.0.0.1-10.0.0.9", "ct original ip daddr @four",
    ];
    connections_that_are_none_are_refused(IPV4, refused): [
        "ct ip saddr 10.0.0.1", "ct reply mark 3", "ct original state new", "ct original ip6 saddr ::1", "ct original saddr ::1",
        "ct secmark 5", "ct original saddr { 10.0.0.1, 10.0.0.2 }",
    ];
    addresses_of_connections_want_a_family(INET, refused): [
        "ct original saddr . meta mark { 10.0.0.1 . 5 }", "ct reply daddr @four", "ip6 saddr ::1 ct original saddr 10.0.0.1",
    ];
    operations_are_done(IPV4, taken): [
        "meta mark set meta mark << 4", "meta mark set meta mark >> 24 and 0xf", "meta mark set (meta mark & 0xf) | 0x30",
        "meta mark set ct mark or 1", "meta mark set tcp dport", "ct mark set ip saddr", "ct mark set meta mark xor 0xff", "meta mark set ip dscp", "meta mark set ip daddr << 2", "ct mark set ip dscp << 3 | 0x100",
        "meta mark set meta mark | ct mark", "ct mark set (meta mark & 0xff) ^ ct mark", "meta priority set 1:2", "ip dscp set ip dscp | 4",
        "meta mark set ip dscp | meta mark", "meta mark set meta mark | ip dscp", "meta mark set ip dscp & 3", "meta mark set ip dscp & 3 | 0x100",
        "ct mark set tcp dport | meta mark", "ct mark set meta mark | ip saddr", "meta mark set ip saddr | ip daddr",
        "ip dscp set ip dscp & 3", "ip dscp set ip dscp ^ 3", "ip ttl set ip ttl | 4", "ip id set ip id & 0xff", "tcp flags set tcp flags | syn",
        "ip saddr set ip saddr & 255.255.255.0 | 0.0.0.5", "tcp dport set tcp sport", "@nh,12,3 set 5",
        "ip ttl set 7", "tcp dport set 99", "udp checksum set 0", "ip saddr set 10.0.0.9", "@nh,64,8 set 9", "@nh,8,6 set 5",
    ];
    operations_are_undone_in_values(IPV4, taken): [
        "meta mark ^ 3 4", "meta mark xor 0x10 != 0x11", "meta mark << 4 0x50", "meta mark << 8 0x100", "meta mark >> 8 1-5", "meta mark >> 8 >= 5", "meta mark & 0xf0 == 0x30",
        "meta mark or 3 != 7", "ip saddr & 255.255.0.255 10.1.0.9", "ct mark and 0xff vmap { 1 : accept, 2 : drop }",
        "meta mark & 0x3 { 1, 2 }",
    ];
    operations_that_say_nothing_are_refused(IPV4, refused): [
        "meta mark << 4 == 0x51", "meta mark set meta mark << 32",
        "meta mark set meta mark << ct mark",
    ];
    flags_are_compared(INET, taken): [
        "tcp flags syn", "tcp flags ! fin", "tcp flags syn,ack", "tcp flags & (syn | ack) syn", "tcp flags & (fin | rst) != 0",
        "tcp flags syn,ack / syn,ack,fin", "tcp flags != syn / syn,ack", "tcp flags { syn, syn | ack }",
        "tcp flags & syn != 0", "tcp flags == syn",
    ];
    negations_of_no_flag_are_refused(INET, refused): [
        "tcp flags & (fin | rst) ! fin", "tcp dport ! 22", "tcp flags ! syn / syn,ack", "meta mark ! 5", "tcp dport ! 22-80", "tcp flags ! { syn, fin }",
    ];
    limits_are_read_with_and_without_blanks(INET, taken): [
        "limit rate 7/minute", "limit rate over 7 / hour burst 3 packets", "limit rate 7/ day", "limit rate until 9/week",
        "limit rate 900bytes/second", "limit rate over 3kbytes /minute burst 9kbytes", "limit rate 3 mbytes/ hour burst 9 mbytes",
        "limit rate 3mbytes / day burst 100bytes", "quota over 7 mbytes", "quota until 9 bytes",
    ];
    limits_of_nothing_are_refused(INET, refused): ["quota over 7mbytes", "limit rate 7/minute burst 0 packets", "limit rate 5/fortnight"];
    logs_have_options(INET, taken): [
        "log", "log level warn", "log prefix \"in: \" level debug flags skuid flags ether", "log group 3 snaplen 64 queue-threshold 9",
        "log snaplen 64 group 3 prefix \"x\"", "log flags tcp options flags ip options", "log flags all prefix \"y\"", "log level audit",
    ];
    options_that_do_not_go_together_are_refused(INET, refused): [
        "log level warn group 3", "log flags all group 3", "log level audit prefix \"x\"", "log prefix \"\"",
    ];
    objects_are_referred_to(IPV4, taken): [
        "counter name web", "counter name \"web\"", "quota name q drop", "limit name l accept", "synproxy name sp",
        "counter name tcp dport map { 80 : \"web\", 443 : \"web\" }", "quota name ip saddr map { 10.0.0.1 : \"q\" }",
        "ct helper set \"ftp\"", "ct timeout set \"slow\"", "ct expectation set \"later\"", "meta secmark set \"s\"",
        "ct helper set tcp dport map { 21 : \"ftp\" }",
    ];
    networks_are_translated(IPV4, taken): [
        "snat to 10.0.0.1-10.0.0.9", "snat prefix to ip saddr map { 10.0.1.0/24 : 10.0.2.0/24 }", "dnat to 10.0.0.0/24",
        "snat ip prefix to ip saddr map { 10.0.1.0/24 : 10.0.2.0/24, 10.0.3.0/24 : 10.0.4.0/24 }",
        "snat ip interval to ip saddr map { 10.0.0.9 : 10.0.2.2-10.0.2.5 }",
        "tcp dport { 80, 443 } dnat ip to ip daddr . tcp dport map { 10.0.0.1 . 80 : 10.9.0.1 . 8080 }",
        "tcp dport 80 dnat ip addr . port to ip daddr map { 10.0.0.1 : 10.9.0.1 . 8080 }", "tcp dport 1 redirect to :9",
        "tcp dport 1 redirect to tcp dport map { 1 : 9 }", "tcp dport 1 redirect to :tcp dport map { 1 : 9, 2 : 10 }",
        "tcp dport 1 masquerade to :1024-2048 random", "masquerade fully-random,persistent", "dnat to ip saddr map { 10.0.0.1 : 10.0.0.2 }",
        "tcp dport 1 dnat to 10.0.0.9:tcp dport map { 1 : 9 }",
        "tcp dport 1 dnat to ip saddr map { 10.0.0.1 : 10.0.0.2 }:tcp dport map { 1 : 9 }",
        "tcp dport 1 dnat ip to ip daddr map { 10.0.0.1 : 10.0.0.1-10.0.0.9 . 80-90 }", "snat ip to meta mark map { 1-5 : 10.0.0.0/24 }",
    ];
    networks_of_ipv6_are_translated(IPV6, taken): [
        "dnat to [fe80:1::]/64", "snat to fe80::1-fe80::9", "tcp dport 1 dnat to [fe80::1]:80", "dnat to fe80:1::/64",
        "tcp dport 1 dnat to ip6 saddr map { fe80::1 : fe80::2 }:80", "tcp dport 1 dnat to [fe80::1]:tcp dport map { 1 : 9 }",
        "tcp dport 1 snat to [fe80::1]-[fe80::9]:80-90", "snat ip6 prefix to ip6 saddr map { fe80:1::/64 : fe80:2::/64 }",
    ];
    translations_that_do_not_fit_are_refused(INET, refused): [
        "dnat to 10.0.0.1", "ip6 saddr ::1 dnat ip to 10.0.0.1", "dnat ip to 10.0.0.1:80", "dnat ip to fe80::1", "redirect to :80",
        "dnat ip6 to 10.0.0.1",
    ];
    messages_of_icmp_have_fields(INET, taken): [
        "icmp id 7", "icmp type echo-reply icmp sequence 3", "icmp gateway 5", "icmp mtu 1400", "icmpv6 id 7", "icmpv6 mtu 1280",
        "icmpv6 param-problem 4", "icmpv6 max-delay 9", "icmpv6 taddr fe80::1", "icmpv6 daddr fe80::1", "icmp type { echo-request, echo-reply } icmp id 7",
    ];
    messages_without_a_field_are_refused(INET, refused): [
        "icmp type echo-request icmp mtu 5", "icmp type redirect icmp id 5", "icmpv6 type echo-request icmpv6 mtu 5",
    ];
    sets_and_maps_are_looked_into(INET, taken): [
        "ip saddr @four", "ip daddr != @four", "ip saddr . tcp dport @pairs", "meta mark set tcp dport map @marks", "tcp dport vmap @ways",
        "ip daddr . tcp sport != { 10.0.0.1 . 5, 10.0.0.2 . 6 }", "ip saddr . tcp dport { 10.0.0.0/8 . 1-9, 10.0.0.1 . 22 }",
        "meta l4proto { tcp, udp } th dport 53", "ct state . meta mark { new . 5 }", "tcp dport { 22 }", "ip saddr { 10.0.0.0/8, 10.1.0.0/16 }",
        "tcp dport vmap { 1-9 : accept, 22 : drop, * : continue }",
    ];
    what_hangs_on_another_protocol_is_refused(IPV4, refused): [
        "ip6 saddr ::1", "tcp dport 22 udp sport 5", "ip protocol udp tcp dport 22", "reject with icmpx no-route", "reject with icmpv6 no-route",
        "accept drop", "meta nfproto ipv4",
    ];
}
