//! `-E`: sockets as they end.

use nlink_cli::{Exit, Failure, Result};
use nlink_core::Interface;
use nlink_core::object::{Event, EventMessage, Events, Filter};
use nlink_core::wire::WireError;
use nlink_diag::show::Listed;
use nlink_diag::{Family, InetFilter, InetSocket, SockDiag, TcpSocket, UdpSocket};

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
    let filter = filter(wanted, &printer)?;
    for notice in diag.events::<Ended>().call()? {
        match notice?.event() {
            Some(Ended::Tcp(socket)) if wants(wanted, Tables::TCP, &*socket) => show(&*socket, &filter, &mut printer)?,
            Some(Ended::Udp(socket)) if wants(wanted, Tables::UDP, &*socket) => show(&*socket, &filter, &mut printer)?,
            _ => continue,
        }
        printer.print_event()?;
    }
    Ok(Exit::Success)
}

/// Whether iproute2 would listen to events of such a socket. It prints what waits after each, shown or not.
fn wants(wanted: &Wanted, tables: Tables, socket: &impl InetSocket) -> bool {
    wanted.tables.intersects(tables) && [Family::UNSPEC, socket.header().family].contains(&wanted.family)
}

fn show<T: InetSocket + Listed>(socket: &T, filter: &InetFilter, printer: &mut Printer) -> Result<()> {
    if filter.matches(socket) { printer.show(socket) } else { Ok(()) }
}

/// Which events are shown. They are of sockets in any state, and nobody but us looks names of interfaces up.
fn filter(wanted: &Wanted, printer: &Printer) -> Result<InetFilter> {
    let (family, expression) = (wanted.family, wanted.expression.clone());
    let mut filter = InetFilter { family, expression, ..InetFilter::default() };
    let mut missing = None;
    Filter::<TcpSocket>::visit_interfaces(&mut filter, &mut |interface| {
        let Interface::Name(name) = &*interface else { return };
        match printer.interface(name) {
            Some(index) => *interface = Interface::Index(index),
            None => missing = Some(name.to_string()),
        }
    });
    match missing {
        Some(name) => Err(Failure::said(Exit::Failed, format!("Cannot find device \"{name}\""))),
        None => Ok(filter),
    }
}
