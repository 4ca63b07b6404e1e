//! Transactions of nftables, in a namespace where we may.

use nlink_core::{Connection, Result};

use super::namespace::fresh;
use super::table::{Nftables, Table};

/// A connection in a fresh namespace, where there may be one and the kernel has nftables.
fn connect() -> Option<Connection<Nftables>> {
    fresh()?.connect::<Nftables>().ok()
}

#[tokio::test]
async fn all_of_it_is_there_or_nothing() -> Result<()> {
    let Some(nft) = connect() else { return Ok(()) };
    let mut transaction = nft.transaction();
    transaction.add(Table::inet("a")).add(Table::inet("b"));
    let done = transaction.await?;
    assert_eq!((done.len(), done.succeeded()), (2, 2));
    done.into_result()?;

    let mut transaction = nft.transaction();
    transaction.add(Table::inet("c")).add(Table::inet("a")).del(Table::inet("none"));
    let done = transaction.await?;
    let told: Vec<_> = done.failures().map(|failure| (failure.index(), failure.error().to_string())).collect();
    assert_eq!(
        told,
        [
            (1, "add table a: File exists (EEXIST)\n  at NFTA_TABLE_NAME".into()),
            (2, "delete table none: No such file or directory (ENOENT)\n  at NFTA_TABLE_NAME".into()),
        ]
    );
    assert_eq!(done.succeeded(), 0);
    assert!(nft.get::<Table>("c").await.unwrap_err().is_not_found());
    nft.get::<Table>("b").await?;
    Ok(())
}

#[tokio::test]
async fn another_generation_is_refused() -> Result<()> {
    let Some(nft) = connect() else { return Ok(()) };
    let mut transaction = nft.transaction().generation(u32::MAX);
    transaction.add(Table::inet("a"));
    let error = transaction.await.unwrap_err();
    assert_eq!(error.errno(), Some(nix::errno::Errno::ERESTART as i32), "{error}");
    assert!(nft.get::<Table>("a").await.unwrap_err().is_not_found());
    Ok(())
}

#[tokio::test]
async fn one_that_is_larger_than_the_send_buffer_is_still_one() -> Result<()> {
    let Some(nft) = connect() else { return Ok(()) };
    let mut transaction = nft.transaction();
    for number in 0..10_000 {
        transaction.add(Table::inet(&format!("a-table-with-a-rather-long-name-{number}")));
    }
    let done = transaction.await?;
    assert_eq!(done.succeeded(), 10_000);
    done.into_result()?;
    assert_eq!((nft.counters().in_flight, nft.counters().late_answers), (0, 0));
    Ok(())
}
