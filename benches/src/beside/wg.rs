//! WireGuard: a device with many peers, set and shown.

use std::fmt::Write;

use anyhow::Result;

use crate::step::{Step, shell};

/// A configuration set, then shown.
pub(crate) fn steps(peers: u32) -> Result<Vec<Step>> {
    let mut text = String::from("[Interface]\nListenPort = 51820\n");
    for peer in 0..peers {
        let [_, high, middle, low] = peer.to_be_bytes();
        writeln!(
            text,
            "[Peer]\nPublicKey = {}\nAllowedIPs = 10.{high}.{middle}.{low}/32, 2001:db8::{peer:x}/128",
            key(peer)
        )?;
    }
    let path = std::env::temp_dir().join(format!("beside-{}.conf", std::process::id()));
    std::fs::write(&path, text)?;
    shell("ip link add wg0 type wireguard")?;
    let path = path.display();
    Ok(vec![
        Step::new(format!("`wg setconf`, {peers} peers"), &format!("setconf wg0 {path}"))
            .after("ip link del wg0; ip link add wg0 type wireguard"),
        Step::new(format!("`wg show dump`, {peers} peers"), "show wg0 dump"),
        Step::new(format!("`wg show`, {peers} peers"), "show wg0"),
    ])
}

/// Some public key in base 64, another for each number: a name of 32 bytes that begins with it.
fn key(number: u32) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |at: u32| DIGITS.get(usize::try_from(number >> (6 * at) & 63).unwrap_or(0)).copied().unwrap_or(b'A');
    let first: String = (0..5).map(|at| char::from(digit(at))).collect();
    format!("{first}{}=", "A".repeat(38))
}
