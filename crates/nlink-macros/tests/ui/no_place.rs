#[derive(nlink_core::Attributes, Default)]
struct Nest {
    mtu: Option<u32>,
}

fn main() {}
