//! Transactions: all or nothing, also where the kernel says little.

use std::future::IntoFuture;

use nlink_core::Result;
use nlink_core::batch::Transaction;
use nlink_core::testing::{Asked, FakeKernel};
use nlink_core::wire::attr_id;
use nlink_uapi::netlink::{NLM_F_ACK, NLMSG_OVERRUN};
use nlink_uapi::nfnetlink::{NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END};

use super::script::{all_asked, poll_once};
use super::table::{Nftables, Table};

const EXIST: i32 = 17;
const RESTART: i32 = 85;

type Committing = <Transaction<Nftables> as IntoFuture>::IntoFuture;

/// Adds these tables: the kernel, the connection, what is under way, and what it asked.
async fn adding(names: &[&str]) -> (FakeKernel, nlink_core::Connection<Nftables>, Committing, Vec<Asked>) {
    let kernel = FakeKernel::new();
    let nft = kernel.connect::<Nftables>();
    let mut transaction = nft.transaction().generation(7);
    for name in names {
        transaction.add(Table::inet(name));
    }
    let mut transaction = transaction.into_future();
    assert!(poll_once(&mut transaction).await.is_pending());
    let asked = all_asked(&kernel);
    (kernel, nft, transaction, asked)
}

#[tokio::test]
async fn it_needs_no_answer_to_its_begin_and_end() -> Result<()> {
    let (kernel, nft, transaction, asked) = adding(&["a", "b"]).await;
    let types: Vec<_> = asked.iter().map(|asked| u32::from(asked.header.message_type)).collect();
    assert_eq!(types, [NFNL_MSG_BATCH_BEGIN, 0x0a00, 0x0a00, NFNL_MSG_BATCH_END]);
    let acks: Vec<_> = asked.iter().map(|asked| asked.header.flags & attr_id(NLM_F_ACK) != 0).collect();
    assert_eq!(acks, [false, false, true, false]);
    assert_eq!(asked[0].body[4..], [8, 0, 1, 0, 0, 0, 0, 7]);
    kernel.control().deliver(&asked[2].ack());
    let done = transaction.await?;
    assert_eq!((done.len(), done.succeeded()), (2, 2));
    kernel.assert_all_is_settled(&nft);
    done.into_result()
}

#[tokio::test]
async fn a_kernel_that_acknowledges_begin_and_end_as_well_is_understood() -> Result<()> {
    let (kernel, nft, transaction, asked) = adding(&["a"]).await;
    kernel.control().deliver_each(&[asked[0].ack(), asked[1].ack(), asked[2].ack()]);
    assert!(transaction.await?.is_success());
    kernel.assert_all_is_settled(&nft);
    Ok(())
}

#[tokio::test]
async fn one_item_refused_and_nothing_is_carried_out() -> Result<()> {
    let (kernel, nft, transaction, asked) = adding(&["a", "b", "c"]).await;
    kernel.control().deliver_each(&[asked[2].error(EXIST, &[]), asked[3].ack()]);
    let done = transaction.await?;
    assert_eq!((done.len(), done.succeeded(), done.is_success()), (3, 0, false));
    let failure = done.failures().next().unwrap();
    assert_eq!((failure.index(), failure.error().to_string()), (1, "add table b: File exists (EEXIST)".into()));
    kernel.assert_all_is_settled(&nft);
    Ok(())
}

#[tokio::test]
async fn a_transaction_refused_as_a_whole_is_an_error() -> Result<()> {
    let (kernel, nft, transaction, asked) = adding(&["a", "b"]).await;
    kernel.control().deliver(&asked[0].error(RESTART, &[]));
    let error = transaction.await.unwrap_err();
    assert_eq!(error.errno(), Some(RESTART));
    assert!(error.to_string().starts_with("commit nftables transaction of 2 items: "), "{error}");
    kernel.assert_all_is_settled(&nft);
    Ok(())
}

#[tokio::test]
async fn an_overrun_without_a_refusal_leaves_it_unknown_and_with_one_it_is_refused() -> Result<()> {
    for refused in [false, true] {
        let (kernel, nft, transaction, asked) = adding(&["a", "b"]).await;
        if refused {
            kernel.control().deliver(&asked[1].error(EXIST, &[]));
        }
        kernel.control().deliver(&asked[2].object(attr_id(NLMSG_OVERRUN), 0, &[]));
        match transaction.await {
            Ok(done) => assert_eq!((refused, done.succeeded(), done.failures().len()), (true, 0, 1)),
            Err(error) => assert!(!refused && error.is_lost(), "{error}"),
        }
        kernel.assert_all_is_settled(&nft);
    }
    Ok(())
}

#[tokio::test]
async fn an_empty_transaction_sends_nothing() -> Result<()> {
    let kernel = FakeKernel::new();
    let nft = kernel.connect::<Nftables>();
    assert!(nft.transaction().await?.is_success());
    kernel.assert_all_is_settled(&nft);
    Ok(())
}
