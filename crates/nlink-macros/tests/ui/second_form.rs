#[allow(unused_imports)]
use nlink_uapi::if_link::*;

#[derive(nlink_core::Attributes, Default)]
struct Nest {
    #[attr(IFLA_MTU, packed, indexed)]
    mtu: Vec<u32>,
}

fn main() {}
