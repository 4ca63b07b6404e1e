//! A family of one's own: what TCP remembers of its peers (`tcp_metrics`), which nlink has no crate for.
//!
//! `cargo run --features genl --example own_family`

#![allow(unreachable_pub)] // as a family reads in a library

use std::net::{Ipv4Addr, TcpListener, TcpStream};

use nlink::prelude::*;
use nlink::uapi::tcp_metrics::*;

#[path = "support/own_namespace.rs"]
mod own_namespace;

/// linux/tcp_metrics.h; ip-tcp_metrics(8).
#[genl_family(name = "tcp_metrics", version = 1, crate = nlink::genl)]
mod tcp_metrics {
    /// Asks what is known of a peer, or of all; and holds the answer.
    #[derive(GenlMessage, Clone, Debug, Default)]
    #[command(request = TCP_METRICS_CMD_GET, reply = TCP_METRICS_CMD_GET)]
    pub struct Peer {
        #[attr(TCP_METRICS_ATTR_ADDR_IPV4)]
        pub address: Option<Ipv4Addr>,
        /// Milliseconds since it was last updated.
        #[attr(TCP_METRICS_ATTR_AGE, pad = TCP_METRICS_ATTR_PAD)]
        pub age: Option<u64>,
        #[attr(TCP_METRICS_ATTR_VALS)]
        pub values: Option<Values>,
    }

    #[derive(nlink::Attributes, Clone, Debug, Default)]
    #[attributes(crate = nlink)]
    pub struct Values {
        /// Smoothed round-trip time, microseconds times 8.
        #[attr(TCP_METRICS_A_METRICS_RTT_US)]
        pub rtt: Option<u32>,
    }

    /// Forgets a peer.
    #[derive(GenlMessage, Clone, Debug, Default)]
    #[command(request = TCP_METRICS_CMD_DEL)]
    pub struct Forget {
        #[attr(TCP_METRICS_ATTR_ADDR_IPV4)]
        pub address: Option<Ipv4Addr>,
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    own_namespace::enter()?;
    own_namespace::runtime()?.block_on(remember())
}

async fn remember() -> Result<(), Box<dyn std::error::Error>> {
    Connection::<Rtnetlink>::open()?.change(Link::named("lo").up()).await?;
    talk_to_oneself()?;

    let genl = Connection::<Generic>::open()?;
    let mut peers = genl.dump_typed_stream(tcp_metrics::Peer::default());
    while let Some(peer) = peers.try_next().await? {
        println!("{:?}: rtt {:?} us", peer.address, peer.values.and_then(|values| values.rtt).map(|rtt| rtt / 8));
    }

    let loopback = Some(Ipv4Addr::LOCALHOST);
    let peer = genl.send_typed(tcp_metrics::Peer { address: loopback, ..Default::default() }).await?;
    println!("asked for one: {:?}, {:?} ms old", peer.address, peer.age);

    // Root of a user namespace of its own may not, root of the machine may.
    match genl.send_typed(tcp_metrics::Forget { address: loopback }).await {
        Ok(()) => println!("forgotten"),
        Err(error) => println!("{error}"),
    }
    Ok(())
}

/// One connection there and back, so that there is something to remember.
fn talk_to_oneself() -> std::io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let caller = TcpStream::connect(address)?;
    let (answerer, _) = listener.accept()?;
    drop((caller, answerer));
    Ok(())
}
