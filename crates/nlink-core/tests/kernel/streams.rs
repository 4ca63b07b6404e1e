//! Listings and subscriptions.

use std::process::Command;

use nlink_core::netns::Namespace;
use nlink_core::object::Event;
use nlink_core::stream::Notice;
use nlink_core::{Connection, Interface, Result, Rtnetlink};

use super::link::{Link, OnMaster};
use super::namespace::{fresh, ip};

#[tokio::test]
async fn listed_at_once_and_one_by_one_is_the_same() -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    let names = |links: &[Link]| links.iter().map(|link| link.name).collect::<Vec<_>>();
    let all = rt.dump::<Link>().await?;
    let mut stream = rt.dump::<Link>().stream();
    let mut streamed = Vec::new();
    while let Some(link) = stream.try_next().await? {
        streamed.push(link);
    }
    assert_eq!(names(&all), names(&streamed));
    assert!(stream.try_next().await?.is_none());
    Ok(())
}

#[tokio::test]
async fn many_dumps_at_once_are_never_busy() -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    let mut streams: Vec<_> = (0..100).map(|_| rt.dump::<Link>().stream()).collect();
    for stream in &mut streams {
        assert!(stream.try_next().await?.is_some());
    }
    drop(streams.split_off(50));
    for mut stream in streams {
        while stream.try_next().await?.is_some() {}
    }
    Ok(())
}

#[tokio::test]
async fn a_filter_is_exact_and_its_names_are_resolved() -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    let enslaved = rt.dump::<Link>().filter(OnMaster(Some("lo".into()))).await?;
    assert_eq!(enslaved, []);
    let error = rt.dump::<Link>().map_filter(|filter| filter.0 = Some("eth9".into())).await.unwrap_err();
    assert_eq!(error.to_string(), "Cannot find device \"eth9\"");
    Ok(())
}

#[tokio::test]
async fn what_happens_in_another_namespace_arrives_from_there() -> Result<()> {
    let Some(inside) = fresh() else { return Ok(()) };
    let before = Namespace::current()?;
    let rt = inside.connect::<Rtnetlink>()?;
    let mut events = rt.events::<Link>().await?;
    ip(&inside, "link add nlink0 type veth peer name nlink1");
    let mut seen = Vec::new();
    while seen.len() < 2 {
        if let Some(Notice::Event(Event::New(link))) = events.try_next().await? {
            seen.extend(link.name);
        }
    }
    seen.sort();
    assert_eq!(seen.iter().map(|name| name.as_str()).collect::<Vec<_>>(), ["nlink0", "nlink1"]);

    ip(&inside, "link add br0 type bridge");
    ip(&inside, "link set nlink0 master br0");
    ip(&inside, "link property add dev br0 altname the-bridge-with-the-long-name");
    let ports = rt.dump::<Link>().filter(OnMaster(Some("the-bridge-with-the-long-name".into()))).await?;
    assert_eq!(ports.len(), 1);
    assert!(matches!(ports[0].master, Some(Interface::Index(_))));
    assert_eq!(Namespace::current()?, before);

    rt.del(Link::named("nlink0")).await?;
    loop {
        if let Some(Notice::Event(Event::Del(link))) = events.try_next().await?
            && link.name.unwrap() == "nlink0"
        {
            break;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_full_receive_buffer_is_told() -> Result<()> {
    let Some(inside) = fresh() else { return Ok(()) };
    let rt = inside.connect::<Rtnetlink>()?;
    let mut events = rt.events::<Link>().receive_buffer(1).await?;
    for mtu in 1400..1440 {
        ip(&inside, &format!("link set lo mtu {mtu}"));
    }
    while events.try_next().await? != Some(Notice::Overrun) {}
    // From here on nothing is missed again.
    ip(&inside, "link set lo mtu 1500");
    while !matches!(events.try_next().await?, Some(Notice::Event(Event::New(link))) if link.mtu == Some(1500)) {}
    assert_eq!(rt.counters().event_overruns, 1);
    Ok(())
}

#[tokio::test]
async fn names_of_namespaces_come_and_go() -> Result<()> {
    let name = format!("nlink-test-{}", std::process::id());
    let made = match Namespace::create(&name) {
        Err(error) if error.is_permission() => return Ok(()),
        other => other?,
    };
    assert_eq!(Namespace::named(&name)?, made);
    assert!(Namespace::list()?.contains(&name));
    assert_eq!(made.names()?, [name.as_str()]);
    assert!(Namespace::create(&name).unwrap_err().is_exists());
    let mut sleeper = made.exec(Command::new("sleep").arg("60"))?;
    assert_eq!(made.pids()?, [sleeper.id()]);
    assert_eq!(Namespace::identify(sleeper.id())?, [name.as_str()]);
    sleeper.kill().and_then(|()| sleeper.wait()).unwrap();
    let inner = made.connect::<Rtnetlink>()?;
    assert_eq!(inner.dump::<Link>().await?.iter().filter(|link| link.name.unwrap() == "lo").count(), 1);
    Namespace::delete(&name)?;
    assert!(Namespace::named(&name).unwrap_err().is_not_found());
    assert!(Namespace::delete(&name).unwrap_err().is_not_found());
    assert!(Namespace::create("a/b").unwrap_err().is_invalid());
    Ok(())
}
