#[allow(unused_imports)]
use nlink_uapi::if_link::*;

#[derive(nlink_core::Message, Debug, Default)]
#[message(header = nlink_uapi::rtnetlink::ifinfomsg)]
struct Sample {
    #[attr(IFLA_MTU)]
    mtu: Option<u32>,
}

fn main() {}
