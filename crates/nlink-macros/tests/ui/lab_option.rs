//! What cannot be said of a lab's test.

#[nlink_macros::lab_test(threads = many)]
async fn two_hosts(lab: Lab) {}

fn main() {}
