//! Unix sockets (linux/unix_diag.h; Linux 3.3, module unix_diag).

use std::borrow::Cow;

use nlink_core::Message;
use nlink_core::object::{Dump, Filter, Get};
use nlink_core::wire::{Codec, Shape, Tailed, UnknownAttrs, WireError, Writer};
use nlink_core::{Interface, flag_set, open_enum};
use nlink_uapi::sock_diag::{SOCK_DESTROY, SOCK_DIAG_BY_FAMILY};
use nlink_uapi::unix_diag::*;
use zerocopy::IntoBytes;

use crate::filter::selections;
use crate::{Cookie, Expression, Facts, Family, Place, Shutdown, SockDiag, SocketMemory, State, States};

open_enum! {
    /// What a socket carries (`SOCK_…` of the C library).
    pub struct SocketType(u8) {
        /// A stream of bytes.
        STREAM = libc::SOCK_STREAM, "stream";
        /// Datagrams.
        DGRAM = libc::SOCK_DGRAM, "dgram";
        /// Whole packets with their headers.
        RAW = libc::SOCK_RAW, "raw";
        /// Datagrams in order, over a connection.
        SEQPACKET = libc::SOCK_SEQPACKET, "seqpacket";
    }
}

flag_set! {
    /// What the kernel shall say of each socket.
    pub struct UnixShow(u32) {
        /// The name it is bound to.
        NAME = UDIAG_SHOW_NAME, "name";
        /// The file that the name is.
        VFS = UDIAG_SHOW_VFS, "vfs";
        /// The socket at the other end.
        PEER = UDIAG_SHOW_PEER, "peer";
        /// Connections not accepted.
        ICONS = UDIAG_SHOW_ICONS, "icons";
        /// The queues.
        RQLEN = UDIAG_SHOW_RQLEN, "rqlen";
        /// Memory.
        MEMINFO = UDIAG_SHOW_MEMINFO, "meminfo";
        /// The user that it belongs to (Linux 5.3).
        UID = UDIAG_SHOW_UID, "uid";
    }
}

nlink_core::fixed_struct! {
    /// The fixed header (`struct unix_diag_msg`).
    #[derive(Default)]
    pub struct UnixHeader = unix_diag_msg {
        /// [`Family::UNIX`].
        pub family: Family = udiag_family,
        /// What it carries.
        pub kind: SocketType = udiag_type,
        /// The state.
        pub state: State = udiag_state,
        /// Nothing.
        pub pad: u8 = pad,
        /// Its inode.
        pub inode: u32 = udiag_ino,
        /// Which of all sockets that ever were.
        pub cookie: Cookie = udiag_cookie,
    }
}

nlink_core::fixed_struct! {
    /// The file that a socket's name is (`struct unix_diag_vfs`).
    #[derive(Default)]
    pub struct UnixFile = unix_diag_vfs {
        /// The file's inode.
        pub inode: u32 = udiag_vfs_ino,
        /// The device that it is on, as the kernel packs it: 12 bits of the major number over 20 of the minor.
        pub device: u32 = udiag_vfs_dev,
    }
}

nlink_core::fixed_struct! {
    /// The queues (`struct unix_diag_rqlen`).
    #[derive(Default)]
    pub struct UnixQueues = unix_diag_rqlen {
        /// Bytes received and not read; of a listening socket, connections not accepted.
        pub receive: u32 = udiag_rqueue,
        /// Bytes that the other end has not read; of a listening socket, how many connections may wait.
        pub send: u32 = udiag_wqueue,
    }
}

nlink_core::fixed!(UnixFile, UnixQueues);

/// The name that a socket is bound to: a path, or behind a zero byte a name of no file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct UnixName(pub Vec<u8>);

impl UnixName {
    /// As `ss` writes it: zero bytes of a name that is no file as `@`; a path ends at its first.
    pub fn text(&self) -> Cow<'_, str> {
        let is_file = self.0.first().is_none_or(|first| *first != 0);
        let path = self.0.split(|byte| *byte == 0).next().unwrap_or_default();
        match is_file {
            true => String::from_utf8_lossy(path),
            false => String::from_utf8_lossy(&self.0).replace('\0', "@").into(),
        }
    }
}

impl Codec for UnixName {
    const SHAPE: Shape = Shape::Bytes;

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        Ok(Self(payload.to_vec()))
    }

    fn encode(&self, writer: &mut Writer) {
        writer.bytes(&self.0);
    }
}

/// A unix socket.
#[derive(Message, Clone, Debug, Default, PartialEq)]
#[message(header = UnixHeader, protocol = SockDiag, name = "unix socket")]
#[message(new = SOCK_DIAG_BY_FAMILY, del = SOCK_DESTROY, get = SOCK_DIAG_BY_FAMILY)]
#[message(describe = UnixSocket::described, request = UnixSocket::ask)]
pub struct UnixSocket {
    /// The fixed header.
    pub header: UnixHeader,
    /// The name that it is bound to.
    #[attr(UNIX_DIAG_NAME)]
    pub name: Option<UnixName>,
    /// The file that the name is.
    #[attr(UNIX_DIAG_VFS)]
    pub file: Option<UnixFile>,
    /// The inode of the socket at the other end.
    #[attr(UNIX_DIAG_PEER)]
    pub peer: Option<u32>,
    /// Inodes of connections not accepted.
    #[attr(UNIX_DIAG_ICONS, packed)]
    pub waiting: Vec<u32>,
    /// The queues.
    #[attr(UNIX_DIAG_RQLEN)]
    pub queues: Option<UnixQueues>,
    /// Memory.
    #[attr(UNIX_DIAG_MEMINFO)]
    pub memory: Option<Tailed<SocketMemory>>,
    /// Which directions are shut.
    #[attr(UNIX_DIAG_SHUTDOWN)]
    pub shutdown: Option<Shutdown>,
    /// The user that it belongs to.
    #[attr(UNIX_DIAG_UID)]
    pub uid: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

nlink_core::fixed_struct! {
    /// A request (`struct unix_diag_req`).
    #[derive(Default)]
    struct Request = unix_diag_req {
        family: Family = sdiag_family,
        protocol: u8 = sdiag_protocol,
        pad: u16 = pad,
        states: States = udiag_states,
        inode: u32 = udiag_ino,
        show: UnixShow = udiag_show,
        cookie: Cookie = udiag_cookie,
    }
}

impl UnixSocket {
    fn described(&self) -> String {
        match &self.name {
            Some(name) => format!("unix socket {}", name.text()),
            None => format!("unix socket {}", self.header.inode),
        }
    }

    fn ask(&self, writer: &mut Writer) {
        let UnixHeader { inode, cookie, .. } = self.header;
        let filter = UnixFilter::default();
        let request = Request { inode, cookie, ..filter.request() };
        writer.bytes(request.as_bytes());
    }

    fn holds(&self, expression: &Expression) -> bool {
        let name = self.name.as_ref().map(UnixName::text).unwrap_or_default();
        let is_chosen = name.is_empty() || is_chosen(&name);
        expression.may_hold(&Facts {
            family: Family::UNIX,
            local: Place::Unix(&name),
            remote: Place::Unix(""),
            local_port: self.header.inode,
            remote_port: self.peer.unwrap_or_default(),
            interface: 0,
            mark: Some(0),
            cgroup: 0,
            is_autobound: Some(is_chosen),
        })
    }
}

/// Whether the kernel chose the name: five hexadecimal digits of no file.
fn is_chosen(name: &str) -> bool {
    let digits = name.strip_prefix('@').unwrap_or_default();
    digits.len() == 5 && digits.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit))
}

impl Get for UnixSocket {
    /// The inode.
    type Key = u32;

    fn request_for(inode: u32) -> Self {
        Self { header: UnixHeader { inode, ..UnixHeader::default() }, ..Self::default() }
    }
}

impl Dump for UnixSocket {
    type Filter = UnixFilter;
}

/// Narrows a listing of unix sockets.
#[derive(Clone, Debug, PartialEq)]
pub struct UnixFilter {
    /// In one of these states.
    pub states: States,
    /// For which this holds.
    pub expression: Option<Expression>,
    /// What shall be said of each.
    pub show: UnixShow,
}

impl Default for UnixFilter {
    fn default() -> Self {
        let show = UnixShow::NAME | UnixShow::VFS | UnixShow::PEER | UnixShow::ICONS | UnixShow::RQLEN;
        Self { states: States::EVERY, expression: None, show: show | UnixShow::MEMINFO | UnixShow::UID }
    }
}

selections!(UnixFilter);

impl UnixFilter {
    fn request(&self) -> Request {
        let (states, show) = (self.states, self.show);
        Request { family: Family::UNIX, states, show, ..Request::default() }
    }
}

impl Filter<UnixSocket> for UnixFilter {
    fn emit(&self, writer: &mut Writer) {
        let request = Request { cookie: Cookie::NONE, ..self.request() };
        writer.bytes(request.as_bytes());
    }

    fn matches(&self, socket: &UnixSocket) -> bool {
        self.admits(socket.header.state, |expression| socket.holds(expression))
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        self.visit_expression(visit);
    }
}
