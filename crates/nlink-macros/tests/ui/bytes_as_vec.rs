#[allow(unused_imports)]
use nlink_uapi::if_link::*;

#[derive(nlink_core::Attributes, Default)]
struct Nest {
    #[attr(IFLA_ADDRESS)]
    address: Vec<u8>,
}

fn main() {}
