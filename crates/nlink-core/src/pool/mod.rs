//! [`ConnectionPool`]: so many connections at most, each lent to one at a time.
//!
//! One connection serves any number of tasks, so most programs need no pool. It is for those who want a kernel socket to
//! themselves for a while: work in parallel on several sockets, none waiting for another's long answers, within a bound.
//! ```
//! use nlink_core::Rtnetlink;
//! use nlink_core::pool::ConnectionPool;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> nlink_core::Result<()> {
//! let pool = ConnectionPool::<Rtnetlink>::open(4);
//! let rt = pool.lease().await?;
//! // a lease is a connection: rt.get::<Link>("lo").await? …
//! # let _: &nlink_core::Connection<Rtnetlink> = &rt;
//! assert_eq!(pool.metrics().leased, 1);
//! drop(rt);
//! assert_eq!((pool.metrics().leased, pool.metrics().idle), (0, 1));
//! # Ok(())
//! # }
//! ```
//! - Connections are opened when they are first needed, in the pool's namespace.
//! - Who has waited longest is served first; who stops waiting leaves the queue.
//! - What comes back is lent again only if nothing is left of what was done with it: a connection on which a request was
//!   given up, or an answer lost, or that somebody still has a clone or a stream of, is thrown away. Such clones and
//!   streams go on as they are.

mod handle;
mod lease;
mod metrics;

pub use handle::ConnectionPool;
pub use lease::{Lease, Leasing};
pub use metrics::PoolMetrics;
