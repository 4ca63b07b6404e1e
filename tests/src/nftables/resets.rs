//! `reset` and `get`: what had counted is shown as nft shows it, and begins at nothing again.

use anyhow::{bail, ensure};
use nlink_tests::tool::{Output, reference};
use nlink_tests::{Cx, Result, Test, same_json_except, tests};

pub const TESTS: &[Test] = tests![what_is_reset_is_shown_and_begins_at_nothing, what_cannot_be_reset_is_refused];

const COUNTED: &str = "flush ruleset
table ip t {
    counter k { packets 5 bytes 6; }
    quota q { 10 mbytes used 3 kbytes; }
    set s { type ipv4_addr; counter; elements = { 1.2.3.4 counter packets 3 bytes 4, 5.6.7.8 counter packets 1 bytes 2 }; }
    set i { type ipv4_addr; flags interval; counter; elements = { 10.0.0.0/8 counter packets 3 bytes 4, 11.0.0.1-11.0.0.9 counter packets 1 bytes 2 }; }
    set c { type ipv4_addr . inet_service; flags interval; counter; elements = { 10.0.0.0/8 . 1-9 counter packets 3 bytes 4 }; }
    map m { type ipv4_addr : verdict; counter; elements = { 1.2.3.4 counter packets 3 bytes 4 : accept }; }
    chain in { type filter hook input priority 0; ip saddr { 1.1.1.1, 2.2.2.2 } counter packets 7 bytes 8 accept; tcp dport 22 quota 5 mbytes used 1 kbytes drop; }
    chain other { counter packets 9 bytes 9; }
}
table inet u { chain x { counter packets 1 bytes 1; }; }
";

/// What is said, and whether nft can say it in JSON.
const COMMANDS: [(&str, bool); 19] = [
    ("reset rule t in handle HANDLE", false),
    ("reset rules chain ip t other", true),
    ("reset rules t in", true),
    ("reset rules table ip t", true),
    ("reset rules t", true),
    ("reset rules ip", true),
    ("reset rules inet", true),
    ("reset rules", true),
    ("reset set t s", true),
    ("reset set t i", true),
    ("reset set t c", true),
    ("reset map t m", true),
    ("reset element t s { 5.6.7.8 }", false),
    ("reset element t i { 11.0.0.1-11.0.0.9 }", false),
    ("reset element t m { 1.2.3.4 }", false),
    ("get element t s { 5.6.7.8 }", false),
    ("get element t i { 10.9.9.9 }", false),
    ("reset counters table t", true),
    ("reset quotas t", true),
];

const MASKED: [&str; 3] = ["handle", "version", "release_name"];

/// What a tool says to the command, and what there is then.
fn after(
    cx: &Cx,
    tool: fn(&Cx, &[&str]) -> Result<Output>,
    options: &[&str],
    command: &str,
) -> Result<(Output, String)> {
    reference("nft")?.run_fed(&["-f", "-"], COUNTED)?.ok()?;
    let listed = cx.theirs("nft", &["-a", "list", "chain", "t", "in"])?.ok()?;
    let handle = listed.lines().find(|line| line.contains("saddr")).and_then(|line| line.rsplit(' ').next());
    let command = command.replace("HANDLE", handle.unwrap_or_default());
    let said = tool(cx, &[options, &[&command]].concat())?;
    Ok((said, cx.theirs("nft", &["list", "ruleset"])?.ok()?))
}

async fn what_is_reset_is_shown_and_begins_at_nothing(cx: &Cx) -> Result {
    cx.needs_kernel("6.5")?;
    let ours = |cx: &Cx, args: &[&str]| cx.our_tool("nft", args);
    let theirs = |cx: &Cx, args: &[&str]| cx.theirs("nft", args);
    for (command, as_json) in COMMANDS {
        let ((theirs_said, theirs_left), (ours_said, ours_left)) =
            (after(cx, theirs, &[], command)?, after(cx, ours, &[], command)?);
        let (said_by_them, said_by_us) = (theirs_said.ok()?, ours_said.ok()?);
        ensure!(said_by_them == said_by_us, "{command}\n--- nft\n{said_by_them}--- ours\n{said_by_us}");
        ensure!(theirs_left == ours_left, "left by {command}\n--- nft\n{theirs_left}--- ours\n{ours_left}");
        if as_json {
            let said_by_them = after(cx, theirs, &["-j"], command)?.0.ok()?;
            let said_by_us = after(cx, ours, &["-j"], command)?.0.ok()?;
            if let Err(error) = same_json_except(&said_by_them, &said_by_us, &MASKED) {
                bail!("{command}: {error:#}");
            }
        }
    }
    Ok(())
}

async fn what_cannot_be_reset_is_refused(cx: &Cx) -> Result {
    reference("nft")?.run_fed(&["-f", "-"], COUNTED)?.ok()?;
    let before = cx.theirs("nft", &["list", "ruleset"])?.ok()?;
    for command in [
        "reset rule t in handle 999",
        "reset rules chain t nosuch",
        "reset rules table nosuch",
        "reset set t nosuch",
        "reset set t m",
        "reset element t s { 9.9.9.9 }",
        "get element t nosuch { 9.9.9.9 }",
        "reset chain t in",
        "reset ruleset",
        "get rule t in handle 1",
    ] {
        let said = cx.our_tool("nft", &[command])?;
        ensure!(said.code == 1 && said.stdout.is_empty() && said.stderr.contains("Error: "), "{command}: {said:?}");
        ensure!(cx.theirs("nft", &["list", "ruleset"])?.ok()? == before, "{command}");
    }
    Ok(())
}
