//! `ip route`: see [ip-route(8)](https://man7.org/linux/man-pages/man8/ip-route.8.html). The words of a route belong to
//! nlink-route; here is only what to do with one.

use nlink_cli::{Commands, Context, Exit, Failure, Result, commands};
use nlink_core::show::Show;
use nlink_core::words::{WordError, Words};
use nlink_route::route::{Route, RouteFilter, RouteLine, RouteLookup};

/// In iproute2's order.
pub(crate) const COMMANDS: Commands = commands! { "ip route", default "show";
    show | list | lst: "[ SELECTOR … ]";
    get: "ADDRESS [ from ADDRESS ] [ iif DEVICE ] [ oif DEVICE ] [ mark MARK ] [ uid UID ] [ fibmatch ]";
    add: "PREFIX OPTION …", Route::USAGE;
    change | chg: "PREFIX OPTION …", Route::USAGE;
    replace: "PREFIX OPTION …", Route::USAGE;
    append: "PREFIX OPTION …", Route::USAGE;
    del = "delete": "PREFIX OPTION …", Route::USAGE;
    flush: "SELECTOR …";
    save: "[ SELECTOR … ] > FILE";
    restore: "< FILE";
    showdump: "< FILE";
};

async fn show(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let filter = RouteFilter::from_words_in(words, cx.family)?;
    let routes = cx.rtnetlink()?.dump::<Route>().filter(filter.clone());
    let shown = cx.print_stream_with(routes, |route, sink| RouteLine::new(route).under(&filter).show(sink)).await;
    match shown {
        Err(Failure::Library(error)) if filter.excuses(&error) => Ok(Exit::Success),
        shown => shown,
    }
}

async fn get(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let lookup = RouteLookup::from_words_in(words, cx.family)?;
    let rt = cx.rtnetlink()?;
    let mut route = rt.get::<Route>(lookup.clone()).await?;
    if let Some(again) = lookup.again(&route) {
        route = rt.get::<Route>(again).await?;
    }
    cx.print_one(route).await
}

async fn add(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let route = Route::from_words_in(words, cx.family)?;
    cx.carry_out(cx.rtnetlink()?.add(route)).await
}

async fn change(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let route = Route::from_words_in(words, cx.family)?;
    cx.carry_out(cx.rtnetlink()?.change(route)).await
}

async fn replace(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let route = Route::from_words_in(words, cx.family)?;
    cx.carry_out(cx.rtnetlink()?.replace(route)).await
}

async fn append(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let route = Route::from_words_in(words, cx.family)?;
    cx.carry_out(cx.rtnetlink()?.append(route)).await
}

async fn del(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let route = Route::deletion_from_words(words, cx.family)?;
    cx.carry_out(cx.rtnetlink()?.del(route)).await
}

async fn flush(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    if words.peek().is_none() {
        return Err(WordError::incomplete("what to flush (\"ip route flush SELECTOR\")").into());
    }
    cx.flush::<Route>(RouteFilter::from_words_in(words, cx.family)?).await
}

async fn save(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    cx.save::<Route>(RouteFilter::from_words_in(words, cx.family)?).await
}

async fn restore(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    words.finish()?;
    cx.restore::<Route>().await
}

async fn showdump(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    words.finish()?;
    cx.show_saved::<Route>().await
}
