//! The attribute of a lab's test: a function for libtest around the async one.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, ItemFn, Result};

use crate::attr::{Item, Value};

/// The test that libtest finds.
pub(crate) fn expand(options: TokenStream, function: TokenStream) -> Result<TokenStream> {
    let lab = lab(options)?;
    let mut function: ItemFn = syn::parse2(function)?;
    if function.sig.asyncness.is_none() {
        return Err(Error::new_spanned(function.sig.fn_token, "the test of a lab is an async fn"));
    }
    if function.sig.inputs.len() != 1 {
        let name = &function.sig.ident;
        return Err(Error::new_spanned(name, format!("the test of a lab takes it: async fn {name}(lab: Lab)")));
    }
    // What is said of the test (a comment, should_panic) is said of what libtest sees.
    let attributes = std::mem::take(&mut function.attrs);
    let name = &function.sig.ident;
    Ok(quote! {
        #[::core::prelude::v1::test]
        #(#attributes)*
        fn #name() {
            #function
            #lab::run(::core::concat!(::core::module_path!(), "::", ::core::stringify!(#name)), #name)
        }
    })
}

/// The path of the lab's crate.
fn lab(options: TokenStream) -> Result<TokenStream> {
    if options.is_empty() {
        return Ok(quote!(::nlink::lab));
    }
    let item: Item = syn::parse2(options)?;
    match (item.word().as_deref(), &item.value) {
        (Some("crate"), Some(Value::Type(path))) => Ok(quote!(#path)),
        _ => Err(item.error("the test of a lab knows one option: crate = path")),
    }
}
