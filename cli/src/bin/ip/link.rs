//! `ip link`: see [ip-link(8)](https://man7.org/linux/man-pages/man8/ip-link.8.html). The words of a link belong to
//! nlink-route; here is only what to do with one.

use nlink_cli::{Commands, Context, Exit, Failure, Result, commands};
use nlink_core::words::{Params, Words};
use nlink_route::link::{AltNames, Link, LinkChange, LinkFilter, LinkWords};

/// In iproute2's order.
pub(crate) const COMMANDS: Commands = commands! { "ip link", default "show";
    add: "NAME OPTION … type KIND KIND-OPTION …", Link::USAGE;
    set | change: "{ DEVICE | group GROUP } OPTION … [ type KIND KIND-OPTION … ]", Link::USAGE;
    replace: "NAME OPTION … type KIND KIND-OPTION …", Link::USAGE;
    del = "delete": "{ DEVICE | group GROUP } [ type KIND ]";
    show | lst | list: "[ DEVICE ] [ up ] [ master DEVICE | nomaster ] [ group GROUP ] [ type KIND ]";
    property: "{ add | del } dev DEVICE altname NAME …";
};

/// What can be done with a property.
const PROPERTY: Commands = commands! { "ip link property";
    add_names = "add": "dev DEVICE altname NAME …";
    del_names = "delete": "dev DEVICE altname NAME …";
};

async fn add(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let LinkWords(link) = words.parse_to_end()?;
    cx.carry_out(cx.rtnetlink()?.add(link)).await
}

async fn set(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    cx.carry_out(cx.rtnetlink()?.change(existing(words)?)).await
}

/// A link that is there; iproute2 has another exit code for one that is missing than for a kind that is.
fn existing(words: &mut Words<'_>) -> Result<Link> {
    if words.peek().is_none() {
        return Err(Failure::said(Exit::Usage, "Error: link: the device is missing"));
    }
    let LinkChange(link) = words.parse_to_end()?;
    Ok(link)
}

async fn replace(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let LinkWords(link) = words.parse_to_end()?;
    cx.carry_out(cx.rtnetlink()?.replace(link)).await
}

async fn del(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    cx.carry_out(cx.rtnetlink()?.del(existing(words)?)).await
}

async fn show(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let mut filter: LinkFilter = words.parse_to_end()?;
    filter.without_statistics = cx.options.statistics == 0;
    cx.learn_namespaces().await?;
    cx.print_stream(cx.rtnetlink()?.dump::<Link>().filter(filter)).await
}

async fn property(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    PROPERTY.run(cx, words).await
}

async fn add_names(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let names: AltNames = words.parse_to_end()?;
    cx.rtnetlink()?.add(names).await?;
    Ok(Exit::Success)
}

async fn del_names(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let names: AltNames = words.parse_to_end()?;
    cx.rtnetlink()?.del(names).await?;
    Ok(Exit::Success)
}
