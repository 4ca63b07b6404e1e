//! Where a peer is: a socket address as the kernel has it (`struct sockaddr_in`, `struct sockaddr_in6`).

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use nlink_core::wire::{Codec, Shape, WireCause, WireError, Writer};

/// A peer's address and UDP port. On the wire the family is native, port and address are big-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint(pub SocketAddr);

impl From<SocketAddr> for Endpoint {
    fn from(address: SocketAddr) -> Self {
        Self(address)
    }
}

/// `192.0.2.1:51820`, `[2001:db8::1]:51820`; a link-local one with its scope, `[fe80::1%3]:51820`.
impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 2 and 10
const FAMILIES: (u16, u16) = (libc::AF_INET as u16, libc::AF_INET6 as u16);

/// Bytes behind the address in a `sockaddr_in`.
const PADDING: [u8; 8] = [0; 8];

/// The next bytes of a payload.
fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], WireError> {
    let short = WireCause::Truncated { want: N, got: rest.len() };
    let (first, behind) = rest.split_first_chunk().ok_or(short)?;
    *rest = behind;
    Ok(*first)
}

impl Codec for Endpoint {
    const SHAPE: Shape = Shape::Bytes;

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        let mut rest = payload;
        let family = u16::from_ne_bytes(take(&mut rest)?);
        let port = u16::from_be_bytes(take(&mut rest)?);
        if family == FAMILIES.0 {
            let address = Ipv4Addr::from(take::<4>(&mut rest)?);
            return Ok(Self(SocketAddrV4::new(address, port).into()));
        }
        if family != FAMILIES.1 {
            return Err(WireCause::Invalid("an endpoint that is neither IPv4 nor IPv6").into());
        }
        let flow = u32::from_be_bytes(take(&mut rest)?);
        let address = Ipv6Addr::from(take::<16>(&mut rest)?);
        let scope = u32::from_ne_bytes(take(&mut rest)?);
        Ok(Self(SocketAddrV6::new(address, port, flow, scope).into()))
    }

    fn encode(&self, writer: &mut Writer) {
        match self.0 {
            SocketAddr::V4(address) => {
                writer.bytes(&FAMILIES.0.to_ne_bytes());
                writer.bytes(&address.port().to_be_bytes());
                writer.bytes(&address.ip().octets());
                writer.bytes(&PADDING);
            }
            SocketAddr::V6(address) => {
                writer.bytes(&FAMILIES.1.to_ne_bytes());
                writer.bytes(&address.port().to_be_bytes());
                writer.bytes(&address.flowinfo().to_be_bytes());
                writer.bytes(&address.ip().octets());
                writer.bytes(&address.scope_id().to_ne_bytes());
            }
        }
    }
}
