//! The test of a lab runs in its runtime.

#[nlink_macros::lab_test]
fn two_hosts(lab: Lab) {}

fn main() {}
