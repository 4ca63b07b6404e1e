//! Where the kernel calls a chain (linux/netfilter.h, linux/netfilter_arp.h).

use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::netfilter::*;
use nlink_uapi::netfilter_arp::{NF_ARP_FORWARD, NF_ARP_IN, NF_ARP_OUT};
use nlink_uapi::nf_tables::*;

use super::Priority;
use crate::Family;

/// A hook. Its number depends on the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hook {
    /// What comes in, before it is routed.
    Prerouting,
    /// What is for this machine.
    Input,
    /// What goes through this machine.
    Forward,
    /// What this machine sends.
    Output,
    /// What goes out, after it is routed.
    Postrouting,
    /// What comes in by a device; inet since Linux 5.10.
    Ingress,
    /// What goes out by a device; Linux 5.16.
    Egress,
    /// A number without a name.
    Other(u32),
}

/// A hook, its number in the families that have one of their own, that of all others, and its name.
type Entry = (Hook, &'static [(Family, u32)], u32, &'static str);

const HOOKS: [Entry; 7] = [
    (Hook::Prerouting, &[], NF_INET_PRE_ROUTING, "prerouting"),
    (Hook::Input, &[(Family::ARP, NF_ARP_IN)], NF_INET_LOCAL_IN, "input"),
    (Hook::Forward, &[(Family::ARP, NF_ARP_FORWARD)], NF_INET_FORWARD, "forward"),
    (Hook::Output, &[(Family::ARP, NF_ARP_OUT)], NF_INET_LOCAL_OUT, "output"),
    (Hook::Postrouting, &[], NF_INET_POST_ROUTING, "postrouting"),
    (Hook::Ingress, &[(Family::NETDEV, NF_NETDEV_INGRESS)], NF_INET_INGRESS, "ingress"),
    (Hook::Egress, &[(Family::NETDEV, NF_NETDEV_EGRESS)], u32::MAX, "egress"),
];

/// The families whose hooks are few, and have to be named.
const OWN_NUMBERS: [Family; 2] = [Family::ARP, Family::NETDEV];

impl Hook {
    /// The kernel's number in that family.
    pub fn number(self, family: Family) -> u32 {
        if let Hook::Other(number) = self {
            return number;
        }
        let entry = HOOKS.iter().find(|(hook, ..)| *hook == self);
        entry.map_or(u32::MAX, |(_, own, usual, _)| {
            own.iter().find(|(of, _)| *of == family).map_or(*usual, |(_, number)| *number)
        })
    }

    /// The hook of that number.
    pub fn from_number(family: Family, number: u32) -> Self {
        let fits = |(hook, own, ..): &&Entry| {
            let has_own = own.iter().any(|(of, _)| *of == family);
            (has_own || !OWN_NUMBERS.contains(&family)) && hook.number(family) == number
        };
        HOOKS.iter().find(fits).map_or(Hook::Other(number), |(hook, ..)| *hook)
    }
}

/// nft's name.
impl std::fmt::Display for Hook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self, HOOKS.iter().find(|(hook, ..)| hook == self)) {
            (_, Some((.., name))) => f.pad(name),
            (Hook::Other(number), None) => number.fmt(f),
            (_, None) => Ok(()),
        }
    }
}

/// Where and when the kernel calls a chain.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct ChainHook {
    /// The [hook's](Hook) number.
    #[attr(NFTA_HOOK_HOOKNUM, as = Be<u32>)]
    pub number: Option<u32>,
    /// When, among the others there.
    #[attr(NFTA_HOOK_PRIORITY, as = Be<i32>)]
    pub priority: Option<Priority>,
    /// The device, where it is one.
    #[attr(NFTA_HOOK_DEV)]
    pub device: Option<String>,
    /// The devices, where there are several; Linux 5.5.
    #[attr(NFTA_HOOK_DEVS, repeated = NFTA_DEVICE_NAME)]
    pub devices: Vec<String>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_means_another_hook_in_another_family() {
        assert_eq!(Hook::from_number(Family::INET, 0), Hook::Prerouting);
        assert_eq!(Hook::from_number(Family::NETDEV, 0), Hook::Ingress);
        assert_eq!(Hook::from_number(Family::ARP, 0), Hook::Input);
        assert_eq!(Hook::from_number(Family::ARP, 4), Hook::Other(4));
        assert_eq!(Hook::from_number(Family::IPV4, 77).to_string(), "77");
    }

    #[test]
    fn every_hook_has_one_number_and_the_number_gives_it_back() {
        for (family, hooks) in [(Family::INET, &HOOKS[..6]), (Family::IPV6, &HOOKS[..5]), (Family::NETDEV, &HOOKS[5..])]
        {
            for (hook, ..) in hooks {
                assert_eq!(Hook::from_number(family, hook.number(family)), *hook, "{family} {hook}");
            }
        }
    }
}
