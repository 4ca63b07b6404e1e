//! The listing: table after table, in iproute2's order.

use nlink_cli::failure::complain;
use nlink_cli::{Exit, Failure, Result, context};
use nlink_core::blocking::Connection;
use nlink_core::object::{Del, Dump, Object, Protocol};
use nlink_diag::show::Listed;
use nlink_diag::{
    Destroy, Extensions, InetFilter, InetSocket, MptcpSocket, NetlinkFilter, NetlinkShow, NetlinkSocket, PacketFilter,
    PacketSocket, RawSocket, SockDiag, SocketType, States, TcpSocket, UdpSocket, UnixFilter, UnixShow, UnixSocket,
};

use crate::options::Options;
use crate::printer::Printer;
use crate::tables::{Tables, Wanted};

/// Opens a connection in the namespace that `-N` names.
pub(crate) fn connect<P: Protocol + Default>(options: &Options) -> Result<Connection<P>> {
    let Some(name) = &options.net else { return Ok(Connection::open()?) };
    // `ip` has another exit code for a namespace that is not there.
    let namespace = context::enter(name).map_err(|failure| Failure::said(Exit::Failed, failure.to_string()))?;
    Ok(Connection::open_in(&namespace)?)
}

struct Lister<'a> {
    diag: Connection<SockDiag>,
    options: &'a Options,
    wanted: &'a Wanted,
    printer: Printer,
}

pub(crate) fn print(options: &Options, wanted: &Wanted) -> Result<Exit> {
    let printer = Printer::new(options, wanted)?;
    let mut lister = Lister { diag: connect(options)?, options, wanted, printer };
    let exit = lister.all()?;
    lister.printer.print()?;
    Ok(exit)
}

impl Lister<'_> {
    fn all(&mut self) -> Result<Exit> {
        let mut exit = Exit::Success;
        for (tables, list) in [
            (Tables::NETLINK, Self::netlink as fn(&mut Self) -> Result<()>),
            (Tables::PACKET, Self::packet),
            (Tables::UNIX, Self::unix),
            (Tables::RAW, Self::inet::<RawSocket>),
            (Tables::UDP, Self::inet::<UdpSocket>),
            (Tables::TCP, Self::inet::<TcpSocket>),
            (Tables::MPTCP, Self::inet::<MptcpSocket>),
        ] {
            if !self.wanted.tables.intersects(tables) {
                continue;
            }
            match list(self) {
                // A kernel without the module for these has nothing to say of them.
                Err(Failure::Library(error)) if error.is_not_found() && error.kernel().is_some() => {
                    if self.wanted.is_explicit {
                        complain(format_args!("{error}\n  hint: the kernel has no sock_diag module for these sockets"));
                        exit = Exit::Failed;
                    }
                }
                // As for iproute2, that it may not be killed is no failure, but the end of this table.
                Err(Failure::Library(error)) if self.options.kill && error.is_permission() => complain(error),
                listed => listed?,
            }
        }
        Ok(exit)
    }

    /// Shows the sockets of a listing. One that starts over forgets nothing here, for sock_diag's never do.
    fn list<T>(&mut self, filter: T::Filter, mut keep: impl FnMut(&Self, &T) -> Result<bool>) -> Result<()>
    where
        T: Dump + Object<Protocol = SockDiag> + Listed,
    {
        for socket in self.diag.dump::<T>().filter(filter).stream() {
            let socket = socket?;
            if keep(self, &socket)? {
                self.printer.show(&socket)?;
            }
        }
        Ok(())
    }

    fn inet<T>(&mut self) -> Result<()>
    where
        T: InetSocket + Dump<Filter = InetFilter> + Del + Object<Protocol = SockDiag> + Listed,
    {
        let mut extensions = Extensions::empty();
        let asked = [
            (self.options.memory, Extensions::MEMINFO | Extensions::SKMEMINFO),
            (self.options.info, Extensions::INFO | Extensions::VEGASINFO | Extensions::CONG),
            (self.options.tos, Extensions::TOS | Extensions::TCLASS),
        ];
        asked.into_iter().filter(|(asked, _)| *asked).for_each(|(_, more)| extensions |= more);
        let Wanted { states, names_states, family, ref expression, .. } = *self.wanted;
        // The kernel lists raw sockets whatever their state, and iproute2 leaves it at that.
        let states = if T::NETID == "raw" && !names_states { States::EVERY } else { states };
        let filter = InetFilter { family, states, expression: expression.clone(), extensions };
        self.list::<T>(filter, |lister, socket| match lister.options.kill {
            true => lister.kill(socket),
            false => Ok(true),
        })
    }

    /// Whether the socket was ended. One that cannot be, or is gone already, is passed over.
    fn kill<T: Del + Object<Protocol = SockDiag> + Clone>(&self, socket: &T) -> Result<bool> {
        match self.diag.destroy(socket).call() {
            Ok(()) => Ok(true),
            Err(error) if error.is_unsupported() || error.is_not_found() => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn unix(&mut self) -> Result<()> {
        let mut show = UnixShow::NAME | UnixShow::PEER | UnixShow::RQLEN;
        if self.options.memory {
            show |= UnixShow::MEMINFO;
        }
        if self.options.extended {
            show |= UnixShow::VFS | UnixShow::ICONS;
        }
        let (states, expression) = (self.wanted.states, self.wanted.expression.clone());
        self.list::<UnixSocket>(UnixFilter { states, expression, show }, |lister, socket| {
            let tables = lister.wanted.tables;
            Ok(match socket.header.kind {
                SocketType::STREAM => tables.intersects(Tables::STREAM),
                SocketType::DGRAM => tables.intersects(Tables::DATAGRAM),
                SocketType::SEQPACKET => tables.intersects(Tables::SEQUENCED),
                _ => true,
            })
        })
    }

    fn netlink(&mut self) -> Result<()> {
        let (states, expression) = (self.wanted.states, self.wanted.expression.clone());
        let show = NetlinkShow::GROUPS | NetlinkShow::MEMINFO;
        self.list::<NetlinkSocket>(NetlinkFilter { states, expression, show }, |_, _| Ok(true))
    }

    fn packet(&mut self) -> Result<()> {
        let (states, expression) = (self.wanted.states, self.wanted.expression.clone());
        let show = PacketFilter::default().show;
        self.list::<PacketSocket>(PacketFilter { states, expression, show }, |_, _| Ok(true))
    }
}
