//! Commands' nft: read, given back as nft, written as a message.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| nlink_fuzz::nft::run(data));
