//! The impls of a message of a family: `Message`, and `Command`, `Reply`, `Announcement` as declared.

use proc_macro2::TokenStream;
use quote::quote;

use super::message;
use crate::model::Model;

/// The impls of a sound declaration, beside those of its attributes.
pub(crate) fn expand(model: &Model) -> TokenStream {
    let impls = [message::expand(model), command(model), reply(model), announcement(model)];
    impls.into_iter().collect()
}

fn genl(model: &Model) -> TokenStream {
    match model.option_type("crate") {
        Some(path) => quote!(#path),
        None => quote!(::nlink_genl),
    }
}

fn family(model: &Model) -> TokenStream {
    match model.option_type("family") {
        Some(path) => quote!(#path),
        None => quote!(Family),
    }
}

/// A command's number, checked when compiled.
fn number(constant: &syn::Type) -> TokenStream {
    quote! {
        {
            assert!(#constant <= 0xff, "commands have eight bits");
            #[allow(clippy::cast_possible_truncation)]
            { #constant as u8 }
        }
    }
}

fn command(model: &Model) -> TokenStream {
    let Some(request) = model.option_type("request") else { return TokenStream::new() };
    let (name, genl, family, number) = (&model.name, genl(model), family(model), number(request));
    let reply = match (model.option_type("answer"), model.option("reply")) {
        (Some(answer), _) => quote!(#answer),
        (None, Some(_)) => quote!(Self),
        (None, None) => quote!(()),
    };
    quote! {
        #[automatically_derived]
        impl #genl::typed::Command for #name {
            type Family = #family;
            type Reply = #reply;
            const COMMAND: u8 = #number;
        }
    }
}

fn reply(model: &Model) -> TokenStream {
    let Some(reply) = model.option_type("reply") else { return TokenStream::new() };
    let (name, krate, genl, number) = (&model.name, &model.krate, genl(model), number(reply));
    quote! {
        #[automatically_derived]
        impl #genl::typed::Reply for #name {
            const COMMAND: ::core::option::Option<u8> = ::core::option::Option::Some(#number);

            fn decode(body: &[u8]) -> ::core::result::Result<Self, #krate::wire::WireError> {
                <Self as #krate::wire::Message>::decode(body)
            }
        }
    }
}

fn announcement(model: &Model) -> TokenStream {
    let (Some(event), Some(group)) = (model.option_type("event"), model.option_text("group")) else {
        return TokenStream::new();
    };
    let (name, krate, genl, family, number) = (&model.name, &model.krate, genl(model), family(model), number(event));
    quote! {
        #[automatically_derived]
        impl #genl::typed::Announcement for #name {
            type Family = #family;
            const GROUPS: &'static [&'static str] = &[#group];

            fn read(
                command: u16,
                body: &[u8],
            ) -> ::core::option::Option<::core::result::Result<Self, #krate::wire::WireError>> {
                const COMMAND: u8 = #number;
                (command == COMMAND as u16).then(|| <Self as #krate::wire::Message>::decode(body))
            }
        }
    }
}
