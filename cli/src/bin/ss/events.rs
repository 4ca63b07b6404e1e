//! `-E`: sockets as they end.

use nlink_cli::{Exit, Result};
use nlink_core::object::{Event, EventMessage, Events};
use nlink_core::wire::WireError;
use nlink_diag::{SockDiag, TcpSocket, UdpSocket};

use crate::listing::connect;
use crate::options::Options;
use crate::printer::Printer;
use crate::tables::{Tables, Wanted};

/// A socket that ended.
#[derive(Debug)]
enum Ended {
    Tcp(Box<TcpSocket>),
    Udp(Box<UdpSocket>),
}

impl Events for Ended {
    type Protocol = SockDiag;
    type Item = Self;
    const GROUPS: &'static [u32] = &{
        let ([a, b], [c, d]) = (two(TcpSocket::GROUPS), two(UdpSocket::GROUPS));
        [a, b, c, d]
    };

    fn read(message: &EventMessage<'_>) -> Option<Result<Self, WireError>> {
        let tcp = TcpSocket::read(message);
        let tcp = tcp.map(|read| read.map(|event| Ended::Tcp(Box::new(object(event)))));
        tcp.or_else(|| UdpSocket::read(message).map(|read| read.map(|event| Ended::Udp(Box::new(object(event))))))
    }
}

fn object<T>(event: Event<T>) -> T {
    match event {
        Event::New(object) | Event::Del(object) => object,
    }
}

const fn two(groups: &'static [u32]) -> [u32; 2] {
    match groups {
        [first, second] => [*first, *second],
        _ => [0; 2],
    }
}

/// Shows sockets as they end, until the process is ended.
pub(crate) fn follow(options: &Options, wanted: &Wanted) -> Result<Exit> {
    let mut printer = Printer::new(options, wanted)?;
    let diag = connect::<SockDiag>(options)?;
    let events = diag.events::<Ended>().call()?;
    printer.print_event()?;
    for notice in events {
        match notice?.event() {
            Some(Ended::Tcp(socket)) if wanted.tables.intersects(Tables::TCP) => printer.show(&*socket)?,
            Some(Ended::Udp(socket)) if wanted.tables.intersects(Tables::UDP) => printer.show(&*socket)?,
            _ => continue,
        }
        printer.print_event()?;
    }
    Ok(Exit::Success)
}
