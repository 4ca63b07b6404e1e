//! Priorities of chains by their names, which hang on family and hook.

use nlink_uapi::netfilter_bridge::*;

use crate::{Family, Hook, Priority};

/// A name, its value, and the hook that alone has it.
type Named = (&'static str, Priority, Option<Hook>);

const USUAL: &[Named] = &[
    ("raw", Priority::RAW, None),
    ("mangle", Priority::MANGLE, None),
    ("dstnat", Priority::DSTNAT, Some(Hook::Prerouting)),
    ("filter", Priority::FILTER, None),
    ("security", Priority::SECURITY, None),
    ("srcnat", Priority::SRCNAT, Some(Hook::Postrouting)),
];

const OF_BRIDGES: &[Named] = &[
    ("dstnat", Priority::BRIDGE_DSTNAT, Some(Hook::Prerouting)),
    ("filter", Priority::BRIDGE_FILTER, None),
    ("out", Priority(NF_BR_PRI_NAT_DST_OTHER as i32), Some(Hook::Output)),
    ("srcnat", Priority(NF_BR_PRI_NAT_SRC as i32), Some(Hook::Postrouting)),
];

const OF_DEVICES: &[Named] = &[("filter", Priority::FILTER, None)];

/// How far from a named priority another one is told by its name.
const REACH: u32 = 10;

fn names(family: Family, hook: Hook) -> impl Iterator<Item = &'static Named> {
    let table = match (family, hook) {
        (Family::BRIDGE, _) => OF_BRIDGES,
        (Family::NETDEV | Family::ARP, _) | (_, Hook::Ingress | Hook::Egress) => OF_DEVICES,
        _ => USUAL,
    };
    table.iter().filter(move |(.., of)| of.is_none_or(|of| of == hook))
}

/// The priority of that name.
pub fn priority_named(name: &str, family: Family, hook: Hook) -> Option<Priority> {
    names(family, hook).find(|(known, ..)| *known == name).map(|(_, priority, _)| *priority)
}

/// By the name of the nearest, with the distance: `filter`, `raw - 1`; a number where none is near.
pub fn priority_text(priority: Priority, family: Family, hook: Hook) -> String {
    let near = names(family, hook).find(|(_, known, _)| known.0.abs_diff(priority.0) <= REACH);
    match near {
        Some((name, known, _)) if *known == priority => (*name).into(),
        Some((name, known, _)) => {
            let sign = if priority > *known { '+' } else { '-' };
            format!("{name} {sign} {}", known.0.abs_diff(priority.0))
        }
        None => priority.0.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_priority_is_told_by_the_name_that_its_hook_has() {
        let text = |priority, family, hook| priority_text(Priority(priority), family, hook);
        assert_eq!(text(0, Family::INET, Hook::Input), "filter");
        assert_eq!(text(-301, Family::IPV4, Hook::Prerouting), "raw - 1");
        assert_eq!(text(101, Family::INET, Hook::Postrouting), "srcnat + 1");
        assert_eq!(text(-100, Family::INET, Hook::Output), "-100");
        assert_eq!(text(-200, Family::BRIDGE, Hook::Forward), "filter");
        assert_eq!(text(11, Family::INET, Hook::Input), "11");
        assert_eq!(text(i32::MIN, Family::ARP, Hook::Input), i32::MIN.to_string());
    }
}
