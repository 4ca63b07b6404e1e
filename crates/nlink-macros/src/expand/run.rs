//! From the model to the impls; after an error the impls are still there, empty, so that the user sees one message.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use super::{attributes, command, kind, message};
use crate::model::{Model, Role};
use crate::valid;

/// Runs one derive.
pub(crate) fn run(input: TokenStream, role: Role) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let name = input.ident.clone();
    let model = match Model::read(input, role) {
        Ok(model) => model,
        Err(error) => {
            let empty = attributes::empty(&name, &role.core(None));
            let error = error.to_compile_error();
            return quote!(#error #empty);
        }
    };
    if let Err(error) = valid::check(&model) {
        let empty = attributes::empty(&model.name, &model.krate);
        let error = error.to_compile_error();
        return quote!(#error #empty);
    }
    let attributes = attributes::expand(&model);
    let more = match role {
        Role::Nest => TokenStream::new(),
        Role::Message => message::expand(&model),
        Role::Kind => kind::expand(&model),
        Role::Command => command::expand(&model),
    };
    quote!(#attributes #more)
}
