//! Addresses of any family, as routes and interface addresses carry them: the bytes alone, their family standing in
//! the message's header.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use nlink_core::wire::{Codec, Shape, WireCause, WireError, Writer};

use crate::Family;

/// An address, in network byte order on the wire.
///
/// Four bytes are taken for IPv4 and sixteen for IPv6; a listing over all families also brings MPLS labels, MCTP
/// endpoints and the like, which [`in_family`](Host::in_family) spells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// IPv4, or one MPLS label.
    V4(Ipv4Addr),
    /// IPv6.
    V6(Ipv6Addr),
    /// Another length: how many of the bytes count, and the bytes.
    Other(u8, [u8; 15]),
}

impl Host {
    /// The address as one of IP, whatever the family says.
    pub fn ip(self) -> Option<IpAddr> {
        match self {
            Host::V4(address) => Some(IpAddr::V4(address)),
            Host::V6(address) => Some(IpAddr::V6(address)),
            Host::Other(..) => None,
        }
    }

    /// Its bytes.
    pub fn bytes(&self) -> Box<[u8]> {
        match self {
            Host::V4(address) => Box::from(address.octets()),
            Host::V6(address) => Box::from(address.octets()),
            Host::Other(len, bytes) => bytes.get(..usize::from(*len)).unwrap_or_default().into(),
        }
    }

    /// One MPLS label, the last of its stack (RFC 3032).
    pub fn label(label: u32) -> Self {
        Host::V4(Ipv4Addr::from((label << 12) | LABEL_LAST))
    }

    /// How the address is written in a family: labels with slashes between, other bytes as hexadecimal.
    pub fn in_family(&self, family: Family) -> String {
        match self.ip() {
            Some(ip) if family != Family::MPLS => ip.to_string(),
            _ => bytes_in_family(&self.bytes(), family),
        }
    }
}

/// The bit that marks the last label of a stack.
const LABEL_LAST: u32 = 1 << 8;

/// How bytes of an address are written in a family.
pub(crate) fn bytes_in_family(bytes: &[u8], family: Family) -> String {
    if family == Family::MPLS {
        let labels = bytes.chunks_exact(4).map(|label| {
            let label = label.iter().fold(0u32, |word, byte| (word << 8) | u32::from(*byte));
            (label >> 12).to_string()
        });
        return labels.collect::<Vec<_>>().join("/");
    }
    match Host::decode(bytes).ok().and_then(Host::ip) {
        Some(ip) => ip.to_string(),
        None => bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":"),
    }
}

impl From<IpAddr> for Host {
    fn from(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Host::V4(address),
            IpAddr::V6(address) => Host::V6(address),
        }
    }
}

impl From<Ipv4Addr> for Host {
    fn from(address: Ipv4Addr) -> Self {
        Host::V4(address)
    }
}

impl From<Ipv6Addr> for Host {
    fn from(address: Ipv6Addr) -> Self {
        Host::V6(address)
    }
}

impl PartialEq<IpAddr> for Host {
    fn eq(&self, other: &IpAddr) -> bool {
        self.ip().as_ref() == Some(other)
    }
}

impl Codec for Host {
    const SHAPE: Shape = Shape::Bytes;

    #[inline]
    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        if let Ok(bytes) = <[u8; 4]>::try_from(payload) {
            return Ok(Host::V4(bytes.into()));
        }
        if let Ok(bytes) = <[u8; 16]>::try_from(payload) {
            return Ok(Host::V6(bytes.into()));
        }
        let mut bytes = [0; 15];
        match (bytes.get_mut(..payload.len()), u8::try_from(payload.len())) {
            (Some(place), Ok(len)) => {
                place.copy_from_slice(payload);
                Ok(Host::Other(len, bytes))
            }
            _ => Err(WireCause::Width { want: 16, got: payload.len() }.into()),
        }
    }

    #[inline]
    fn encode(&self, writer: &mut Writer) {
        match self {
            Host::V4(address) => writer.bytes(&address.octets()),
            Host::V6(address) => writer.bytes(&address.octets()),
            Host::Other(len, bytes) => writer.bytes(bytes.get(..usize::from(*len)).unwrap_or_default()),
        }
    }
}

/// As IP where it can be, else as bytes.
impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.in_family(Family::UNSPEC))
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Host({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_length_is_kept_and_written_in_its_family() {
        assert_eq!(Host::decode(&[192, 0, 2, 1]).unwrap().to_string(), "192.0.2.1");
        assert_eq!(Host::decode(&[9]).unwrap().to_string(), "09");
        assert_eq!(Host::label(100).in_family(Family::MPLS), "100");
        assert_eq!(Host::decode(&[0; 17]).unwrap_err().to_string(), "17 bytes where 16 belong");
        assert_eq!(size_of::<Option<Host>>(), 17);
    }
}
