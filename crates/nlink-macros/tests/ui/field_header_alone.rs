#[derive(nlink_core::Attributes, Default)]
struct Nest {
    header: nlink_uapi::rtnetlink::ifinfomsg,
}

fn main() {}
