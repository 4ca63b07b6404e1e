#[allow(unused_imports)]
use nlink_uapi::if_link::*;

#[derive(nlink_core::Attributes, Default)]
struct Nest {
    #[attr(IFLA_MTU)]
    mtu: Option<u32>,
    #[attr(IFLA_MTU)]
    size: Option<u32>,
}

fn main() {}
