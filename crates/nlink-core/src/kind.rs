//! Kinds: each link kind, qdisc, action … is one file with a struct that derives [`Kind`](derive@crate::Kind), entered
//! in one table, [`kinds!`](crate::kinds), by one line.

use crate::show::Show;
use crate::wire::{Attributes, Codec};
use crate::words::{Params, WordEntry};

/// What a kind file declares.
pub trait Kind:
    Attributes + Codec + Params + Show + Default + Clone + PartialEq + std::fmt::Debug + Send + 'static
{
    /// The kernel's name: `vxlan`.
    const NAME: &'static str;

    /// The module that has it, where it is not always built in.
    const MODULE: Option<&'static str>;

    /// The kernel that brought it: `3.7`.
    const SINCE: Option<&'static str>;

    /// Whether the reference tool shows anything of its options.
    const SHOWN: bool;
}

/// A kind, as its table lists it.
#[derive(Clone, Copy, Debug)]
pub struct KindInfo {
    /// The kernel's name.
    pub name: &'static str,
    /// The module that has it.
    pub module: Option<&'static str>,
    /// The kernel that brought it.
    pub since: Option<&'static str>,
    /// Its words.
    pub usage: &'static [WordEntry],
    /// Its attributes.
    pub table: crate::wire::AttrTable,
}

impl KindInfo {
    /// What to do where the kernel has no such kind: the module, and the kernel that brought it.
    ///
    /// ```
    /// # use nlink_core::{kind::KindInfo, wire::AttrTable};
    /// let (module, since) = (Some("vxlan"), Some("3.7"));
    /// let vxlan = KindInfo { name: "vxlan", module, since, usage: &[], table: AttrTable::EMPTY };
    /// assert_eq!(vxlan.to_have_it(), "vxlan came with Linux 3.7 and is in the module vxlan (modprobe vxlan)");
    /// ```
    pub fn to_have_it(&self) -> String {
        let since = self.since.map(|since| format!("came with Linux {since}"));
        let module = self.module.map(|module| format!("is in the module {module} (modprobe {module})"));
        let parts: Vec<String> = since.into_iter().chain(module).collect();
        match parts.is_empty() {
            true => format!("{} is built into the kernel or not there", self.name),
            false => format!("{} {}", self.name, parts.join(" and ")),
        }
    }

    /// What the table says of `K`.
    pub const fn of<K: Kind>() -> Self {
        Self { name: K::NAME, module: K::MODULE, since: K::SINCE, usage: K::USAGE, table: K::TABLE }
    }
}

/// The table of kinds: one line each. It makes an enum with a variant for each kind and `Other` for the rest, lookup by
/// name, words, output, and the list that docs, completion and the generic tests use.
///
/// A line is `Variant(module::Type),`: it also declares the module, a file beside the table, and names its type here.
/// Every kind is boxed, so that an item pays for the kind it has.
#[macro_export]
macro_rules! kinds {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident { $($(#[$kind_meta:meta])* $variant:ident($module:ident::$kind:ident),)* }
    ) => {
        $(
            pub mod $module;
            #[doc(inline)]
            pub use $module::$kind;
        )*

        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $vis enum $name {
            $($(#[$kind_meta])* $variant(::std::boxed::Box<$kind>),)*
            /// A kind that is not in the table: kept as it came.
            Other {
                /// Its name.
                kind: ::std::string::String,
                /// Its data, unread.
                data: ::core::option::Option<$crate::wire::Blob>,
            },
        }

        impl $name {
            /// Every kind in the table.
            pub const KINDS: &'static [$crate::kind::KindInfo] = &[$($crate::kind::KindInfo::of::<$kind>()),*];

            /// The kind of that name with no option set; one that the table does not know is `Other`.
            pub fn named(name: &str) -> Self {
                match name {
                    $(<$kind as $crate::kind::Kind>::NAME => Self::$variant(::std::boxed::Box::default()),)*
                    other => Self::Other { kind: other.into(), data: ::core::option::Option::None },
                }
            }

            /// What the table says of the kind; of one that it lacks, nothing.
            pub fn info(&self) -> ::core::option::Option<&'static $crate::kind::KindInfo> {
                Self::KINDS.iter().find(|kind| kind.name == self.name())
            }

            /// The kernel's name of the kind.
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant(_) => <$kind as $crate::kind::Kind>::NAME,)*
                    Self::Other { kind, .. } => kind,
                }
            }

            /// Takes `word`, with what follows it, if it is an option of the kind.
            pub fn accept(
                &mut self,
                word: &str,
                words: &mut $crate::words::Words<'_>,
            ) -> ::core::result::Result<bool, $crate::words::WordError> {
                match self {
                    $(Self::$variant(kind) => $crate::words::Params::accept(&mut **kind, word, words),)*
                    Self::Other { .. } => ::core::result::Result::Ok(false),
                }
            }

            /// Called when the words have ended: fills in what follows from them, refuses what does not fit together.
            pub fn complete(&mut self) -> ::core::result::Result<(), $crate::words::WordError> {
                match self {
                    $(Self::$variant(kind) => $crate::words::Params::complete(&mut **kind),)*
                    Self::Other { .. } => ::core::result::Result::Ok(()),
                }
            }

            /// The words that give this kind's options.
            pub fn to_params(&self) -> ::std::vec::Vec<::std::string::String> {
                match self {
                    $(Self::$variant(kind) => $crate::words::Params::to_params(&**kind),)*
                    Self::Other { .. } => ::std::vec::Vec::new(),
                }
            }

            /// The words that the kind takes.
            pub fn usage(&self) -> &'static [$crate::words::WordEntry] {
                match self {
                    $(Self::$variant(_) => <$kind as $crate::words::Params>::USAGE,)*
                    Self::Other { .. } => &[],
                }
            }

            /// Whether there is anything to show of its options.
            pub fn has_output(&self) -> bool {
                match self {
                    $(Self::$variant(_) => <$kind as $crate::kind::Kind>::SHOWN,)*
                    Self::Other { .. } => false,
                }
            }

            /// Whether the kind has options at all.
            pub fn has_options(&self) -> bool {
                match self {
                    $(Self::$variant(_) => !<$kind as $crate::wire::Attributes>::TABLE.entries.is_empty(),)*
                    Self::Other { data, .. } => data.is_some(),
                }
            }
        }

        $(
            impl ::core::convert::From<$kind> for $name {
                fn from(kind: $kind) -> Self {
                    Self::$variant(::std::boxed::Box::new(kind))
                }
            }
        )*

        impl $crate::wire::KindUnion for $name {
            fn kind(&self) -> &str {
                self.name()
            }

            fn decode(
                kind: &str,
                data: ::core::option::Option<&[u8]>,
            ) -> ::core::result::Result<Self, $crate::wire::WireError> {
                ::core::result::Result::Ok(match kind {
                    $(<$kind as $crate::kind::Kind>::NAME => Self::$variant(::std::boxed::Box::new(match data {
                        ::core::option::Option::Some(data) => <$kind as $crate::wire::Codec>::decode(data)?,
                        ::core::option::Option::None => ::core::default::Default::default(),
                    })),)*
                    other => Self::Other {
                        kind: other.into(),
                        data: data.map(|data| $crate::wire::Blob(data.to_vec())),
                    },
                })
            }

            fn emit_data(&self, attr: u16, writer: &mut $crate::wire::Writer) {
                match self {
                    $(Self::$variant(kind) => {
                        writer.nest_if_any(attr, |nest| $crate::wire::Codec::encode(&**kind, nest));
                    })*
                    Self::Other { data, .. } => {
                        if let ::core::option::Option::Some(data) = data {
                            writer.nest(attr, |nest| nest.bytes(&data.0));
                        }
                    }
                }
            }

            fn table(kind: &[u8]) -> ::core::option::Option<&'static $crate::wire::AttrTable> {
                let kind = kind.split(|byte| *byte == 0).next()?;
                Self::KINDS.iter().find(|info| info.name.as_bytes() == kind).map(|info| &info.table)
            }

            fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut $crate::Interface)) {
                match self {
                    $(Self::$variant(kind) => $crate::wire::Attributes::visit_interfaces(&mut **kind, visit),)*
                    Self::Other { .. } => {}
                }
            }
        }

        impl $crate::show::Show for $name {
            fn show(&self, sink: &mut $crate::show::Sink<'_>) {
                match self {
                    $(Self::$variant(kind) => $crate::show::Show::show(&**kind, sink),)*
                    Self::Other { .. } => {}
                }
            }
        }
    };
}
