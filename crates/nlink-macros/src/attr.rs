//! Reads the helper attributes as written: keys and values with their places, no judgement yet.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Path, Result, Token, Type};

/// One item of a helper attribute: `key`, `key = value`, or a bare path.
pub(crate) struct Item {
    pub(crate) key: Path,
    pub(crate) value: Option<Value>,
}

/// What stands behind the `=`.
#[derive(Clone)]
pub(crate) enum Value {
    Text(LitStr),
    Type(Box<Type>),
}

impl Item {
    /// The key as one word, where it is one.
    pub(crate) fn word(&self) -> Option<String> {
        self.key.get_ident().map(ToString::to_string)
    }

    pub(crate) fn error(&self, message: impl std::fmt::Display) -> syn::Error {
        syn::Error::new_spanned(&self.key, message)
    }
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        // `as` and `crate` are keywords: read any identifier, then the rest of the path
        let key = if input.peek(Ident::peek_any) && !input.peek2(Token![::]) {
            Path::from(input.call(Ident::parse_any)?)
        } else {
            input.call(Path::parse_mod_style)?
        };
        if !input.peek(Token![=]) {
            return Ok(Item { key, value: None });
        }
        input.parse::<Token![=]>()?;
        let value =
            if input.peek(LitStr) { Value::Text(input.parse()?) } else { Value::Type(Box::new(input.parse()?)) };
        Ok(Item { key, value: Some(value) })
    }
}

/// The items of every attribute called `name`.
pub(crate) fn items(attrs: &[Attribute], name: &str) -> Result<Vec<(Item, Span)>> {
    let mut items = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(name)) {
        let list: Punctuated<Item, Token![,]> = attr.parse_args_with(Punctuated::parse_terminated)?;
        let place = Span::call_site();
        items.extend(list.into_iter().map(|item| (item, place)));
    }
    Ok(items)
}

/// The tokens between the parentheses of `#[name(…)]`, where there is one.
pub(crate) fn tokens(attrs: &[Attribute], name: &str) -> Result<Option<TokenStream>> {
    match attrs.iter().find(|attr| attr.path().is_ident(name)) {
        Some(attr) => Ok(Some(attr.meta.require_list()?.tokens.to_token_stream())),
        None => Ok(None),
    }
}
