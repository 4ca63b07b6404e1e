//! `ss -K`: both tools end the same sockets and show the same of them.

use std::io::ErrorKind;
use std::time::Duration;

use anyhow::ensure;
use nlink_tests::{Cx, Result, Test, tests, tool};
use socket2::Socket;

use super::compare::{is_newest, same_texts};
use super::sockets::{connected, listen, udp, unix};

pub const TESTS: &[Test] = tests![
    a_connection_is_ended_on_both_sides,
    a_listening_socket_is_ended,
    udp_sockets_are_ended,
    what_the_filter_does_not_let_through_lives_on,
    what_cannot_be_killed_is_no_failure,
    without_privileges_nothing_is_ended,
];

/// Lets each tool kill what `make` makes, and compares what they show; gives what ours left.
fn both(cx: &Cx, words: &[&str], make: impl Fn() -> Result<Vec<Socket>>) -> Result<Vec<Socket>> {
    cx.ip(&["link", "set", "lo", "up"])?;
    let theirs = {
        let _open = make()?;
        cx.theirs("ss", words)?.ok()?
    };
    let open = again(make)?;
    let ours = cx.our_tool("ss", words)?.ok()?;
    same_texts(&words.join(" "), &theirs, &ours, is_newest(cx)?)?;
    Ok(open)
}

/// Makes the same sockets once more. For a moment, the fork of another test's tool may hold their addresses.
fn again(make: impl Fn() -> Result<Vec<Socket>>) -> Result<Vec<Socket>> {
    let is_in_use = |error: &anyhow::Error| {
        error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::AddrInUse)
    };
    loop {
        match make() {
            Err(error) if is_in_use(&error) => std::thread::sleep(Duration::from_millis(10)),
            made => return made,
        }
    }
}

fn error_of(socket: &Socket) -> Result<Option<ErrorKind>> {
    Ok(socket.take_error()?.map(|error| error.kind()))
}

fn connection() -> Result<Vec<Socket>> {
    Ok(connected("127.0.0.1:8080", "127.0.0.1:40001")?.into())
}

async fn a_connection_is_ended_on_both_sides(cx: &Cx) -> Result {
    let open = both(cx, &["-K", "-tn", "dport", "=", ":8080"], connection)?;
    ensure!(error_of(&open[1])? == Some(ErrorKind::ConnectionAborted), "who has it finds it aborted");
    ensure!(error_of(&open[2])? == Some(ErrorKind::ConnectionReset), "the other side is told");
    let left = cx.our_tool("ss", &["-tnH", "state", "established"])?.ok()?;
    ensure!(left.is_empty(), "{left}");
    Ok(())
}

async fn a_listening_socket_is_ended(cx: &Cx) -> Result {
    let _open =
        both(cx, &["-K", "-tln", "sport", "=", ":22"], || Ok(vec![listen("127.0.0.1:22")?, listen("127.0.0.1:23")?]))?;
    let left = cx.our_tool("ss", &["-tlnH"])?.ok()?;
    ensure!(left.contains("127.0.0.1:23") && !left.contains("127.0.0.1:22"), "{left}");
    Ok(())
}

async fn udp_sockets_are_ended(cx: &Cx) -> Result {
    let open = both(cx, &["-K", "-uan", "src", "[::1]"], || Ok(vec![udp("127.0.0.1:53")?, udp("[::1]:53")?]))?;
    ensure!(error_of(&open[0])?.is_none() && error_of(&open[1])? == Some(ErrorKind::ConnectionAborted));
    Ok(())
}

async fn what_the_filter_does_not_let_through_lives_on(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    // Neither ends it, so both meet the same one.
    let open = connection()?;
    let words = ["-K", "-ta", "dport", "=", ":9"];
    let (theirs, ours) = (cx.theirs("ss", &words)?.ok()?, cx.our_tool("ss", &words)?.ok()?);
    same_texts(&words.join(" "), &theirs, &ours, is_newest(cx)?)?;
    ensure!(error_of(&open[1])?.is_none() && error_of(&open[2])?.is_none());
    Ok(())
}

/// Unix sockets are shown all the same, as theirs shows them.
async fn what_cannot_be_killed_is_no_failure(cx: &Cx) -> Result {
    let open = unix(socket2::Type::DGRAM, "\0u")?;
    super::compare::same(cx, "-K -xa")?;
    ensure!(error_of(&open)?.is_none());
    Ok(())
}

async fn without_privileges_nothing_is_ended(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    let open = connection()?;
    let words = ["-K", "-tn", "dport", "=", ":8080"];
    let theirs = tool::reference("ss")?.run_unprivileged(&words)?;
    let ours = tool::ours("ss")?.run_unprivileged(&words)?;
    ensure!(theirs.code == ours.code, "theirs {}\nours {}", theirs.transcript(), ours.transcript());
    ensure!(ours.stderr.contains("Operation not permitted"), "{}", ours.transcript());
    ensure!(error_of(&open[1])?.is_none(), "it was ended all the same");
    Ok(())
}
