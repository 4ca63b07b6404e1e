//! The kernel suite: one module a subject, each with its table of tests.

// A program has no outside: `pub` marks the tables.
#![allow(unreachable_pub)]

mod differential;
mod smoke;

fn main() -> std::process::ExitCode {
    use differential::{addresses, links, routes, texts};
    nlink_tests::run(&[smoke::TESTS, links::TESTS, addresses::TESTS, routes::TESTS, texts::TESTS])
}
