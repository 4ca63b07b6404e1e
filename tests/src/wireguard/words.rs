//! What the reference `wg` refuses ours refuses, in the same words and with the same exit code, and nothing changes.

use anyhow::{bail, ensure};
use nlink::wireguard::PrivateKey;
use nlink_tests::{Cx, Output, Result, Test, tests, tool};

use super::states::write_files;

pub const TESTS: &[Test] = tests![
    refusals_are_worded_as_theirs,
    a_secret_is_not_repeated,
    without_privileges_the_kernel_says_no,
    keys_go_in_and_out,
    json_has_what_the_text_has_and_is_refused_elsewhere,
];

const KEY: &str = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";

const REFUSED: &[&[&str]] = &[
    &["frob"],
    &["show", "wg9"],
    &["show", "lo"],
    &["show", "a-name-that-is-too-long"],
    &["show", "wg0", "frob"],
    &["show", "all", "frob"],
    &["show", "a", "b", "c"],
    &["show", "interfaces", "x"],
    &["showconf"],
    &["showconf", "wg9"],
    &["set"],
    &["set", "wg0"],
    &["set", "wg9", "listen-port", "1"],
    &["set", "lo", "listen-port", "1"],
    &["set", "wg0", "frob", "1"],
    &["set", "wg0", "listen-port"],
    &["set", "wg0", "listen-port", ""],
    &["set", "wg0", "listen-port", "no-such-service"],
    &["set", "wg0", "fwmark", "zz"],
    &["set", "wg0", "fwmark", "0x100000000"],
    &["set", "wg0", "private-key", "/nonexistent"],
    &["set", "wg0", "private-key", "/run/short"],
    &["set", "wg0", "peer", "abc"],
    &["set", "wg0", "peer", KEY, "listen-port", "1"],
    &["set", "wg0", "remove"],
    &["set", "wg0", "peer", KEY, "endpoint", ""],
    &["set", "wg0", "peer", KEY, "endpoint", "foo"],
    &["set", "wg0", "peer", KEY, "endpoint", "foo:"],
    &["set", "wg0", "peer", KEY, "endpoint", "[::1"],
    &["set", "wg0", "peer", KEY, "endpoint", "[::1]1"],
    &["set", "wg0", "peer", KEY, "persistent-keepalive", "65536"],
    &["set", "wg0", "peer", KEY, "allowed-ips", "10.0.0.0/33"],
    &["set", "wg0", "peer", KEY, "allowed-ips", "10.0.0.0/x"],
    &["set", "wg0", "peer", KEY, "allowed-ips", "10.0.0"],
    &["set", "wg0", "peer", KEY, "allowed-ips", "10.0.0.1/24,fd00::/129"],
    &["setconf", "wg0"],
    &["setconf", "wg0", "/nonexistent"],
    &["setconf", "wg9", "/run/one"],
    &["syncconf", "wg9", "/run/one"],
    &["setconf", "wg0", "/run/no-key"],
    &["setconf", "wg0", "/run/bad-address"],
    &["genkey", "x"],
    &["genpsk", "x"],
    &["pubkey", "x"],
    &["pubkey"],
    &["--help"],
    &["help"],
    &["show", "--help"],
];

/// The path that a tool was called by is not what is compared.
fn said(output: &Output) -> (i32, String, String) {
    let plain = |text: &str| {
        let word = |word: &str| match word.rsplit_once("/wg") {
            Some((_, "")) => "wg".to_owned(),
            Some((_, ":")) => "wg:".to_owned(),
            _ => word.to_owned(),
        };
        text.split(' ').map(word).collect::<Vec<_>>().join(" ")
    };
    (output.code, plain(&output.stdout), plain(&output.stderr))
}

fn prepare(cx: &Cx) -> Result {
    cx.needs_kind("wireguard")?;
    cx.needs_tool("wg")?;
    write_files()?;
    std::fs::write("/run/short", "abc\n")?;
    std::fs::write("/run/no-key", "[Interface]\n[Peer]\nAllowedIPs = 10.0.0.0/8\n")?;
    std::fs::write("/run/bad-address", format!("[Interface]\n[Peer]\nPublicKey = {KEY}\nAllowedIPs = 10.0.0\n"))?;
    cx.ip(&["link", "add", "wg0", "type", "wireguard"])?;
    Ok(())
}

async fn refusals_are_worded_as_theirs(cx: &Cx) -> Result {
    prepare(cx)?;
    let before = cx.theirs("wg", &["show", "wg0", "dump"])?.ok()?;
    let mut wrong = String::new();
    for words in REFUSED {
        let (theirs, ours) = (said(&cx.theirs("wg", words)?), said(&cx.our_tool("wg", words)?));
        if theirs != ours {
            wrong += &format!("wg {}:\n  theirs {theirs:?}\n  ours   {ours:?}\n", words.join(" "));
        }
    }
    ensure!(wrong.is_empty(), "{wrong}");
    ensure!(before == cx.theirs("wg", &["show", "wg0", "dump"])?.ok()?, "a refused command changed the device");
    Ok(())
}

/// Here ours says less than theirs, which repeats the line.
async fn a_secret_is_not_repeated(cx: &Cx) -> Result {
    prepare(cx)?;
    for line in ["PrivateKey = SECRET", "PrivateKee = SECRET", "PresharedKey = SECRET"] {
        std::fs::write("/run/secret", format!("[Interface]\n{line}\n"))?;
        let output = cx.our_tool("wg", &["setconf", "wg0", "/run/secret"])?;
        ensure!(
            output.code == 1 && output.stderr.ends_with("Configuration parsing error\n"),
            "{}",
            output.transcript()
        );
        ensure!(!output.transcript().contains("SECRET"), "{}", output.transcript());
    }
    std::fs::write("/run/secret", "SECRETSECRETSECRETSECRETSECRETSECRETSECRETSE\n")?;
    let output = cx.our_tool("wg", &["set", "wg0", "private-key", "/run/secret"])?;
    ensure!(output.code == 1 && !output.transcript().contains("SECRET"), "{}", output.transcript());
    Ok(())
}

async fn without_privileges_the_kernel_says_no(cx: &Cx) -> Result {
    prepare(cx)?;
    for words in [["show", "wg0"], ["showconf", "wg0"]] {
        let both = [tool::reference("wg")?, tool::ours("wg")?].map(|tool| tool.run_unprivileged(&words));
        let [theirs, ours] = both;
        let (theirs, ours) = (said(&theirs?), said(&ours?));
        ensure!(theirs == ours && ours.2.contains("Operation not permitted"), "theirs {theirs:?}, ours {ours:?}");
    }
    Ok(())
}

async fn keys_go_in_and_out(cx: &Cx) -> Result {
    cx.needs_tool("wg")?;
    let (theirs, ours) = (tool::reference("wg")?, tool::ours("wg")?);
    for command in ["genkey", "genpsk"] {
        let (one, other) = (ours.run(&[command])?.ok()?, ours.run(&[command])?.ok()?);
        ensure!(one != other, "{command} gives the same key twice");
        let key: PrivateKey = match one.trim_end().parse() {
            Ok(key) => key,
            Err(error) => bail!("{command} gives {one:?}: {error}"),
        };
        let public = theirs.run_fed(&["pubkey"], &one)?.ok()?;
        ensure!(public == ours.run_fed(&["pubkey"], &one)?.ok()?, "the tools derive different keys");
        ensure!(public.trim_end() == key.public_key().to_string(), "the library derives another key");
    }
    for input in ["", "abc\n", &format!("{KEY}x"), &format!("{KEY}\n\n"), &format!("x{}", &KEY[1..43])] {
        let both = [&theirs, &ours].map(|tool| tool.run_fed(&["pubkey"], input));
        let [theirs, ours] = both;
        let (theirs, ours) = (said(&theirs?), said(&ours?));
        ensure!(theirs == ours, "pubkey of {input:?}: theirs {theirs:?}, ours {ours:?}");
    }
    Ok(())
}

async fn json_has_what_the_text_has_and_is_refused_elsewhere(cx: &Cx) -> Result {
    prepare(cx)?;
    cx.our_tool("wg", &["setconf", "wg0", "/run/two"])?.ok()?;
    let json: serde_json::Value = serde_json::from_str(&cx.our_tool("wg", &["-j", "show"])?.ok()?)?;
    let device = &json[0];
    ensure!(device["interface"] == "wg0" && device["privateKey"] == "(hidden)", "{json}");
    ensure!(device["peers"][0]["publicKey"] == KEY && device["peers"][0]["allowedIps"][0] == "10.1.0.0/16", "{json}");
    ensure!(device["peers"][1]["endpoint"] == "[2001:db8::1]:2", "{json}");
    ensure!(cx.our_tool("wg", &["-j", "show", "interfaces"])?.ok()? == "[\"wg0\"]\n");
    for words in [&["-j", "show", "wg0", "dump"][..], &["-j", "showconf", "wg0"], &["-j", "genkey"]] {
        let output = cx.our_tool("wg", words)?;
        ensure!(output.code == 1 && output.stdout.is_empty(), "{}", output.transcript());
    }
    Ok(())
}
