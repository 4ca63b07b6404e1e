//! Families as protocols: the marker that a connection carries.

use nlink_core::object::Protocol;

use crate::Handle;

/// A family of generic netlink, as a marker for connections; declared by [`family!`](crate::family).
pub trait Family: Protocol + Default + From<Handle> {
    /// The version that requests say they speak.
    const VERSION: u8;

    /// What is known of the family.
    fn handle(&self) -> &Handle;
}

/// Declares the marker of a family: its name, and the version that requests say they speak.
///
/// ```
/// use nlink_core::Connection;
/// nlink_genl::family! {
///     /// The controller by its own name, for the example's sake.
///     pub struct Controller = "nlctrl", 2;
/// }
/// let connection = Connection::<Controller>::open()?;
/// assert_eq!(nlink_genl::Family::handle(connection.protocol()).id(), Some(16));
/// # Ok::<(), nlink_core::Error>(())
/// ```
///
/// Opening a connection asks for the family's number, and fails ([`is_not_found`](nlink_core::Error::is_not_found))
/// where the kernel has no such family. Should its module go and come back, the next request asks again by itself.
#[macro_export]
macro_rules! family {
    ($(#[$meta:meta])* $vis:vis struct $name:ident = $family:expr, $version:expr;) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        $vis struct $name($crate::Handle);

        impl ::core::convert::From<$crate::Handle> for $name {
            fn from(handle: $crate::Handle) -> Self {
                Self(handle)
            }
        }

        impl $crate::Family for $name {
            const VERSION: u8 = {
                assert!(($version as i64) >= 0 && ($version as i64) < 256, "versions have eight bits");
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                { $version as u8 }
            };

            fn handle(&self) -> &$crate::Handle {
                &self.0
            }
        }

        impl $crate::nlink_core::object::Protocol for $name {
            const NAME: &'static str = $family;
            const NUMBER: u32 = $crate::nlink_core::uapi::netlink::NETLINK_GENERIC;
            const PREFIX: usize = $crate::Handle::PREFIX;

            fn begin(&self, command: u16, writer: &mut $crate::nlink_core::wire::Writer) -> u16 {
                self.0.begin(command, <Self as $crate::Family>::VERSION, writer)
            }

            fn open<'a>(&self, message_type: u16, body: &'a [u8]) -> (u16, &'a [u8]) {
                self.0.open(message_type, body)
            }

            fn learn(
                &self,
                connection: &$crate::nlink_core::blocking::Connection<Self>,
            ) -> $crate::nlink_core::Result<bool> {
                self.0.learn(connection)
            }

            fn is_outdated(&self, errno: i32) -> bool {
                $crate::Handle::is_outdated(errno)
            }
        }
    };
}
