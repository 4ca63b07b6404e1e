#[derive(nlink_core::Attributes, Default)]
struct Nest {
    #[attr(word = "mtu")]
    mtu: Option<u32>,
}

fn main() {}
