//! The test of a lab is given it.

#[nlink_macros::lab_test]
async fn two_hosts() {}

fn main() {}
