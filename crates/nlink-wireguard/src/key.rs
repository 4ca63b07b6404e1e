//! Keys: 32 bytes, in text as base64. Secret ones never print.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use nlink_core::wire::{Codec, Shape, WireCause, WireError, Writer};
use nlink_core::words::BadValue;
use nlink_uapi::wireguard::WG_KEY_LEN;
use zeroize::Zeroizing;

const LENGTH: usize = WG_KEY_LEN as usize;

type Bytes = [u8; LENGTH];

fn read(text: &str) -> Result<Zeroizing<Bytes>, BadValue> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    // One byte more than a key has: text of another length is then told apart from a key.
    let mut decoded = Zeroizing::new([0; LENGTH + 1]);
    let length = STANDARD.decode_slice(text, &mut *decoded);
    match decoded.split_first_chunk() {
        Some((key, _)) if length == Ok(LENGTH) => *bytes = *key,
        _ => return Err(BadValue::new("a key", "44 characters of base64, as `wg genkey` prints them")),
    }
    Ok(bytes)
}

fn payload(payload: &[u8]) -> Result<Bytes, WireError> {
    payload.try_into().map_err(|_| WireCause::Width { want: LENGTH, got: payload.len() }.into())
}

/// A peer's or a device's public key; prints as base64.
///
/// ```
/// use nlink_wireguard::PublicKey;
/// let text = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
/// assert_eq!(text.parse::<PublicKey>()?.to_string(), text);
/// assert!("abc".parse::<PublicKey>().is_err());
/// # Ok::<(), nlink_core::words::BadValue>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(Bytes);

impl PublicKey {
    /// From its bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&STANDARD.encode(self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

impl FromStr for PublicKey {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        read(text).map(|bytes| Self(*bytes))
    }
}

impl Codec for PublicKey {
    const SHAPE: Shape = Shape::Bytes;

    fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        payload(bytes).map(Self)
    }

    fn encode(&self, writer: &mut Writer) {
        writer.bytes(&self.0);
    }
}

macro_rules! secrets {
    ($($(#[$meta:meta])* $name:ident;)*) => {$(
        $(#[$meta])*
        ///
        /// All zero bytes say that there is none; wiped from memory when dropped.
        #[derive(Clone, Default, PartialEq, Eq)]
        pub struct $name(Zeroizing<Bytes>);

        impl $name {
            /// From its bytes.
            pub fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(Zeroizing::new(bytes))
            }

            /// Its bytes.
            pub fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// Whether it is none: all bytes are zero.
            pub fn is_none(&self) -> bool {
                self.0.iter().all(|byte| *byte == 0)
            }

            /// Its text, for a key file and the like; wiped from memory when dropped.
            pub fn reveal(&self) -> Zeroizing<String> {
                Zeroizing::new(STANDARD.encode(&*self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }

        impl FromStr for $name {
            type Err = BadValue;

            fn from_str(text: &str) -> Result<Self, BadValue> {
                read(text).map(Self)
            }
        }

        impl Codec for $name {
            const SHAPE: Shape = Shape::Bytes;

            fn decode(bytes: &[u8]) -> Result<Self, WireError> {
                payload(bytes).map(Self::from_bytes)
            }

            fn encode(&self, writer: &mut Writer) {
                writer.bytes(&*self.0);
            }
        }
    )*};
}

secrets! {
    /// A device's private key. Never prints: `Debug` says `PrivateKey(hidden)`.
    PrivateKey;
    /// A key that two peers share beside the others. Never prints: `Debug` says `PresharedKey(hidden)`.
    PresharedKey;
}

/// Bytes from the system's generator; it fails only where the system has none.
fn random() -> std::io::Result<Zeroizing<Bytes>> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    getrandom::fill(&mut *bytes)?;
    Ok(bytes)
}

impl PrivateKey {
    /// A new one, from the system's random numbers. It fails only where the system has none to give.
    ///
    /// ```
    /// let key = nlink_wireguard::PrivateKey::generate()?;
    /// assert_eq!(format!("{key:?}"), "PrivateKey(hidden)");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn generate() -> std::io::Result<Self> {
        let mut bytes = random()?;
        // The bits that every Curve25519 key has (RFC 7748, 5).
        let [first, .., last] = &mut *bytes;
        *first &= 0b1111_1000;
        *last = (*last & 0b0111_1111) | 0b0100_0000;
        Ok(Self(bytes))
    }

    /// The public key that belongs to it.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(x25519_dalek::x25519(*self.0, x25519_dalek::X25519_BASEPOINT_BYTES))
    }
}

impl PresharedKey {
    /// A new one, from the system's random numbers. It fails only where the system has none to give.
    pub fn generate() -> std::io::Result<Self> {
        random().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // echo YAnz5TF+… | wg pubkey    wireguard-tools 1.0.20260223
    #[test]
    fn a_public_key_is_the_one_that_wg_derives() {
        let private: PrivateKey = "YAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=".parse().unwrap();
        assert_eq!(private.public_key().to_string(), "Y2FD6uTgrq+/bbBAXCNOtE+PGk8Papoh7qaWBpQUXn0=");
    }

    #[test]
    fn a_secret_key_never_prints() {
        let text = "YAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
        let (private, shared): (PrivateKey, PresharedKey) = (text.parse().unwrap(), text.parse().unwrap());
        assert_eq!(format!("{private:?} {shared:?}"), "PrivateKey(hidden) PresharedKey(hidden)");
        assert_eq!(private.reveal().as_str(), text);
    }

    #[test]
    fn generated_keys_differ_and_have_the_bits_of_the_curve() {
        let (one, other) = (PrivateKey::generate().unwrap(), PrivateKey::generate().unwrap());
        assert_ne!(one, other);
        assert_eq!((one.as_bytes()[0] & 7, one.as_bytes()[31] & 0xc0), (0, 0x40));
    }

    #[test]
    fn text_that_is_no_key_is_refused_without_repeating_it() {
        let wrong = [
            "",
            "abc",
            "YAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk",
            "YAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBml=",
            "YAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmkA",
            " YAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
        ];
        for text in wrong {
            let error = text.parse::<PrivateKey>().unwrap_err().to_string();
            assert_eq!(error, "not a key; write for example 44 characters of base64, as `wg genkey` prints them");
        }
    }
}
