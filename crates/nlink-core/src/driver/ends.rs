//! How a builder ends: awaited, or called.

/// Lets a builder be awaited under any driver, and called under one that [blocks](crate::driver::Blocks). What it then
/// does is its `async fn run(self)`. For builders of the protocol crates as well.
///
/// ```
/// use nlink_core::driver::{Driver, Tokio};
/// use nlink_core::{Connection, Result, Rtnetlink, awaited_or_called, blocking};
/// # use nlink_uapi::rtnetlink::{RTM_GETLINK, ifinfomsg};
/// # use zerocopy::IntoBytes;
///
/// /// Asks whether there is such an interface.
/// struct Exists<D: Driver = Tokio>(Connection<Rtnetlink, D>, i32);
///
/// impl<D: Driver> Exists<D> {
///     async fn run(self) -> Result<bool> {
///         let link = ifinfomsg { ifi_index: self.1, ..Default::default() };
///         match self.0.request(RTM_GETLINK as u16).body(link.as_bytes()).await {
///             Ok(_) => Ok(true),
///             Err(error) if error.is_not_found() => Ok(false),
///             Err(error) => Err(error),
///         }
///     }
/// }
///
/// awaited_or_called! {
///     /// Asks, and waits for the answer.
///     Exists<> -> bool
/// }
/// assert!(Exists(blocking::Connection::open()?, 1).call()?);
/// # Ok::<(), nlink_core::Error>(())
/// ```
#[macro_export]
macro_rules! awaited_or_called {
    ($(#[$docs:meta])* $builder:ident<$($parameter:ident: $bound:path),*> -> $output:ty) => {
        impl<$($parameter: $bound,)* D: $crate::driver::Driver> ::std::future::IntoFuture
            for $builder<$($parameter,)* D>
        {
            type Output = $crate::Result<$output>;
            type IntoFuture = ::std::pin::Pin<::std::boxed::Box<
                dyn ::std::future::Future<Output = $crate::Result<$output>> + ::std::marker::Send,
            >>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::boxed::Box::pin(self.run())
            }
        }

        /// Without a runtime.
        impl<$($parameter: $bound,)* D: $crate::driver::Blocks> $builder<$($parameter,)* D> {
            $(#[$docs])*
            pub fn call(self) -> $crate::Result<$output> {
                $crate::blocking::run(self.run())
            }
        }
    };
}
