//! The impls of `Kind`, `Params` and `Show` of a kind file.

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use crate::attr::{Item, Value};
use crate::model::{AttrField, Field, Model};

/// The impls of a sound declaration, beside those of its attributes.
pub(crate) fn expand(model: &Model) -> TokenStream {
    let (name, krate) = (&model.name, &model.krate);
    let kind = model.option_text("name");
    let module = option_literal(model, "module");
    let since = option_literal(model, "since");
    let params = (!manual(model, "words")).then(|| params(model));
    let show = (!manual(model, "show")).then(|| show(model));
    quote! {
        #[automatically_derived]
        impl #krate::kind::Kind for #name {
            const NAME: &'static str = #kind;
            const MODULE: ::core::option::Option<&'static str> = #module;
            const SINCE: ::core::option::Option<&'static str> = #since;
        }
        #params
        #show
    }
}

fn option_literal(model: &Model, key: &str) -> TokenStream {
    match model.option_text(key) {
        Some(text) => quote!(::core::option::Option::Some(#text)),
        None => quote!(::core::option::Option::None),
    }
}

fn manual(model: &Model, key: &str) -> bool {
    let named_manual = |item: &Item| matches!(&item.value, Some(Value::Type(ty)) if quote!(#ty).to_string() == "manual");
    model.option(key).is_some_and(named_manual)
}

/// A field with a word.
struct Worded<'a> {
    field: &'a Field,
    attr: &'a AttrField,
    word: &'a LitStr,
}

fn worded(model: &Model) -> Vec<Worded<'_>> {
    let with_word = model.attrs().filter_map(|(field, attr)| Some((field, attr, attr.text("word")?)));
    with_word.map(|(field, attr, word)| Worded { field, attr, word }).collect()
}

impl Worded<'_> {
    /// The style of the value as a type, applied to what is in the `Option`.
    fn style(&self, krate: &TokenStream) -> TokenStream {
        let ty = &self.field.ty;
        let style = match self.attr.ty("style") {
            Some(style) => quote!(#style),
            None => quote!(#krate::words::Natural),
        };
        quote!(<#style as #krate::words::Style<<#ty as #krate::wire::OptionOf>::Inner>>)
    }
}

fn params(model: &Model) -> TokenStream {
    let (name, krate) = (&model.name, &model.krate);
    let fields = worded(model);
    let usage = fields.iter().map(|worded| {
        let word = worded.word;
        match worded.attr.text("off") {
            Some(off) => quote!(#krate::words::WordEntry::switch(#word, #off)),
            None => {
                let style = worded.style(krate);
                quote!(#krate::words::WordEntry::value(#word, #style::WHAT))
            }
        }
    });
    let arms = fields.iter().map(|worded| {
        let (word, member) = (worded.word, &worded.field.member);
        match worded.attr.text("off") {
            Some(off) => quote! {
                #word => words.once(#word, &mut self.#member, true)?,
                #off => words.once(#off, &mut self.#member, false)?,
            },
            None => {
                let style = worded.style(krate);
                quote! {
                    #word => {
                        let value = words.styled(#word, #style::parse)?;
                        words.once(#word, &mut self.#member, value)?;
                    }
                }
            }
        }
    });
    let writes = fields.iter().map(|worded| {
        let (word, member) = (worded.word, &worded.field.member);
        let push = match worded.attr.text("off") {
            Some(off) => quote!(params.push((if *value { #word } else { #off }).into());),
            None => {
                let style = worded.style(krate);
                quote!(params.push(#word.into()); params.push(#style::word(value));)
            }
        };
        quote!(if let ::core::option::Option::Some(value) = &self.#member { #push })
    });
    quote! {
        #[automatically_derived]
        impl #krate::words::Params for #name {
            const USAGE: &'static [#krate::words::WordEntry] = &[#(#usage),*];

            fn accept(
                &mut self,
                word: &str,
                words: &mut #krate::words::Words<'_>,
            ) -> ::core::result::Result<bool, #krate::words::WordError> {
                let _ = &words;
                #[allow(clippy::match_single_binding)]
                match word {
                    #(#arms)*
                    _ => return ::core::result::Result::Ok(false),
                }
                #[allow(unreachable_code)]
                ::core::result::Result::Ok(true)
            }

            fn write_params(&self, params: &mut ::std::vec::Vec<::std::string::String>) {
                let _ = &params;
                #(#writes)*
            }
        }
    }
}

fn show(model: &Model) -> TokenStream {
    let (name, krate) = (&model.name, &model.krate);
    let shows = worded(model).into_iter().map(|worded| {
        let (word, member) = (worded.word, &worded.field.member);
        let key = worded.attr.text("json").unwrap_or(word);
        let show = match worded.attr.text("off") {
            Some(off) => quote!(sink.switch(#key, #word, #off, *value);),
            None => {
                let style = worded.style(krate);
                quote!(sink.word(#key, #word, #style::shown(value));)
            }
        };
        quote!(if let ::core::option::Option::Some(value) = &self.#member { #show })
    });
    quote! {
        #[automatically_derived]
        impl #krate::show::Show for #name {
            fn show(&self, sink: &mut #krate::show::Sink<'_>) {
                let _ = &sink;
                #(#shows)*
            }
        }
    }
}
