//! Links of every kind that nlink-route has, and what can be said of any link.

use crate::states;

states! {
    dummy { "dummy" } ["link add d0 type dummy", "link set d0 up mtu 1400"];
    ifb { "ifb" } ["link add ifb7 type ifb", "link set ifb7 up"];
    veth { "veth" } ["link add v0 type veth peer name v1", "link set v0 up", "link set v1 up"];
    veth_down { "veth" } ["link add v0 type veth peer name v1"];
    veth_no_carrier { "veth" } ["link add v0 type veth peer name v1", "link set v0 up"];
    veth_addresses { "veth" } [
        "link add v0 mtu 1300 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02 mtu 1300"
    ];
    veth_queues { "veth" } ["link add v0 numtxqueues 2 numrxqueues 2 type veth peer name v1 numtxqueues 2"];
    alias_and_group { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 alias up-link", "link set v1 group 42",
    ];
    alternative_names { "veth" } [
        "link add v0 type veth peer name v1",
        "link property add dev v0 altname a-name-that-is-longer-than-fifteen altname other",
    ];
    renamed { "veth" } ["link add v0 type veth peer name v1", "link set v0 name lan0"];
    flags { "veth" } [
        "link add v0 type veth peer name v1",
        "link set v0 arp off multicast off promisc on allmulticast on", "link set v0 up",
    ];
    address_generation { "veth" } ["link add v0 type veth peer name v1", "link set v0 addrgenmode none", "link set v0 up"];
    queue_length { "veth" } ["link add v0 txqueuelen 77 type veth peer name v1"];
    gso { "veth" } ["link add v0 type veth peer name v1", "link set v0 gso_max_size 40000 gso_max_segs 100"];
    link_mode { "veth" } ["link add v0 type veth peer name v1", "link set v0 mode dormant", "link set v0 up"];
    protodown { "vxlan" } ["link add x0 type vxlan id 42 dstport 4789", "link set x0 protodown on"];
    index { "veth" } ["link add v0 index 77 type veth peer name v1"];

    vlan { "veth" "vlan" } ["link add v0 type veth peer name v1", "link add link v0 name v0.10 type vlan id 10"];
    vlan_qos { "veth" "vlan" } [
        "link add v0 type veth peer name v1",
        "link add link v0 name q type vlan protocol 802.1ad id 100 reorder_hdr off gvrp on loose_binding on \
         ingress-qos-map 1:2 3:4 egress-qos-map 5:6",
        "link set v0 up", "link set q up",
    ];
    vlan_below_down { "veth" "vlan" } [
        "link add v0 type veth peer name v1", "link add link v0 name q type vlan id 7", "link set v0 up",
        "link set q up", "link set v0 down",
    ];

    vxlan { "vxlan" } ["link add x0 type vxlan id 42 dstport 4789"];
    vxlan_multicast { "veth" "vxlan" } [
        "link add v0 type veth peer name v1",
        "link add x0 type vxlan id 42 group 239.1.1.1 dev v0 dstport 4789 ttl 3 ageing 600 maxaddress 100",
    ];
    vxlan_flags { "vxlan" } [
        "link add x0 type vxlan id 7 remote 192.0.2.1 local 192.0.2.2 srcport 1000 2000 dstport 8472 tos 0x10 \
         nolearning proxy rsc l2miss l3miss noudpcsum gbp",
    ];
    vxlan6 { "vxlan" } [
        "link add x0 type vxlan id 8 remote 2001:db8::1 local 2001:db8::2 dstport 4789 udp6zerocsumtx udp6zerocsumrx",
    ];
    vxlan_external { "vxlan" } ["link add x0 type vxlan external dstport 4789"];
    vxlan_ttl_inherit { "vxlan" } ["link add x0 type vxlan id 9 dstport 4789 ttl inherit df set"];

    bridge { "bridge" } ["link add br0 type bridge", "link set br0 up"];
    bridge_options { "bridge" } [
        "link add br0 type bridge forward_delay 400 hello_time 300 max_age 1000 ageing_time 20000 stp_state 1 \
         priority 100 group_fwd_mask 8",
    ];
    bridge_vlans { "bridge"; needs "bridge VLAN filtering" } [
        "link add br0 type bridge vlan_filtering 1 vlan_protocol 802.1ad vlan_default_pvid 5",
    ];
    bridge_netfilter { "bridge"; needs "bridge netfilter" } ["link add br0 type bridge nf_call_iptables 1"];
    bridge_multicast { "bridge" } [
        "link add br0 type bridge mcast_snooping 1 mcast_querier 1 mcast_router 2 mcast_hash_max 1024 \
         mcast_last_member_count 3 mcast_startup_query_count 4 mcast_igmp_version 3 mcast_mld_version 2 \
         mcast_query_use_ifaddr 1 mcast_stats_enabled 1",
    ];
    bridge_ports { "bridge" "veth" } [
        "link add br0 type bridge", "link add v0 type veth peer name v1", "link set v0 master br0",
        "link set v0 up", "link set v1 up", "link set br0 up",
    ];
    bridge_port_options { "bridge" "veth" } [
        "link add br0 type bridge", "link add v0 type veth peer name v1", "link set v0 master br0",
        "link set v0 type bridge_slave cost 7 priority 9 hairpin on guard on root_block on fastleave on learning off \
         flood off proxy_arp on mcast_router 2 mcast_flood off neigh_suppress on isolated on",
    ];
    bridge_port_freed { "bridge" "veth" } [
        "link add br0 type bridge", "link add v0 type veth peer name v1", "link set v0 master br0",
        "link set v0 nomaster",
    ];

    bond { "bond" } ["link add bond9 type bond"];
    bond_active_backup { "bond" "veth" } [
        "link add bond9 type bond mode active-backup miimon 100 updelay 200 downdelay 300 fail_over_mac active \
         primary_reselect better num_grat_arp 3",
        "link add v0 type veth peer name v1", "link set v0 master bond9", "link set bond9 up", "link set v1 up",
        "link set bond9 type bond primary v0",
    ];
    bond_lacp { "bond" "veth" } [
        "link add bond9 type bond mode 802.3ad lacp_rate fast ad_select bandwidth xmit_hash_policy layer3+4 min_links 2 \
         ad_actor_sys_prio 7 ad_user_port_key 5",
        "link add v0 type veth peer name v1", "link set v0 master bond9",
    ];
    bond_arp { "bond" } [
        "link add bond9 type bond mode 1 arp_interval 500 arp_ip_target 192.0.2.1,192.0.2.2 arp_validate all \
         arp_all_targets all",
    ];
    bond_slave_options { "bond" "veth" } [
        "link add bond9 type bond mode balance-rr packets_per_slave 4 resend_igmp 5 all_slaves_active 1",
        "link add v0 type veth peer name v1", "link set v0 master bond9", "link set v0 type bond_slave queue_id 3",
    ];
    changed_by_type { "vxlan" } ["link add x0 type vxlan id 42 dstport 4789", "link set x0 type vxlan nolearning"];
    deleted { "veth" } ["link add v0 type veth peer name v1", "link add w0 type veth peer name w1", "link del v1"];
}
