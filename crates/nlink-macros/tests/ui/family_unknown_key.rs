#[nlink_genl::genl_family(name = "sample", versoin = 1)]
mod sample {}

fn main() {}
