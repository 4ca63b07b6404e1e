#[derive(nlink_core::Attributes, Default)]
struct Nest {
    #[attr(unknown)]
    rest: nlink_core::wire::UnknownAttrs,
    #[attr(unknown)]
    more: nlink_core::wire::UnknownAttrs,
}

fn main() {}
