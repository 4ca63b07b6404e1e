//! What `nft` says: to wrong words, to what is not there, to whom is not allowed; and that then nothing was done.

use anyhow::ensure;
use nlink_tests::tool::{ours, reference};
use nlink_tests::{Cx, Result, Test, tests};

pub const TESTS: &[Test] = tests![
    a_mistake_is_told_with_its_place_and_nothing_is_done,
    a_check_does_nothing,
    who_is_not_allowed_is_told_so,
    rules_go_where_they_are_told,
    objects_are_changed_by_command,
    counters_are_reset,
    commands_come_one_by_one,
    what_was_made_is_echoed,
];

/// A ruleset to refer to.
const BASE: &str = "add table inet t\nadd chain inet t c\nadd set inet t s { type ipv4_addr; }\n\
                    add rule inet t c tcp dport 1\n";

/// A text, and what is said to it.
const MISTAKES: [(&str, &str); 8] = [
    (
        "add table inet u\nadd chain inet u d\nadd rule inet u d tcp dport 22 acept\n",
        "/dev/stdin:3:32-36: Error: syntax error, unexpected acept, expected a statement\n\
         add rule inet u d tcp dport 22 acept\n                               ^^^^^\n",
    ),
    (
        "add table inet u\nadd chain inet nosuch d\n",
        "/dev/stdin:2:16-21: Error: No such file or directory\n\
         add chain inet nosuch d\n               ^^^^^^\n",
    ),
    (
        "add table inet u\nadd rule inet t nosuch accept\n",
        "/dev/stdin:2:17-22: Error: Could not process rule: No such file or directory\n\
         add rule inet t nosuch accept\n                ^^^^^^\n",
    ),
    (
        "add table inet u\ndelete rule inet t c handle 999\n",
        "/dev/stdin:2:29-31: Error: Could not process rule: No such file or directory\n\
         delete rule inet t c handle 999\n                            ^^^\n",
    ),
    (
        "add table inet u\ndelete set inet t nosuch\n",
        "/dev/stdin:2:19-24: Error: Could not process rule: No such file or directory\n\
         delete set inet t nosuch\n                  ^^^^^^\n",
    ),
    (
        "add table inet u\nadd element inet t nosuch { 1.1.1.1 }\n",
        "/dev/stdin:2:20-25: Error: No such file or directory\n\
         add element inet t nosuch { 1.1.1.1 }\n                   ^^^^^^\n",
    ),
    (
        "add table inet u\ncreate table inet t\n",
        "/dev/stdin:2:19-19: Error: Could not process rule: File exists\n\
         create table inet t\n                  ^\n",
    ),
    (
        "add table inet u\nadd chain inet u d {\n\ttype filter hook nowhere priority 0;\n}\n",
        "/dev/stdin:3:19-25: Error: syntax error, unexpected nowhere, expected a hook\n\
         \ttype filter hook nowhere priority 0;\n\t                 ^^^^^^^\n",
    ),
];

fn listed(cx: &Cx) -> Result<String> {
    cx.theirs("nft", &["list", "ruleset"])?.ok()
}

fn base() -> Result {
    reference("nft")?.run_fed(&["-f", "-"], BASE)?.ok().map(drop)
}

fn done(cx: &Cx, command: &str) -> Result {
    cx.our_tool("nft", &[command])?.ok().map(drop)
}

async fn a_mistake_is_told_with_its_place_and_nothing_is_done(cx: &Cx) -> Result {
    base()?;
    let before = listed(cx)?;
    for (text, said) in MISTAKES {
        let output = ours("nft")?.run_fed(&["-f", "-"], text)?;
        ensure!(output.stderr == said, "of {text}\n--- ours\n{}\n--- wanted\n{said}", output.stderr);
        ensure!(output.code == reference("nft")?.run_fed(&["-f", "-"], text)?.code, "exit code of {text}");
        ensure!(listed(cx)? == before, "{text}");
    }
    let typed = cx.our_tool("nft", &["list", "table", "inet", "nosuch"])?;
    ensure!(typed.code == 1 && typed.stdout.is_empty());
    ensure!(
        typed.stderr == "Error: No such file or directory\nlist table inet nosuch\n                ^^^^^^\n",
        "{}",
        typed.stderr
    );
    let file = cx.our_tool("nft", &["-f", "/nonexistent"])?;
    ensure!(file.code == 1 && file.stderr.contains("Could not open file \"/nonexistent\": No such file or directory"));
    Ok(())
}

async fn a_check_does_nothing(cx: &Cx) -> Result {
    base()?;
    let before = listed(cx)?;
    ensure!(cx.our_tool("nft", &["-c", "add table inet u; add rule inet t c accept"])?.code == 0);
    let refused = cx.our_tool("nft", &["-c", "add table inet u; add chain inet nosuch d"])?;
    ensure!(refused.code == 1 && refused.stderr.contains("No such file or directory"), "{}", refused.stderr);
    ensure!(listed(cx)? == before);
    Ok(())
}

async fn who_is_not_allowed_is_told_so(_: &Cx) -> Result {
    base()?;
    for command in ["list ruleset", "add table inet u", "flush ruleset"] {
        let output = ours("nft")?.run_unprivileged(&[command])?;
        ensure!(output.code == 1, "{output:?}");
        ensure!(output.stderr == "Error: Operation not permitted (perhaps you must be root?)\n", "{}", output.stderr);
    }
    Ok(())
}

async fn rules_go_where_they_are_told(cx: &Cx) -> Result {
    base()?;
    done(cx, "add rule inet t c tcp dport 4")?;
    done(cx, "insert rule inet t c tcp dport 0")?;
    done(cx, "add rule inet t c index 1 tcp dport 2")?;
    done(cx, "insert rule inet t c index 3 tcp dport 3")?;
    let ports = |text: &str| -> Vec<String> {
        text.split("tcp dport ").skip(1).filter_map(|rest| Some(rest.split_whitespace().next()?.to_owned())).collect()
    };
    ensure!(ports(&listed(cx)?) == ["0", "1", "2", "3", "4"], "{}", listed(cx)?);
    let with_handles = cx.theirs("nft", &["-a", "list", "ruleset"])?.ok()?;
    let handle = |port: &str| -> String {
        let line = with_handles.lines().find(|line| line.contains(&format!("tcp dport {port} "))).unwrap_or_default();
        line.rsplit(' ').next().unwrap_or_default().to_owned()
    };
    done(cx, &format!("replace rule inet t c handle {} tcp dport 9", handle("3")))?;
    done(cx, &format!("delete rule inet t c handle {}", handle("0")))?;
    done(cx, &format!("add rule inet t c handle {} tcp dport 5", handle("1")))?;
    ensure!(ports(&listed(cx)?) == ["1", "5", "2", "9", "4"], "{}", listed(cx)?);
    done(cx, "flush chain inet t c")?;
    ensure!(ports(&listed(cx)?).is_empty());
    ensure!(cx.our_tool("nft", &["add rule inet t c index 7 accept"])?.code == 1);
    Ok(())
}

async fn objects_are_changed_by_command(cx: &Cx) -> Result {
    base()?;
    let steps = [
        ("add element inet t s { 1.1.1.1, 2.2.2.2 }", "elements = { 1.1.1.1, 2.2.2.2 }", true),
        ("delete element inet t s { 1.1.1.1 }", "1.1.1.1", false),
        ("flush set inet t s", "elements", false),
        ("delete set inet t s", "set s", false),
        ("destroy set inet t s", "set s", false),
        ("rename chain inet t c d", "chain d", true),
        ("add chain inet t d { comment \"no\"; }", "chain d", true),
        ("create map inet t m { type mark : verdict; }", "type mark : verdict", true),
        ("add counter inet t k", "counter k", true),
        ("destroy counter inet t k", "counter k", false),
        ("flush table inet t", "dport", false),
        ("delete chain inet t d", "chain d", false),
        ("delete table inet t", "table inet t", false),
        ("add table inet a; add table ip b; flush ruleset ip", "table ip b", false),
        ("flush ruleset", "table", false),
    ];
    for (command, text, there) in steps {
        done(cx, command)?;
        ensure!(listed(cx)?.contains(text) == there, "{command}\n{}", listed(cx)?);
    }
    Ok(())
}

async fn counters_are_reset(cx: &Cx) -> Result {
    done(cx, "add table t; add counter t a { packets 1 bytes 2; }; add counter t b { packets 3 bytes 4; }")?;
    done(cx, "add quota t q { 10 bytes used 5 bytes; }")?;
    let had = cx.our_tool("nft", &["reset", "counter", "t", "a"])?.ok()?;
    ensure!(had.contains("packets 1 bytes 2"), "{had}");
    let now = listed(cx)?;
    ensure!(now.contains("packets 0 bytes 0") && now.contains("packets 3 bytes 4"), "only the one: {now}");
    let had = cx.our_tool("nft", &["reset", "counters"])?.ok()?;
    ensure!(had.contains("packets 3 bytes 4") && !had.contains("quota"), "{had}");
    let now = listed(cx)?;
    ensure!(!now.contains("packets 3") && now.contains("used 5 bytes"), "no quota: {now}");
    Ok(())
}

async fn commands_come_one_by_one(cx: &Cx) -> Result {
    let output =
        ours("nft")?.run_fed(&["-i"], "add table t\nfoo\nadd chain t c {\n}\nlist tables\nquit\nadd table u\n")?;
    ensure!(output.code == 0 && output.stdout == "table ip t\n", "{output:?}");
    ensure!(output.stderr.starts_with("Error: syntax error, unexpected foo"), "{}", output.stderr);
    let now = listed(cx)?;
    ensure!(now.contains("chain c") && !now.contains("table ip u"), "{now}");
    Ok(())
}

async fn what_was_made_is_echoed(cx: &Cx) -> Result {
    let commands = [
        "add rule inet t c tcp dport { 22, 80 } counter accept",
        "insert rule inet t c drop",
        "add table ip u",
        "add chain inet t d",
        "add element inet t s { 1.1.1.1 }",
    ];
    for command in commands {
        for options in [&["-e"][..], &["-e", "-a"], &["-e", "-j"]] {
            let args: Vec<&str> = options.iter().copied().chain([command]).collect();
            let anew = || done(cx, "flush ruleset").and_then(|()| base());
            anew()?;
            let theirs = cx.theirs("nft", &args)?.ok()?;
            anew()?;
            let ours = cx.our_tool("nft", &args)?.ok()?;
            let plain = |text: &str| -> String {
                let lines = text.lines().filter(|line| !line.starts_with("# new generation"));
                let lines: Vec<String> =
                    lines.map(|line| line.chars().filter(|letter| !letter.is_ascii_digit()).collect()).collect();
                lines.join("\n")
            };
            ensure!(plain(&theirs) == plain(&ours), "{args:?}\n--- theirs\n{theirs}--- ours\n{ours}");
        }
    }
    Ok(())
}
