#[allow(unused_imports)]
use nlink_uapi::if_link::*;

#[derive(nlink_core::Attributes, Default)]
struct Nest<T> {
    #[attr(IFLA_MTU)]
    mtu: Option<T>,
}

fn main() {}
