//! The kernel suite: one module a subject, each with its table of tests.

// A program has no outside: `pub` marks the tables.
#![allow(unreachable_pub)]

mod batches;
mod builders;
mod capabilities;
mod captures;
mod diag;
mod differential;
mod mirror;
mod namespaces;
mod nftables;
mod smoke;
mod unacknowledged;
mod wireguard;

fn main() -> std::process::ExitCode {
    nlink_tests::run(&[
        smoke::TESTS,
        capabilities::TESTS,
        captures::TESTS,
        namespaces::TESTS,
        batches::TESTS,
        unacknowledged::TESTS,
        builders::links::TESTS,
        builders::kinds::TESTS,
        builders::addresses::TESTS,
        builders::routes::TESTS,
        builders::lookups::TESTS,
        differential::links::TESTS,
        differential::addresses::TESTS,
        differential::routes::TESTS,
        differential::texts::TESTS,
        mirror::links::TESTS,
        mirror::addresses::TESTS,
        mirror::routes::TESTS,
        mirror::storm::TESTS,
        nftables::forms::TESTS,
        nftables::language::TESTS,
        nftables::states::TESTS,
        nftables::transactions::TESTS,
        nftables::rulesets::TESTS,
        nftables::words::TESTS,
        nftables::resets::TESTS,
        nftables::includes::TESTS,
        nftables::upstream::tests(),
        diag::tcp::TESTS,
        diag::udp::TESTS,
        diag::unix::TESTS,
        diag::others::TESTS,
        diag::filters::TESTS,
        diag::kill::TESTS,
        diag::events::TESTS,
        diag::words::TESTS,
        diag::library::TESTS,
        wireguard::states::TESTS,
        wireguard::words::TESTS,
        wireguard::many::TESTS,
        wireguard::tunnel::TESTS,
    ])
}
