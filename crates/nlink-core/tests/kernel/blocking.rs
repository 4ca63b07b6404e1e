//! The blocking twin, outside of any runtime.

use nlink_core::blocking::{self, Connection};
use nlink_core::driver::Driver;
use nlink_core::{Interface, Result, Rtnetlink};

use super::link::Link;

#[test]
fn one_is_got_all_are_listed_and_none_is_missed_in_the_iterator() -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    let lo = rt.get::<Link>("lo").call()?;
    assert_eq!(lo.header.ifi_index, 1);
    let listed = rt.dump::<Link>().call()?;
    assert!(listed.iter().any(|link| link.name == lo.name));
    let one_by_one: Vec<_> =
        rt.dump::<Link>().into_iter().map(|link| link.map(|link| link.name)).collect::<Result<_>>()?;
    assert_eq!(one_by_one, listed.into_iter().map(|link| link.name).collect::<Vec<_>>());
    assert_eq!(rt.counters().in_flight, 0);
    Ok(())
}

#[test]
fn a_name_that_is_not_there_is_named() -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    let unknown = rt.dump::<Link>().map_filter(|filter| filter.0 = Some(Interface::from("nlink-none"))).call();
    assert_eq!(unknown.unwrap_err().to_string(), "Cannot find device \"nlink-none\"");
    Ok(())
}

#[test]
fn requests_and_listings_of_many_threads_are_all_answered() -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..200 {
                    assert_eq!(rt.get::<Link>("lo").call().unwrap().header.ifi_index, 1);
                }
                assert!(rt.dump::<Link>().call().unwrap().iter().any(|link| link.header.ifi_index == 1));
            });
        }
    });
    let counters = rt.counters();
    assert_eq!((counters.requests, counters.in_flight, counters.late_answers), (1600, 0, 0));
    Ok(())
}

#[test]
fn a_function_for_any_driver_runs_on_a_thread() -> Result<()> {
    async fn loopback<D: Driver>(rt: &nlink_core::Connection<Rtnetlink, D>) -> Result<Link> {
        rt.get("lo").await
    }
    assert_eq!(blocking::run(loopback(&Connection::open()?))?.header.ifi_index, 1);
    Ok(())
}
