nlink_genl::family! {
    struct Family = "nlctrl", 2;
}

#[derive(nlink_genl::GenlMessage, Clone, Debug, Default)]
#[command(event = nlink_uapi::genetlink::CTRL_CMD_NEWFAMILY)]
struct Sample {}

fn main() {}
