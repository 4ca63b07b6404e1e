//! Which headers nlink-uapi holds, and which of their structs travel on netlink.
//!
//! A line per header: file, what it is, wire structs. A struct left out is one of ioctl, setsockopt
//! or a packet; `*` takes them all.

/// One header and what is wanted of it.
#[derive(Debug)]
pub struct Header {
    /// Below `usr/include`.
    pub file: &'static str,
    /// One line for the module's documentation.
    pub about: &'static str,
    /// Structs wanted, by their C names.
    pub structs: &'static str,
}

impl Header {
    /// Name of the module: the file's stem, with what Rust or a namesake forbids amended.
    pub fn module(&self) -> String {
        let stem = self
            .file
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".h");
        match (self.file, stem) {
            ("linux/can/netlink.h", _) => "can_netlink".to_owned(),
            (_, "if" | "in") => format!("{stem}_h"),
            _ => stem.replace('-', "_"),
        }
    }
}

const fn h(file: &'static str, about: &'static str, structs: &'static str) -> Header {
    Header {
        file,
        about,
        structs,
    }
}

#[rustfmt::skip]
pub const HEADERS: &[Header] = &[
    // Netlink itself.
    h("linux/netlink.h", "Message and attribute headers, flags, socket options, policies", "sockaddr_nl nlmsghdr nlmsgerr nl_pktinfo nlattr nla_bitfield32"),
    h("linux/genetlink.h", "Generic netlink: its header and the controller family", "*"),
    h("linux/sock_diag.h", "Socket diagnostics: what all families share", "*"),
    // Routing netlink.
    h("linux/rtnetlink.h", "Message types, groups, routes, headers of links and traffic control", "*"),
    h("linux/if_link.h", "Links: attributes of the device and of every kind, statistics", "*"),
    h("linux/if_addr.h", "Addresses of interfaces", "*"),
    h("linux/if_addrlabel.h", "Labels for IPv6 source address selection", "*"),
    h("linux/neighbour.h", "Neighbours, forwarding database, neighbour tables", "*"),
    h("linux/fib_rules.h", "Policy routing rules", "*"),
    h("linux/nexthop.h", "Nexthop objects and their groups", "*"),
    h("linux/lwtunnel.h", "Encapsulation of routes: which kinds there are, ip and xfrm", "*"),
    h("linux/netconf.h", "Forwarding settings per interface", "*"),
    h("linux/net_namespace.h", "Ids of network namespaces", "*"),
    h("linux/dcbnl.h", "Data centre bridging", "*"),
    h("linux/gen_stats.h", "Statistics of qdiscs, classes and actions", "*"),
    h("linux/if_bridge.h", "Bridge: AF_BRIDGE attributes, multicast database, vlans", "bridge_vlan_info bridge_vlan_xstats bridge_stp_xstats br_vlan_msg br_port_msg br_mdb_entry br_mcast_stats br_boolopt_multi"),
    h("linux/mrp_bridge.h", "Media redundancy protocol of a bridge", ""),
    h("linux/cfm_bridge.h", "Connectivity fault management of a bridge", ""),
    h("linux/mroute.h", "Multicast routing, IPv4", ""),
    h("linux/mroute6.h", "Multicast routing, IPv6", ""),
    h("linux/in_route.h", "Flags of routes in the cache", ""),
    h("linux/ipv6_route.h", "Flags of IPv6 routes", ""),
    h("linux/ip.h", "IPv4: per-interface settings of IFLA_INET_CONF, type of service", ""),
    h("linux/ipv6.h", "IPv6: per-interface settings of IFLA_INET6_CONF, header types", ""),
    h("linux/snmp.h", "Counters of IFLA_INET6_STATS and IFLA_INET6_ICMP6STATS", ""),
    // Interfaces.
    h("linux/if.h", "Flags, operational states and link modes of interfaces", ""),
    h("linux/if_arp.h", "Hardware types", ""),
    h("linux/if_ether.h", "Ethernet protocol numbers and lengths", ""),
    h("linux/if_packet.h", "Packet types, fanout and flags of packet sockets", ""),
    h("linux/if_bonding.h", "Bonding: modes, policies, states", ""),
    h("linux/if_team.h", "Team devices, over generic netlink", ""),
    h("linux/if_tunnel.h", "Tunnels: gre, ipip, sit, vti and their flags", ""),
    h("linux/ip6_tunnel.h", "Flags of IPv6 tunnels", ""),
    h("linux/if_tun.h", "Flags of tun and tap devices", ""),
    h("linux/if_vlan.h", "Flags of vlan devices", ""),
    h("linux/if_macsec.h", "MACsec, over generic netlink", ""),
    h("linux/if_infiniband.h", "Length of InfiniBand addresses", ""),
    h("linux/hsr_netlink.h", "HSR and PRP, over generic netlink", ""),
    h("linux/veth.h", "The peer of a veth", ""),
    h("linux/wwan.h", "WWAN links", ""),
    h("linux/amt.h", "Automatic multicast tunnelling", ""),
    h("linux/gtp.h", "GTP tunnels, over generic netlink", ""),
    h("linux/batman_adv.h", "B.A.T.M.A.N. mesh, over generic netlink", ""),
    h("linux/mctp.h", "Management component transport", ""),
    h("linux/can.h", "CAN frames and filters", "can_frame canfd_frame"),
    h("linux/can/netlink.h", "CAN devices", "*"),
    h("linux/can/vxcan.h", "The peer of a vxcan", ""),
    // cgw_frame_mod is packed around an aligned frame, which Rust has no form for.
    h("linux/can/gw.h", "CAN gateway rules", "rtcanmsg cgw_csum_xor cgw_csum_crc8"),
    // Encapsulations.
    h("linux/mpls.h", "MPLS labels and link statistics", "*"),
    h("linux/mpls_iptunnel.h", "MPLS encapsulation of routes", ""),
    h("linux/seg6.h", "Segment routing over IPv6: the header", "ipv6_sr_hdr sr6_tlv"),
    h("linux/seg6_genl.h", "Segment routing over IPv6: HMAC keys, over generic netlink", ""),
    h("linux/seg6_hmac.h", "Segment routing over IPv6: HMAC", ""),
    h("linux/seg6_iptunnel.h", "Segment routing over IPv6: encapsulation of routes", "*"),
    h("linux/seg6_local.h", "Segment routing over IPv6: local actions", ""),
    h("linux/rpl.h", "RPL source routing header", "*"),
    h("linux/rpl_iptunnel.h", "RPL encapsulation of routes", ""),
    h("linux/ioam6.h", "In-situ OAM: the trace header", "ioam6_trace_hdr"),
    h("linux/ioam6_genl.h", "In-situ OAM: namespaces and schemas, over generic netlink", ""),
    h("linux/ioam6_iptunnel.h", "In-situ OAM: encapsulation of routes", ""),
    h("linux/ila.h", "Identifier locator addressing", ""),
    h("linux/fou.h", "Foo over UDP, over generic netlink", ""),
    h("linux/erspan.h", "ERSPAN metadata", ""),
    // Traffic control.
    h("linux/pkt_sched.h", "Qdiscs: options, statistics, handles", "*"),
    h("linux/pkt_cls.h", "Filters and ematches, action attributes, verdicts", "*"),
    h("linux/tc_act/tc_bpf.h", "Action bpf", "*"),
    h("linux/tc_act/tc_connmark.h", "Action connmark", "*"),
    h("linux/tc_act/tc_csum.h", "Action csum", "*"),
    h("linux/tc_act/tc_ct.h", "Action ct", "*"),
    h("linux/tc_act/tc_ctinfo.h", "Action ctinfo", "*"),
    h("linux/tc_act/tc_defact.h", "Action simple", "*"),
    h("linux/tc_act/tc_gact.h", "Action gact", "*"),
    h("linux/tc_act/tc_gate.h", "Action gate", "*"),
    h("linux/tc_act/tc_ife.h", "Action ife", "*"),
    h("linux/tc_act/tc_mirred.h", "Action mirred", "*"),
    h("linux/tc_act/tc_mpls.h", "Action mpls", "*"),
    h("linux/tc_act/tc_nat.h", "Action nat", "*"),
    h("linux/tc_act/tc_pedit.h", "Action pedit", "*"),
    h("linux/tc_act/tc_sample.h", "Action sample", "*"),
    h("linux/tc_act/tc_skbedit.h", "Action skbedit", "*"),
    h("linux/tc_act/tc_skbmod.h", "Action skbmod", "*"),
    h("linux/tc_act/tc_tunnel_key.h", "Action tunnel_key", "*"),
    h("linux/tc_act/tc_vlan.h", "Action vlan", "*"),
    h("linux/tc_ematch/tc_em_cmp.h", "Ematch cmp", "*"),
    h("linux/tc_ematch/tc_em_ipt.h", "Ematch ipt", "*"),
    h("linux/tc_ematch/tc_em_meta.h", "Ematch meta", "*"),
    h("linux/tc_ematch/tc_em_nbyte.h", "Ematch nbyte", "*"),
    h("linux/tc_ematch/tc_em_text.h", "Ematch text", "*"),
    h("linux/ife.h", "Metadata types of action ife", ""),
    h("linux/filter.h", "Classic BPF: instructions of bpf filters and ematches", "sock_filter"),
    // Netfilter.
    h("linux/netfilter.h", "Hooks, verdicts, protocol families", ""),
    h("linux/netfilter_arp.h", "Hooks of ARP", ""),
    h("linux/netfilter_bridge.h", "Hooks and priorities of bridges", ""),
    h("linux/netfilter_ipv4.h", "Priorities of IPv4 hooks", ""),
    h("linux/netfilter_ipv6.h", "Priorities of IPv6 hooks", ""),
    h("linux/netfilter/nfnetlink.h", "Netfilter over netlink: header, subsystems, groups, batches", "*"),
    h("linux/netfilter/nf_tables.h", "nf_tables: messages, expressions, sets", ""),
    h("linux/netfilter/nf_tables_compat.h", "nf_tables: xtables matches and targets", ""),
    h("linux/netfilter/nf_conntrack_common.h", "Conntrack: states, status bits, events", ""),
    h("linux/netfilter/nf_conntrack_ftp.h", "Conntrack: FTP", ""),
    h("linux/netfilter/nf_conntrack_sctp.h", "Conntrack: SCTP states", ""),
    h("linux/netfilter/nf_conntrack_tcp.h", "Conntrack: TCP states and flags", "nf_ct_tcp_flags"),
    h("linux/netfilter/nf_conntrack_tuple_common.h", "Conntrack: directions", ""),
    h("linux/netfilter/nf_log.h", "What log targets print", ""),
    h("linux/netfilter/nf_nat.h", "NAT: range flags", ""),
    h("linux/netfilter/nf_synproxy.h", "Synproxy options", ""),
    h("linux/netfilter/nfnetlink_acct.h", "Accounting objects", ""),
    h("linux/netfilter/nfnetlink_conntrack.h", "Conntrack: messages and attributes", ""),
    h("linux/netfilter/nfnetlink_cthelper.h", "Conntrack helpers in user space", ""),
    h("linux/netfilter/nfnetlink_cttimeout.h", "Conntrack timeout policies", ""),
    h("linux/netfilter/nfnetlink_hook.h", "Which hooks are registered", ""),
    h("linux/netfilter/nfnetlink_log.h", "Packets logged to user space", "*"),
    h("linux/netfilter/nfnetlink_osf.h", "Passive operating system fingerprints", "nf_osf_wc nf_osf_opt nf_osf_user_finger"),
    h("linux/netfilter/nfnetlink_queue.h", "Packets queued to user space", "*"),
    h("linux/netfilter/ipset/ip_set.h", "ipset: messages, attributes, flags", ""),
    h("linux/netfilter/ipset/ip_set_bitmap.h", "ipset: errors of bitmap types", ""),
    h("linux/netfilter/ipset/ip_set_hash.h", "ipset: errors of hash types", ""),
    h("linux/netfilter/ipset/ip_set_list.h", "ipset: errors of the list type", ""),
    // IPsec.
    h("linux/xfrm.h", "IPsec: states and policies", "*"),
    h("linux/ipsec.h", "IPsec: modes and policy directions", ""),
    h("linux/udp.h", "UDP: encapsulation types", ""),
    // Socket diagnostics.
    h("linux/inet_diag.h", "TCP, UDP, raw, SCTP and MPTCP sockets", "*"),
    h("linux/unix_diag.h", "Unix sockets", "*"),
    h("linux/netlink_diag.h", "Netlink sockets", "*"),
    h("linux/packet_diag.h", "Packet sockets", "*"),
    h("linux/vm_sockets_diag.h", "Vsock sockets", "*"),
    h("linux/vm_sockets.h", "Vsock: well-known addresses", ""),
    h("linux/xdp_diag.h", "XDP sockets", "*"),
    h("linux/smc_diag.h", "SMC sockets", "*"),
    h("linux/tipc_sockets_diag.h", "TIPC sockets", "*"),
    h("linux/tcp.h", "TCP: what INET_DIAG_INFO carries", "tcp_info tcp_diag_md5sig"),
    h("linux/sctp.h", "SCTP: what INET_DIAG_INFO carries", "sctp_info"),
    h("linux/mptcp.h", "MPTCP: what INET_DIAG_INFO carries, subflow attributes", "mptcp_info"),
    h("linux/tls.h", "Kernel TLS: what INET_DIAG_ULP_INFO carries", ""),
    h("linux/in.h", "IP protocol numbers, IPv4 addresses", "in_addr"),
    h("linux/in6.h", "IPv6 addresses and extension headers", "in6_addr"),
    h("linux/icmp.h", "ICMP types and codes", ""),
    h("linux/icmpv6.h", "ICMPv6 types and codes", ""),
    // Families of generic netlink.
    h("linux/wireguard.h", "WireGuard", ""),
    h("linux/mptcp_pm.h", "MPTCP path manager", ""),
    h("linux/ethtool.h", "Ethtool: link modes, string sets, features, wake-on-lan", ""),
    h("linux/ethtool_netlink.h", "Ethtool over netlink: what the specification does not generate", ""),
    h("linux/ethtool_netlink_generated.h", "Ethtool over netlink: messages and attributes", ""),
    h("linux/nl80211.h", "Wireless", "*"),
    h("linux/devlink.h", "Devlink", ""),
    h("linux/dpll.h", "Digital phase-locked loops", ""),
    h("linux/net_shaper.h", "Shapers of network devices", ""),
    h("linux/netdev.h", "Netdev: queues, page pools, NAPI", ""),
    h("linux/ovpn.h", "OpenVPN data channel", ""),
    h("linux/handshake.h", "TLS handshakes for the kernel", ""),
    h("linux/psp.h", "PSP security protocol", ""),
    h("linux/net_dropmon.h", "Drop monitor", "net_dm_drop_point net_dm_alert_msg"),
    h("linux/psample.h", "Sampled packets", ""),
    h("linux/tcp_metrics.h", "TCP metrics cache", ""),
    h("linux/l2tp.h", "L2TP tunnels and sessions", ""),
    h("linux/openvswitch.h", "Open vSwitch", "*"),
    h("linux/ip_vs.h", "IP virtual server", "ip_vs_flags"),
    h("linux/smc.h", "SMC", ""),
    h("linux/tipc_netlink.h", "TIPC", ""),
    h("linux/tipc.h", "TIPC: addresses and levels", ""),
    h("linux/nfc.h", "NFC", ""),
    h("linux/ncsi.h", "NCSI", ""),
    h("linux/nbd-netlink.h", "Network block devices", ""),
    h("linux/thermal.h", "Thermal zones", ""),
    h("linux/vdpa.h", "vDPA devices", ""),
    h("linux/quota.h", "Disk quota warnings", ""),
    h("linux/taskstats.h", "Statistics of tasks", "taskstats"),
    h("linux/cgroupstats.h", "Statistics of control groups", "*"),
    h("linux/time_types.h", "Times of taskstats", "__kernel_timespec"),
    h("linux/lockd_netlink.h", "NFS lock manager", ""),
    h("linux/nfsd_netlink.h", "NFS server", ""),
    h("linux/sunrpc_netlink.h", "SunRPC caches", ""),
    h("linux/dev_energymodel.h", "Energy model", ""),
    // Other protocols.
    h("linux/audit.h", "Audit", "audit_status audit_features audit_tty_status audit_rule_data"),
    h("linux/connector.h", "Connector: header and ids", "*"),
    h("linux/cn_proc.h", "Connector: process events", "*"),
    h("linux/selinux_netlink.h", "SELinux notifications", "*"),
    h("linux/cryptouser.h", "Crypto algorithms", "crypto_user_alg"),
    h("linux/net_tstamp.h", "Hardware timestamps", ""),
];
