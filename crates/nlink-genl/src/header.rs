//! The header before every message of every family (`struct genlmsghdr`, linux/genetlink.h).

use nlink_core::wire::{WireCause, Writer};
use nlink_uapi::genetlink::genlmsghdr;
use zerocopy::{FromBytes, IntoBytes};

pub(crate) const SIZE: usize = size_of::<genlmsghdr>();

/// What stands in a command's place where a message is another family's: commands have eight bits.
const OTHER: u16 = u16::MAX;

/// Writes the header.
pub(crate) fn write(command: u16, version: u8, writer: &mut Writer) {
    let Ok(cmd) = u8::try_from(command) else {
        return writer.fail(WireCause::Overflow { got: command.into(), limit: u8::MAX.into() });
    };
    writer.bytes(genlmsghdr { cmd, version, reserved: 0 }.as_bytes());
}

/// The command of a message and what follows the header; of another family's message, no command of anybody's.
#[inline]
pub(crate) fn open(id: u16, message_type: u16, body: &[u8]) -> (u16, &[u8]) {
    match genlmsghdr::read_from_prefix(body) {
        Ok((header, rest)) if message_type == id => (header.cmd.into(), rest),
        _ => (OTHER, body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_another_family_is_never_taken_for_one_of_ours() {
        let body = [1, 1, 0, 0, 9];
        assert_eq!(open(30, 30, &body), (1, &[9][..]));
        assert_eq!(open(30, 31, &body).0, OTHER);
        assert_eq!(open(30, 30, &body[..2]).0, OTHER);
    }

    #[test]
    fn a_command_past_eight_bits_is_an_error() {
        let mut writer = Writer::new();
        write(256, 1, &mut writer);
        assert!(writer.finish().is_err());
    }
}
