#[derive(nlink_core::Attributes, Default)]
struct Nest(u32);

fn main() {}
