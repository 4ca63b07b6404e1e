//! `wg genkey`, `wg genpsk`, `wg pubkey`: keys in and out, one a line.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::PermissionsExt;

use nlink_cli::failure::{complain, reason};
use nlink_cli::{Exit, Failure, Result};
use nlink_wireguard::{PresharedKey, PrivateKey};
use zeroize::Zeroizing;

use crate::tool::Tool;

/// Characters of a key in text.
const LENGTH: usize = 44;

pub(crate) fn genkey(tool: &Tool, words: &[&str]) -> Result<Exit> {
    generate(tool, "genkey", words, || PrivateKey::generate().map(|key| key.reveal()))
}

pub(crate) fn genpsk(tool: &Tool, words: &[&str]) -> Result<Exit> {
    generate(tool, "genpsk", words, || PresharedKey::generate().map(|key| key.reveal()))
}

fn generate(
    tool: &Tool,
    command: &str,
    words: &[&str],
    key: impl FnOnce() -> io::Result<Zeroizing<String>>,
) -> Result<Exit> {
    if !words.is_empty() {
        return Err(tool.misused(command, ""));
    }
    if anybody_may_read_the_output() {
        complain("Warning: writing to world accessible file.\nConsider setting the umask to 077 and trying again.");
    }
    let key = key().map_err(|error| Failure::said(Exit::Failed, format!("getrandom: {}", reason(&error))))?;
    writeln!(io::stdout(), "{}", key.as_str())?;
    Ok(Exit::Success)
}

/// Whether standard output is a file that is not its owner's alone.
fn anybody_may_read_the_output() -> bool {
    let file = io::stdout().as_fd().try_clone_to_owned().map(File::from);
    file.and_then(|file| file.metadata()).is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o007 != 0)
}

pub(crate) fn pubkey(tool: &Tool, words: &[&str]) -> Result<Exit> {
    if !words.is_empty() {
        return Err(tool.misused("pubkey", ""));
    }
    let said = |what: &str| Failure::said(Exit::Failed, format!("{}: {what}", tool.name));
    let wrong = || said("Key is not the correct length or format");
    let mut text = Zeroizing::new(Vec::with_capacity(2 * LENGTH));
    // Far more than a key: what is too long need not be read to its end.
    io::stdin().lock().take(1 << 16).read_to_end(&mut text).map_err(|_| wrong())?;
    let (key, behind) = text.split_at_checked(LENGTH).ok_or_else(wrong)?;
    if behind.iter().any(|byte| *byte != 0 && !byte.is_ascii_whitespace() && *byte != 0x0b) {
        return Err(said("Trailing characters found after key"));
    }
    let key: PrivateKey = std::str::from_utf8(key).ok().and_then(|key| key.parse().ok()).ok_or_else(wrong)?;
    writeln!(io::stdout(), "{}", key.public_key())?;
    Ok(Exit::Success)
}
