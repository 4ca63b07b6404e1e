#[allow(unused_imports)]
use nlink_uapi::if_link::*;

struct Opaque;

#[derive(nlink_core::Attributes, Default)]
struct Nest {
    #[attr(IFLA_MTU)]
    mtu: Option<Opaque>,
}

fn main() {}
