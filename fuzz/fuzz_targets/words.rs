//! Commands' words: read, given back as words, written as a message.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| nlink_fuzz::words::run(data));
