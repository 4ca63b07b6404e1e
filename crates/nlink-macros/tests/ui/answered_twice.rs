use nlink_uapi::genetlink::*;

nlink_genl::family! {
    struct Family = "nlctrl", 2;
}

#[derive(nlink_genl::GenlMessage, Clone, Debug, Default)]
#[command(request = CTRL_CMD_GETFAMILY, reply = CTRL_CMD_NEWFAMILY, answer = Other)]
struct Sample {}

fn main() {}
