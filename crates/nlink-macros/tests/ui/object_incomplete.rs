#[derive(nlink_core::Message, Debug, Default)]
#[message(header = nlink_uapi::rtnetlink::ifinfomsg, protocol = nlink_core::Rtnetlink, name = "sample")]
struct Sample {
    header: nlink_uapi::rtnetlink::ifinfomsg,
}

fn main() {}
