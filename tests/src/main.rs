//! The kernel suite: one module a subject, each with its table of tests.

// A program has no outside: `pub` marks the tables.
#![allow(unreachable_pub)]

mod differential;
mod smoke;

fn main() -> std::process::ExitCode {
    let tables: Vec<&[nlink_tests::Test]> = differential::TABLES.iter().chain(&[smoke::TESTS]).copied().collect();
    nlink_tests::run(&tables)
}
