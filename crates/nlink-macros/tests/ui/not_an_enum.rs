#[derive(nlink_core::Attributes)]
enum Nest {
    One,
}

fn main() {}
