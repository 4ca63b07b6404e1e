//! `ip capabilities`: what the running kernel supports; iproute2 has no such object.

use nlink_cli::failure::complain;
use nlink_cli::{Commands, Context, Exit, Result, commands};
use nlink_core::Connection;
use nlink_core::show::Show;
use nlink_core::words::Words;
use nlink_genl::Generic;
use nlink_genl::controller::{FamilyCapabilities, FamilyInfo};
use nlink_route::link::supported_kinds;

pub(crate) const COMMANDS: Commands = commands! { "ip capabilities", default "show";
    show | list: "";
    kinds: "";
    family | families: "[ NAME ]";
};

fn generic(cx: &Context) -> Result<Connection<Generic>> {
    Ok(match cx.namespace()? {
        Some(namespace) => namespace.connect::<Generic>()?,
        None => Connection::open()?,
    })
}

/// Families anybody may ask for; kinds of links take privileges.
async fn show(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    words.finish()?;
    let kinds = supported_kinds(cx.rtnetlink()?).await;
    let families = generic(cx)?.dump::<FamilyInfo>().await?;
    let mut output = cx.output();
    let mut exit = Exit::Success;
    match kinds {
        Ok(kinds) => {
            kinds.iter().try_for_each(|kind| output.item(|sink| sink.object("link", |sink| kind.show(sink))))?
        }
        Err(error) => {
            complain(error);
            exit = Exit::Failed;
        }
    }
    families.iter().try_for_each(|family| output.item(|sink| sink.object("family", |sink| family.show(sink))))?;
    output.finish()?;
    Ok(exit)
}

async fn kinds(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    words.finish()?;
    cx.print(supported_kinds(cx.rtnetlink()?).await?)
}

async fn family(cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
    let genl = generic(cx)?;
    let Some(name) = words.next() else { return cx.print(genl.dump::<FamilyInfo>().await?) };
    words.finish()?;
    cx.print(vec![FamilyCapabilities::of(&genl, name).await?])
}
