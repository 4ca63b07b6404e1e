//! Text on the wire: interface names in place, strings on the heap; both end at a NUL or with the attribute.

use std::fmt;
use std::str::FromStr;

use nlink_uapi::if_h::IFNAMSIZ;

use super::{Codec, Shape, WireCause, WireError, Writer};

/// `bytes` up to the first NUL.
fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// Text of any length. What is no UTF-8 is replaced (an interface alias may hold any bytes), never refused.
impl Codec for String {
    const SHAPE: Shape = Shape::Text;

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        Ok(String::from_utf8_lossy(until_nul(payload)).into_owned())
    }

    fn encode(&self, writer: &mut Writer) {
        if self.contains('\0') {
            writer.fail(WireCause::Nul(self.clone()));
        }
        writer.bytes(self.as_bytes());
        writer.bytes(&[0]);
    }
}

const CAPACITY: usize = IFNAMSIZ as usize;

/// An interface's name: up to 15 bytes, kept in place (`IFNAMSIZ`, linux/if.h).
///
/// ```
/// use nlink_core::wire::IfName;
/// let name: IfName = "eth0".parse()?;
/// assert_eq!(name, "eth0");
/// assert!("a-name-that-is-too-long".parse::<IfName>().is_err());
/// # Ok::<(), nlink_core::wire::WireError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IfName([u8; CAPACITY]);

impl IfName {
    /// From text of any length; what is too long, or has a NUL inside, is an error when it is written to a message.
    ///
    /// For builders that cannot fail. Of a long name the start is kept, for the error.
    pub fn unchecked(name: &str) -> Self {
        name.parse().unwrap_or_else(|_| {
            let mut bytes = [0; CAPACITY];
            bytes.iter_mut().zip(name.bytes()).for_each(|(to, from)| *to = from);
            Self(bytes)
        })
    }

    /// The name as text; bytes that are no UTF-8 end it.
    pub fn as_str(&self) -> &str {
        let bytes = until_nul(&self.0);
        match std::str::from_utf8(bytes) {
            Ok(name) => name,
            Err(error) => {
                bytes.get(..error.valid_up_to()).and_then(|start| std::str::from_utf8(start).ok()).unwrap_or_default()
            }
        }
    }

    /// The name as the kernel has it.
    pub fn as_bytes(&self) -> &[u8] {
        until_nul(&self.0)
    }
}

impl FromStr for IfName {
    type Err = WireError;

    fn from_str(name: &str) -> Result<Self, WireError> {
        if name.len() >= CAPACITY {
            return Err(WireCause::TooLong { text: name.into(), limit: CAPACITY - 1 }.into());
        }
        if name.contains('\0') {
            return Err(WireCause::Nul(name.into()).into());
        }
        let mut bytes = [0; CAPACITY];
        bytes.iter_mut().zip(name.bytes()).for_each(|(to, from)| *to = from);
        Ok(Self(bytes))
    }
}

impl Codec for IfName {
    const SHAPE: Shape = Shape::Text;

    #[inline]
    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        let name = until_nul(payload);
        let mut bytes = [0; CAPACITY];
        match bytes.get_mut(..name.len()) {
            Some(place) if name.len() < CAPACITY => place.copy_from_slice(name),
            _ => return Err(super::codec::width(CAPACITY - 1, name.len())),
        }
        Ok(Self(bytes))
    }

    fn encode(&self, writer: &mut Writer) {
        if self.as_bytes().len() == CAPACITY {
            let text = format!("{self}…");
            writer.fail(WireCause::TooLong { text, limit: CAPACITY - 1 });
        } else if self.0.iter().skip(self.as_bytes().len()).any(|byte| *byte != 0) {
            writer.fail(WireCause::Nul(self.to_string()));
        }
        writer.bytes(self.as_bytes());
        writer.bytes(&[0]);
    }
}

impl std::ops::Deref for IfName {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq<str> for IfName {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for IfName {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl fmt::Display for IfName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&String::from_utf8_lossy(self.as_bytes()))
    }
}

impl fmt::Debug for IfName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", String::from_utf8_lossy(self.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_ends_at_nul_or_with_the_attribute() {
        assert_eq!(IfName::decode(b"lo\0\xff").unwrap(), "lo");
        assert_eq!(IfName::decode(b"lo").unwrap(), "lo");
        assert_eq!(String::decode(b"a\0b").unwrap(), "a");
    }

    #[test]
    fn a_name_too_long_says_so() {
        assert_eq!(
            "sixteen-bytes-xx".parse::<IfName>().unwrap_err().to_string(),
            "\"sixteen-bytes-xx\" is too long: the kernel takes 15 bytes"
        );
        let mut writer = Writer::new();
        writer.attr(3, |payload| IfName::unchecked("a-name-that-is-too-long").encode(payload));
        assert!(writer.finish().unwrap_err().to_string().contains("a-name-that-is-"));
    }
}
