//! `ip monitor`: see [ip-monitor(8)](https://man7.org/linux/man-pages/man8/ip-monitor.8.html). Which objects there are
//! and what happens to them is nlink-route's affair; here events get their time, and go out one by one.

use nlink_cli::clock::{Stamp, Time};
use nlink_cli::failure::{complain, reason};
use nlink_cli::output::{self, Output};
use nlink_cli::{Commands, Context, Exit, Failure, Result, commands, names};
use nlink_core::Interface;
use nlink_core::driver::Tokio;
use nlink_core::show::{Show, Sink};
use nlink_core::stream::Notice;
use nlink_core::words::Words;
use nlink_route::link::{Link, LinkFilter};
use nlink_route::monitor::{Happening, MonitorWords};

/// No commands: what is typed are objects and how to show them.
pub(crate) const COMMANDS: Commands = commands! { "ip monitor", only "monitor";
    monitor: "[ all | OBJECT … ] [ label ] [ dev DEVICE ] [ file FILE ], OBJECT := { link | address | route | nsid }";
};

async fn monitor(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let mut asked: MonitorWords = words.parse_to_end()?;
    asked.family = cx.family;
    let rt = cx.rtnetlink()?;
    if let Some(interface) = asked.interface.take() {
        let links = rt.dump::<Link>().filter(LinkFilter { interface: Some(interface), ..LinkFilter::default() });
        asked.interface = links.await?.first().map(Interface::from);
    }
    cx.learn_namespaces().await?;
    let mut output = cx.output();
    if let Some(path) = &asked.file {
        let unreadable = |reason: String| Failure::said(Exit::Failed, format!("{}: {reason}", path.display()));
        let file = std::fs::read(path).map_err(|error| unreadable(reason(&error)))?;
        for happening in MonitorWords::read(&file) {
            tell(cx, &mut output, &asked, happening.map_err(|error| unreadable(error.to_string()))?).await?;
        }
        return Ok(Exit::Success);
    }
    // The end may come while it waits, so this is a task in any case.
    let events = rt.driven_by::<Tokio>().events::<Happening>();
    let mut subscription = asked.groups().fold(events, |all, group| all.group(group));
    if let Some(bytes) = cx.options.rcvbuf {
        subscription = subscription.receive_buffer(bytes);
    }
    let mut end = output::end()?;
    let mut events = subscription.await?;
    loop {
        let next = tokio::select! {
            next = events.try_next() => next,
            () = end.came() => return Ok(Exit::Success),
        };
        match next {
            Ok(Some(Notice::Event(happening))) => tell(cx, &mut output, &asked, happening).await?,
            Ok(Some(Notice::Overrun)) => complain("More happened than could be kept: events are missing here."),
            Ok(None) => return Ok(Exit::Success),
            Err(error) => drop(Failure::from(error).report()),
        }
    }
}

/// Prints an event, and learns from it what things are called from now on.
async fn tell(cx: &Context, output: &mut Output, asked: &MonitorWords, mut happening: Happening) -> Result<()> {
    let rt = cx.rtnetlink()?;
    if let Some(link) = happening.link() {
        names::remember(output.names(), link);
    }
    if happening.is_about_namespaces() {
        names::learn_namespaces(output.names(), rt).await?;
    }
    names::learn(output.names(), rt, |visit| happening.visit_interfaces(visit)).await?;
    if asked.matches(&happening) {
        output.line(&Told { time: Stamp::of(&cx.options).now(), label: asked.label, happening: &happening })?;
    }
    if let Some(index) = happening.gone() {
        output.names().interfaces.remove(&index);
    }
    Ok(())
}

/// An event with its time and label.
struct Told<'a> {
    time: Time,
    label: bool,
    happening: &'a Happening,
}

impl Show for Told<'_> {
    fn show(&self, sink: &mut Sink<'_>) {
        self.time.show(sink);
        if self.label {
            self.happening.show_label(sink);
        }
        self.happening.show(sink);
    }
}
