//! The declaration as a model: what the struct is, and what each field is on the wire and on the command line.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Generics, Ident, LitStr, Member, Path, Result, Type};

use crate::attr::{self, Item, Value};

/// Which derive was asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Nest,
    Message,
    Kind,
    Command,
}

impl Role {
    /// The name of its struct-level attribute.
    pub(crate) fn attribute(self) -> &'static str {
        match self {
            Role::Nest => "attributes",
            Role::Message => "message",
            Role::Kind => "kind",
            Role::Command => "command",
        }
    }

    /// The way to nlink-core, from the crate that the user knows: that one, or the one of generic netlink.
    pub(crate) fn core(self, given: Option<TokenStream>) -> TokenStream {
        match (self, given) {
            (Role::Command, given) => {
                let genl = given.unwrap_or_else(|| quote!(::nlink_genl));
                quote!(#genl::nlink_core)
            }
            (_, Some(given)) => given,
            (_, None) => quote!(::nlink_core),
        }
    }

    /// The keys that attribute takes.
    pub(crate) fn keys(self) -> &'static [&'static str] {
        match self {
            Role::Nest => &["header", "crate"],
            Role::Message => {
                &["header", "protocol", "name", "new", "del", "get", "describe", "hint", "request", "split", "crate"]
            }
            Role::Kind => &["name", "since", "module", "words", "complete", "show", "crate"],
            Role::Command => &["header", "request", "reply", "answer", "event", "group", "family", "crate"],
        }
    }
}

/// The keys of `#[attr(…)]`, beside the attribute's number and `unknown`.
pub(crate) const FIELD_KEYS: &[&str] = &[
    "indexed",
    "packed",
    "records",
    "unnested",
    "by_family",
    "repeated",
    "as",
    "or",
    "pad",
    "kind",
    "word",
    "words",
    "alias",
    "off",
    "shown",
    "json",
    "style",
    "then",
    "since",
];

/// A whole declaration.
pub(crate) struct Model {
    pub(crate) role: Role,
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(crate) krate: TokenStream,
    pub(crate) options: Vec<Item>,
    pub(crate) fields: Vec<Field>,
}

/// A field with what was said of it.
pub(crate) struct Field {
    pub(crate) member: Member,
    pub(crate) ty: Type,
    pub(crate) place: FieldPlace,
}

/// Where a field has its home on the wire.
pub(crate) enum FieldPlace {
    Header,
    /// The interface index in the header: the path after `header.`.
    Index(TokenStream),
    Unknown,
    Attr(Box<AttrField>),
    /// Nothing was said of it: an error, see `valid`.
    Nowhere,
}

/// A field that is an attribute.
pub(crate) struct AttrField {
    pub(crate) number: Path,
    pub(crate) items: Vec<Item>,
}

impl AttrField {
    /// The item of that key.
    pub(crate) fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.word().as_deref() == Some(key))
    }

    /// The text given for a key.
    pub(crate) fn text(&self, key: &str) -> Option<&LitStr> {
        match self.item(key)?.value.as_ref()? {
            Value::Text(text) => Some(text),
            Value::Type(_) => None,
        }
    }

    /// The type or path given for a key.
    pub(crate) fn ty(&self, key: &str) -> Option<&Type> {
        match self.item(key)?.value.as_ref()? {
            Value::Type(ty) => Some(ty),
            Value::Text(_) => None,
        }
    }

    /// The kernel's name of the attribute.
    pub(crate) fn kernel_name(&self) -> String {
        self.number.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
    }

    /// The name of the field's constant: the kernel's, less the family's prefix (`IFLA_`, `WGDEVICE_A_`).
    pub(crate) fn constant(&self) -> String {
        let name = self.kernel_name();
        let Some((_, rest)) = name.split_once('_') else { return name };
        let short = ["A_", "ATTR_"].iter().find_map(|second| rest.strip_prefix(second)).unwrap_or(rest);
        if short.starts_with(|first: char| first.is_ascii_alphabetic()) { short.to_owned() } else { name }
    }
}

impl Model {
    /// Reads a declaration.
    pub(crate) fn read(input: DeriveInput, role: Role) -> Result<Self> {
        let options: Vec<Item> =
            attr::items(&input.attrs, role.attribute())?.into_iter().map(|(item, _)| item).collect();
        let Data::Struct(data) = input.data else {
            return Err(syn::Error::new_spanned(input.ident, "only a struct can be declared as netlink attributes"));
        };
        let fields = match data.fields {
            Fields::Named(named) => named.named,
            Fields::Unit => Default::default(),
            Fields::Unnamed(_) => {
                return Err(syn::Error::new_spanned(input.ident, "the fields need names: one attribute, one field"));
            }
        };
        let fields = fields.into_iter().filter_map(|field| Some(Field::read(field.ident.clone()?, field)));
        let krate = role.core(match options.iter().find(|item| item.word().as_deref() == Some("crate")) {
            Some(Item { value: Some(Value::Type(path)), .. }) => Some(quote!(#path)),
            _ => None,
        });
        Ok(Model {
            role,
            name: input.ident,
            generics: input.generics,
            krate,
            fields: fields.collect::<Result<_>>()?,
            options,
        })
    }

    /// The struct-level item of that key.
    pub(crate) fn option(&self, key: &str) -> Option<&Item> {
        self.options.iter().find(|item| item.word().as_deref() == Some(key))
    }

    /// The type or path given for a struct-level key.
    pub(crate) fn option_type(&self, key: &str) -> Option<&Type> {
        match self.option(key)?.value.as_ref()? {
            Value::Type(ty) => Some(ty),
            Value::Text(_) => None,
        }
    }

    /// The text given for a struct-level key.
    pub(crate) fn option_text(&self, key: &str) -> Option<&LitStr> {
        match self.option(key)?.value.as_ref()? {
            Value::Text(text) => Some(text),
            Value::Type(_) => None,
        }
    }

    /// The fields that are attributes.
    pub(crate) fn attrs(&self) -> impl Iterator<Item = (&Field, &AttrField)> {
        self.fields.iter().filter_map(|field| match &field.place {
            FieldPlace::Attr(attr) => Some((field, &**attr)),
            _ => None,
        })
    }

    /// The field that keeps unknown attributes.
    pub(crate) fn unknown(&self) -> Option<&Field> {
        self.fields.iter().find(|field| matches!(field.place, FieldPlace::Unknown))
    }
}

impl Field {
    fn read(name: Ident, field: syn::Field) -> Result<Self> {
        let mut items: Vec<Item> = attr::items(&field.attrs, "attr")?.into_iter().map(|(item, _)| item).collect();
        let place = if let Some(tokens) = attr::tokens(&field.attrs, "index")? {
            FieldPlace::Index(tokens)
        } else if items.is_empty() {
            if name == "header" { FieldPlace::Header } else { FieldPlace::Nowhere }
        } else {
            let first = items.remove(0);
            match first {
                first if first.word().as_deref() == Some("unknown") => FieldPlace::Unknown,
                first if first.value.is_some() => {
                    return Err(first.error("the attribute's number comes first: #[attr(IFLA_MTU, …)]"));
                }
                first => FieldPlace::Attr(Box::new(AttrField { number: first.key, items })),
            }
        };
        Ok(Field { member: Member::Named(name), ty: field.ty, place })
    }
}

/// The name at the end of a path: the kernel's own.
pub(crate) fn last_segment(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}
