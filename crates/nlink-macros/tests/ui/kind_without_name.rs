#[allow(unused_imports)]
use nlink_uapi::if_link::*;

#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
struct Sample {
    #[attr(IFLA_MTU, word = "size")]
    mtu: Option<u32>,
}

fn main() {}
