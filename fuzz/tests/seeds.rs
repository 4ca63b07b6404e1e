//! Puts every seed through its target, without libFuzzer: `cargo test` in this folder, with any toolchain.

use std::fs;
use std::path::Path;

fn each_seed(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target);
    let mut seeds: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.sort();
    assert!(!seeds.is_empty());
    for seed in seeds {
        println!("{}", seed.display());
        let bytes = fs::read(&seed).unwrap();
        run(&bytes);
        // cut short, too
        (0..bytes.len().min(256)).for_each(|length| run(&bytes[..length]));
    }
}

#[test]
fn messages() {
    each_seed("messages", nlink_fuzz::messages::run);
}

#[test]
fn engine() {
    each_seed("engine", nlink_fuzz::engine::run);
}

#[test]
fn refusals() {
    each_seed("refusals", nlink_fuzz::refusals::run);
}

#[test]
fn nft() {
    each_seed("nft", nlink_fuzz::nft::run);
}

#[test]
fn words() {
    each_seed("words", nlink_fuzz::words::run);
}
