//! A state: a few commands that make it, and what both tools must say of it the same.

use std::sync::OnceLock;
use std::time::Duration;

use anyhow::Context;
use nlink_tests::{Cx, Result, same_json_except};
use serde_json::Value;

/// A few commands, and what the kernel must have for them.
pub struct State {
    /// Kinds of links.
    pub kinds: &'static [&'static str],
    /// The kernel that brought what it needs.
    pub since: Option<&'static str>,
    /// What else the kernel may have been built without.
    pub feature: Option<&'static str>,
    /// Commands without the leading `ip`.
    pub commands: &'static [&'static str],
}

/// What is compared of each state.
const VIEWS: &[&[&str]] = &[
    &["-d", "-j", "link", "show"],
    &["-j", "link", "show"],
    &["-d", "-j", "addr", "show"],
    &["-j", "addr", "show"],
    &["-j", "-br", "link", "show"],
    &["-j", "-br", "addr", "show"],
    &["-d", "-j", "route", "show", "table", "all"],
    &["-j", "route", "show"],
    &["-6", "-d", "-j", "route", "show", "table", "all"],
    &["-6", "-j", "route", "show"],
];

/// What changes from one moment to the next.
const VOLATILE: &[&str] = &[
    "tentative",
    "valid_life_time",
    "preferred_life_time",
    "hello_timer",
    "tcn_timer",
    "topology_change_timer",
    "gc_timer",
    "hold_timer",
    "message_age_timer",
    "forward_delay_timer",
    "expires",
];

/// Keys that an iproute2 of less than some version does not print, or not while they are false; ours does. The version
/// is one that has them, not always the first.
const NEWER: &[(&str, &str)] = &[
    ("allmulti", "6.2"),
    ("gso_ipv4_max_size", "6.3"),
    ("gro_ipv4_max_size", "6.3"),
    ("netns-immutable", "7.0"),
    ("protocol", "6.3"),
    ("localbypass", "6.5"),
    ("reserved_bits", "7.0"),
    ("remcsum_tx", "7.0"),
    ("remcsum_rx", "7.0"),
    ("proxy", "7.0"),
    ("rsc", "7.0"),
    ("l2miss", "7.0"),
    ("l3miss", "7.0"),
    ("external", "7.0"),
    ("mst_enabled", "7.0"),
    ("mdb_offload_fail_notification", "7.0"),
    ("fdb_local_vlan_0", "7.0"),
    ("fdb_max_learned", "6.8"),
    ("fdb_n_learned", "6.8"),
    ("neigh_vlan_suppress", "6.4"),
    ("mab", "6.2"),
    ("mcast_querier_state_ipv4", "7.0"),
    ("mcast_querier_state_ipv6", "7.0"),
];

/// Keys whose value an iproute2 of less than some version spells otherwise.
const RESPELLED: &[(&str, &str)] = &[("gbp", "7.0")];

/// Makes the state with one tool or the other, and compares what both say.
pub async fn check(cx: &Cx, state: &State, ours: bool) -> Result {
    for kind in state.kinds {
        cx.needs_kind(kind)?;
    }
    if let Some(since) = state.since {
        cx.needs_kernel(since)?;
    }
    for command in state.commands {
        let words: Vec<&str> = command.split_whitespace().collect();
        let made = if ours { cx.ours(&words)?.ok() } else { cx.ip(&words) };
        if let (Err(error), Some(feature)) = (&made, state.feature)
            && error.to_string().contains("not supported")
        {
            cx.needs(false, feature, "the kernel was built without it")?;
        }
        made?;
    }
    let mut last = Ok(());
    // addresses settle and carriers come for a moment after the last command
    for _ in 0..10 {
        last = VIEWS.iter().try_for_each(|view| compare(cx, view));
        if last.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    last
}

/// Compares one view.
fn compare(cx: &Cx, view: &[&str]) -> Result {
    let theirs = cx.ip(view)?;
    let ours = cx.ours(view)?.ok()?;
    let version = reference_version(cx)?;
    let ours = without_newer(&ours, &theirs, version)?;
    let respelled = RESPELLED.iter().filter(|(_, since)| older(version, since)).map(|(key, _)| *key);
    let masked: Vec<&str> = VOLATILE.iter().copied().chain(respelled).collect();
    same_json_except(&theirs, &ours, &masked).with_context(|| format!("ip {}", view.join(" ")))
}

/// Major and minor of the reference iproute2.
fn reference_version(cx: &Cx) -> Result<(u32, u32)> {
    static VERSION: OnceLock<(u32, u32)> = OnceLock::new();
    if let Some(version) = VERSION.get() {
        return Ok(*version);
    }
    let text = cx.ip(&["-V"])?;
    let version = text.split_once("iproute2-").map(|(_, rest)| rest).context("no version in `ip -V`")?;
    let mut numbers = version.split(|letter: char| !letter.is_ascii_digit()).map(|number| number.parse().unwrap_or(0));
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    Ok(*VERSION.get_or_init(|| version))
}

fn older(version: (u32, u32), than: &str) -> bool {
    let mut numbers = than.split('.').map(|number| number.parse().unwrap_or(0));
    version < (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// Takes out of ours what an older iproute2 cannot print; what it does print stays and is compared.
fn without_newer(ours: &str, theirs: &str, version: (u32, u32)) -> Result<String> {
    let text = if ours.trim().is_empty() { "[]" } else { ours };
    let mut value: Value = serde_json::from_str(text).with_context(|| format!("ours is no JSON: {ours}"))?;
    for (key, since) in NEWER {
        if older(version, since) && !theirs.contains(&format!("\"{key}\":")) {
            strip(&mut value, key);
        }
    }
    Ok(value.to_string())
}

fn strip(value: &mut Value, key: &str) {
    match value {
        Value::Object(map) => {
            map.remove(key);
            map.values_mut().for_each(|value| strip(value, key));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| strip(item, key)),
        _ => {}
    }
}

/// A table of states, two tests each.
#[macro_export]
macro_rules! states {
    ($($name:ident { $($kind:literal)* $(; since $since:literal)? $(; needs $feature:literal)? } $commands:expr;)*) => {
        $(mod $name {
            use nlink_tests::{Cx, Result};
            use $crate::differential::state::{State, check};

            const STATE: State = State {
                kinds: &[$($kind),*],
                since: $crate::states!(@option $($since)?),
                feature: $crate::states!(@option $($feature)?),
                commands: &$commands,
            };

            pub(super) async fn by_theirs(cx: &Cx) -> Result {
                check(cx, &STATE, false).await
            }

            pub(super) async fn by_ours(cx: &Cx) -> Result {
                check(cx, &STATE, true).await
            }
        })*

        pub const TESTS: &[nlink_tests::Test] = nlink_tests::tests![$($name::by_theirs, $name::by_ours),*];
    };
    (@option) => { None };
    (@option $value:literal) => { Some($value) };
}
