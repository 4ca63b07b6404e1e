//! Datagrams against requests in flight and against a listing.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| nlink_fuzz::engine::run(data));
