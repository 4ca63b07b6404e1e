//! The list of headers: a line each.

use super::{Header, link, network, transport};

/// The headers, from the outermost layer inwards.
pub const HEADERS: &[&Header] = &[
    &link::ETHER,
    &link::VLAN,
    &network::ARP,
    &network::IP,
    &network::IP6,
    &network::ICMP,
    &network::ICMPV6,
    &network::IGMP,
    &transport::TCP,
    &transport::UDP,
    &transport::UDPLITE,
    &transport::SCTP,
    &transport::DCCP,
    &transport::AH,
    &transport::ESP,
    &transport::COMP,
    &transport::TH,
];

/// The header of that name.
pub fn header(name: &str) -> Option<&'static Header> {
    HEADERS.iter().copied().find(|header| header.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_header_do_not_overlap_but_where_a_type_says_which_it_is() {
        let variants = ["icmp", "icmpv6"];
        for header in HEADERS.iter().filter(|header| !variants.contains(&header.name)) {
            let mut end = 0;
            for field in header.fields {
                assert!(field.offset >= end, "{} {}", header.name, field.name);
                end = field.offset + u32::from(field.value_type.bits);
            }
        }
    }

    #[test]
    fn a_field_is_found_by_its_header_and_name() {
        let field = header("ip").and_then(|ip| ip.field("saddr")).unwrap();
        assert_eq!((field.offset, field.value_type.bits), (96, 32));
        assert!(header("tcp").unwrap().field("saddr").is_none());
    }
}
