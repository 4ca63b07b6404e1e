//! The impls of `Attributes` and `Codec`: table, reading, writing, interface references.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use crate::model::{AttrField, Field, FieldPlace, Model, last_segment};

/// The form of a field as a type of `nlink_core::wire`.
fn form(attr: &AttrField, krate: &TokenStream) -> TokenStream {
    if attr.item("indexed").is_some() {
        quote!(#krate::wire::Indexed)
    } else if attr.item("packed").is_some() {
        quote!(#krate::wire::Packed)
    } else if attr.item("records").is_some() {
        quote!(#krate::wire::Records)
    } else if attr.item("unnested").is_some() {
        quote!(#krate::wire::Unnested)
    } else if let Some(inner) = attr.ty("repeated") {
        quote!(#krate::wire::Inside<{ #inner }>)
    } else if let Some(pad) = attr.ty("pad") {
        quote!(#krate::wire::Padded<{ #pad }>)
    } else if let Some(second) = attr.ty("or") {
        quote!(#krate::wire::Or<{ #second }>)
    } else if let Some(wire) = attr.ty("as") {
        quote!(#krate::wire::As<#wire>)
    } else {
        quote!(#krate::wire::Plain)
    }
}

/// One arm after the other of what the derive does with a field that is an attribute.
struct Arms<'a> {
    field: &'a Field,
    attr: &'a AttrField,
    /// The constant that holds the number, for patterns.
    number: Ident,
    krate: &'a TokenStream,
}

impl Arms<'_> {
    fn name(&self) -> String {
        self.attr.kernel_name()
    }

    fn form(&self) -> TokenStream {
        let (form, ty, krate) = (form(self.attr, self.krate), &self.field.ty, self.krate);
        quote!(<#form as #krate::wire::Form<#ty>>)
    }

    fn entry(&self) -> TokenStream {
        let (krate, name, path) = (self.krate, self.name(), &self.attr.number);
        let shape = match self.attr.ty("kind") {
            None if self.by_family() => {
                let union = self.union();
                quote!(#krate::wire::Shape::ByFamily(<#union as #krate::wire::FamilyUnion>::table))
            }
            None => {
                let form = self.form();
                quote!(#form::SHAPE)
            }
            Some(kind) => {
                let union = self.union();
                quote!(#krate::wire::Shape::ByKind(
                    #krate::wire::attr_id(#kind),
                    <#union as #krate::wire::KindUnion>::table,
                ))
            }
        };
        let own = quote! {
            #krate::wire::AttrEntry { name: #name, kind: #krate::wire::attr_id(#path), shape: #shape }
        };
        if let Some(second) = self.attr.ty("or") {
            let (second_name, value) = (last_segment(second), self.union());
            return quote! {
                #own,
                #krate::wire::AttrEntry {
                    name: #second_name,
                    kind: #krate::wire::attr_id(#second),
                    shape: <#value as #krate::wire::EitherAttr>::SECOND,
                }
            };
        }
        match self.attr.ty("kind") {
            None => own,
            Some(kind) => {
                let kind_name = last_segment(kind);
                quote! {
                    #krate::wire::AttrEntry {
                        name: #kind_name,
                        kind: #krate::wire::attr_id(#kind),
                        shape: #krate::wire::Shape::Text,
                    },
                    #own
                }
            }
        }
    }

    fn by_family(&self) -> bool {
        self.attr.item("by_family").is_some()
    }

    /// The type in `Option<T>` of a field with `kind = …`, `by_family` or `or = …`.
    fn union(&self) -> TokenStream {
        let (ty, krate) = (&self.field.ty, self.krate);
        quote!(<#ty as #krate::wire::OptionOf>::Inner)
    }

    fn put(&self) -> TokenStream {
        let (number, name, member) = (&self.number, self.name(), &self.field.member);
        if self.attr.ty("kind").is_some() {
            let (kind, data, kind_number) = self.locals();
            return quote! {
                #kind_number => #kind = ::core::option::Option::Some(attr.payload()),
                #number => #data = ::core::option::Option::Some(attr),
            };
        }
        if self.by_family() {
            let (krate, union) = (self.krate, self.union());
            return quote! {
                #number => {
                    let family = ::core::convert::Into::<u8>::into(self.header.family);
                    match <#union as #krate::wire::FamilyUnion>::decode(family, attr.payload()) {
                        ::core::result::Result::Ok(value) => self.#member = ::core::option::Option::Some(value),
                        ::core::result::Result::Err(error) => return ::core::result::Result::Err(error.within(#name)),
                    }
                }
            };
        }
        let form = self.form();
        let put = |number: &Ident, name: &str| {
            quote! {
                #number => match #form::put(&mut self.#member, &attr) {
                    ::core::result::Result::Ok(()) => {}
                    ::core::result::Result::Err(error) => return ::core::result::Result::Err(error.within(#name)),
                },
            }
        };
        let second = self.attr.ty("or").map(|second| put(&self.second(), &last_segment(second)));
        let first = put(number, &name);
        quote!(#first #second)
    }

    /// The constant that holds the second attribute's number, with `or = …`.
    fn second(&self) -> Ident {
        format_ident!("{}_OR", self.number)
    }

    fn locals(&self) -> (Ident, Ident, Ident) {
        let number = &self.number;
        (format_ident!("kind_{number}"), format_ident!("data_{number}"), format_ident!("{number}_KIND"))
    }

    /// After the loop: a kind and its data, whichever came first.
    fn join(&self, unknown: Option<&Field>) -> TokenStream {
        if self.attr.ty("kind").is_none() {
            return TokenStream::new();
        }
        let (krate, member, name) = (self.krate, &self.field.member, self.name());
        let (kind, data, _) = self.locals();
        let union = self.union();
        let keep = unknown.map(|field| {
            let member = &field.member;
            quote!(self.#member.keep(&data);)
        });
        quote! {
            match (#kind, #data) {
                (::core::option::Option::Some(kind), data) => {
                    let kind = <::std::string::String as #krate::wire::Codec>::decode(kind)?;
                    let data = data.map(|data| data.payload());
                    match <#union as #krate::wire::KindUnion>::decode(&kind, data) {
                        ::core::result::Result::Ok(value) => self.#member = ::core::option::Option::Some(value),
                        ::core::result::Result::Err(error) => return ::core::result::Result::Err(error.within(#name)),
                    }
                }
                (::core::option::Option::None, ::core::option::Option::Some(data)) => { let _ = data; #keep }
                (::core::option::Option::None, ::core::option::Option::None) => {}
            }
        }
    }

    fn emit(&self) -> TokenStream {
        let (krate, member, number) = (self.krate, &self.field.member, &self.number);
        if self.attr.ty("kind").is_some() {
            let (_, _, kind_number) = self.locals();
            return quote! {
                if let ::core::option::Option::Some(value) = &self.#member {
                    let kind = ::std::string::String::from(#krate::wire::KindUnion::kind(value));
                    writer.attr(#kind_number, |payload| #krate::wire::Codec::encode(&kind, payload));
                    #krate::wire::KindUnion::emit_data(value, #number, writer);
                }
            };
        }
        if self.by_family() {
            return quote! {
                if let ::core::option::Option::Some(value) = &self.#member {
                    writer.nest(#number, |nest| #krate::wire::FamilyUnion::encode(value, nest));
                }
            };
        }
        let form = self.form();
        quote!(#form::emit(&self.#member, #number, writer);)
    }

    fn visit(&self) -> TokenStream {
        let (krate, member) = (self.krate, &self.field.member);
        if self.attr.ty("kind").is_some() {
            return quote! {
                if let ::core::option::Option::Some(value) = &mut self.#member {
                    #krate::wire::KindUnion::visit_interfaces(value, visit);
                }
            };
        }
        if self.by_family() {
            return TokenStream::new();
        }
        let form = self.form();
        quote!(#form::visit_interfaces(&mut self.#member, visit);)
    }

    /// The constants that stand in patterns.
    fn constants(&self) -> TokenStream {
        let (krate, number, path) = (self.krate, &self.number, &self.attr.number);
        let mut own = quote!(const #number: u16 = #krate::wire::attr_id(#path););
        if let Some(second) = self.attr.ty("or") {
            let constant = self.second();
            own.extend(quote!(const #constant: u16 = #krate::wire::attr_id(#second);));
        }
        match self.attr.ty("kind") {
            None => own,
            Some(kind) => {
                let (_, _, kind_number) = self.locals();
                quote!(#own const #kind_number: u16 = #krate::wire::attr_id(#kind);)
            }
        }
    }
}

/// The impls of a sound declaration.
pub(crate) fn expand(model: &Model) -> TokenStream {
    let (name, krate) = (&model.name, &model.krate);
    let arms: Vec<Arms<'_>> = model
        .attrs()
        .enumerate()
        .map(|(index, (field, attr))| Arms { field, attr, number: format_ident!("A{index}"), krate })
        .collect();
    let entries = arms.iter().map(Arms::entry);
    let constants: TokenStream = arms.iter().map(Arms::constants).collect();
    let puts = arms.iter().map(Arms::put);
    let joins = arms.iter().map(|arm| arm.join(model.unknown()));
    let emits = arms.iter().map(Arms::emit);
    let visits = arms.iter().map(Arms::visit);
    let locals = arms.iter().filter(|arm| arm.attr.ty("kind").is_some()).map(|arm| {
        let (kind, data, _) = arm.locals();
        quote! {
            let mut #kind: ::core::option::Option<&[u8]> = ::core::option::Option::None;
            let mut #data: ::core::option::Option<#krate::wire::Attr<'_>> = ::core::option::Option::None;
        }
    });
    let mut pads: Vec<&Type> = arms.iter().filter_map(|arm| arm.attr.ty("pad")).collect();
    pads.dedup_by_key(|pad| last_segment(pad));
    let pads = pads.iter().map(|pad| quote!(kind if kind == #krate::wire::attr_id(#pad) => {}));
    let (keep, emit_unknown) = match model.unknown() {
        Some(field) => {
            let member = &field.member;
            (quote!(self.#member.keep(&attr)), quote!(self.#member.emit(writer);))
        }
        None => (quote!({}), TokenStream::new()),
    };
    let header_type = model.option_type("header");
    let header_size = header_type.map_or(quote!(0), |ty| quote!(::core::mem::size_of::<#ty>()));
    let index_visits = model.fields.iter().filter_map(|field| match &field.place {
        FieldPlace::Index(_) => Some(visit_index(field)),
        _ => None,
    });
    let table_name = name.to_string();
    let (read, codec) = (read(model), codec(model));

    quote! {
        #[automatically_derived]
        const _: () = {
            #constants

            impl #krate::wire::Attributes for #name {
                const TABLE: #krate::wire::AttrTable = #krate::wire::AttrTable {
                    name: #table_name,
                    header: #header_size,
                    entries: &[#(#entries),*],
                };

                #[inline]
                fn read(&mut self, payload: &[u8]) -> ::core::result::Result<(), #krate::wire::WireError> {
                    #read
                }

                fn put_all(
                    &mut self,
                    attrs: #krate::wire::Attrs<'_>,
                ) -> ::core::result::Result<(), #krate::wire::WireError> {
                    #(#locals)*
                    for attr in attrs {
                        let attr = match attr {
                            ::core::result::Result::Ok(attr) => attr,
                            ::core::result::Result::Err(error) => return ::core::result::Result::Err(error),
                        };
                        #[allow(clippy::match_single_binding)]
                        match attr.kind() {
                            #(#puts)*
                            #(#pads)*
                            _ => #keep,
                        }
                    }
                    #(#joins)*
                    ::core::result::Result::Ok(())
                }

                fn emit_all(&self, writer: &mut #krate::wire::Writer) {
                    let _ = &writer;
                    #(#emits)*
                    #emit_unknown
                }

                fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut #krate::Interface)) {
                    let _ = &visit;
                    #(#index_visits)*
                    #(#visits)*
                }
            }
        };
        #codec
    }
}

fn visit_index(field: &Field) -> TokenStream {
    let member = &field.member;
    quote! {
        if let ::core::option::Option::Some(interface) = &mut self.#member {
            visit(interface);
        }
    }
}

/// The codec as a payload: an optional header, then the attributes. A message has it too (`VETH_INFO_PEER` holds one).
fn codec(model: &Model) -> TokenStream {
    let (name, krate) = (&model.name, &model.krate);
    let write = write_header(model);
    quote! {
        #[automatically_derived]
        impl #krate::wire::Codec for #name {
            const SHAPE: #krate::wire::Shape = #krate::wire::Shape::Nest(&<Self as #krate::wire::Attributes>::TABLE);

            fn decode(payload: &[u8]) -> ::core::result::Result<Self, #krate::wire::WireError> {
                let mut value = <Self as ::core::default::Default>::default();
                #krate::wire::Attributes::read(&mut value, payload)?;
                ::core::result::Result::Ok(value)
            }

            fn encode(&self, writer: &mut #krate::wire::Writer) {
                #write
                #krate::wire::Attributes::emit_all(self, writer);
            }

            fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut #krate::Interface)) {
                #krate::wire::Attributes::visit_interfaces(self, visit);
            }
        }
    }
}

/// The body of `read`: header, should there be one, and attributes.
fn read(model: &Model) -> TokenStream {
    let krate = &model.krate;
    let Some(header) = model.option_type("header") else {
        return quote!(#krate::wire::Attributes::put_all(self, #krate::wire::Attrs::new(payload)));
    };
    let indexes = model.fields.iter().filter_map(|field| match &field.place {
        FieldPlace::Index(path) => {
            let member = &field.member;
            Some(quote! {
                let index = ::core::mem::take(&mut #path);
                self.#member = (index != 0).then_some(#krate::Interface::Index(index));
            })
        }
        _ => None,
    });
    quote! {
        #[allow(unused_mut)]
        let (mut header, rest) = <#header as #krate::wire::Fixed>::split(payload)?;
        #(#indexes)*
        self.header = header;
        #krate::wire::Attributes::put_all(self, #krate::wire::Attrs::new(rest))
    }
}

/// Statements that write the header, interface indexes filled in.
pub(crate) fn write_header(model: &Model) -> TokenStream {
    let krate = &model.krate;
    if model.option_type("header").is_none() {
        return TokenStream::new();
    }
    let indexes = model.fields.iter().filter_map(|field| match &field.place {
        FieldPlace::Index(path) => {
            let member = &field.member;
            Some(quote! {
                match &self.#member {
                    ::core::option::Option::Some(#krate::Interface::Index(index)) => #path = *index,
                    ::core::option::Option::Some(#krate::Interface::Name(name)) => {
                        writer.fail(#krate::wire::WireCause::Unresolved(::std::string::String::from(&**name)));
                    }
                    ::core::option::Option::None => {}
                }
            })
        }
        _ => None,
    });
    quote! {
        #[allow(unused_mut)]
        let mut header = self.header;
        #(#indexes)*
        writer.bytes(#krate::zerocopy::IntoBytes::as_bytes(&header));
        writer.align();
    }
}

/// Impls that do nothing, for a declaration with errors.
pub(crate) fn empty(name: &Ident, krate: &TokenStream) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #krate::wire::Attributes for #name {
            const TABLE: #krate::wire::AttrTable = #krate::wire::AttrTable::EMPTY;
            fn read(&mut self, _: &[u8]) -> ::core::result::Result<(), #krate::wire::WireError> {
                ::core::result::Result::Ok(())
            }
            fn put_all(
                &mut self,
                _: #krate::wire::Attrs<'_>,
            ) -> ::core::result::Result<(), #krate::wire::WireError> {
                ::core::result::Result::Ok(())
            }
            fn emit_all(&self, _: &mut #krate::wire::Writer) {}
            fn visit_interfaces(&mut self, _: &mut dyn FnMut(&mut #krate::Interface)) {}
        }
    }
}
