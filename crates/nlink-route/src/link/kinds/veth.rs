//! `veth`: one end of a pair: what is sent into one end comes out of the other, in the same namespace or another.
//!
//! Linux 2.6.24, module veth; linux/veth.h (`VETH_INFO_PEER`), policy in drivers/net/veth.c;
//! [veth(4)](https://man7.org/linux/man-pages/man4/veth.4.html).
//!
//! ```
//! use nlink_route::link::Link;
//! use nlink_route::link::kinds::veth::Veth;
//! let pair = Link::new("v0").kind(Veth::peer("v1").mtu(1400));
//! # let _ = pair;
//! ```

use nlink_core::wire::UnknownAttrs;
use nlink_core::words::{Params, WordEntry, WordError, Words};
use nlink_uapi::veth::VETH_INFO_PEER;

use super::shared::peer::Peer;
use crate::link::Link;

/// Options of the `veth` kind: what the other end shall be. The kernel never tells; it names the other end as the
/// `link` of this one.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "veth", since = "2.6.24", module = "veth", words = manual)]
pub struct Veth {
    /// The other end (kernel: a link like this one, named `vethN`).
    #[attr(VETH_INFO_PEER, unnested)]
    pub peer: Option<Peer>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl Veth {
    /// A pair whose other end has that name.
    pub fn peer(name: &str) -> Self {
        Self::of(Link::new(name))
    }

    /// A pair whose other end is that link.
    pub fn of(peer: Link) -> Self {
        Self { peer: Some(peer.into()), ..Self::default() }
    }

    /// With the other end changed: every setter of [`Link`] can be used in the closure.
    pub fn with_peer(self, change: impl FnOnce(Link) -> Link) -> Self {
        let peer = self.peer.map_or_else(Link::default, Peer::into_link);
        Self { peer: Some(change(peer).into()), ..self }
    }

    /// With the other end in that namespace.
    pub fn in_namespace(self, namespace: impl Into<nlink_core::netns::NamespaceFd>) -> Self {
        self.with_peer(|peer| peer.in_namespace(namespace))
    }

    /// With that largest packet at the other end, bytes.
    pub fn mtu(self, bytes: u32) -> Self {
        self.with_peer(|peer| peer.mtu(bytes))
    }
}

/// Not a table: after `peer` everything is about the other end, in the words of a link.
impl Params for Veth {
    const USAGE: &'static [WordEntry] = &[WordEntry::value("peer", "[ name ] NAME [ LINK-OPTIONS ]")];

    fn accept(&mut self, word: &str, words: &mut Words<'_>) -> Result<bool, WordError> {
        if word != "peer" {
            return Ok(false);
        }
        let peer = Peer::read(words)?;
        words.once(word, &mut self.peer, peer)?;
        Ok(true)
    }

    fn write_params(&self, params: &mut Vec<String>) {
        if let Some(peer) = &self.peer {
            params.push("peer".into());
            peer.write(params);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::{capture, refused, words};

    #[test] // iproute2 7.3.0, Linux 7.2
    fn what_ip_sends() {
        // ip link add v0 type veth peer name v1
        capture!(Veth::peer("v1") == "1c00 0100 00000000 00000000 00000000 00000000 07000300 76310000");
        // ip link add v3 type veth peer name v4 address 02:00:00:00:00:01 mtu 1400 numtxqueues 3 index 78 up
        let words = [
            "peer",
            "name",
            "v4",
            "address",
            "02:00:00:00:00:01",
            "mtu",
            "1400",
            "numtxqueues",
            "3",
            "index",
            "78",
            "up",
        ];
        capture!(
            Veth::parse_params(&words).unwrap()
                == "3800 0100 00000000 4e000000 01000000 01000000
            0a000100 02000000 00010000 08000400 78050000 08001f00 03000000 07000300 76340000"
        );
    }

    #[test]
    fn a_peer_of_a_peer_is_refused_not_followed() {
        let mut pair = Link::new("v0");
        for depth in 0..3 {
            let veth = Veth::of(pair);
            let mut writer = nlink_core::wire::Writer::new();
            nlink_core::wire::Codec::encode(&veth, &mut writer);
            let decoded = <Veth as nlink_core::wire::Codec>::decode(&writer.finish().unwrap());
            assert_eq!(decoded.is_ok(), depth == 0, "{decoded:?}");
            pair = Link::new("v1").kind(veth);
        }
    }

    #[test]
    fn words_both_ways() {
        words!(Veth: "peer index 7 name v1 mtu 1400");
        words!(Veth: "");
        assert_eq!(Veth::parse_params(&["peer", "v6"]).unwrap(), Veth::peer("v6"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        refused!(Veth: "mtu 1400" => r#"Veth: "mtu" is unknown; known: peer"#);
        refused!(Veth: "peer v6 type veth peer v7" => r#"peer: "type" is given twice"#);
        refused!(Veth: "peer v6 baz" => r#"peer: nothing belongs here any more: "baz""#);
    }
}
