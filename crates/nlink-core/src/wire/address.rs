//! Addresses on the wire: hardware addresses of any length in place, IP addresses in network order.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use super::{Codec, Shape, WireCause, WireError, Writer, codec::width};

/// A hardware address: 6 bytes for Ethernet, 20 for InfiniBand, up to 32 (`MAX_ADDR_LEN` of the kernel).
///
/// ```
/// use nlink_core::wire::LinkAddress;
/// let address: LinkAddress = "52:54:00:12:34:56".parse()?;
/// assert_eq!(address.as_bytes().len(), 6);
/// assert_eq!(address.to_string(), "52:54:00:12:34:56");
/// # Ok::<(), nlink_core::wire::WireError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkAddress {
    len: u8,
    bytes: [u8; Self::MAX],
}

impl LinkAddress {
    /// The longest one, bytes.
    pub const MAX: usize = 32;

    /// From bytes; more than [`MAX`](Self::MAX) are refused.
    pub fn new(from: &[u8]) -> Result<Self, WireError> {
        let mut bytes = [0; Self::MAX];
        match (bytes.get_mut(..from.len()), u8::try_from(from.len())) {
            (Some(place), Ok(len)) => {
                place.copy_from_slice(from);
                Ok(Self { len, bytes })
            }
            _ => Err(width(Self::MAX, from.len())),
        }
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }
}

impl From<[u8; 6]> for LinkAddress {
    fn from(mac: [u8; 6]) -> Self {
        let mut bytes = [0; Self::MAX];
        bytes.iter_mut().zip(mac).for_each(|(to, from)| *to = from);
        Self { len: 6, bytes }
    }
}

impl Codec for LinkAddress {
    const SHAPE: Shape = Shape::Bytes;

    #[inline]
    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        Self::new(payload)
    }

    fn encode(&self, writer: &mut Writer) {
        writer.bytes(self.as_bytes());
    }
}

impl FromStr for LinkAddress {
    type Err = WireError;

    fn from_str(text: &str) -> Result<Self, WireError> {
        const MALFORMED: WireCause =
            WireCause::Invalid("a hardware address is pairs of hex digits with colons between");
        let byte = |pair: &str| match pair.len() {
            1 | 2 if pair.bytes().all(|digit| digit.is_ascii_hexdigit()) => u8::from_str_radix(pair, 16).ok(),
            _ => None,
        };
        let bytes: Option<Vec<u8>> = text.split(':').map(byte).collect();
        Self::new(&bytes.ok_or(MALFORMED)?)
    }
}

impl fmt::Display for LinkAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.as_bytes().iter().enumerate() {
            write!(f, "{}{byte:02x}", if index == 0 { "" } else { ":" })?;
        }
        Ok(())
    }
}

impl fmt::Debug for LinkAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LinkAddress({self})")
    }
}

macro_rules! ip {
    ($($address:ty),*) => {$(
        impl Codec for $address {
            const SHAPE: Shape = Shape::Bytes;

            #[inline]
            fn decode(payload: &[u8]) -> Result<Self, WireError> {
                const SIZE: usize = <$address>::BITS as usize / 8;
                let bytes: [u8; SIZE] = payload.try_into().map_err(|_| width(SIZE, payload.len()))?;
                Ok(bytes.into())
            }

            #[inline]
            fn encode(&self, writer: &mut Writer) {
                writer.bytes(&self.octets());
            }
        }
    )*};
}

ip!(Ipv4Addr, Ipv6Addr);

/// Four bytes are IPv4, sixteen are IPv6.
impl Codec for IpAddr {
    const SHAPE: Shape = Shape::Bytes;

    #[inline]
    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        if let Ok(bytes) = <[u8; 4]>::try_from(payload) {
            return Ok(bytes.into());
        }
        Ipv6Addr::decode(payload).map(IpAddr::V6)
    }

    #[inline]
    fn encode(&self, writer: &mut Writer) {
        match self {
            IpAddr::V4(address) => address.encode(writer),
            IpAddr::V6(address) => address.encode(writer),
        }
    }
}
