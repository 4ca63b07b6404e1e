//! What `ip link` prints of virtual functions.

use nlink_core::show::Sink;
use nlink_core::wire::LinkAddress;
use nlink_uapi::if_ether::ETH_P_8021Q;
use nlink_uapi::if_link::{IFLA_VF_LINK_STATE_AUTO, IFLA_VF_LINK_STATE_ENABLE};

use super::{VfInfo, VfVlan};

/// Shows a list of virtual functions, a line each.
pub(super) fn show(vfs: &[VfInfo], sink: &mut Sink<'_>) {
    sink.array("vfinfo_list", |sink| {
        for vf in vfs {
            sink.item(|sink| show_one(vf, sink));
        }
    });
}

fn show_one(vf: &VfInfo, sink: &mut Sink<'_>) {
    let Some(mac) = &vf.mac else { return };
    sink.line();
    sink.put("vf", mac.vf, format_args!("    vf {} ", mac.vf));
    // the kernel's field has room for any address; Ethernet's are six bytes
    let address = mac.mac.first_chunk::<6>().map(|bytes| LinkAddress::from(*bytes)).unwrap_or_default();
    sink.put("address", address.to_string(), format_args!("    link/ether {address}"));
    show_vlans(vf, sink);
    if let Some(rate) = vf.tx_rate.as_ref().filter(|rate| rate.rate != 0) {
        sink.put("tx_rate", rate.rate, format_args!(", tx rate {} (Mbps)", rate.rate));
    }
    if let Some(rate) = &vf.rate {
        sink.object("rate", |sink| {
            sink.json("max_tx", rate.max_tx_rate);
            sink.json("min_tx", rate.min_tx_rate);
        });
        for (word, value) in [("max_tx_rate", rate.max_tx_rate), ("min_tx_rate", rate.min_tx_rate)] {
            if value != 0 {
                sink.text(format_args!(", {word} {value}Mbps"));
            }
        }
    }
    on_off(sink, "spoofchk", "spoof checking", vf.spoof_check.as_ref().map(|setting| setting.setting));
    if let Some(state) = &vf.link_state {
        let name = match state.link_state {
            IFLA_VF_LINK_STATE_AUTO => "auto",
            IFLA_VF_LINK_STATE_ENABLE => "enable",
            _ => "disable",
        };
        sink.put("link_state", name, format_args!(", link-state {name}"));
    }
    on_off(sink, "trust", "trust", vf.trust.as_ref().map(|setting| setting.setting));
    on_off(sink, "query_rss_en", "query_rss", vf.rss_query.as_ref().map(|setting| setting.setting));
}

/// A setting that drivers answer with all ones where they cannot tell.
fn on_off(sink: &mut Sink<'_>, key: &str, text: &str, setting: Option<u32>) {
    if let Some(setting) = setting.filter(|setting| *setting != u32::MAX) {
        let on = setting != 0;
        sink.put(key, on, format_args!(", {text} {}", if on { "on" } else { "off" }));
    }
}

fn show_vlans(vf: &VfInfo, sink: &mut Sink<'_>) {
    let vlan = |sink: &mut Sink<'_>, vlan: u32, qos: u32| {
        if vlan != 0 {
            sink.put("vlan", vlan, format_args!(", vlan {vlan}"));
        }
        if qos != 0 {
            sink.put("qos", qos, format_args!(", qos {qos}"));
        }
    };
    if vf.vlans.is_empty() {
        if let Some(only) = &vf.vlan {
            vlan(sink, only.vlan, only.qos);
        }
        return;
    }
    sink.array("vlan_list", |sink| {
        for each in &vf.vlans {
            sink.item(|sink| {
                vlan(sink, each.vlan, each.qos);
                show_protocol(each, sink);
            });
        }
    });
}

fn show_protocol(vlan: &VfVlan, sink: &mut Sink<'_>) {
    let protocol = vlan.vlan_proto.get();
    if protocol != 0 && u32::from(protocol) != ETH_P_8021Q {
        let name = format!("{protocol:#06x}");
        sink.put("protocol", name.as_str(), format_args!(", vlan protocol {name}"));
    }
}
