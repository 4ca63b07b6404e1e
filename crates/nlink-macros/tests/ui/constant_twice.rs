#[allow(unused_imports)]
use nlink_uapi::{if_addr::IFA_ADDRESS, if_link::IFLA_ADDRESS};

#[derive(nlink_core::Message, Debug, Default)]
#[message(header = nlink_uapi::rtnetlink::ifinfomsg)]
struct Sample {
    header: nlink_uapi::rtnetlink::ifinfomsg,
    #[attr(IFLA_ADDRESS)]
    link: Option<u32>,
    #[attr(IFA_ADDRESS)]
    address: Option<u32>,
}

fn main() {}
