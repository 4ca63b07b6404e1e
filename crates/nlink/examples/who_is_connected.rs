//! Who is connected: TCP connections picked by a filter, and one of them ended.
//!
//! `cargo run --features sockdiag --example who_is_connected`

use std::net::{TcpListener, TcpStream};

use nlink::prelude::*;

#[path = "support/own_namespace.rs"]
mod own_namespace;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    own_namespace::enter()?;
    own_namespace::runtime()?.block_on(look())
}

async fn look() -> Result<(), Box<dyn std::error::Error>> {
    let rt = Connection::<Rtnetlink>::open()?;
    rt.change(Link::named("lo").up()).await?;
    let listener = TcpListener::bind("127.0.0.1:443")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    let (_server, _) = listener.accept()?;

    let diag = Connection::<SockDiag>::open()?;
    let mut tcp = diag.dump::<TcpSocket>().filter("state established and dport = :443".parse()?).stream();
    while let Some(socket) = tcp.try_next().await? {
        println!("{socket} rtt={:?}", socket.info.rtt());
    }

    let socket = diag.get::<TcpSocket>((client.local_addr()?, client.peer_addr()?)).await?;
    match diag.destroy(&socket).await {
        Ok(()) => println!("destroyed: {:?}", client.take_error()?),
        Err(error) => println!("{error}"), // a kernel without INET_DIAG_DESTROY, or no CAP_NET_ADMIN
    }
    Ok(())
}
