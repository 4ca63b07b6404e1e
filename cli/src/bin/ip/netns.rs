//! `ip netns`: see [ip-netns(8)](https://man7.org/linux/man-pages/man8/ip-netns.8.html). What namespaces are is
//! nlink-core's affair, their numbers nlink-route's; here is only what to do with one.

use std::process::Command as Program;

use nlink_cli::context::enter;
use nlink_cli::{Commands, Context, Exit, Failure, Result, commands, output};
use nlink_core::Namespace;
use nlink_core::netns::NameEvent;
use nlink_core::words::{WordError, Words};
use nlink_route::nsid::{self, InNamespace, NamespaceNumber};

/// In iproute2's order.
pub(crate) const COMMANDS: Commands = commands! { "ip netns", default "list";
    list | show | lst: "";
    list_id = "list-id": "[ target-nsid NUMBER ] [ nsid NUMBER ]";
    add: "NAME";
    set: "NAME { NUMBER | auto }";
    del = "delete": "NAME … (all: ip -all netns delete)";
    identify: "[ PID ]";
    pids: "NAME";
    exec: "NAME PROGRAM ARGUMENT … (in all: ip -all netns exec PROGRAM …)";
    monitor: "";
    attach: "NAME PID";
};

const NAME: &str = "the name of a network namespace";

async fn list(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    words.finish()?;
    cx.print(nsid::named(cx.rtnetlink()?).await?)
}

async fn list_id(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let (mut filter, mut number) = (InNamespace::default(), None);
    while let Some(word) = words.next() {
        match word {
            "target-nsid" => words.fill(word, &mut filter.target)?,
            "nsid" => words.fill::<i32>(word, &mut number)?,
            _ => return Err(WordError::unknown(word, ["target-nsid", "nsid"]).into()),
        }
    }
    cx.learn_namespaces().await?;
    let mut numbers = cx.rtnetlink()?.dump::<NamespaceNumber>().filter(filter).await?;
    numbers.retain(|each| number.is_none() || each.id == number);
    cx.print(numbers)
}

async fn add(_: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let name = words.next().ok_or_else(|| WordError::incomplete(NAME))?;
    words.finish()?;
    Namespace::create(name)?;
    Ok(Exit::Success)
}

async fn attach(_: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let name = words.next().ok_or_else(|| WordError::incomplete(NAME))?;
    let pid = words.parse(name)?;
    words.finish()?;
    Namespace::of_pid(pid)?.attach(name)?;
    Ok(Exit::Success)
}

async fn set(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let name = words.next().ok_or_else(|| WordError::incomplete(NAME))?;
    let any = words.take(&["auto"]);
    let number = if any { None } else { Some(words.parse(name)?) };
    words.finish()?;
    let namespace = Namespace::named(name)?;
    let number = number.map_or_else(|| NamespaceNumber::any(&namespace), |id| NamespaceNumber::new(&namespace, id));
    cx.rtnetlink()?.add(number).await?;
    Ok(Exit::Success)
}

async fn del(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let names = match (cx.options.all, words.peek()) {
        (true, None) => Namespace::list()?,
        (true, Some(word)) => return Err(WordError::left_over(word).into()),
        (false, None) => return Err(WordError::incomplete(NAME).into()),
        (false, Some(_)) => words.take_rest().into_iter().map(ToOwned::to_owned).collect(),
    };
    let delete = |exit: Exit, name: String| match Namespace::delete(&name) {
        Ok(()) => exit,
        Err(error) => exit.or(Failure::from(error).report()),
    };
    Ok(names.into_iter().fold(Exit::Success, delete))
}

async fn identify(_: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let pid = words.peek().map(|_| words.parse("identify")).transpose()?;
    words.finish()?;
    let names = Namespace::identify(pid.unwrap_or(std::process::id()))?;
    output::lines(if names.is_empty() { vec![String::new()] } else { names })
}

async fn pids(_: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let name = words.next().ok_or_else(|| WordError::incomplete(NAME))?;
    words.finish()?;
    output::lines(Namespace::named(name)?.pids()?)
}

async fn exec(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let program = |words: &mut Words<'_>| {
        let name = words.next().ok_or_else(|| WordError::incomplete("the program"))?;
        let mut program = Program::new(name);
        program.args(words.take_rest());
        Ok::<_, WordError>(program)
    };
    if !cx.options.all {
        let name = words.next().ok_or_else(|| WordError::incomplete(NAME))?;
        let mut program = program(words)?;
        return Err(enter(name)?.become_program(&mut program).into());
    }
    let mut program = program(words)?;
    for name in Namespace::list()? {
        output::lines([format!("\nnetns: {name}")])?;
        // As iproute2: one that fails does not keep the others from their turn.
        match enter(&name).and_then(|namespace| Ok(namespace.exec(&mut program)?)) {
            Ok(mut child) => drop(child.wait()?),
            Err(failure) => drop(failure.report()),
        }
    }
    Ok(Exit::Success)
}

async fn monitor(_: &Context, words: &mut Words<'_>) -> Result<Exit> {
    words.finish()?;
    let mut watch = Namespace::watch()?;
    let mut end = output::end()?;
    loop {
        let event = tokio::select! {
            event = watch.next() => event?,
            () = end.came() => return Ok(Exit::Success),
        };
        output::lines([match event {
            NameEvent::Added(name) => format!("add {name}"),
            NameEvent::Deleted(name) => format!("delete {name}"),
            NameEvent::Overrun => "events were lost".into(),
        }])?;
    }
}
