//! Chains.

use super::super::tree::{BaseChain, ChainBlock, ChainName, Name, TableName};
use crate::{Chain, ChainFlags, Hook, Userdata};

impl ChainBlock {
    /// What the kernel keeps of it, without its rules.
    pub fn declared(&self, table: &TableName) -> Chain {
        let mut chain = table.table().chain(&self.name.text);
        if self.name.text.is_empty() {
            chain.name = None;
        }
        if let Some(base) = &self.base {
            chain = chain.at(&base.chain_type, base.hook, base.priority);
            let hook = chain.hook.get_or_insert_default();
            match base.devices.as_slice() {
                [device] => hook.device = Some(device.clone()),
                devices => hook.devices = devices.to_vec(),
            }
        }
        chain.handle = self.handle;
        chain.policy = self.policy;
        chain.flags = (self.flags != ChainFlags::default()).then_some(self.flags);
        chain.userdata = self.comment.as_deref().map(Userdata::with_comment);
        chain
    }
}

impl ChainName {
    /// The chain, as far as it is named.
    pub fn chain(&self) -> Chain {
        self.table.table().chain(&self.name.text)
    }
}

/// The chain as it was listed, without its rules.
impl From<&Chain> for ChainBlock {
    fn from(chain: &Chain) -> Self {
        let base = chain.hook.as_ref().map(|hook| BaseChain {
            chain_type: chain.chain_type.clone().unwrap_or_default(),
            hook: Hook::from_number(chain.header.family, hook.number.unwrap_or_default()),
            devices: match hook.devices.is_empty() {
                true => hook.device.iter().cloned().collect(),
                false => hook.devices.clone(),
            },
            priority: hook.priority.unwrap_or_default(),
        });
        Self {
            name: Name::from(chain.name.as_deref().unwrap_or_default()),
            handle: chain.handle,
            comment: chain.userdata.as_ref().and_then(Userdata::comment).map(Into::into),
            policy: chain.policy.filter(|_| base.is_some()),
            base,
            flags: chain.flags.unwrap_or_default() & ChainFlags::OFFLOAD,
            rules: Vec::new(),
        }
    }
}
