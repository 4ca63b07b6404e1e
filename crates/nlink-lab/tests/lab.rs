//! What a test in a lab has, and has not.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

use nlink_core::{Connection, Error, Namespace, Result, Rtnetlink};
use nlink_lab::Lab;
use nlink_route::address::Address;
use nlink_route::link::Link;

fn names(links: &[Link]) -> Vec<String> {
    links.iter().filter_map(|link| Some(link.name.as_ref()?.to_string())).collect()
}

#[nlink_lab::test(crate = nlink_lab)]
async fn a_lab_has_a_loopback_interface_that_is_up_and_nothing_else_of_ours(lab: Lab) -> Result<()> {
    let links = lab.rt().dump::<Link>().await?;
    // A kernel with tunnels loaded may put its fallback devices into each namespace; they are down.
    let up: Vec<_> = links.into_iter().filter(Link::is_up).collect();
    assert_eq!(names(&up), ["lo"]);
    assert!(Namespace::list()?.is_empty());
    Ok(())
}

#[nlink_lab::test(crate = nlink_lab)]
async fn what_is_opened_and_started_in_a_lab_is_in_it(lab: Lab) -> Result<()> {
    lab.veth("here", "there").await?;
    let outside = Connection::<Rtnetlink>::open()?;
    assert_eq!(outside.namespace(), Some(&Namespace::current()?));
    assert_eq!(lab.rt().namespace(), outside.namespace());
    let started = Command::new("readlink").arg("/proc/self/ns/net").output().unwrap();
    let inode = Namespace::current()?.id().inode;
    assert_eq!(String::from_utf8_lossy(&started.stdout).trim(), format!("net:[{inode}]"));
    let mut listed = Namespace::list()?;
    listed.sort();
    assert_eq!(listed, ["here", "there"]);
    Ok(())
}

/// Both run at the same time in one program, and neither sees the other's.
macro_rules! alone {
    ($($name:ident)*) => {$(
        #[nlink_lab::test(crate = nlink_lab)]
        async fn $name(lab: Lab) -> Result<()> {
            let (a, _) = lab.veth("a", "b").await?;
            a.address("10.0.0.1/24").await?;
            let addresses = a.host().rt().dump::<Address>().await?;
            let of_ours = addresses.iter().filter(|address| address.ip() == Some([10, 0, 0, 1].into()));
            assert_eq!(of_ours.count(), 1);
            Ok(())
        }
    )*};
}

alone! { the_first_of_two_labs_is_alone the_second_of_two_labs_is_alone }

#[nlink_lab::test(crate = nlink_lab)]
async fn two_hosts_talk_over_their_wire(lab: Lab) -> Result<(), Box<dyn std::error::Error>> {
    let (a, b) = lab.veth("a", "b").await?;
    a.address("10.0.0.1/24").await?;
    b.address("10.0.0.2/24").await?;
    b.address("2001:db8::2/64").await?;
    assert_eq!((a.interface(), b.interface()), ("b", "a"));

    let listener = b.host().namespace().run(|| TcpListener::bind("10.0.0.2:0"))??;
    let to = listener.local_addr()?;
    let client = std::thread::scope(|scope| {
        let client = scope.spawn(|| a.host().namespace().run(|| TcpStream::connect(to)));
        let (mut server, from) = listener.accept()?;
        assert_eq!(from.ip().to_string(), "10.0.0.1");
        server.write_all(b"over the wire")?;
        client.join().unwrap().map_err(std::io::Error::from)?
    });
    let mut said = String::new();
    client?.read_to_string(&mut said)?;
    assert_eq!(said, "over the wire");
    Ok(())
}

#[nlink_lab::test(crate = nlink_lab)]
async fn a_switch_connects_all_its_hosts(lab: Lab) -> Result<()> {
    let ports = lab.switch("sw", &["a", "b", "c"]).await?;
    assert_eq!(ports.iter().map(|port| port.host().name()).collect::<Vec<_>>(), ["a", "b", "c"]);
    let switch = lab.host("sw").await?;
    let bridge = switch.rt().get::<Link>("br0").await?;
    let links = switch.rt().dump::<Link>().await?;
    let enslaved: Vec<_> = links.into_iter().filter(|link| link.master == Some((&bridge).into())).collect();
    assert_eq!(names(&enslaved), ["a", "b", "c"]);
    Ok(())
}

#[nlink_lab::test(crate = nlink_lab)]
async fn an_address_that_is_none_is_refused_in_words(lab: Lab) -> Result<()> {
    let (a, _) = lab.veth("a", "b").await?;
    let error: Error = a.address("10.0.0.1").await.unwrap_err();
    assert!(error.is_invalid());
    assert_eq!(
        error.to_string(),
        "add address 10.0.0.1: not an address with the length of its network, as 10.0.0.1/24 is"
    );
    Ok(())
}

#[nlink_lab::test(crate = nlink_lab)]
#[should_panic(expected = "this is how a lab's test fails")]
async fn a_test_that_fails_fails_in_the_lab_as_well(_: Lab) -> Result<(), &'static str> {
    Err("this is how a lab's test fails")
}
