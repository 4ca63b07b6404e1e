//! States of a device, made by one `wg` and the other: both show each of them the same, in every form, and both make the
//! same of the same words.

use std::fs;

use anyhow::{Context, ensure};
use nlink_tests::{Cx, Result};

/// Keys, by the letters that stand for them in commands and files.
const KEYS: [(&str, &str); 4] = [
    ("A", "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg="),
    ("B", "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0="),
    ("C", "gN65BkIKy1eCE9pP1wdc8ROUtkHLF2PfAqYdyYBz6EA="),
    ("P", "YAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="),
];

/// Files that commands name, in the test's own /run.
const FILES: [(&str, &str); 9] = [
    ("private", "P\n"),
    ("shared", "FpCyhws9cxwWoV4xELtfJvjJN+zQVRPISllRWgeopVE=\n"),
    ("empty", ""),
    ("interface", "[Interface]\nPrivateKey = P\nListenPort = 51820\nFwMark = 0x2a\n"),
    ("one", "[Interface]\nListenPort=51820\n[Peer]\nPublicKey = A\nAllowedIPs = 10.1.0.0/16, fd00:1::/64\n"),
    (
        "two",
        "# two peers\n[Interface]\nPrivateKey = P\n\n[Peer]\nPublicKey = A\nPresharedKey = P\nEndpoint = 192.0.2.1:1\n\
         AllowedIPs = 10.1.0.0/16\nPersistentKeepalive = 25\n\n[Peer]\nPublicKey = B\nEndpoint = [2001:db8::1]:2\n",
    ),
    (
        "odd",
        "[INTERFACE]\nlistenport = 7 # seven\n[peer]\npublickey=A\nallowedips=10.1.0.0/16\nALLOWEDIPS = 10.2.0.0/16\n",
    ),
    ("none", "[Interface]\n[Peer]\nPublicKey = A\n"),
    ("moved", "[Interface]\n[Peer]\nPublicKey = C\nAllowedIPs = 10.1.0.0/16\n[Peer]\nPublicKey = A\n"),
];

/// Every form of `wg show`, and `showconf`.
const VIEWS: &[&[&str]] =
    &[&[], &["show"], &["show", "all"], &["show", "wg0"], &["show", "interfaces"], &["showconf", "wg0"]];

const PARAMETERS: [&str; 12] = [
    "public-key",
    "private-key",
    "listen-port",
    "fwmark",
    "peers",
    "preshared-keys",
    "endpoints",
    "allowed-ips",
    "latest-handshakes",
    "transfer",
    "persistent-keepalive",
    "dump",
];

pub fn write_files() -> Result {
    for (name, text) in FILES {
        let text = KEYS.iter().fold(text.to_owned(), |text, (letter, key)| {
            text.replace(&format!("= {letter}\n"), &format!("= {key}\n"))
                .replace(&format!("={letter}\n"), &format!("={key}\n"))
        });
        let text = if text == "P\n" { format!("{}\n", KEYS[3].1) } else { text };
        fs::write(format!("/run/{name}"), text).context("write to the test's own /run")?;
    }
    Ok(())
}

/// Keys for their letters, and nothing for `NOTHING`.
fn words(command: &str) -> Vec<&str> {
    let meant = |word| match KEYS.iter().find(|(letter, _)| *letter == word) {
        Some((_, key)) => *key,
        None if word == "NOTHING" => "",
        None => word,
    };
    command.split_whitespace().map(meant).collect()
}

fn make(cx: &Cx, commands: &[&str], ours: bool) -> Result<String> {
    cx.ip(&["link", "add", "wg0", "type", "wireguard"])?;
    for command in commands {
        let words = words(command);
        let output = if ours { cx.our_tool("wg", &words)? } else { cx.theirs("wg", &words)? };
        output.ok()?;
    }
    cx.theirs("wg", &["show", "wg0", "dump"])?.ok()
}

fn compare(cx: &Cx, view: &[&str]) -> Result {
    let (theirs, ours) = (cx.theirs("wg", view)?.ok()?, cx.our_tool("wg", view)?.ok()?);
    ensure!(theirs == ours, "wg {}:\n--- theirs\n{theirs}--- ours\n{ours}", view.join(" "));
    Ok(())
}

pub fn check(cx: &Cx, commands: &[&str]) -> Result {
    cx.needs_kind("wireguard")?;
    cx.needs_tool("wg")?;
    write_files()?;
    let by_theirs = make(cx, commands, false)?;
    VIEWS.iter().try_for_each(|view| compare(cx, view))?;
    for device in ["all", "wg0"] {
        PARAMETERS.iter().try_for_each(|parameter| compare(cx, &["show", device, parameter]))?;
    }
    cx.ip(&["link", "del", "wg0"])?;
    let by_ours = make(cx, commands, true)?;
    ensure!(by_theirs == by_ours, "--- made by theirs\n{by_theirs}--- made by ours\n{by_ours}");
    Ok(())
}

macro_rules! states {
    ($($name:ident $(; since $since:literal)? $commands:expr;)*) => {
        $(async fn $name(cx: &Cx) -> Result {
            $(cx.needs_kernel($since)?;)?
            check(cx, &$commands)
        })*

        pub const TESTS: &[nlink_tests::Test] = nlink_tests::tests![$($name),*];
    };
}

states! {
    fresh [];
    private_key ["set wg0 private-key /run/private"];
    private_key_taken_away ["set wg0 private-key /run/private", "set wg0 private-key /run/empty"];
    listen_port ["set wg0 listen-port 51820"];
    fwmark_hexadecimal ["set wg0 fwmark 0xca6c"];
    fwmark_decimal ["set wg0 fwmark 51820"];
    fwmark_off ["set wg0 fwmark 1", "set wg0 fwmark off"];
    everything [
        "set wg0 listen-port 51820 fwmark 42 private-key /run/private peer A preshared-key /run/shared endpoint \
         192.0.2.1:4500 persistent-keepalive 25 allowed-ips 10.9.0.0/24,fd00:9::/64",
    ];
    peer_alone ["set wg0 peer A"];
    peers_in_order ["set wg0 peer B peer A peer C"];
    peer_removed ["set wg0 peer A peer B", "set wg0 peer A remove"];
    peer_removed_that_never_was ["set wg0 peer A remove"];
    preshared_key ["set wg0 peer A preshared-key /run/shared"];
    preshared_key_taken_away ["set wg0 peer A preshared-key /run/shared", "set wg0 peer A preshared-key /dev/null"];
    endpoint_v4 ["set wg0 peer A endpoint 192.0.2.1:65535"];
    endpoint_v6 ["set wg0 peer A endpoint [2001:db8::1]:1"];
    endpoint_link_local ["set wg0 peer A endpoint [fe80::1%lo]:51820"];
    endpoint_mapped ["set wg0 peer A endpoint [::ffff:192.0.2.1]:51820"];
    keepalive ["set wg0 peer A persistent-keepalive 65535"];
    keepalive_off ["set wg0 peer A persistent-keepalive 25", "set wg0 peer A persistent-keepalive off"];
    allowed_ips ["set wg0 peer A allowed-ips 0.0.0.0/0,::/0,10.0.0.1,fd00::1,::1.2.3.4/128"];
    allowed_ips_replaced ["set wg0 peer A allowed-ips 10.1.0.0/16", "set wg0 peer A allowed-ips 10.2.0.0/16"];
    allowed_ips_added ["set wg0 peer A allowed-ips 10.1.0.0/16", "set wg0 peer A allowed-ips +10.2.0.0/16"];
    allowed_ips_taken_away; since "6.16"
        ["set wg0 peer A allowed-ips 10.1.0.0/16,10.2.0.0/16", "set wg0 peer A allowed-ips -10.1.0.0/16"];
    allowed_ips_none ["set wg0 peer A allowed-ips 10.1.0.0/16", "set wg0 peer A allowed-ips NOTHING"];
    allowed_ips_moved ["set wg0 peer A allowed-ips 10.1.0.0/16", "set wg0 peer B allowed-ips 10.1.0.0/16"];
    setconf_interface ["set wg0 peer A", "setconf wg0 /run/interface"];
    setconf_takes_away ["set wg0 private-key /run/private fwmark 1 peer B", "setconf wg0 /run/one"];
    setconf_two ["setconf wg0 /run/two"];
    setconf_spelled_oddly ["setconf wg0 /run/odd"];
    setconf_none ["setconf wg0 /run/none"];
    setconf_empty ["set wg0 listen-port 1 peer A", "setconf wg0 /run/empty"];
    addconf ["set wg0 private-key /run/private peer B", "addconf wg0 /run/one"];
    addconf_replaces_allowed_ips ["set wg0 peer A allowed-ips 10.7.0.0/16", "addconf wg0 /run/one"];
    syncconf_of_nothing ["syncconf wg0 /run/two"];
    syncconf_adds_and_removes ["set wg0 peer C allowed-ips 10.3.0.0/16 peer A", "syncconf wg0 /run/two"];
    syncconf_takes_away [
        "set wg0 peer A preshared-key /run/shared persistent-keepalive 9 endpoint 192.0.2.9:9", "syncconf wg0 /run/one",
    ];
    syncconf_empty ["set wg0 peer A", "syncconf wg0 /run/empty"];
    syncconf_moves ["set wg0 peer A allowed-ips 10.1.0.0/16", "syncconf wg0 /run/moved"];
}
