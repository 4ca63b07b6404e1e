#[allow(unused_imports)]
use nlink_uapi::if_link::*;

#[derive(nlink_core::Attributes, Default)]
struct Nest {
    #[attr(IFLA_MTU, as = "u8")]
    up: Option<bool>,
}

fn main() {}
