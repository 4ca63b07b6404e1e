//! Chains as the kernel keeps them.

use nlink_core::object::{Add, Change, Del, Get, Replace};
use nlink_core::wire::{Be, UnknownAttrs, attr_id};
use nlink_core::{flag_set, open_enum};
use nlink_uapi::netfilter::{NF_ACCEPT, NF_DROP};
use nlink_uapi::netlink::NLM_F_CREATE;
use nlink_uapi::nf_tables::*;

use super::{ChainHook, Hook, Priority};
use crate::expression::kinds::Counter;
use crate::{Family, Header, Nftables, RuleBuilder, Userdata};

/// A chain.
#[derive(nlink_core::Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Nftables, header = Header, name = "chain", describe = Chain::described)]
#[message(new = NFT_MSG_NEWCHAIN, del = NFT_MSG_DELCHAIN, get = NFT_MSG_GETCHAIN)]
pub struct Chain {
    /// The header: the table's family.
    pub header: Header,
    /// The table.
    #[attr(NFTA_CHAIN_TABLE)]
    pub table: Option<String>,
    /// Its name, up to 255 bytes.
    #[attr(NFTA_CHAIN_NAME)]
    pub name: Option<String>,
    /// The number that the kernel knows it by; only told, and to delete it by.
    #[attr(NFTA_CHAIN_HANDLE, as = Be<u64>)]
    pub handle: Option<u64>,
    /// What it does: `filter`, `nat`, `route`.
    #[attr(NFTA_CHAIN_TYPE)]
    pub chain_type: Option<String>,
    /// Where it is called; other chains have none and are jumped to.
    #[attr(NFTA_CHAIN_HOOK)]
    pub hook: Option<ChainHook>,
    /// What becomes of packets that reach its end.
    #[attr(NFTA_CHAIN_POLICY, as = Be<u32>)]
    pub policy: Option<Policy>,
    /// How it behaves.
    #[attr(NFTA_CHAIN_FLAGS, as = Be<u32>)]
    pub flags: Option<ChainFlags>,
    /// What its policy met.
    #[attr(NFTA_CHAIN_COUNTERS)]
    pub counters: Option<Counter>,
    /// How many rules and references it has; only told.
    #[attr(NFTA_CHAIN_USE, as = Be<u32>)]
    pub uses: Option<u32>,
    /// Comment and more.
    #[attr(NFTA_CHAIN_USERDATA)]
    pub userdata: Option<Userdata>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// What becomes of packets that reach a chain's end (linux/netfilter.h).
    pub struct Policy(u32) {
        /// They are dropped.
        DROP = NF_DROP, "drop";
        /// They go on.
        ACCEPT = NF_ACCEPT, "accept";
    }
}

flag_set! {
    /// How a chain behaves (linux/netfilter/nf_tables.h).
    pub struct ChainFlags(u32) {
        /// It is at a hook.
        BASE = NFT_CHAIN_BASE, "base";
        /// A device carries it out; Linux 5.3.
        OFFLOAD = NFT_CHAIN_HW_OFFLOAD, "offload";
        /// It belongs to one rule; Linux 5.9.
        BINDING = NFT_CHAIN_BINDING, "binding";
    }
}

/// Building.
impl Chain {
    /// At a hook, as a chain of that type.
    pub fn at(mut self, chain_type: &str, hook: Hook, priority: Priority) -> Self {
        self.chain_type = Some(chain_type.into());
        let place = self.hook.get_or_insert_default();
        place.number = Some(hook.number(self.header.family));
        place.priority = Some(priority);
        self
    }

    /// Filters at a hook.
    pub fn filter(self, hook: Hook, priority: Priority) -> Self {
        self.at("filter", hook, priority)
    }

    /// Translates addresses at a hook.
    pub fn nat(self, hook: Hook, priority: Priority) -> Self {
        self.at("nat", hook, priority)
    }

    /// What becomes of packets that reach its end.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// The device it listens to, for the hooks that have one.
    pub fn device(mut self, name: &str) -> Self {
        self.hook.get_or_insert_default().device = Some(name.into());
        self
    }

    /// Says what it is for.
    pub fn comment(mut self, text: &str) -> Self {
        self.userdata = Some(Userdata::with_comment(text));
        self
    }

    /// A rule for it.
    pub fn rule(&self) -> RuleBuilder {
        RuleBuilder::new(self.header.family, self.table.as_deref(), self.name.as_deref())
    }

    fn described(&self) -> String {
        let text = |name: &Option<String>| name.clone().unwrap_or_default();
        format!("chain {} {} {}", self.header.family, text(&self.table), text(&self.name))
    }
}

impl Get for Chain {
    /// Family, table and name.
    type Key = (Family, String, String);

    fn request_for((family, table, name): Self::Key) -> Self {
        Self { header: family.into(), table: Some(table), name: Some(name), ..Self::default() }
    }
}

impl Add for Chain {}
/// One that is there gets the policy, and stays at its hook: nft's `add`.
impl Replace for Chain {
    const FLAGS: u16 = attr_id(NLM_F_CREATE);
}
/// Its policy.
impl Change for Chain {
    const FLAGS: u16 = 0;
}
/// Only an empty one that nothing jumps to.
impl Del for Chain {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Table;
    use nlink_core::capture;

    // nft 'add chain inet t2 c { type filter hook forward priority filter - 5; policy drop; comment "c"; }'    nft 1.1.7
    #[test]
    fn a_base_chain_is_made_as_nft_makes_it() {
        let chain = Table::inet("t2").chain("c").filter(Hook::Forward, Priority::FILTER.later(-5));
        let chain = chain.policy(Policy::DROP).comment("c");
        capture!(
            chain
                == "01000000 0700 0100 74320000  0600 0300 63000000  0800 0500 00000000  0800 0c00 00026300
            0b00 0700 66696c7465720000  1400 0480 0800 0100 00000002 0800 0200 fffffffb"
        );
    }

    // nft add chain netdev nd ing '{ type filter hook ingress device "lo" priority 0; }'    nft 1.1.7
    #[test]
    fn a_chain_of_a_device_is_made_as_nft_makes_it() {
        let chain = Table::new(Family::NETDEV, "nd").chain("ing").filter(Hook::Ingress, Priority::FILTER).device("lo");
        capture!(
            chain
                == "05000000 0700 0100 6e640000  0800 0300 696e6700  0b00 0700 66696c7465720000
            1c00 0480 0800 0100 00000000 0800 0200 00000000 0700 0300 6c6f0000"
        );
    }
}
