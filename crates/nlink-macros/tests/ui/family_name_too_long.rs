#[nlink_genl::genl_family(name = "sixteen-bytes-xx", version = 1)]
mod sample {}

fn main() {}
