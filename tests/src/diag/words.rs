//! Options and mistakes: exit codes are the reference's, a mistake is one line, a closed pipe is none.

use std::io::Read;
use std::process::Stdio;

use anyhow::ensure;
use nix::pty::{Winsize, openpty};
use nlink::prelude::*;
use nlink_tests::{Cx, Result, Test, tests, tool};

use super::compare::{check, needs_newest, same, same_texts};
use super::sockets::{connected, listen, tcp, udp};

pub const TESTS: &[Test] = tests![
    mistakes_have_the_references_exit_codes_and_one_line,
    what_theirs_takes_in_silence_ours_refuses,
    a_closed_pipe_is_no_failure,
    another_namespace_is_shown_by_its_name,
    counts_are_theirs,
    a_filter_is_read_from_a_file,
    the_last_option_of_states_and_of_families_counts,
    a_terminal_has_its_width_used,
    names_of_services_are_known_in_filters,
    columns_of_queues_may_be_left_out,
    names_of_hosts_are_theirs,
    json_has_what_the_text_has,
];

const REFUSED: &[&str] = &[
    "-Y",
    "--frobnicate",
    "-f foo",
    "-f",
    "-A foo",
    "-A tcp,foo",
    "state foo",
    "-t state",
    "-t exclude",
    "-t exclude foo",
    "-t sport",
    "-t sport =",
    "-t sport = :foo",
    "-t sport = foo",
    "-t dport > foo",
    "-t src 10.0.0.0/33",
    "-t src 10.0.0.0/x",
    "-t ( sport = :1",
    "-t sport = :1 )",
    "-t ( )",
    "-t dev nonexistent",
    "-t fwmark = zz",
    "-t cgroup = /nonexistent",
    "-t dport eq :http or",
    "-t state established sport",
    "-t not",
    "-t and",
    "-t and sport = :1",
    "-K -t sport",
    "-N nonexistent",
    "-N",
    "-F /nonexistent",
    "-E -t sport",
];

async fn mistakes_have_the_references_exit_codes_and_one_line(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    let open = connected("127.0.0.1:8080", "127.0.0.1:40001")?;
    let mut wrong = String::new();
    for line in REFUSED {
        let words: Vec<&str> = line.split(' ').collect();
        let (theirs, ours) = (cx.theirs("ss", &words)?, cx.our_tool("ss", &words)?);
        let is_one_line = ours.stderr.trim_end().lines().count() == 1 && ours.stdout.is_empty();
        if theirs.code != ours.code || !is_one_line {
            wrong += &format!("ss {line}: theirs ends with {}\n{}", theirs.code, ours.transcript());
        }
    }
    ensure!(wrong.is_empty(), "{wrong}");
    ensure!(open.iter().all(|socket| socket.take_error().is_ok_and(|error| error.is_none())), "a socket was ended");
    Ok(())
}

async fn what_theirs_takes_in_silence_ours_refuses(cx: &Cx) -> Result {
    for line in ["-t sport = :99999", "-t src 1.2.3", "-t sport = :1x", "-s -N x"] {
        let words: Vec<&str> = line.split(' ').collect();
        let ours = cx.our_tool("ss", &words)?;
        ensure!(ours.code != 0 && ours.stdout.is_empty() && ours.stderr.lines().count() == 1, "{}", ours.transcript());
    }
    Ok(())
}

async fn a_closed_pipe_is_no_failure(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    let _open = listen("127.0.0.1:80")?;
    for words in [&["-ta"][..], &["-jta"], &["-s"], &["-h"], &["-V"]] {
        let (reader, writer) = std::io::pipe()?;
        drop(reader);
        let output = tool::ours("ss")?.command(words).stdout(writer).stderr(Stdio::piped()).output()?;
        ensure!(output.status.success() && output.stderr.is_empty(), "ss {words:?}: {output:?}");
    }
    Ok(())
}

async fn another_namespace_is_shown_by_its_name(cx: &Cx) -> Result {
    cx.netns("blue")?.ip(&["link", "set", "lo", "up"])?;
    let _open = Namespace::named("blue")?.run(|| connected("127.0.0.1:8080", "127.0.0.1:40001"))??;
    same(cx, "-N blue -tanp")?;
    same(cx, "-N blue -tan dev lo")?;
    same(cx, "-tan")?;
    ensure!(cx.our_tool("ss", &["-N", "blue", "-tanH"])?.ok()?.lines().count() == 3);
    Ok(())
}

async fn counts_are_theirs(cx: &Cx) -> Result {
    let without_total = |text: String| text.split_once('\n').map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    cx.ip(&["link", "set", "lo", "up"])?;
    let _tcp = [connected("127.0.0.1:8080", "127.0.0.1:40001")?, connected("[::1]:80", "[::1]:40001")?];
    let _udp = udp("[::1]:53")?;
    // The first line counts the tools' own sockets, and those of the whole machine; the second one those of TCP that the
    // whole machine has closed, so it is compared once nobody else opens or closes one.
    let theirs = || cx.theirs("ss", &["-s"])?.ok().map(without_total);
    let mut last = Err(anyhow::anyhow!("the machine's sockets never rest"));
    for _ in 0..100 {
        let before = theirs()?;
        let ours = without_total(cx.our_tool("ss", &["-s"])?.ok()?);
        if before == theirs()? {
            last = same_texts("-s", &before, &ours, true);
            if last.is_ok() {
                break;
            }
        }
    }
    last
}

async fn a_filter_is_read_from_a_file(cx: &Cx) -> Result {
    std::fs::write("/run/filter", "# either side\n( sport = :8080\nor dport = :8080 )\n")?;
    check(cx, &["-tan -F /run/filter", "-tan -F /run/filter sport = :8080"], |_| {
        Ok(connected("127.0.0.1:8080", "127.0.0.1:40001")?.into())
    })
}

async fn the_last_option_of_states_and_of_families_counts(cx: &Cx) -> Result {
    let views = ["-tal", "-tla", "-t46", "-t64", "-ta4 -f inet6", "-ta6 -f inet", "-tt", "-taa4"];
    check(cx, &views, |_| {
        let mut open: Vec<_> = connected("127.0.0.1:8080", "127.0.0.1:40001")?.into();
        open.extend(connected("[::1]:8080", "[::1]:40001")?);
        Ok(open)
    })
}

async fn a_terminal_has_its_width_used(cx: &Cx) -> Result {
    needs_newest(cx)?;
    cx.ip(&["link", "set", "lo", "up"])?;
    let _open = connected("127.0.0.1:8080", "127.0.0.1:40001")?;
    for width in [20, 60, 80, 81, 200] {
        for words in ["-tan", "-tao", "-tae", "-tamO"] {
            let look = |tool| on_terminal(&tool, words, width);
            let (theirs, ours) = (look(tool::reference("ss")?)?, look(tool::ours("ss")?)?);
            ensure!(ours.contains("LISTEN"), "{ours}");
            same_texts(&format!("{words} on {width} columns"), &theirs, &ours, true)?;
        }
    }
    Ok(())
}

/// What a tool prints on a terminal of so many columns.
fn on_terminal(tool: &tool::Tool, words: &str, width: u16) -> Result<String> {
    let size = Winsize { ws_row: 24, ws_col: width, ws_xpixel: 0, ws_ypixel: 0 };
    let terminal = openpty(Some(&size), None)?;
    let mut child = tool.command(&[words]).stdin(Stdio::null()).stdout(terminal.slave).spawn()?;
    // Once nobody has its other side, reading fails.
    let mut text = Vec::new();
    let _ = std::fs::File::from(terminal.master).read_to_end(&mut text);
    ensure!(child.wait()?.success());
    Ok(String::from_utf8(text)?)
}

async fn names_of_services_are_known_in_filters(cx: &Cx) -> Result {
    let services = std::fs::read_to_string("/etc/services").unwrap_or_default();
    cx.needs(services.contains("http-alt"), "services", "/etc/services does not name http-alt")?;
    check(cx, &["-tan sport eq :http-alt", "-tan src = 127.0.0.1:http-alt", "-tan dport http-alt"], |_| {
        Ok(connected("127.0.0.1:8080", "127.0.0.1:40001")?.into())
    })
}

async fn columns_of_queues_may_be_left_out(cx: &Cx) -> Result {
    needs_newest(cx)?;
    check(cx, &["-taQ", "-anQH -A tcp,udp,unix"], |_| Ok(connected("127.0.0.1:8080", "127.0.0.1:40001")?.into()))
}

async fn names_of_hosts_are_theirs(cx: &Cx) -> Result {
    check(cx, &["-tar", "-tanr", "-tr"], |_| {
        let mut open: Vec<_> = connected("127.0.0.1:8080", "127.0.0.1:40001")?.into();
        open.extend(connected("[::1]:8080", "[::1]:40001")?);
        open.push(listen("0.0.0.0:22")?);
        Ok(open)
    })
}

async fn json_has_what_the_text_has(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    let _open = connected("127.0.0.1:8080", "127.0.0.1:40001")?;
    let (_idle, _) = tcp("127.0.0.1:0")?;
    let json: serde_json::Value = serde_json::from_str(&cx.our_tool("ss", &["-jtnaiemop"])?.ok()?)?;
    let sockets = json.as_array().map(Vec::as_slice).unwrap_or_default();
    let text = cx.our_tool("ss", &["-tanH"])?.ok()?;
    ensure!(sockets.len() == 3 && text.lines().count() == 3, "{json}\n{text}");
    for (socket, line) in sockets.iter().zip(text.lines()) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let place = |address: &str, port: &str| {
            format!("{}:{}", socket[address].as_str().unwrap_or("?"), socket[port].as_str().unwrap_or("?"))
        };
        ensure!(
            socket["state"] == columns[0] && socket["recv_q"].as_u64() == columns[1].parse().ok(),
            "{socket}\n{line}"
        );
        ensure!([place("local", "local_port"), place("peer", "peer_port")] == columns[3..5], "{socket}\n{line}");
        ensure!(socket["users"][0]["pid"] == std::process::id() && socket["skmem"]["receive_buffer"].is_u64());
        ensure!(socket["cwnd"].as_u64().is_some_and(|window| window > 0), "{socket}");
    }
    ensure!(cx.our_tool("ss", &["-jt", "sport", "=", ":1"])?.ok()? == "[]\n");
    Ok(())
}
