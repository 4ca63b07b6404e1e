//! The impls of `Kind`, `Params` and `Show` of a kind file.

use proc_macro2::TokenStream;
use quote::quote;

use crate::attr::{Item, Value};
use crate::model::{AttrField, Field, Model};

/// The impls of a sound declaration, beside those of its attributes.
pub(crate) fn expand(model: &Model) -> TokenStream {
    let (name, krate) = (&model.name, &model.krate);
    let kind = model.option_text("name");
    let module = option_literal(model, "module");
    let since = option_literal(model, "since");
    let params = (!manual(model, "words")).then(|| params(model));
    let show_impl = (!manual(model, "show")).then(|| show(model));
    let shown = manual(model, "show") || worded(model).any(|worded| worded.show().is_some());
    quote! {
        #[automatically_derived]
        impl #krate::kind::Kind for #name {
            const NAME: &'static str = #kind;
            const MODULE: ::core::option::Option<&'static str> = #module;
            const SINCE: ::core::option::Option<&'static str> = #since;
            const SHOWN: bool = #shown;
        }
        #params
        #show_impl
    }
}

fn option_literal(model: &Model, key: &str) -> TokenStream {
    match model.option_text(key) {
        Some(text) => quote!(::core::option::Option::Some(#text)),
        None => quote!(::core::option::Option::None),
    }
}

fn manual(model: &Model, key: &str) -> bool {
    let named_manual =
        |item: &Item| matches!(&item.value, Some(Value::Type(ty)) if quote!(#ty).to_string() == "manual");
    model.option(key).is_some_and(named_manual)
}

/// A field with words: one of its own, or those of the struct it holds.
struct Worded<'a> {
    field: &'a Field,
    attr: &'a AttrField,
    krate: &'a TokenStream,
}

fn worded(model: &Model) -> impl Iterator<Item = Worded<'_>> {
    let fields = model.attrs().map(|(field, attr)| Worded { field, attr, krate: &model.krate });
    fields.filter(|worded| ["word", "shown", "words"].iter().any(|key| worded.attr.item(key).is_some()))
}

impl Worded<'_> {
    /// Whether the field is a flag: there or not, without an `Option`.
    fn is_flag(&self) -> bool {
        let ty = &self.field.ty;
        quote!(#ty).to_string() == "bool"
    }

    /// The type of the value: of a field `Option<T>` it is `T`, of any other the field's own.
    fn value(&self) -> TokenStream {
        let (ty, krate) = (&self.field.ty, self.krate);
        match self.is_optional() {
            true => quote!(<#ty as #krate::wire::OptionOf>::Inner),
            false => quote!(#ty),
        }
    }

    fn is_optional(&self) -> bool {
        let ty = &self.field.ty;
        let text = quote!(#ty).to_string().replace(' ', "");
        ["Option<", "std::option::Option<", "::std::option::Option<"].iter().any(|option| text.starts_with(option))
    }

    /// How the value is spelled, as a type that has the trait's functions.
    fn style(&self) -> TokenStream {
        let (value, krate) = (self.value(), self.krate);
        let style = match self.attr.ty("style") {
            Some(style) => quote!(#style),
            None if self.is_flag() => quote!(#krate::words::Presence),
            None => quote!(#krate::words::Natural),
        };
        quote!(<#style as #krate::words::Grammar<#value>>)
    }

    /// Code for the value where there is one; the code sees it as `value`, a reference.
    fn when_set(&self, code: &TokenStream) -> TokenStream {
        let member = &self.field.member;
        if self.is_flag() {
            quote!(if self.#member { let value = &self.#member; #code })
        } else if self.is_optional() {
            quote!(if let ::core::option::Option::Some(value) = &self.#member { #code })
        } else {
            quote!(if !self.#member.is_empty() { let value = &self.#member; #code })
        }
    }

    /// The entries of the usage table, as an expression of type `&[WordEntry]`.
    fn usage(&self) -> Option<TokenStream> {
        let krate = self.krate;
        if self.attr.item("words").is_some() {
            let value = self.value();
            return Some(quote!(<#value as #krate::words::Params>::USAGE));
        }
        let word = self.attr.text("word")?;
        let entry = match self.attr.text("off") {
            Some(off) => quote!(#krate::words::WordEntry::switch(#word, #off)),
            None if self.is_flag() => quote!(#krate::words::WordEntry::flag(#word)),
            None => {
                let style = self.style();
                quote!(#krate::words::WordEntry::value(#word, #style::WHAT))
            }
        };
        Some(quote!(&[#entry]))
    }

    /// The arms that take the field's words.
    fn accept(&self) -> Option<TokenStream> {
        let (krate, member) = (self.krate, &self.field.member);
        if self.attr.item("words").is_some() {
            let value = self.value();
            return Some(quote! {
                word if <#value as #krate::words::Params>::USAGE.iter().any(|entry| entry.is(word)) => {
                    let within = self.#member.get_or_insert_default();
                    return #krate::words::Params::accept(within, word, words);
                }
            });
        }
        let word = self.attr.text("word")?;
        let words = std::iter::once(word).chain(self.attr.text("alias"));
        let style = self.style();
        Some(match self.attr.text("off") {
            Some(off) => quote! {
                #(#words)|* => words.once(word, &mut self.#member, true)?,
                #off => words.once(word, &mut self.#member, false)?,
            },
            None if self.is_optional() => quote! {
                #(#words)|* => {
                    let value = #style::read(word, words)?;
                    words.once(word, &mut self.#member, value)?;
                }
            },
            None => {
                let filled = match self.is_flag() {
                    true => quote!(self.#member),
                    false => quote!(!self.#member.is_empty()),
                };
                quote! {
                    #(#words)|* => {
                        let value = #style::read(word, words)?;
                        if #filled {
                            return ::core::result::Result::Err(#krate::words::WordError::twice(word));
                        }
                        self.#member = value;
                    }
                }
            }
        })
    }

    /// Statements that write the field's words.
    fn write(&self) -> Option<TokenStream> {
        let krate = self.krate;
        if self.attr.item("words").is_some() {
            return Some(self.when_set(&quote!(#krate::words::Params::write_params(value, params);)));
        }
        let word = self.attr.text("word")?;
        let style = self.style();
        Some(self.when_set(&match self.attr.text("off") {
            Some(off) => quote!(params.push((if *value { #word } else { #off }).into());),
            None => quote!(#style::write(#word, value, params);),
        }))
    }

    /// Statements that show the field.
    fn show(&self) -> Option<TokenStream> {
        let krate = self.krate;
        if self.attr.item("words").is_some() {
            return Some(self.when_set(&quote!(#krate::show::Show::show(value, sink);)));
        }
        let word = self.attr.text("word").or(self.attr.text("shown"))?;
        let key = self.attr.text("json").unwrap_or(word);
        let style = self.style();
        let show = self.when_set(&match self.attr.text("off") {
            Some(off) if self.attr.item("style").is_none() => quote!(sink.switch(#key, #word, #off, *value);),
            _ => quote!(#style::show(#key, #word, value, sink);),
        });
        let then = self.attr.ty("then").map(|then| quote!(#then(self, sink);));
        Some(quote!(#show #then))
    }
}

fn params(model: &Model) -> TokenStream {
    let (name, krate) = (&model.name, &model.krate);
    let usage: Vec<TokenStream> = worded(model).filter_map(|worded| worded.usage()).collect();
    let arms = worded(model).filter_map(|worded| worded.accept());
    let writes = worded(model).filter_map(|worded| worded.write());
    let complete = model.option_type("complete").map(|complete| {
        quote! {
            fn complete(&mut self) -> ::core::result::Result<(), #krate::words::WordError> {
                #complete(self)
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #krate::words::Params for #name {
            const USAGE: &'static [#krate::words::WordEntry] = {
                const TABLES: &[&[#krate::words::WordEntry]] = &[#(#usage),*];
                const LENGTH: usize = 0 #(+ (#usage as &[#krate::words::WordEntry]).len())*;
                &#krate::words::join_usage::<LENGTH>(TABLES)
            };

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

            #complete

            fn write_params(&self, params: &mut ::std::vec::Vec<::std::string::String>) {
                let _ = &params;
                #(#writes)*
            }
        }
    }
}

fn show(model: &Model) -> TokenStream {
    let (name, krate) = (&model.name, &model.krate);
    let shows = worded(model).filter_map(|worded| worded.show());
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
