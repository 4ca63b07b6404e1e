#[allow(unused_imports)]
use nlink_uapi::if_link::*;

#[derive(nlink_core::Attributes, Default)]
struct Nest {
    #[attr(IFLA_MTU, style = nlink_core::words::Hex)]
    mtu: Option<u32>,
}

fn main() {}
