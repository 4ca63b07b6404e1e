//! The constants of a message's fields, and `Compare` by them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Member;

use crate::model::{AttrField, Field, FieldPlace, Model, last_segment};

/// A field that is compared.
struct Compared<'a> {
    member: &'a Member,
    constant: Ident,
    /// The kernel's names: that of the field, and others that it answers to.
    names: Vec<String>,
}

impl<'a> Compared<'a> {
    fn of(field: &'a Field) -> Option<Self> {
        let member = &field.member;
        match &field.place {
            FieldPlace::Header => Some(Self::plain(member, "header")),
            FieldPlace::Unknown => Some(Self::plain(member, "unknown")),
            FieldPlace::Attr(attr) => Some(Self { member, constant: constant(attr), names: names(attr) }),
            FieldPlace::Index(_) => Some(Self::plain(member, &quote!(#member).to_string())),
            FieldPlace::Nowhere => None,
        }
    }

    fn plain(member: &'a Member, name: &str) -> Self {
        Self { member, constant: format_ident!("{}", name.to_uppercase()), names: vec![name.to_owned()] }
    }
}

fn constant(attr: &AttrField) -> Ident {
    format_ident!("{}", attr.constant())
}

fn names(attr: &AttrField) -> Vec<String> {
    let second = ["or", "kind"].iter().filter_map(|key| attr.ty(key)).map(last_segment);
    std::iter::once(attr.kernel_name()).chain(second).collect()
}

/// The constants and the impl of a sound declaration.
pub(crate) fn expand(model: &Model) -> TokenStream {
    let (name, krate) = (&model.name, &model.krate);
    let compared: Vec<Compared<'_>> = model.fields.iter().filter_map(Compared::of).collect();
    let constants = compared.iter().enumerate().map(|(position, field)| {
        let Compared { member, constant, names } = field;
        let kernel_name = names.first();
        let member = quote!(#member).to_string();
        let doc = match kernel_name {
            Some(kernel_name) if *kernel_name != member => {
                format!("The field `{member}` ({kernel_name}) in a set of fields.")
            }
            _ => format!("The field `{member}` in a set of fields."),
        };
        quote! {
            #[doc = #doc]
            #(#[doc(alias = #names)])*
            pub const #constant: #krate::fields::Field<Self> = #krate::fields::Field::new(#position, #kernel_name);
        }
    });
    let (members, all): (Vec<_>, Vec<_>) = compared.iter().map(|field| (field.member, &field.constant)).unzip();
    quote! {
        /// Its fields, as sets of them know them.
        #[automatically_derived]
        #[allow(dead_code, unreachable_pub)]
        impl #name {
            #(#constants)*
        }

        #[automatically_derived]
        impl #krate::fields::Compare for #name {
            const FIELDS: &'static [#krate::fields::Field<Self>] = &[#(Self::#all),*];

            fn compare(&self, other: &Self) -> #krate::fields::Fields<Self> {
                let mut fields = #krate::fields::Fields::NONE;
                #(
                    if self.#members != other.#members {
                        fields.insert(Self::#all);
                    }
                )*
                fields
            }
        }
    }
}
