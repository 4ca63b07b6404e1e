#[allow(unused_imports)]
use nlink_uapi::if_link::*;
use std::net::IpAddr;

#[derive(nlink_core::Attributes, Default)]
struct Nest {
    #[attr(IFLA_VXLAN_GROUP, or = IFLA_VXLAN_GROUP6)]
    group: Option<IpAddr>,
    #[attr(IFLA_VXLAN_GROUP6)]
    group6: Option<IpAddr>,
}

fn main() {}
