#[allow(unused_imports)]
use nlink_uapi::if_link::*;

#[derive(nlink_core::Attributes, Default)]
struct Nest {
    #[attr(IFLA_MTU, since = "3.7", since = "3.8")]
    mtu: Option<u32>,
}

fn main() {}
