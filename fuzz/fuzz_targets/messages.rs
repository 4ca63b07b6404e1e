//! Bodies of messages, saved listings and option nests: read, written, read again, shown.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| nlink_fuzz::messages::run(data));
