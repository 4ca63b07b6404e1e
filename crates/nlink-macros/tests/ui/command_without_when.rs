#[derive(nlink_genl::GenlMessage, Clone, Debug, Default)]
#[command(family = Family)]
struct Sample {}

nlink_genl::family! {
    struct Family = "nlctrl", 2;
}

fn main() {}
