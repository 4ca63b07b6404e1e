//! Options of a socket, as bits (`struct inet_diag_sockopt`, linux/inet_diag.h; Linux 5.11).

use nlink_core::wire::{Codec, FlagSet, Shape, WireError, Writer};

nlink_core::flag_set! {
    /// Which options are set. On the wire they are bit fields of C, whose order hangs on the machine; here it does not.
    struct Bits(u16) {
        RECVERR = 1 << 0, "recverr";
        IS_ICSK = 1 << 1, "is_icsk";
        FREEBIND = 1 << 2, "freebind";
        HDRINCL = 1 << 3, "hdrincl";
        MC_LOOP = 1 << 4, "mc_loop";
        TRANSPARENT = 1 << 5, "transparent";
        MC_ALL = 1 << 6, "mc_all";
        NODEFRAG = 1 << 7, "nodefrag";
        BIND_ADDRESS_NO_PORT = 1 << 8, "bind_addr_no_port";
        RECVERR_RFC4884 = 1 << 9, "recverr_rfc4884";
        DEFER_CONNECT = 1 << 10, "defer_connect";
    }
}

/// Which options are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SocketOptions(Bits);

/// The fields' bits lie the other way round where the bytes do.
fn turned(bytes: [u8; 2]) -> [u8; 2] {
    if cfg!(target_endian = "big") { bytes.map(u8::reverse_bits) } else { bytes }
}

impl SocketOptions {
    /// The names of those that are set, as `ss --inet-sockopt` has them.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        FlagSet::names(self.0)
    }

    /// Whether the option of that name is set.
    pub fn has(&self, name: &str) -> bool {
        self.names().any(|set| set == name)
    }
}

impl Codec for SocketOptions {
    const SHAPE: Shape = Shape::Struct(size_of::<nlink_uapi::inet_diag::inet_diag_sockopt>());

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        let mut bytes = [0; 2];
        bytes.iter_mut().zip(payload).for_each(|(to, from)| *to = *from);
        Ok(Self(Bits(u16::from_le_bytes(turned(bytes)))))
    }

    fn encode(&self, writer: &mut Writer) {
        writer.bytes(&turned(self.0.0.to_le_bytes()));
    }
}
