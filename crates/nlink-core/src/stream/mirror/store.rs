//! The third layer: a table that is kept up to date by a task, and read from anywhere.

use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::settings::settings;
use super::{Change, Marker, Table, WatchStream};
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::object::{Object, Watch};

/// A store to be; awaited, it holds what there is. Made by [`Connection::store`].
///
/// Awaited it lists, and fails where that fails. From then on a task of the runtime it was awaited in keeps it up to
/// date; errors are logged, and a listing that fails is tried again.
#[must_use = "nothing is listed before it is awaited"]
pub struct StoreBuilder<T: Watch> {
    watch: WatchStream<T>,
}

/// What there is, kept up to date: a table that can be read from any task and thread, and waited for. Cheap to clone;
/// the task that keeps it ends with the last clone.
///
/// A listing anew is taken in at once, at its end: readers never see it half empty.
pub struct Store<T: Watch> {
    table: Arc<RwLock<Table<T>>>,
    progress: watch::Receiver<Progress>,
    keeper: Arc<Keeper>,
}

/// How far the table has come.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    /// Whether it is what the kernel holds, as far as has been heard.
    current: bool,
}

/// Ends the task with the last reader.
#[derive(Debug)]
struct Keeper(AbortHandle);

impl Drop for Keeper {
    fn drop(&mut self) {
        self.0.abort();
    }
}

settings!([T: Watch] StoreBuilder<T>, self.watch.source.settings);

impl<T: Watch> StoreBuilder<T> {
    pub(crate) fn new(connection: Connection<<T as Object>::Protocol>) -> Self {
        Self { watch: WatchStream::new(connection) }
    }

    async fn start(self) -> Result<Store<T>> {
        let runtime = Handle::try_current().map_err(|_| Error::no_runtime())?;
        let (sender, progress) = watch::channel(Progress::default());
        let table = Arc::<RwLock<Table<T>>>::default();
        let mut feed = Feed { watch: self.watch, staged: None, table: Arc::clone(&table), progress: sender };
        while feed.next().await? != Some(Marker::ResyncEnd) {}
        let keeper = Keeper(runtime.spawn(feed.run()).abort_handle());
        Ok(Store { table, progress, keeper: Arc::new(keeper) })
    }
}

impl<T: Watch> Store<T> {
    /// The one of that key; of several any.
    pub fn get(&self, key: &T::Key) -> Option<Arc<T>> {
        self.read(|table| table.get(key).cloned())
    }

    /// Each of them, in no order.
    pub fn snapshot(&self) -> Vec<Arc<T>> {
        self.read(|table| table.iter().cloned().collect())
    }

    /// Looks at the table, which does not change meanwhile. Not for long work: the task that keeps it waits.
    pub fn read<R>(&self, with: impl FnOnce(&Table<T>) -> R) -> R {
        with(&self.table.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.read(Table::len)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.read(Table::is_empty)
    }

    /// Whether it is up to date, as far as has been heard: no loss that a listing has still to make up for.
    pub fn is_current(&self) -> bool {
        self.progress.borrow().current
    }

    /// Waits until it is up to date. It is so when it was made, and again after each listing anew.
    ///
    /// Fails when it is no longer kept ([`is_ended`](Error::is_ended)).
    pub async fn ready(&self) -> Result<()> {
        self.progress
            .clone()
            .wait_for(|progress| progress.current)
            .await
            .map(drop)
            .map_err(|_| Error::ended(Self::NAME))
    }

    /// Waits until the table is as wanted; looks at once, and then after each change.
    ///
    /// Fails when it is no longer kept ([`is_ended`](Error::is_ended)).
    pub async fn wait_until(&self, mut wanted: impl FnMut(&Table<T>) -> bool) -> Result<()> {
        let mut progress = self.progress.clone();
        loop {
            progress.mark_unchanged();
            if self.read(&mut wanted) {
                return Ok(());
            }
            progress.changed().await.map_err(|_| Error::ended(Self::NAME))?;
        }
    }

    const NAME: &'static str = T::NAME;
}

/// What fills a store.
struct Feed<T: Watch> {
    watch: WatchStream<T>,
    /// Changes of a snapshot that has not ended.
    staged: Option<Vec<Change<T>>>,
    table: Arc<RwLock<Table<T>>>,
    progress: watch::Sender<Progress>,
}

impl<T: Watch> Feed<T> {
    async fn run(mut self) {
        loop {
            match self.next().await {
                Ok(_) => {}
                Err(error) if error.is_ended() => return,
                Err(error) => tracing::warn!(object = T::NAME, %error, "a store goes on after an error"),
            }
        }
    }

    /// Takes in one change; the marker, if it is one.
    async fn next(&mut self) -> Result<Option<Marker>> {
        let change = poll_fn(|cx| {
            let change = self.watch.poll(cx);
            self.publish();
            change
        });
        let Some(change) = change.await.transpose()? else { return Err(Error::ended(T::NAME)) };
        match (change, &mut self.staged) {
            (Change::Marker(marker), staged) => {
                match marker {
                    Marker::ResyncStart => drop(staged.get_or_insert_default()),
                    Marker::ResyncEnd => {
                        let staged = staged.take().unwrap_or_default();
                        self.write(staged);
                    }
                }
                self.publish();
                return Ok(Some(marker));
            }
            (change, Some(staged)) => staged.push(change),
            (change, None) => self.write([change]),
        }
        Ok(None)
    }

    /// Tells readers whether the table is up to date, where that is new.
    fn publish(&self) {
        let current = self.watch.is_current() && self.staged.is_none();
        self.progress.send_if_modified(|progress| std::mem::replace(&mut progress.current, current) != current);
    }

    fn write(&self, changes: impl IntoIterator<Item = Change<T>>) {
        {
            let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
            for change in changes {
                match change {
                    Change::Added(object) => table.insert(object),
                    Change::Changed { old, new, .. } => table.replace(&old, new),
                    Change::Removed(object) => table.remove(&object),
                    Change::Marker(_) => {}
                }
            }
        }
        // Whoever waits looks again.
        self.progress.send_modify(|_| ());
    }
}

impl<T: Watch> IntoFuture for StoreBuilder<T> {
    type Output = Result<Store<T>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<Store<T>>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.start())
    }
}

impl<T: Watch> Clone for Store<T> {
    fn clone(&self) -> Self {
        let (table, progress) = (Arc::clone(&self.table), self.progress.clone());
        Self { table, progress, keeper: Arc::clone(&self.keeper) }
    }
}

impl<T: Watch> fmt::Debug for Store<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (of, len) = (T::NAME, self.len());
        f.debug_struct("Store").field("of", &of).field("len", &len).field("current", &self.is_current()).finish()
    }
}

impl<T: Watch> fmt::Debug for StoreBuilder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreBuilder").field("watch", &self.watch).finish()
    }
}
