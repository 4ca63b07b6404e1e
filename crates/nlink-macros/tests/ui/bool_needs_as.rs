#[allow(unused_imports)]
use nlink_uapi::if_link::*;

#[derive(nlink_core::Attributes, Default)]
struct Nest {
    #[attr(IFLA_PROTO_DOWN)]
    down: Option<bool>,
}

fn main() {}
