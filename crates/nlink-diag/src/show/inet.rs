//! What stands behind the columns of an internet socket.

use nlink_core::show::{Show, Sink};
use nlink_core::wire::Tailed;

use super::{View, memory, tcp, time};
use crate::{
    InetSocket, MemoryInfo, MptcpInfo, MptcpSocket, RawSocket, Shutdown, SocketMemory, SocketOptions, TcpSocket, Timer,
    UdpSocket,
};

/// What the sockets have in common, and what of it only some have.
pub trait More {
    fn is_v6_only(&self) -> bool;
    fn v6_only(&self) -> Option<bool>;
    fn mark(&self) -> Option<u32>;
    fn cgroup(&self) -> Option<u64>;
    fn shutdown(&self) -> Option<Shutdown>;
    fn class(&self) -> (Option<u8>, Option<u8>, Option<u32>);
    fn options(&self) -> Option<SocketOptions>;
    fn memory(&self) -> Option<&Tailed<SocketMemory>>;
    fn memory_info(&self) -> Option<MemoryInfo>;
    fn netid(&self) -> &'static str;
    fn raw_port(&self, port: u16, view: &View) -> String;

    /// Shows the state of the connection.
    fn show_info(&self, view: &View, sink: &mut Sink<'_>);
}

macro_rules! more {
    ($($socket:ty, $show:expr;)*) => {$(
        impl More for $socket {
            fn is_v6_only(&self) -> bool {
                self.header.family == crate::Family::INET6 && self.v6_only == Some(true)
            }

            fn v6_only(&self) -> Option<bool> {
                self.v6_only.filter(|_| self.header.family == crate::Family::INET6)
            }

            fn mark(&self) -> Option<u32> {
                self.mark
            }

            fn cgroup(&self) -> Option<u64> {
                self.cgroup
            }

            fn shutdown(&self) -> Option<Shutdown> {
                self.shutdown
            }

            fn class(&self) -> (Option<u8>, Option<u8>, Option<u32>) {
                (self.tos, self.traffic_class, self.class_id)
            }

            fn options(&self) -> Option<SocketOptions> {
                self.options
            }

            fn memory(&self) -> Option<&Tailed<SocketMemory>> {
                self.memory.as_ref()
            }

            fn memory_info(&self) -> Option<MemoryInfo> {
                self.memory_info
            }

            fn netid(&self) -> &'static str {
                netid(<Self as InetSocket>::NETID, self.protocol)
            }

            fn raw_port(&self, port: u16, view: &View) -> String {
                raw_port(port, view)
            }

            fn show_info(&self, view: &View, sink: &mut Sink<'_>) {
                let show: fn(&Self, &View, &mut Sink<'_>) = $show;
                show(self, view, sink);
            }
        }
    )*};
}

more! {
    TcpSocket, tcp::show;
    UdpSocket, |_, _, _| ();
    RawSocket, |_, _, _| ();
    MptcpSocket, |socket, _, sink| socket.info.iter().for_each(|info| mptcp(info, sink));
}

/// A raw socket is called by its protocol, where ss has a name for that.
fn netid(usual: &'static str, protocol: Option<u8>) -> &'static str {
    match protocol.map(i32::from) {
        Some(libc::IPPROTO_TCP) => "tcp",
        Some(libc::IPPROTO_UDP) => "udp",
        Some(libc::IPPROTO_SCTP) => "sctp",
        Some(libc::IPPROTO_DCCP) => "dccp",
        Some(libc::IPPROTO_ICMPV6) => "icmp6",
        Some(0) => "raw",
        Some(_) => "???",
        None => usual,
    }
}

/// The port of a raw socket is its protocol.
fn raw_port(port: u16, view: &View) -> String {
    match view.services {
        _ if port == 0 => "*".into(),
        None => port.to_string(),
        Some(services) => services.protocol(port).map_or_else(|| format!("ipproto-{port}"), ToOwned::to_owned),
    }
}

/// The two letters that tell which directions are open.
pub(super) fn shut(shutdown: Shutdown, sink: &mut Sink<'_>) {
    let receive = if shutdown.contains(Shutdown::RECEIVE) { '-' } else { '<' };
    let send = if shutdown.contains(Shutdown::SEND) { '-' } else { '>' };
    sink.put("shutdown", shutdown.to_string(), format_args!(" {receive}-{send}"));
}

pub(super) fn show<T: InetSocket + More>(socket: &T, view: &View, sink: &mut Sink<'_>) {
    let header = socket.header();
    if view.timers && header.timer != Timer::OFF {
        let (timer, left) = (header.timer.min(Timer::DELACK), time::left(header.expires));
        sink.text(format_args!(" timer:({timer},{left},{})", header.retransmits));
        sink.object("timer", |sink| {
            sink.json("name", timer.to_string());
            sink.json("expires_ms", header.expires);
            sink.json("retrans", header.retransmits);
        });
    }
    if view.details {
        details(socket, view, sink);
    }
    if view.tos {
        class(socket, sink);
    }
    if view.cgroup
        && let Some(id) = socket.cgroup()
    {
        let path = view.cgroups.path(id);
        sink.put("cgroup", path.as_str(), format_args!(" cgroup:{path}"));
    }
    if view.options
        && let Some(options) = socket.options()
    {
        sink.text(format_args!("{}inet-sockopt: (", view.line(" ")));
        sink.array("inet_sockopt", |sink| options.names().for_each(|name| sink.element(name, format_args!(" {name}"))));
        sink.text(format_args!(")"));
    }
    if view.memory || view.info && T::NETID != "udp" {
        sink.text(format_args!("{}", view.line("")));
        match (socket.memory(), socket.memory_info()) {
            (Some(memory), _) => memory::show(memory, sink),
            (None, Some(info)) => older_memory(info, sink),
            (None, None) => {}
        }
        socket.show_info(view, sink);
    }
}

fn older_memory(info: MemoryInfo, sink: &mut Sink<'_>) {
    let MemoryInfo { received, queued, forward, sent } = info;
    sink.text(format_args!(" mem:(r{received},w{queued},f{forward},t{sent})"));
    sink.object("mem", |sink| {
        let numbers = [("received", received), ("queued", queued), ("forward", forward), ("sent", sent)];
        numbers.into_iter().for_each(|(key, value)| sink.json(key, value));
    });
}

fn details<T: InetSocket + More>(socket: &T, view: &View, sink: &mut Sink<'_>) {
    let header = socket.header();
    owner(header.uid, header.inode, header.id.cookie.get(), sink);
    if let Some(mark) = socket.mark().filter(|mark| *mark != 0) {
        sink.put("fwmark", mark, format_args!(" fwmark:{mark:#x}"));
    }
    if let Some(id) = socket.cgroup().filter(|id| *id != 0) {
        let path = view.cgroups.path(id);
        sink.put("cgroup", path.as_str(), format_args!(" cgroup:{path}"));
    }
    if let Some(only) = socket.v6_only() {
        sink.put("v6only", only, format_args!(" v6only:{}", u8::from(only)));
    }
    if let Some(shutdown) = socket.shutdown() {
        shut(shutdown, sink);
    }
}

/// User, inode and cookie.
pub(super) fn owner(uid: u32, inode: u32, cookie: u64, sink: &mut Sink<'_>) {
    if uid != 0 {
        sink.put("uid", uid, format_args!(" uid:{uid}"));
    }
    sink.put("ino", inode, format_args!(" ino:{inode}"));
    sink.put("sk", format!("{cookie:x}"), format_args!(" sk:{cookie:x}"));
}

fn class<T: More>(socket: &T, sink: &mut Sink<'_>) {
    /// `%#x`: a zero has no prefix.
    fn hex(value: u32) -> String {
        if value == 0 { "0".into() } else { format!("{value:#x}") }
    }
    let (tos, traffic_class, class_id) = socket.class();
    let values = [("tos", tos.map(u32::from)), ("tclass", traffic_class.map(u32::from)), ("class_id", class_id)];
    for (key, value) in values {
        if let Some(value) = value {
            sink.put(key, value, format_args!(" {key}:{}", hex(value)));
        }
    }
}

/// The state of an MPTCP connection; what is zero is not shown.
fn mptcp(info: &MptcpInfo, sink: &mut Sink<'_>) {
    let mut number = |key: &str, value: u64| {
        if value != 0 {
            sink.put(key, value, format_args!(" {key}:{value}"));
        }
    };
    number("subflows", info.mptcpi_subflows.into());
    number("add_addr_signal", info.mptcpi_add_addr_signal.into());
    number("add_addr_accepted", info.mptcpi_add_addr_accepted.into());
    number("subflows_max", info.mptcpi_subflows_max.into());
    number("add_addr_signal_max", info.mptcpi_add_addr_signal_max.into());
    number("add_addr_accepted_max", info.mptcpi_add_addr_accepted_max.into());
    mptcp_flags(info, sink);
    let numbers = [
        ("write_seq", info.mptcpi_write_seq),
        ("snd_una", info.mptcpi_snd_una),
        ("rcv_nxt", info.mptcpi_rcv_nxt),
        ("local_addr_used", info.mptcpi_local_addr_used.into()),
        ("local_addr_max", info.mptcpi_local_addr_max.into()),
        ("csum_enabled", info.mptcpi_csum_enabled.into()),
        ("retransmits", info.mptcpi_retransmits.into()),
        ("bytes_retrans", info.mptcpi_bytes_retrans),
        ("bytes_sent", info.mptcpi_bytes_sent),
        ("bytes_received", info.mptcpi_bytes_received),
        ("bytes_acked", info.mptcpi_bytes_acked),
        ("subflows_total", info.mptcpi_subflows_total.into()),
        ("last_data_sent", info.mptcpi_last_data_sent.into()),
        ("last_data_recv", info.mptcpi_last_data_recv.into()),
        ("last_ack_recv", info.mptcpi_last_ack_recv.into()),
    ];
    for (key, value) in numbers.into_iter().filter(|(_, value)| *value != 0) {
        sink.put(key, value, format_args!(" {key}:{value}"));
    }
}

fn mptcp_flags(info: &MptcpInfo, sink: &mut Sink<'_>) {
    use nlink_uapi::mptcp::{MPTCP_INFO_FLAG_FALLBACK, MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED};
    for (bit, word) in [(MPTCP_INFO_FLAG_FALLBACK, "fallback"), (MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED, "remote_key")] {
        if info.mptcpi_flags & bit != 0 {
            sink.put(word, true, format_args!(" {word}"));
        }
    }
    if info.mptcpi_token != 0 {
        sink.put("token", info.mptcpi_token, format_args!(" token:{:x}", info.mptcpi_token));
    }
}

impl Show for crate::UlpInfo {
    fn show(&self, sink: &mut Sink<'_>) {
        tcp::upper(self, sink);
    }
}
