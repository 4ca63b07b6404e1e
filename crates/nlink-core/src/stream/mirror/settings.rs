//! What can be said of a mirror before it starts: what it lists, how long it waits, how much is queued for it.

use std::time::Duration;

use crate::driver::Driver;
use crate::object::Dump;
use crate::stream::Listing;

/// Something whose filter can still be narrowed: a listing, or a mirror that has not started.
///
/// The words of the objects' crates (`.on("eth0")`, `.table(100)`) work on all of them by it.
pub trait Filtered: Sized {
    /// What is listed.
    type Object: Dump;

    /// Narrows the filter.
    fn map_filter(self, with: impl FnOnce(&mut <Self::Object as Dump>::Filter)) -> Self;
}

impl<T: Dump, D: Driver> Filtered for Listing<T, D> {
    type Object = T;

    fn map_filter(self, with: impl FnOnce(&mut T::Filter)) -> Self {
        Listing::map_filter(self, with)
    }
}

/// The settings of every layer.
#[derive(Debug)]
pub(super) struct Settings<F> {
    pub(super) filter: F,
    pub(super) timeout: Option<Duration>,
    pub(super) buffer: Option<u32>,
}

/// The setters of a layer, which keeps the settings at that path.
macro_rules! settings {
    ([$($generics:tt)*] $of:ty, self.$($path:ident).+) => {
        /// To be said before it starts, which it does when it is first asked for something.
        impl<$($generics)*> $of {
            /// Mirrors only what the filter lets through.
            pub fn filter(mut self, filter: T::Filter) -> Self {
                self.$($path).+.filter = filter;
                self
            }

            /// Narrows the filter. The objects' crates offer words for it: `.on("eth0")`, `.table(100)`. Names of
            /// interfaces are resolved once, at the start.
            pub fn map_filter(mut self, with: impl FnOnce(&mut T::Filter)) -> Self {
                with(&mut self.$($path).+.filter);
                self
            }

            /// Mirrors only what belongs to an interface: its addresses, the routes that go out by it.
            pub fn on(self, interface: impl Into<$crate::Interface>) -> Self
            where
                T::Filter: $crate::object::ByInterface,
            {
                self.map_filter(|filter| $crate::object::ByInterface::set_interface(filter, interface.into()))
            }

            /// Waits so long for each part of a listing at most.
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.$($path).+.timeout = Some(timeout);
                self
            }

            /// How many bytes of announcements the kernel keeps for us before some are lost and a listing makes up for
            /// them (8 MiB where we may ask for that, else what the system's limit allows).
            pub fn receive_buffer(mut self, bytes: u32) -> Self {
                self.$($path).+.buffer = Some(bytes);
                self
            }
        }

        impl<$($generics)*> $crate::stream::Filtered for $of {
            type Object = T;

            fn map_filter(self, with: impl FnOnce(&mut T::Filter)) -> Self {
                <$of>::map_filter(self, with)
            }
        }
    };
}
pub(super) use settings;
