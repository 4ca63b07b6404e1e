//! Errors that help: what was asked, what the kernel answered in its own words, which attribute it meant, what to do.
//!
//! `cargo run --example errors`

use nlink::prelude::*;

#[path = "support/own_namespace.rs"]
mod own_namespace;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    own_namespace::enter()?;
    own_namespace::runtime()?.block_on(fail())
}

async fn fail() -> Result<(), Box<dyn std::error::Error>> {
    let rt = Connection::<Rtnetlink>::open()?;
    rt.change(Link::named("lo").up()).await?;

    // through a gateway that is on no connected network
    let route = Route::new("10.0.0.0/8".parse()?).via("192.0.2.1".parse()?);
    match rt.add(route).await {
        Err(error) if error.is_exists() => {}
        Err(error) => {
            println!("{error}");
            println!("errno {:?}, attribute {:?}", error.errno(), error.kernel().and_then(|kernel| kernel.attribute()));
        }
        Ok(_) => return Err("the kernel took a gateway that nothing leads to".into()),
    }

    // a name that no interface has
    match rt.change(Link::named("eth9").up()).await {
        Err(error) if error.is_not_found() => println!("{error}"),
        other => return Err(format!("eth9 should not be there, but: {other:?}").into()),
    }

    // a name that no interface can have
    if let Err(error) = rt.add(Link::new("a-name-that-is-too-long").kind(Dummy::default())).await {
        println!("{error}");
    }
    Ok(())
}
