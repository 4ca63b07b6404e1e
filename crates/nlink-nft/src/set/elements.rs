//! Elements of one set, as they are added, deleted and listed.

use ipnet::IpNet;
use nlink_core::object::{Add, Del, Get, Replace};
use nlink_core::wire::{Be, UnknownAttrs, attr_id};
use nlink_uapi::netlink::NLM_F_CREATE;
use nlink_uapi::nf_tables::*;

use super::{Key, SetElement};
use crate::expression::{Data, Verdict};
use crate::{Family, Header, Nftables};

/// Elements of a set. However many they are, a transaction sends them in as many messages as it takes, and a listing has
/// those of a set together.
///
/// Deleted without any element, the set is emptied.
#[derive(nlink_core::Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Nftables, header = Header, name = "elements", describe = SetElements::described)]
#[message(new = NFT_MSG_NEWSETELEM, del = NFT_MSG_DELSETELEM, get = NFT_MSG_GETSETELEM, split = SetElements::rest)]
pub struct SetElements {
    /// The header: the table's family.
    pub header: Header,
    /// The table.
    #[attr(NFTA_SET_ELEM_LIST_TABLE)]
    pub table: Option<String>,
    /// The set.
    #[attr(NFTA_SET_ELEM_LIST_SET)]
    pub set: Option<String>,
    /// The set's number in the transaction; only asked.
    #[attr(NFTA_SET_ELEM_LIST_SET_ID, as = Be<u32>)]
    pub set_id: Option<u32>,
    /// The elements.
    #[attr(NFTA_SET_ELEM_LIST_ELEMENTS, indexed)]
    pub elements: Vec<SetElement>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// How many of them go into one message: a nest ends at 64 KiB, and the longest usual one takes under 256 bytes.
const MOST: usize = 240;

impl SetElements {
    /// One element more.
    pub fn element(mut self, element: SetElement) -> Self {
        self.elements.push(element);
        self
    }

    /// A key.
    pub fn key<K: Key>(self, key: &K) -> Self {
        self.element(SetElement::key(key.bytes()))
    }

    /// A key with its verdict, of a map.
    pub fn verdict<K: Key>(self, key: &K, verdict: impl Into<Verdict>) -> Self {
        self.element(SetElement { data: Some(Box::new(verdict.into().into())), ..SetElement::key(key.bytes()) })
    }

    /// A key with its value, of a map.
    pub fn pair<K: Key, V: Key>(self, key: &K, value: &V) -> Self {
        self.element(SetElement { data: Some(Box::new(Data::value(value.bytes()))), ..SetElement::key(key.bytes()) })
    }

    /// The keys from the first to the last, both included, of a set of intervals.
    pub fn range<K: Key>(self, first: &K, last: &K) -> Self {
        if K::PARTS.is_empty() {
            self.interval(first.bytes(), last.bytes())
        } else {
            let key_end = Some(Box::new(Data::value(last.bytes())));
            self.element(SetElement { key_end, ..SetElement::key(first.bytes()) })
        }
    }

    /// The addresses of a network, of a set of intervals.
    pub fn network(self, net: IpNet) -> Self {
        match net {
            IpNet::V4(net) => self.range(&net.network(), &net.broadcast()),
            IpNet::V6(net) => self.range(&net.network(), &net.broadcast()),
        }
    }

    /// One element where it begins, and one where it has ended; none where it reaches to the last key of all.
    fn interval(self, first: Vec<u8>, last: Vec<u8>) -> Self {
        let begun = self.element(SetElement::key(first));
        match successor(last) {
            Some(end) => begun.element(SetElement::end(end)),
            None => begun,
        }
    }

    fn rest(&mut self) -> Option<Self> {
        let messages = self.elements.len().div_ceil(MOST);
        let elements = (messages > 1).then(|| self.elements.split_off(messages / 2 * MOST))?;
        let (table, set) = (self.table.clone(), self.set.clone());
        Some(Self { header: self.header, table, set, set_id: self.set_id, elements, ..Self::default() })
    }

    fn described(&self) -> String {
        let text = |name: &Option<String>| name.clone().unwrap_or_default();
        format!("elements of {} {} {}", self.header.family, text(&self.table), text(&self.set))
    }
}

/// The next key, in network byte order.
fn successor(mut key: Vec<u8>) -> Option<Vec<u8>> {
    for byte in key.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            return Some(key);
        }
    }
    None
}

/// One element, or where an interval begins or ends. The kernel tells the one that has the key (Linux 5.2).
impl Get for SetElements {
    /// Family, table, set and element.
    type Key = (Family, String, String, SetElement);

    fn request_for((family, table, set, element): Self::Key) -> Self {
        let SetElement { flags, key, key_end, .. } = element;
        let elements = vec![SetElement { flags, key, key_end, ..SetElement::default() }];
        Self { header: family.into(), table: Some(table), set: Some(set), elements, ..Self::default() }
    }
}

/// One that is there already is an error.
impl Add for SetElements {}
/// Those that are there stay: nft's `add`.
impl Replace for SetElements {
    const FLAGS: u16 = attr_id(NLM_F_CREATE);
}
impl Del for SetElements {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Set, Table, VerdictCode};
    use nlink_core::capture;
    use nlink_core::object::Object;
    use std::net::Ipv4Addr;

    fn ip(text: &str) -> Ipv4Addr {
        text.parse().unwrap()
    }

    // nft add element inet t2 cc '{ 10.0.0.0/8 . 22-80 }'    nft 1.1.7
    #[test]
    fn an_interval_of_a_concatenation_keeps_its_end_and_the_order_of_its_parts() {
        let set = Set { id: Some(10), ..Set::intervals::<(Ipv4Addr, u16)>(&Table::inet("t2"), "cc") };
        let elements = set.elements().range(&(ip("10.0.0.0"), 22u16), &(ip("10.255.255.255"), 80));
        capture!(
            elements
                == "01000000 0700 0100 74320000  0700 0200 63630000  0800 0400 0000000a
            2800 0380 2400 0180 1000 0180 0c00 0100 0a000000 00160000 1000 0a80 0c00 0100 0affffff 00500000"
        );
    }

    // nft add element inet t2 s '{ 10.0.0.0/8, 11.0.0.1 }'    nft 1.1.7, less the end that it puts before the first
    #[test]
    fn an_interval_has_an_end_of_its_own() {
        let set = Set { id: Some(9), ..Set::intervals::<Ipv4Addr>(&Table::inet("t2"), "s") };
        let elements = set.elements().network("10.0.0.0/8".parse().unwrap());
        capture!(
            elements
                == "01000000 0700 0100 74320000  0600 0200 73000000  0800 0400 00000009
            2c00 0380 1000 0180 0c00 0180 0800 0100 0a000000
            1800 0280 0800 0300 00000001 0c00 0180 0800 0100 0b000000"
        );
        let all = set.elements().network("0.0.0.0/0".parse().unwrap());
        assert_eq!(all.elements.len(), 1, "behind the last key of all there is no end");
    }

    // nft add rule … tcp dport vmap '{ 22 : accept, 80 : jump other }'    nft 1.1.7
    #[test]
    fn a_verdict_map_is_filled_as_nft_fills_it() {
        let map = Set { id: Some(5), ..Set::verdicts::<u16>(&Table::inet("fw"), "__map%d") };
        let elements = map.elements().verdict(&22, VerdictCode::ACCEPT).verdict(&80, Verdict::jump("other"));
        capture!(
            elements
                == "01000000 0700 0100 66770000  0c00 0200 5f5f6d6170256400  0800 0400 00000005
            5000 0380 2000 0180 0c00 0180 0600 0100 00160000 1000 0280 0c00 0280 0800 0100 00000001
            2c00 0280 0c00 0180 0600 0100 00500000 1c00 0280 1800 0280 0800 0100 fffffffd 0a00 0200 6f74686572000000"
        );
    }

    #[test]
    fn many_elements_go_in_several_messages_and_none_is_lost() {
        let set = Set::of::<u16>(&Table::inet("t"), "s");
        let mut parts = vec![(0..1000u16).fold(set.elements(), |elements, port| elements.key(&port))];
        let (mut sent, mut messages) = (Vec::new(), 0);
        while let Some(mut part) = parts.pop() {
            if let Some(behind) = part.split_off() {
                parts.extend([behind, part]);
                continue;
            }
            messages += 1;
            assert!(part.elements.len() <= MOST && part.set_id == set.id);
            sent.append(&mut part.elements);
        }
        assert_eq!((sent.len(), messages), (1000, 5));
        assert_eq!(sent[999], SetElement::key(vec![3, 231]));
    }
}
