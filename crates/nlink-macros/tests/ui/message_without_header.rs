#[allow(unused_imports)]
use nlink_uapi::if_link::*;

#[derive(nlink_core::Message, Debug, Default)]
struct Sample {
    #[attr(IFLA_MTU)]
    mtu: Option<u32>,
}

fn main() {}
