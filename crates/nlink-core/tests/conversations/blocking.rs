//! Threads that block: each waits for its own answer, whoever it is that reads it from the socket.

use std::thread;
use std::time::Duration;

use nlink_core::object::Event;
use nlink_core::stream::Notice;
use nlink_core::testing::{Asked, FakeKernel, Line};
use nlink_core::{Result, Rtnetlink, blocking};
use nlink_uapi::netlink::NLM_F_DUMP_INTR;

use super::link::Link;
use super::script::{NEW, asked, connect, items, link, unreadable};

fn connect_blocking() -> (FakeKernel, blocking::Connection<Rtnetlink>) {
    let (kernel, rt) = connect();
    (kernel, rt.driven_by())
}

/// The socket that is opened so-manieth, waited for.
fn line(kernel: &FakeKernel, number: usize) -> Line {
    while kernel.lines() <= number {
        thread::yield_now();
    }
    kernel.line(number)
}

fn name(link: &Link) -> &str {
    link.name.as_ref().unwrap().as_str()
}

/// Which link was asked for, and the answer.
fn answer(asked: &Asked) -> Vec<u8> {
    let wanted = <Link as nlink_core::wire::Message>::decode(&asked.body).unwrap();
    asked.object(NEW, 0, &link(name(&wanted)))
}

#[test]
fn an_answer_that_is_not_there_yet_is_waited_for() -> Result<()> {
    let (kernel, rt) = connect_blocking();
    thread::scope(|scope| {
        let get = scope.spawn(|| rt.get::<Link>("eth0").call());
        let asked = asked(&kernel.control());
        kernel.control().deliver(&answer(&asked));
        assert_eq!(name(&get.join().unwrap()?), "eth0");
        kernel.assert_all_is_settled(&rt);
        Ok(())
    })
}

#[test]
fn a_request_ends_at_its_deadline_and_its_late_answer_is_nobodys() -> Result<()> {
    let (kernel, rt) = connect_blocking();
    let error = rt.get::<Link>("old").timeout(Duration::from_millis(5)).call().unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.to_string(), "get link old: no answer within 5ms");
    kernel.control().deliver(&answer(&kernel.control().asked()));
    thread::scope(|scope| {
        let next = scope.spawn(|| rt.get::<Link>("next").call());
        let asked = asked(&kernel.control());
        kernel.control().deliver(&answer(&asked));
        assert_eq!(name(&next.join().unwrap()?), "next");
        assert_eq!(rt.counters().late_answers, 1);
        Ok(())
    })
}

/// The kernel answers the later of two first: so threads read each other's answers, wait for each other, and take the
/// watch over from each other.
#[test]
fn requests_of_many_threads_on_one_socket_do_not_mix() {
    const THREADS: usize = 8;
    const REQUESTS: usize = 250;
    let (kernel, rt) = connect_blocking();
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let rt = rt.clone();
            scope.spawn(move || {
                for number in 0..REQUESTS {
                    let wanted = format!("{thread}-{number}");
                    assert_eq!(name(&rt.get::<Link>(&*wanted).call().unwrap()), wanted);
                }
            });
        }
        let control = kernel.control();
        let mut left = THREADS * REQUESTS;
        while left > 0 {
            let first = asked(&control);
            // The second is there unless all others wait for the first.
            let second = (0..100).find_map(|_| {
                thread::yield_now();
                control.try_asked()
            });
            let both: Vec<_> = second.iter().chain([&first]).map(answer).collect();
            left -= both.len();
            control.deliver_each(&both);
        }
    });
    kernel.assert_all_is_settled(&rt);
}

#[test]
fn when_the_thread_that_watches_gives_up_another_takes_over() -> Result<()> {
    let (kernel, rt) = connect_blocking();
    thread::scope(|scope| {
        let watching = scope.spawn(|| rt.get::<Link>("lost").timeout(Duration::from_millis(50)).call());
        asked(&kernel.control());
        let following = scope.spawn(|| rt.get::<Link>("eth0").call());
        let asked = asked(&kernel.control());
        assert!(watching.join().unwrap().unwrap_err().is_timeout());
        kernel.control().deliver(&answer(&asked));
        assert_eq!(name(&following.join().unwrap()?), "eth0");
        kernel.assert_all_is_settled(&rt);
        Ok(())
    })
}

#[test]
fn a_thread_and_a_task_share_a_socket() -> Result<()> {
    let (kernel, rt) = connect();
    let blocking: blocking::Connection<Rtnetlink> = rt.driven_by();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for answered_first in 0..2 {
        thread::scope(|scope| {
            let thread = scope.spawn(|| blocking.get::<Link>("thread").call());
            let of_thread = asked(&kernel.control());
            let task = scope.spawn(|| runtime().block_on(async { rt.get::<Link>("task").await }));
            let of_task = asked(&kernel.control());
            let mut answers = [answer(&of_thread), answer(&of_task)];
            answers.rotate_left(answered_first);
            kernel.control().deliver_each(&answers);
            assert_eq!(name(&thread.join().unwrap()?), "thread");
            assert_eq!(name(&task.join().unwrap()?), "task");
            Result::<()>::Ok(())
        })?;
    }
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[test]
fn names_are_resolved_before_anything_else_is_sent() -> Result<()> {
    let (kernel, rt) = connect_blocking();
    thread::scope(|scope| {
        let link = Link { master: Some("br0".into()), ..Link::named("eth0") };
        let add = scope.spawn(|| rt.add(link).call());
        let control = kernel.control();
        let question = asked(&control);
        control.deliver(&answer(&question));
        let request = asked(&control);
        assert_eq!(request.header.message_type, NEW);
        control.deliver(&request.error(1, &[]));
        let error = add.join().unwrap().unwrap_err();
        assert_eq!(error.to_string().lines().next(), Some("add link eth0 master br0: Operation not permitted (EPERM)"));
        Ok(())
    })
}

#[test]
fn an_iterator_gives_errors_in_their_place_and_says_that_it_starts_over() -> Result<()> {
    let (kernel, rt) = connect_blocking();
    thread::scope(|scope| {
        let listed = scope.spawn(|| {
            let told = rt.dump::<Link>().into_iter().map(|item| match item {
                Ok(link) => name(&link).to_owned(),
                Err(error) if error.is_restarted() => "restarted".to_owned(),
                Err(error) => error.to_string(),
            });
            told.collect::<Vec<_>>()
        });
        let first = line(&kernel, 1);
        let asked_first = asked(&first);
        first.deliver_each(&items(&asked_first, &["a"]));
        first.deliver(&Asked::flagged(items(&asked_first, &["b"]).concat(), NLM_F_DUMP_INTR));
        let second = line(&kernel, 2);
        let again = asked(&second);
        second.deliver(&[items(&again, &["a"]).concat(), again.item(NEW, &unreadable())].concat());
        second.deliver(&[items(&again, &["b"]).concat(), again.done(0)].concat());
        let unreadable = "a link cannot be read: IFLA_MTU: 2 bytes where 4 belong";
        assert_eq!(listed.join().unwrap(), ["a", "restarted", "a", unreadable, "b"]);
        assert_eq!(rt.counters().restarted_dumps, 1);
        Ok(())
    })
}

#[test]
fn a_called_listing_is_one_consistent_state() -> Result<()> {
    let (kernel, rt) = connect_blocking();
    thread::scope(|scope| {
        let listed = scope.spawn(|| rt.dump::<Link>().call());
        let first = line(&kernel, 1);
        let asked_first = asked(&first);
        first.deliver_each(&items(&asked_first, &["stale"]));
        first.deliver(&Asked::flagged(asked_first.done(0), NLM_F_DUMP_INTR));
        let second = line(&kernel, 2);
        let again = asked(&second);
        second.deliver_each(&[items(&again, &["fresh"]).concat(), again.done(0)]);
        let listed = listed.join().unwrap()?;
        assert_eq!(listed.iter().map(name).collect::<Vec<_>>(), ["fresh"]);
        Ok(())
    })
}

#[test]
fn a_listing_without_progress_ends_at_its_deadline() {
    let (kernel, rt) = connect_blocking();
    let listed = rt.dump::<Link>().timeout(Duration::from_millis(5)).call();
    assert!(listed.unwrap_err().is_timeout());
    assert!(kernel.line(1).is_closed());
}

#[test]
fn waiting_for_an_event_has_an_end_and_what_comes_later_is_not_lost() -> Result<()> {
    let (kernel, rt) = connect_blocking();
    let mut events = rt.events::<Link>().call()?;
    for happening in ["a", "b"] {
        assert!(events.next_within(Duration::from_millis(1)).unwrap().unwrap_err().is_timeout());
        kernel.announce(Event::New(Link::named(happening)));
        let notice = events.next().unwrap()?.event();
        assert_eq!(notice.as_ref().map(|event| name(event.object())), Some(happening));
    }
    kernel.lose_events();
    assert!(matches!(events.next_within(Duration::ZERO), Some(Ok(Notice::Overrun))));
    Ok(())
}
