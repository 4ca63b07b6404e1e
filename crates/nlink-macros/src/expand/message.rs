//! The impls of `Message` and, with a protocol, `Object`.

use proc_macro2::TokenStream;
use quote::quote;

use super::attributes::write_header;
use super::fields;
use crate::model::{Model, Role};

/// The impls of a sound declaration, beside those of its attributes.
pub(crate) fn expand(model: &Model) -> TokenStream {
    let (name, krate) = (&model.name, &model.krate);
    let header = model.option_type("header").map_or(quote!(()), |header| quote!(#header));
    let write = write_header(model);
    let object = object(model);
    let fields = (model.role == Role::Message).then(|| fields::expand(model));
    quote! {
        #[automatically_derived]
        impl #krate::wire::Message for #name {
            type Header = #header;

            fn emit(&self, writer: &mut #krate::wire::Writer) {
                #write
                #krate::wire::Attributes::emit_all(self, writer);
            }
        }
        #object
        #fields
    }
}

fn object(model: &Model) -> Option<TokenStream> {
    let (name, krate) = (&model.name, &model.krate);
    let protocol = model.option_type("protocol")?;
    let kind = model.option_text("name")?;
    let (new, del, get) = (model.option_type("new")?, model.option_type("del")?, model.option_type("get")?);
    let describe = model.option_type("describe")?;
    let hint = model.option_type("hint").map(|hint| {
        quote! {
            fn hint(&self, error: &#krate::KernelError) -> ::core::option::Option<::std::string::String> {
                #hint(self, error)
            }
        }
    });
    let request = model.option_type("request").map(|request| {
        quote! {
            #[inline]
            fn emit_request(&self, writer: &mut #krate::wire::Writer) {
                #request(self, writer);
            }
        }
    });
    let split = model.option_type("split").map(|split| {
        quote! {
            fn split_off(&mut self) -> ::core::option::Option<Self> {
                #split(self)
            }
        }
    });
    Some(quote! {
        #[automatically_derived]
        impl #krate::object::Object for #name {
            type Protocol = #protocol;
            const NAME: &'static str = #kind;
            const NEW: u16 = #krate::wire::attr_id(#new);
            const DEL: u16 = #krate::wire::attr_id(#del);
            const GET: u16 = #krate::wire::attr_id(#get);

            fn describe(&self) -> ::std::string::String {
                #describe(self)
            }

            #hint

            #request

            #split
        }
    })
}
