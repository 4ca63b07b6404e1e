//! A connection whose kernel refuses with any extended acknowledgement, or answers anything.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| nlink_fuzz::refusals::run(data));
