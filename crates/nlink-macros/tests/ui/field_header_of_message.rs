#[derive(nlink_core::Message, Debug, Default)]
struct Sample {
    header: u32,
}

fn main() {}
