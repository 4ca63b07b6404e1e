#[nlink_genl::genl_family(version = 1)]
mod sample {}

fn main() {}
