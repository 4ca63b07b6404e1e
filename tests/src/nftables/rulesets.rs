//! Rulesets made by `nft` and by ours from the same text: of what one made, both print the same, as text and as JSON.

use anyhow::{Context, ensure};
use nlink_tests::tool::{ours, reference};
use nlink_tests::{Cx, Result, same_json_except};

/// What changes from one making to the next, and what says whose JSON it is.
const MASKED: [&str; 4] = ["handle", "version", "release_name", "expires"];

/// Every way to print a ruleset.
const TEXTS: [&[&str]; 9] = [&[], &["-a"], &["-s"], &["-t"], &["-n"], &["-y"], &["-p"], &["-T"], &["-S"]];
const OBJECTS: [&[&str]; 3] = [&["-j"], &["-j", "-s"], &["-j", "-t"]];

fn printed(cx: &Cx, ours: bool, options: &[&str], what: &str) -> Result<String> {
    let args: Vec<&str> = options.iter().copied().chain(what.split(' ')).collect();
    match ours {
        true => cx.our_tool("nft", &args)?.ok(),
        false => cx.theirs("nft", &args)?.ok(),
    }
}

/// Without the numbers of handles, which count on, and the times that pass.
fn settled(text: &str) -> String {
    let mut settled = String::new();
    let mut words = text.split_inclusive([' ', '\n', ',']);
    while let Some(word) = words.next() {
        settled.push_str(word);
        if ["handle ", "expires "].contains(&word) {
            let number = words.next().unwrap_or_default();
            settled.push('N');
            settled.push_str(number.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric()));
        }
    }
    settled
}

fn same(theirs: &str, ours: &str, what: &str) -> Result {
    let (theirs, ours) = (settled(theirs), settled(ours));
    let differing = |of: &str, other: &str| -> String {
        of.lines().filter(|line| !other.lines().any(|known| known == *line)).map(|line| format!("{line}\n")).collect()
    };
    ensure!(
        theirs == ours,
        "{what}\n--- only theirs\n{}--- only ours\n{}",
        differing(&theirs, &ours),
        differing(&ours, &theirs)
    );
    Ok(())
}

/// Both print what is there, in every form.
fn agree(cx: &Cx, script: &str) -> Result {
    let lists =
        ["list ruleset", "list tables", "list chains", "list sets", "list maps", "list counters", "list quotas"];
    for (what, options) in
        TEXTS.iter().map(|options| ("list ruleset", *options)).chain(lists.map(|list| (list, &[][..])))
    {
        let [theirs, ours] = [false, true].map(|ours| printed(cx, ours, options, what));
        same(&theirs?, &ours?, &format!("{options:?} {what} of {script}"))?;
    }
    for (what, options) in
        OBJECTS.iter().map(|options| ("list ruleset", *options)).chain(lists.map(|list| (list, &["-j"][..])))
    {
        let [theirs, ours] = [false, true].map(|ours| printed(cx, ours, options, what));
        same_json_except(&theirs?, &ours?, &MASKED).with_context(|| format!("{options:?} {what} of {script}"))?;
    }
    Ok(())
}

fn check(cx: &Cx, script: &str) -> Result {
    let (nft, our_nft) = (reference("nft")?, ours("nft")?);
    nft.run_fed(&["-f", "-"], script)?.ok()?;
    agree(cx, script)?;
    let (text, json) = (printed(cx, false, &[], "list ruleset")?, printed(cx, false, &["-j"], "list ruleset")?);
    our_nft.run(&["flush", "ruleset"])?.ok()?;
    our_nft.run_fed(&["-f", "-"], script)?.ok()?;
    same(&text, &printed(cx, false, &[], "list ruleset")?, "made by theirs and made by ours, both printed by theirs")?;
    let by_ours = printed(cx, false, &["-j"], "list ruleset")?;
    same_json_except(&json, &by_ours, &MASKED).context("made by theirs and made by ours, both printed by theirs")?;
    agree(cx, script)
}

/// Rules in a chain of a table of that family, with what they refer to.
fn rules(family: &str, rules: &str) -> String {
    format!(
        "add table {family} t\nadd chain {family} t other\n\
         add counter {family} t web {{ packets 1 bytes 2; }}\nadd quota {family} t q {{ over 25 mbytes; }}\n\
         add set {family} t s {{ type ipv4_addr; flags interval; elements = {{ 10.0.0.0/8, 192.168.0.1-192.168.0.9 }}; }}\n\
         add set {family} t cc {{ type ipv4_addr . inet_service; elements = {{ 1.1.1.1 . 22 }}; }}\n\
         add map {family} t vm {{ type inet_service : verdict; elements = {{ 22 : accept, 80 : jump other }}; }}\n\
         table {family} t {{\n chain c {{\n type filter hook input priority filter;\n{rules}\n}}\n}}\n"
    )
}

/// Sets of more elements than are compiled at once or fit a message: of addresses, and of intervals.
fn big_sets() -> String {
    let listed = |each: &dyn Fn(u32) -> String| (0..9000).rev().map(each).collect::<Vec<_>>().join(",\n");
    let address = |number: u32| std::net::Ipv4Addr::from(0x0a00_0000 | number);
    format!(
        "table ip t {{\n set a {{ type ipv4_addr; elements = {{ {} }}; }}\n \
         set b {{ type ipv4_addr; flags interval; elements = {{ {} }}; }}\n}}\n",
        listed(&|number| address(number).to_string()),
        listed(&|number| format!("{}/30", address(number * 8))),
    )
}

macro_rules! rulesets {
    ($($name:ident: $script:expr;)*) => {
        $(async fn $name(cx: &Cx) -> Result {
            check(cx, &$script)
        })*

        pub const TESTS: &[nlink_tests::Test] = nlink_tests::tests![$($name),*];
    };
}

rulesets! {
    nothing: "";
    tables_of_each_family: "table ip a { comment \"one\"; }\ntable ip6 b { flags dormant; }\ntable inet c\ntable arp d\n\
        table bridge e\ntable netdev f { comment \"x\"; flags dormant; chain c { comment \"in it\";\n}\n}";
    chains_at_each_hook: "table inet t { chain a { type filter hook prerouting priority raw - 1; policy drop; }\n\
        chain b { type nat hook prerouting priority dstnat; }\nchain c { type nat hook postrouting priority srcnat + 1; }\n\
        chain d { type route hook output priority mangle; comment \"routes\"; }\nchain e { type filter hook forward priority 11; }\n\
        chain f { type filter hook input priority security; }\nchain g { }\n}";
    chains_of_other_families: "table arp t { chain a { type filter hook input priority 0;\n}\n}\n\
        table bridge t { chain a { type filter hook prerouting priority dstnat; }\nchain b { type filter hook output priority out; }\n\
        chain c { type filter hook postrouting priority srcnat; }\nchain d { type filter hook forward priority filter - 5;\n}\n}";
    chains_of_devices: "table netdev t { chain a { type filter hook ingress device \"lo\" priority 0;\n}\n}";
    counters_and_quotas: "table inet t { counter a { packets 3 bytes 300; comment \"three\"; }\ncounter b { }\n\
        quota c { over 25 mbytes used 1 mbytes; }\nquota d { 1500 bytes; comment \"q\";\n}\n}";
    sets_of_addresses: "table ip t { set a { type ipv4_addr; elements = { 10.0.0.1, 10.0.0.3, 10.0.0.2 }; comment \"few\"; }\n\
        set b { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 11.0.0.1-11.0.0.9, 12.0.0.1 }; }\n\
        set c { type ipv6_addr; elements = { ::1, fe80::1, 2001:db8::1 }; }\n\
        set d { type ipv6_addr; flags interval; elements = { 2001:db8::/32, fe80::/10 }; }\n\
        set e { type ether_addr; elements = { 00:11:22:33:44:55 };\n}\n}";
    sets_of_numbers: "table ip t { set a { type inet_service; elements = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }; }\n\
        set b { type inet_service; flags interval; elements = { 1-3, 22, 80-90, 65535 }; }\n\
        set c { type mark; elements = { 1, 0xffffffff, 7 }; }\nset d { type inet_proto; elements = { 6, 17 }; }\n\
        set e { type ifname; elements = { \"eth0\", lo }; }\nset f { type ct_state; elements = { new, established }; }\n\
        set g { type ether_type; elements = { ip, arp, 0x1234 }; }\nset h { type icmp_type; elements = { echo-request, 77 };\n}\n}";
    options_of_sets: "table ip t { set a { type ipv4_addr; size 100; policy memory; timeout 1h; gc-interval 10s; comment \"a\"; }\n\
        set b { type ipv4_addr; flags dynamic,timeout; size 5; }\nset c { type inet_service; flags constant; elements = { 1 }; }\n\
        set d { type ipv4_addr; flags interval; auto-merge; }\nset e { type inet_service; counter; }\n\
        set f { type inet_service; flags timeout; elements = { 1 timeout 1h comment \"one\", 2 timeout 1d2h }; }\n\
        set g { type inet_service; elements = { 1 comment \"only\", 2 };\n}\n}";
    concatenations: "table ip t { set a { type ipv4_addr . inet_service; elements = { 1.1.1.1 . 22, 2.2.2.2 . 80 }; }\n\
        set b { type ipv4_addr . inet_service . mark; flags interval; elements = { 10.0.0.0/8 . 22-80 . 1, 1.2.3.4 . 99 . 2-3 }; }\n\
        set c { type ether_addr . ipv6_addr; elements = { 00:11:22:33:44:55 . fe80::1 };\n}\n}";
    many_elements: big_sets();
    maps: "table ip t { chain other { }\nmap a { type inet_service : ipv4_addr; elements = { 22 : 10.0.0.1, 80 comment \"web\" : 10.0.0.2 }; }\n\
        map b { type inet_service : verdict; elements = { 1 : accept, 2 : drop, 3 : jump other, 4 : goto other, 5 : return, 6 : continue }; }\n\
        map c { type ipv4_addr : mark; elements = { 1.1.1.1 : 7 }; }\ncounter k { }\n\
        map d { type inet_service : counter; elements = { 22 : \"k\" }; }\n\
        map e { type ipv4_addr : ipv4_addr . inet_service; elements = { 1.1.1.1 : 2.2.2.2 . 80 }; }\n\
        map f { type ipv4_addr : verdict; flags interval; elements = { 10.0.0.0/8 : accept, 12.0.0.0/8 : drop }; }\n\
        map g { type ipv4_addr : verdict; elements = { 10.0.0.1 : accept, * : drop };\n}\n}";
    verdicts: rules("inet", "jump other\ngoto other\nreturn\ncontinue\naccept\ndrop");
    ports: rules("inet", "tcp dport 22 accept\nudp sport 53\ntcp dport != 22\ntcp dport 22-80\ntcp dport != 22-80\ntcp dport >= 1024\n\
        tcp dport < 1024\nsctp dport 5\nth dport 53\nudplite sport 1\ndccp dport 7");
    sets_in_rules: rules("inet", "tcp dport { 22, 443, 80 } accept\ntcp dport { 22, 80-90 } accept\ntcp dport != { 22, 80 } drop\n\
        ip saddr { 10.0.0.1, 10.0.0.2 }\nip saddr { 10.0.0.0/8, 11.0.0.1-11.0.0.5 }\noifname { \"eth0\", \"lo\" }");
    named_sets_in_rules: rules("inet", "ip saddr @s accept\nip saddr != @s drop\nip saddr . tcp dport @cc accept");
    concatenations_in_rules: rules("inet", "ip saddr . tcp dport { 1.1.1.1 . 22, 2.2.2.2 . 80 } accept\n\
        ip saddr . tcp dport { 10.0.0.0/8 . 22-80 } accept\nmeta mark . tcp dport { 1 . 22 }");
    verdict_maps: rules("inet", "tcp dport vmap { 22 : accept, 23 : drop, 80 : jump other }\ntcp dport vmap @vm\n\
        ip saddr . tcp dport vmap { 1.1.1.1 . 22 : accept }\nip saddr vmap { 10.0.0.0/8 : accept, 11.0.0.1-11.0.0.5 : drop }\n\
        ct state vmap { established : accept, related : accept, invalid : drop }");
    addresses: rules("inet", "ip saddr 10.0.0.1\nip daddr != 10.0.0.1\nip saddr 10.0.0.0/8\nip saddr != 10.0.0.0/9\n\
        ip saddr 10.0.0.1-10.0.0.9\nip6 saddr ::1\nip6 daddr fe80::/10\nip6 saddr 2001:db8::/32\nip saddr & 255.0.255.0 == 10.0.1.0");
    addresses_of_one_family: rules("ip", "ip saddr 10.0.0.1 ip daddr 10.0.0.2\nip saddr 10.0.0.1-10.0.0.9 tcp dport 22");
    fields_of_ipv4: rules("ip", "ip protocol tcp\nip protocol != udp\nip ttl 64\nip ttl < 5\nip length > 100\nip id 5\nip version 4\n\
        ip hdrlength 5\nip dscp cs1\nip dscp != { cs1, af11 }\nip ecn ce\nip frag-off 0");
    fields_of_ipv6: rules("inet", "ip6 nexthdr udp\nip6 hoplimit 64\nip6 flowlabel 22\nip6 dscp ef\nip6 length 5");
    fields_of_icmp: rules("inet", "icmp type echo-request accept\nicmp type { echo-request, echo-reply } accept\nicmp code 3\n\
        icmpv6 type nd-neighbor-solicit\nicmpv6 type { nd-router-advert, 200 } accept\nicmp type != echo-reply");
    fields_of_the_link: rules("bridge", "ether saddr 00:11:22:33:44:55\nether type ip\nvlan id 5\nvlan pcp 3 vlan id 9");
    fields_of_arp: rules("arp", "arp operation request\narp saddr ip 1.2.3.4\narp daddr ether 00:11:22:33:44:55\narp htype 1");
    fields_of_tcp: rules("inet", "tcp flags syn\ntcp flags syn,ack\ntcp flags != syn\ntcp flags & (fin | syn | rst | ack) == syn\n\
        tcp flags & (fin | syn) == fin | syn\ntcp flags syn / fin,syn\ntcp window 5\ntcp sequence 7\ntcp checksum 0\ntcp doff 5");
    ranges: rules("inet", "tcp dport 22-80\ntcp dport { 22, 80-90 }\nmeta skuid 0-5\nmeta skuid { 0, 2-5 }\nicmp type 0-8\n\
        ip dscp 8-16\nct expiration 1h-2h\nmeta l4proto 6-17\nmeta mark 1-5");
    fields_of_ipsec: rules("inet", "ah spi 5\nesp spi 4-6\ncomp cpi 3");
    raw_bits: rules("inet", "@nh,0,8 != 1\n@ll,0,8 & 0xf0 == 0x10\n@th,32,16 5");
    interfaces: rules("inet", "iif lo accept\niif != lo\noif lo\niifname \"eth*\" accept\noifname \"eth0\"\niifname != \"eth0\"\n\
        meta iiftype ether\niifgroup 0");
    what_is_known_of_packets: rules("inet", "meta mark 1\nmeta mark != 2\nmeta mark & 0xff == 0x10\nmeta length 100-200\nmeta skuid 0\n\
        meta skgid 1000\nmeta cpu 1\nmeta pkttype broadcast\nmeta protocol ip\nmeta nfproto ipv4\nmeta l4proto tcp\n\
        meta l4proto { tcp, udp } th dport 53\nmeta priority 1:2\nmeta rtclassid 5\nmeta cgroup 100");
    connections: rules("inet", "ct state established,related accept\nct state invalid drop\nct state != new\nct state { new, established }\n\
        ct direction original\nct status assured\nct status assured,dnat\nct original ip saddr 1.2.3.4\nct original proto-dst 22\n\
        ct original packets > 10\nct bytes > 100000\nct expiration 1h\nct helper \"ftp\"\nct mark 5\nct mark & 1 == 1\nct l3proto ipv4\nct protocol tcp\nct zone 5");
    assignments: rules("inet", "meta mark set 42\nmeta mark set ct mark\nct mark set meta mark\nct mark set 7\nmeta nftrace set 1\n\
        meta priority set 1:ffff\nmeta mark set tcp dport map { 22 : 1, 80 : 2 }\nmeta mark set meta mark | 0x10\n\
        meta mark set meta mark & 0xff\nmeta mark set meta mark & 0xff | 0x10\nip dscp set af11\nip ttl set 5");
    operations: rules("ip", "meta mark set meta mark << 4\nmeta mark set meta mark >> 8\nmeta mark set ct mark << 8 | 0x10\n\
        ct mark set ip dscp << 3\nct mark set ip dscp << 3 | 0x100\nmeta mark set ip daddr << 2");
    operations_of_registers: rules("ip", "meta mark set meta mark | ct mark\nct mark set meta mark & ct mark\n\
        ct mark set ct mark ^ meta mark\nmeta mark set ip dscp | meta mark\nct mark set tcp dport | meta mark\n\
        meta mark set (ct mark << 8) | meta mark\nmeta mark set meta mark | (ct mark << 4)\nmeta mark set ct mark ^ meta mark ^ 5\n\
        meta mark set (meta mark & 0xf) << 2 | (ct mark & 0xf)\nmeta mark set ip saddr | ip daddr\nmeta mark set ip dscp & 3 | 0x100");
    fields_changed: rules("ip", "ip dscp set ip dscp | 4\nip dscp set ip dscp & 3\nip dscp set ip dscp ^ 3\nip ttl set ip ttl | 4\n\
        ip protocol set ip protocol | 4\nip id set ip id & 0xff\nip saddr set ip saddr & 255.255.255.0\n\
        ip saddr set ip saddr & 255.255.255.0 | 0.0.0.5\ntcp flags set tcp flags | syn\ntcp flags set tcp flags & (fin|syn)\n\
        tcp dport set tcp dport & 0xff\ntcp dport set tcp sport\nip saddr set ip daddr\n@nh,12,3 set 5\n\
        ip frag-off & 0x1fff != 0\ntcp dport set tcp dport map { 22 : 23 }");
    fields_of_ipv6_changed: rules("ip6", "ip6 dscp set ip6 dscp | 3\nip6 dscp set 3\nip6 saddr set ip6 saddr & ffff::");
    maps_of_networks: "table ip t { map m { type ipv4_addr : interval ipv4_addr; flags interval; elements = { 10.1.0.0/24 : 10.2.0.0/24, 10.3.0.0/24 : 10.4.0.1-10.4.0.9, 10.5.0.1 : 10.6.0.1 }; }\n\
        chain post { type nat hook postrouting priority srcnat;\n\
        snat ip prefix to ip saddr map { 10.0.1.0/24 : 10.0.2.0/24, 10.0.3.0/24 : 10.0.4.0/24 }\n\
        snat to ip saddr map { 10.7.0.0/24 : 10.8.0.1-10.8.0.9 }\nsnat ip prefix to ip saddr map @m\n\
        tcp dport 1 snat to 10.0.0.9:tcp dport map { 1 : 9 }\ntcp dport 1 snat to ip saddr map { 1.1.1.1 : 2.2.2.2 }:tcp dport map { 1 : 9 }\n\
        tcp dport 1 snat ip to ip daddr map { 10.0.0.1 : 10.0.0.1-10.0.0.9 . 80-90 }\nsnat ip to meta mark map { 1-5 : 10.0.0.0/24 }\n\
        snat to ip daddr & 255.255.255.0\n}\n}";
    maps_of_networks_of_ipv6: "table ip6 t { chain post { type nat hook postrouting priority srcnat;\n\
        snat ip6 prefix to ip6 saddr map { fe80:1::/64 : fe80:2::/64 }\ntcp dport 1 snat to ip6 saddr map { fe80::1 : fe80::2 }:80\n\
        tcp dport 1 snat to [fe80::1]:tcp dport map { 1 : 9 }\n}\n}";
    counting: rules("inet", "counter\ncounter packets 5 bytes 6 accept\ncounter name web\ncounter name tcp dport map { 22 : \"web\" }\n\
        quota name q drop\nquota 25 mbytes accept\nquota over 1000 bytes used 500 bytes drop");
    limits: rules("inet", "limit rate 10/second accept\nlimit rate over 10/minute burst 7 packets drop\nlimit rate 10 mbytes/second\n\
        limit rate 100 kbytes/hour burst 2 mbytes\nlimit rate 1/day\nlimit rate 5/week");
    logs: rules("inet", "log\nlog prefix \"in: \" accept\nlog prefix \"x\" level debug flags all\n\
        log level info flags tcp sequence,options flags ip options\nlog flags skuid flags ether\n\
        log group 2 snaplen 64 queue-threshold 3 prefix \"y\"\nlog level audit");
    rejects: rules("inet", "reject\nreject with tcp reset\nreject with icmp host-unreachable\nreject with icmpv6 admin-prohibited\n\
        reject with icmpx no-route\nreject with icmpx port-unreachable");
    rejects_of_one_family: rules("ip", "reject\nreject with icmp net-unreachable\nreject with tcp reset");
    rejects_of_ipv6: rules("ip6", "reject\nreject with icmpv6 no-route");
    comments: rules("inet", "tcp dport 22 accept comment \"ssh\"\ncounter comment \"all the rest\"");
    address_translation: "table inet t { chain pre { type nat hook prerouting priority dstnat;\ndnat ip to 10.0.0.1\n\
        tcp dport 1 dnat ip to 10.0.0.1:80\ntcp dport 1 dnat ip to 10.0.0.1-10.0.0.5:80-90\n\
        tcp dport 80 dnat ip to 10.0.0.1:80 random,persistent\ntcp dport 1 dnat ip6 to [fe80::1]:80\ndnat ip6 to fe80::1\n\
        dnat ip to tcp dport map { 80 : 1.1.1.1, 81 : 2.2.2.2 }\ntcp dport 80 redirect to :8080\nredirect\n\
        tcp dport 80 redirect to :8080-8090 random\n}\nchain post { type nat hook postrouting priority srcnat;\nmasquerade\nmasquerade random\n\
        tcp dport 80 masquerade to :1024-2048 fully-random\nsnat ip to 1.2.3.4\nsnat ip to 1.2.3.4 persistent\n\
        oifname \"eth0\" snat ip to 1.2.3.4\n}\n}";
    address_translation_of_one_family: "table ip t { chain pre { type nat hook prerouting priority dstnat;\ndnat to 10.0.0.1\n\
        tcp dport 1 dnat to 10.0.0.1:80\ndnat to ip saddr map { 1.1.1.1 : 2.2.2.2 }\n}\n\
        chain post { type nat hook postrouting priority srcnat;\nsnat to 1.2.3.4-1.2.3.9\n}\n}";
    places_of_rules: "add table t\nadd chain t c\nadd rule t c tcp dport 1\nadd rule t c tcp dport 3\ninsert rule t c tcp dport 0\n\
        add rule t c tcp dport 5";
    definitions: "define ports = { 22, 80 }\ndefine net = 10.0.0.0/8\nadd table t\nadd chain t c\n\
        add rule t c ip saddr $net tcp dport $ports \\\n accept # all of them\n";
}
