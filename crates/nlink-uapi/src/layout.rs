//! Layouts, checked while compiling: ours against the generated struct, that against the kernel's.
//!
//! Protocol crates declare headers with typed fields, by `nlink_core::fixed_struct!`, which has them compared:
//! ```
//! /// Fixed header of link messages.
//! #[repr(C)]
//! struct IfInfo { family: u8, pad: u8, kind: u16, index: i32, flags: u32, change: u32 }
//!
//! nlink_uapi::same_layout!(IfInfo = nlink_uapi::rtnetlink::ifinfomsg {
//!     family = ifi_family, pad = __ifi_pad, kind = ifi_type,
//!     index = ifi_index, flags = ifi_flags, change = ifi_change,
//! });
//! ```

/// Asserts that two structs agree in size, alignment and the offset of every field.
///
/// Each field of both must be named, or it does not compile: a field that the kernel adds is seen.
/// The width of a field follows from the offset of the next and the size of the whole.
#[macro_export]
macro_rules! same_layout {
    ($mine:ty = $kernel:path { $($my_field:ident = $kernel_field:ident),+ $(,)? }) => {
        const _: () = {
            use ::core::mem::{align_of, offset_of, size_of};
            type Mine = $mine;
            type Kernel = $kernel;
            #[allow(unused_variables)]
            const fn complete(mine: &Mine, kernel: &Kernel) {
                let Mine { $($my_field: _),+ } = mine;
                let Kernel { $($kernel_field: _),+ } = kernel;
            }
            assert!(size_of::<Mine>() == size_of::<Kernel>(), "another size than the kernel's");
            assert!(align_of::<Mine>() == align_of::<Kernel>(), "another alignment than the kernel's");
            $(assert!(
                offset_of!(Mine, $my_field) == offset_of!(Kernel, $kernel_field),
                concat!("`", stringify!($my_field), "` is not where `", stringify!($kernel_field), "` is"),
            );)+
        };
    };
}

/// Size, alignment and offsets as clang found them for x86-64.
///
/// Held where `u64` has its natural alignment: all but 32-bit x86 and m68k.
macro_rules! layout {
    ($name:ident: $size:literal, $align:literal => { $($field:ident $offset:literal),* }) => {
        const _: () = if align_of::<u64>() == 8 {
            assert!(size_of::<$name>() == $size && align_of::<$name>() == $align);
            $(assert!(::core::mem::offset_of!($name, $field) == $offset);)*
        };
    };
}
pub(crate) use layout;

/// `Default` for structs with arrays too long for the derive: all zero.
macro_rules! zeroed {
    ($name:ident) => {
        impl Default for $name {
            fn default() -> Self {
                ::zerocopy::FromZeros::new_zeroed()
            }
        }
    };
}
pub(crate) use zeroed;
