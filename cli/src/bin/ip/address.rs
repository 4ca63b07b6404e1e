//! `ip address`: see [ip-address(8)](https://man7.org/linux/man-pages/man8/ip-address.8.html). The words of an address
//! belong to nlink-route; here is only what to do with one.

use nlink_cli::{Commands, Context, Exit, Result, commands};
use nlink_core::words::{WordError, Words};
use nlink_route::address::{Address, AddressFilter};
use nlink_route::addressed;

/// In iproute2's order.
pub(crate) const COMMANDS: Commands = commands! { "ip address", default "show";
    add: "PREFIX dev DEVICE OPTION …", Address::USAGE;
    change | chg: "PREFIX dev DEVICE OPTION …", Address::USAGE;
    replace: "PREFIX dev DEVICE OPTION …", Address::USAGE;
    del = "delete": "PREFIX dev DEVICE", Address::USAGE;
    show | lst | list: "[ DEVICE ] [ SELECTOR … ]";
    flush: "{ DEVICE | SELECTOR … }";
    save: "[ DEVICE ] [ SELECTOR … ] > FILE";
    showdump: "< FILE";
    restore: "< FILE";
};

async fn add(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let address = Address::from_words_in(words, cx.family)?;
    cx.carry_out(cx.rtnetlink()?.add(address)).await
}

async fn change(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let address = Address::from_words_in(words, cx.family)?;
    cx.carry_out(cx.rtnetlink()?.change(address)).await
}

async fn replace(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let address = Address::from_words_in(words, cx.family)?;
    cx.carry_out(cx.rtnetlink()?.replace(address)).await
}

async fn del(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let address = Address::deletion_from_words(words, cx.family)?;
    cx.carry_out(cx.rtnetlink()?.del(address)).await
}

async fn show(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let filter = AddressFilter::from_words_in(words, cx.family)?;
    cx.learn_namespaces().await?;
    let links = addressed::list(cx.rtnetlink()?, filter, cx.options.statistics > 0).await?;
    cx.print_all(links, |links| &mut links.link).await
}

async fn flush(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    if words.peek().is_none() {
        return Err(WordError::incomplete("what to flush (\"ip address flush DEVICE\")").into());
    }
    cx.flush::<Address>(AddressFilter::from_words_in(words, cx.family)?).await
}

async fn save(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    cx.save::<Address>(AddressFilter::from_words_in(words, cx.family)?).await
}

async fn restore(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    words.finish()?;
    cx.restore::<Address>().await
}

async fn showdump(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    words.finish()?;
    cx.show_saved::<Address>().await
}
