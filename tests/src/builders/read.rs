//! Reading back what was made.

use anyhow::{Context, bail, ensure};
use nlink::prelude::*;
use nlink_tests::{Connection, Cx, Result};
use serde_json::{Value, json};

/// A connection in the test's namespace.
pub(super) fn rt() -> Result<Connection<Rtnetlink>> {
    Ok(Connection::open()?)
}

/// The only item of what `ip -d -j …` says.
pub(super) fn only(cx: &Cx, words: &str) -> Result<Value> {
    let words: Vec<&str> = ["-d", "-j"].into_iter().chain(words.split_whitespace()).collect();
    let text = cx.ip(&words)?;
    let items: Vec<Value> = serde_json::from_str(&text).with_context(|| format!("ip {}: {text}", words.join(" ")))?;
    match <[Value; 1]>::try_from(items.into_iter().filter(|item| *item != json!({})).collect::<Vec<_>>()) {
        Ok([item]) => Ok(item),
        Err(items) => bail!("ip {}: {} items, one wanted: {items:?}", words.join(" "), items.len()),
    }
}

/// Each pointer into the value leads to what is wanted there.
pub(super) fn says(value: &Value, wanted: &[(&str, Value)]) -> Result {
    for (pointer, wanted) in wanted {
        let found = value.pointer(pointer);
        ensure!(found == Some(wanted), "{pointer} is {found:?}, {wanted} was wanted, in {value:#}");
    }
    Ok(())
}

/// Two ends, both up, without addresses of their own: `v0` and `v1`.
pub(super) async fn pair(cx: &Cx, rt: &Connection<Rtnetlink>) -> Result {
    cx.needs_kind("veth")?;
    rt.add(Link::new("v0").kind(Veth::peer("v1")).up()).await?;
    rt.change(Link::named("v1").up()).await?;
    Ok(())
}
