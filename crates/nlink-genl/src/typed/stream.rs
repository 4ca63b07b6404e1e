//! `dump_typed_stream`: the replies of a listing, one by one.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use nlink_core::driver::{Blocking, Driver, Tokio};
use nlink_core::stream::DumpStream;
use nlink_core::{Error, Result, blocking};

use super::Command;
use super::dialogue::Dialogue;

/// Replies one by one, in the memory of one buffer, with the errors and restarts of a [`DumpStream`]. That the kernel
/// has no such family is the first and last item.
pub struct TypedStream<C: Command, D: Driver = Tokio>(Result<DumpStream<Dialogue<C>, D>, Option<Error>>);

impl<C: Command, D: Driver> TypedStream<C, D> {
    pub(super) fn new(stream: Result<DumpStream<Dialogue<C>, D>>) -> Self {
        Self(stream.map_err(Some))
    }

    /// The next reply; `None` at the end.
    pub async fn try_next(&mut self) -> Result<Option<C::Reply>> {
        match &mut self.0 {
            Ok(stream) => Ok(stream.try_next().await?.map(Dialogue::into_reply)),
            Err(unreachable) => unreachable.take().map_or(Ok(None), Err),
        }
    }
}

impl<C: Command, D: Driver> Stream for TypedStream<C, D> {
    type Item = Result<C::Reply>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Ok(stream) => {
                let item = ready!(Pin::new(stream).poll_next(cx));
                Poll::Ready(item.map(|item| item.map(Dialogue::into_reply)))
            }
            Err(unreachable) => Poll::Ready(unreachable.take().map(Err)),
        }
    }
}

impl<C: Command> Iterator for TypedStream<C, Blocking> {
    type Item = Result<C::Reply>;

    fn next(&mut self) -> Option<Self::Item> {
        blocking::run(self.try_next()).transpose()
    }
}

impl<C: Command, D: Driver> fmt::Debug for TypedStream<C, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TypedStream").field(&self.0).finish()
    }
}
