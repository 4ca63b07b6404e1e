//! The kernel suite: one module a subject, each with its table of tests.

// A program has no outside: `pub` marks the tables.
#![allow(unreachable_pub)]

mod smoke;

fn main() -> std::process::ExitCode {
    nlink_tests::run(&[smoke::TESTS])
}
