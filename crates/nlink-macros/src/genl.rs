//! `#[genl_family]`: a module that is a family. It gets the family's marker, and its messages learn where the crates are.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Expr, Ident, Item, ItemMod, LitStr, Path, Result, Token, parse_quote};

/// What stands in the parentheses.
#[derive(Default)]
struct Options {
    name: Option<Expr>,
    version: Option<Expr>,
    krate: Option<Path>,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut options = Self::default();
        while !input.is_empty() {
            let key = input.call(Ident::parse_any)?;
            input.parse::<Token![=]>()?;
            match key.to_string().as_str() {
                "name" => options.name = Some(input.parse()?),
                "version" => options.version = Some(input.parse()?),
                "crate" => options.krate = Some(input.call(Path::parse_mod_style)?),
                _ => {
                    return Err(syn::Error::new(
                        key.span(),
                        "unknown key in #[genl_family(…)]; known: name, version, crate",
                    ));
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

/// Expands the attribute. After an error the module is still there, so that the user sees one message.
pub(crate) fn family(options: TokenStream, module: TokenStream) -> TokenStream {
    match expand(options, module.clone()) {
        Ok(expanded) => expanded,
        Err(error) => {
            let error = error.to_compile_error();
            quote!(#error #module)
        }
    }
}

fn expand(options: TokenStream, module: TokenStream) -> Result<TokenStream> {
    let place = options.span();
    let Options { name, version, krate } = syn::parse2(options)?;
    let mut module: ItemMod = syn::parse2(module)?;
    let name = name.ok_or_else(|| syn::Error::new(place, "a family needs its name: name = \"TASKSTATS\""))?;
    if let Expr::Lit(literal) = &name
        && let syn::Lit::Str(text) = &literal.lit
    {
        check_name(text)?;
    }
    let version = version.ok_or_else(|| syn::Error::new(place, "a family needs the version it speaks: version = 1"))?;
    let Some((_, items)) = &mut module.content else {
        return Err(syn::Error::new_spanned(&module.ident, "the module needs its messages here, in braces"));
    };
    if let Some(krate) = &krate {
        for item in items.iter_mut() {
            if let Item::Struct(message) = item
                && message.attrs.iter().any(|attr| attr.path().is_ident("command"))
            {
                message.attrs.push(parse_quote!(#[command(crate = #krate)]));
            }
        }
    }
    let genl = krate.map_or_else(|| quote!(::nlink_genl), |path| quote!(#path));
    let doc = format!("The family's marker: `Connection::<{}::Family>::open()`.", module.ident);
    let marker = quote_spanned! { module.ident.span() =>
        #genl::family! {
            #[doc = #doc]
            pub struct Family = #name, #version;
        }
    };
    items.push(syn::parse2(marker)?);
    // Globs give way to whatever the module imports or declares itself.
    items.push(parse_quote!(
        #[allow(unused_imports)]
        use super::*;
    ));
    items.push(parse_quote!(#[allow(unused_imports)] use #genl::declare::*;));
    Ok(quote!(#module))
}

/// The kernel's names of families are short.
fn check_name(name: &LitStr) -> Result<()> {
    if name.value().is_empty() || name.value().len() > 15 {
        return Err(syn::Error::new_spanned(name, "a family's name has 1 to 15 bytes"));
    }
    Ok(())
}
