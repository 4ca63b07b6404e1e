//! Tests without a kernel, and with one but without root: what a program's own tests look like.
//!
//! `cargo test --example testing` runs the tests; `cargo run --example testing` shows the first of them at work.

use nlink::prelude::*;
use nlink::testing::{FakeKernel, Faults, verb::*};

/// What shall be tested: whether all interfaces are up.
async fn all_up(rt: &Connection<Rtnetlink>) -> nlink::Result<bool> {
    Ok(rt.dump::<Link>().await?.iter().all(Link::is_up))
}

/// A kernel with one interface; its first listing changes underneath, and the third is lost.
fn kernel(link: Link) -> FakeKernel {
    FakeKernel::new()
        .on::<Link>(Dump)
        .reply([link.clone()])
        .interrupted()
        .on::<Link>(Dump)
        .reply([link.clone()])
        .on::<Link>(Dump)
        .reply([link])
        .then_overrun()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> nlink::Result<()> {
    let kernel = kernel(Link::new("eth0").up());
    let rt = kernel.connect::<Rtnetlink>();
    println!("all up: {}, after {} restart", all_up(&rt).await?, rt.counters().restarted_dumps);
    match all_up(&rt).await {
        Err(error) => println!("then: {error}"),
        Ok(up) => println!("all up: {up}"),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink::lab::Lab;

    #[tokio::test]
    async fn one_that_is_down_is_noticed() -> nlink::Result<()> {
        let kernel = FakeKernel::new().on::<Link>(Dump).reply([Link::new("a").up(), Link::new("b").down()]);
        assert!(!all_up(&kernel.connect::<Rtnetlink>()).await?);
        Ok(())
    }

    #[nlink::lab::test]
    async fn the_ends_of_a_wire_are_up(lab: Lab) -> nlink::Result<()> {
        let (a, b) = lab.veth("a", "b").await?;
        a.address("10.0.0.1/24").await?;
        b.address("10.0.0.2/24").await?;
        assert!(all_up(lab.rt()).await?);
        let end = a.host().rt().get::<Link>(a.interface()).await?;
        assert!(end.is_up());
        Ok(())
    }
}
