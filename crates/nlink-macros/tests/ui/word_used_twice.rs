#[allow(unused_imports)]
use nlink_uapi::if_link::*;

#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "sample")]
struct Sample {
    #[attr(IFLA_MTU, word = "size")]
    mtu: Option<u32>,
    #[attr(IFLA_MAX_MTU, word = "size")]
    most: Option<u32>,
}

fn main() {}
