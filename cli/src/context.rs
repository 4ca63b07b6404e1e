//! What a command works with: the options, the connection, names for numbers, output.

use std::cell::{OnceCell, RefCell};
use std::io::{IsTerminal, Read};

use nlink_core::connection::Edit;
use nlink_core::object::{Dump, Object};
use nlink_core::show::{Names, Show, Sink};
use nlink_core::stream::Listing;
use nlink_core::wire::Attributes;
use nlink_core::{Namespace, Rtnetlink};
use nlink_route::Family;
use nlink_route::flush::{Flush, Flushed, flush};
use nlink_route::saved::{self, Saved};

use crate::driver::{Connection, Driver};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::names;
use crate::options::Options;
use crate::output::{self, Output};

/// The namespace that a command shall work in, by name or by path.
pub fn enter(name: &str) -> Result<Namespace> {
    let opened = if name.contains('/') { Namespace::path(name) } else { Namespace::named(name) };
    // iproute2 has another exit code for a namespace that cannot be entered than for one that cannot be deleted.
    opened.map_err(|error| Failure::said(Exit::Usage, error.to_string()))
}

/// What a command works with. One serves all lines of a batch; nothing that a line says is kept for the next.
#[derive(Debug)]
pub struct Context {
    /// What stood before the object.
    pub options: Options,
    /// The address family that was asked for, or none in particular.
    pub family: Family,
    connection: OnceCell<Connection<Rtnetlink>>,
    names: RefCell<Names>,
}

impl Context {
    /// Nothing is opened yet.
    pub fn new(options: Options) -> Result<Self> {
        let family = options.address_family()?;
        let names = Names { tables: names::tables(), ..Names::default() };
        Ok(Self { options, family, connection: OnceCell::new(), names: RefCell::new(names) })
    }

    /// The connection, opened when first asked for, in the namespace that `-n` names.
    pub fn rtnetlink(&self) -> Result<&Connection<Rtnetlink>> {
        if let Some(open) = self.connection.get() {
            return Ok(open);
        }
        let opened = match self.namespace()? {
            Some(namespace) => Connection::open_in(&namespace)?,
            None => Connection::open()?,
        };
        Ok(self.connection.get_or_init(|| opened))
    }

    /// The namespace that `-n` names.
    pub fn namespace(&self) -> Result<Option<Namespace>> {
        self.options.netns.as_deref().map(enter).transpose()
    }

    /// Looks up which numbers named namespaces have here: for output that mentions them.
    pub async fn learn_namespaces(&self) -> Result<()> {
        let mut known = self.names.take();
        let learnt = match self.rtnetlink() {
            Ok(rt) => names::learn_namespaces(&mut known, rt).await,
            Err(failure) => Err(failure),
        };
        self.names.replace(known);
        learnt
    }

    /// Forgets the interfaces: a line of a batch may have changed them.
    pub fn forget(&self) {
        let mut names = self.names.borrow_mut();
        names.interfaces.clear();
        names.down.clear();
        names.namespaces.clear();
    }

    /// Output for many items.
    pub fn output(&self) -> Output {
        Output::new(&self.options, self.names.borrow().clone())
    }

    /// Prints a listing item by item, without collecting it.
    pub async fn print_stream<T>(&self, listing: Listing<T, Driver>) -> Result<Exit>
    where
        T: Dump + Object<Protocol = Rtnetlink> + Show,
    {
        self.print_stream_with(listing, |item, sink| item.show(sink)).await
    }

    /// The same, in a form that `show` gives.
    pub async fn print_stream_with<T>(
        &self,
        listing: Listing<T, Driver>,
        show: impl Fn(&T, &mut Sink<'_>),
    ) -> Result<Exit>
    where
        T: Dump + Object<Protocol = Rtnetlink>,
    {
        let rt = self.rtnetlink()?;
        let mut output = self.output();
        let mut stream = listing.stream();
        let mut exit = Exit::Success;
        loop {
            match stream.try_next().await {
                Ok(None) => break,
                Ok(Some(mut item)) => {
                    names::learn(output.names(), rt, |visit| item.visit_interfaces(visit)).await?;
                    output.item(|sink| show(&item, sink))?;
                }
                Err(error) if error.is_restarted() => output.restart(&error)?,
                Err(error) if error.is_malformed() => exit = Failure::from(error).report(),
                Err(error) => {
                    output.finish()?;
                    return Err(error.into());
                }
            }
        }
        output.finish()?;
        Ok(exit)
    }

    /// Prints items that are at hand; `within` is the part of one that refers to interfaces.
    pub async fn print_all<T: Show, A: Attributes>(
        &self,
        items: Vec<T>,
        within: impl Fn(&mut T) -> &mut A,
    ) -> Result<Exit> {
        let rt = self.rtnetlink()?;
        let mut output = self.output();
        for mut item in items {
            names::learn(output.names(), rt, |visit| within(&mut item).visit_interfaces(visit)).await?;
            output.item(|sink| item.show(sink))?;
        }
        output.finish()?;
        Ok(Exit::Success)
    }

    /// Prints items that refer to no interface.
    pub fn print<T: Show>(&self, items: Vec<T>) -> Result<Exit> {
        let mut output = self.output();
        for item in items {
            output.item(|sink| item.show(sink))?;
        }
        output.finish()?;
        Ok(Exit::Success)
    }

    /// Prints one item, in JSON as an array of one.
    pub async fn print_one<T: Show + Attributes>(&self, item: T) -> Result<Exit> {
        self.print_all(vec![item], |item| item).await
    }

    /// Carries out a change; with `-echo` prints what the kernel made of it.
    pub async fn carry_out<T>(&self, edit: Edit<T, Driver>) -> Result<Exit>
    where
        T: Object<Protocol = Rtnetlink> + Show,
    {
        if !self.options.echo {
            edit.await?;
            return Ok(Exit::Success);
        }
        match edit.echo().await? {
            Some(made) => self.print_one(made).await,
            None => Ok(Exit::Success),
        }
    }

    /// Deletes all that a filter lets through; with `-s` tells how it went.
    pub async fn flush<T: Flush>(&self, filter: T::Filter) -> Result<Exit> {
        // As iproute2: ten rounds unless told otherwise, 0 is no limit.
        let most = Some(self.options.loops.unwrap_or(10)).filter(|most| *most > 0);
        let tells = self.options.statistics > 0;
        let mut told = Vec::new();
        let flushed = flush::<T, _>(self.rtnetlink()?, filter, most, |round, deleted| {
            if tells {
                let entries = if deleted == 1 { "entry" } else { "entries" };
                told.push(format!("\n*** Round {round}, deleting {deleted} {entries} ***"));
            }
        });
        let flushed = flushed.await?;
        output::lines(told)?;
        let rounds = format!("{} round{}", flushed.rounds, if flushed.rounds == 1 { "" } else { "s" });
        match flushed {
            Flushed { complete: false, .. } => {
                Err(Failure::said(Exit::Failed, format!("*** Flush remains incomplete after {rounds}. ***")))
            }
            Flushed { rounds: 0, .. } if tells => output::lines(["Nothing to flush."]),
            _ if tells => output::lines([format!("*** Flush is complete after {rounds} ***")]),
            _ => Ok(Exit::Success),
        }
    }

    /// Writes a listing as a file that [`restore`](Self::restore) reads.
    pub async fn save<T: Saved + Dump>(&self, filter: T::Filter) -> Result<Exit> {
        if std::io::stdout().is_terminal() {
            return Err(Failure::said(Exit::Failed, "Not sending a binary stream to stdout"));
        }
        let mut file = saved::begin::<T>().to_vec();
        for object in self.rtnetlink()?.dump::<T>().filter(filter).await? {
            let message = saved::message(&object);
            file.extend(message.map_err(|error| Failure::said(Exit::Failed, format!("{}: {error}", T::NAME)))?);
        }
        output::bytes(&file)
    }

    /// Puts back what a file on standard input has.
    pub async fn restore<T: Saved>(&self) -> Result<Exit> {
        saved::restore(self.rtnetlink()?, Self::read_saved::<T>()?).await?;
        Ok(Exit::Success)
    }

    /// Prints what a file on standard input has.
    pub async fn show_saved<T: Saved>(&self) -> Result<Exit> {
        let rt = self.rtnetlink()?;
        let mut output = self.output();
        for mut item in Self::read_saved::<T>()? {
            names::learn(output.names(), rt, |visit| item.visit_interfaces(visit)).await?;
            output.item(|sink| item.show_saved(sink))?;
        }
        output.finish()?;
        Ok(Exit::Success)
    }

    fn read_saved<T: Saved>() -> Result<Vec<T>> {
        let failed = |error: String| Failure::said(Exit::Failed, format!("standard input: {error}"));
        if std::io::stdin().is_terminal() {
            return Err(failed("a saved listing is read from a file, not from a terminal".into()));
        }
        let mut file = Vec::new();
        std::io::stdin().lock().read_to_end(&mut file).map_err(|error| failed(error.to_string()))?;
        saved::read::<T>(&file).map_err(|error| failed(error.to_string()))
    }
}
