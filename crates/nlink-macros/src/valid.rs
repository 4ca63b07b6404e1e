//! Every rule that a declaration must keep. Each has its case in `tests/ui/`; each error points at the thing at fault
//! and says the way out.

use syn::{Error, Type};

use crate::attr::{Item, Value};
use crate::model::{AttrField, FIELD_KEYS, Field, FieldPlace, Model, Role, last_segment};

/// Forms of which a field has at most one.
const FORMS: &[&str] =
    &["indexed", "packed", "records", "unnested", "by_family", "repeated", "as", "or", "pad", "kind"];

/// Checks all rules and gives all errors at once.
pub(crate) fn check(model: &Model) -> Result<(), Error> {
    let mut errors = Vec::new();
    known_keys(&model.options, model.role.keys(), model.role.attribute(), &mut errors);
    for field in &model.fields {
        check_field(field, &mut errors);
    }
    one_home(model, &mut errors);
    constants_once(model, &mut errors);
    words_once(model, &mut errors);
    struct_rules(model, &mut errors);
    match errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    }) {
        None => Ok(()),
        Some(errors) => Err(errors),
    }
}

fn known_keys(items: &[Item], known: &[&str], attribute: &str, errors: &mut Vec<Error>) {
    let mut seen: Vec<String> = Vec::new();
    for item in items {
        match item.word() {
            Some(word) if known.contains(&word.as_str()) => {
                if seen.contains(&word) {
                    errors.push(item.error(format_args!("`{word}` is given twice")));
                }
                seen.push(word);
            }
            _ => errors.push(item.error(format_args!("unknown key in #[{attribute}(…)]; known: {}", known.join(", ")))),
        }
    }
}

fn check_field(field: &Field, errors: &mut Vec<Error>) {
    match &field.place {
        FieldPlace::Nowhere => errors.push(Error::new_spanned(
            &field.member,
            "this field has no place on the wire: give it #[attr(NUMBER)], or #[attr(unknown)] to keep what is unknown",
        )),
        FieldPlace::Attr(attr) => check_attr(field, attr, errors),
        FieldPlace::Header | FieldPlace::Index(_) | FieldPlace::Unknown => {}
    }
}

fn check_attr(field: &Field, attr: &AttrField, errors: &mut Vec<Error>) {
    known_keys(&attr.items, FIELD_KEYS, "attr", errors);
    let forms: Vec<&Item> = FORMS.iter().filter_map(|form| attr.item(form)).collect();
    if let [_, second, ..] = forms.as_slice() {
        errors.push(second.error("a field has one form; this is its second"));
    }
    for item in &attr.items {
        let Some(word) = item.word() else { continue };
        let wanted = match word.as_str() {
            "word" | "alias" | "off" | "shown" | "json" | "since" => "a text",
            "repeated" | "as" | "or" | "pad" | "kind" | "style" | "then" => "a name",
            "indexed" | "packed" | "records" | "unnested" | "by_family" | "words" => "no value",
            _ => continue,
        };
        let fits = match &item.value {
            Some(Value::Text(_)) => wanted == "a text",
            Some(Value::Type(_)) => wanted == "a name",
            None => wanted == "no value",
        };
        if !fits {
            errors.push(item.error(format_args!("`{word}` takes {wanted}")));
        }
    }
    if let (Some(off), None) = (attr.item("off"), attr.item("word")) {
        errors.push(off.error("`off` is the opposite of `word`: give `word` as well"));
    }
    if let (Some(alias), None) = (attr.item("alias"), attr.item("word")) {
        errors.push(alias.error("`alias` is another spelling of `word`: give `word` as well"));
    }
    for (one, other) in [("word", "shown"), ("word", "words"), ("shown", "words")] {
        if let (Some(_), Some(item)) = (attr.item(one), attr.item(other)) {
            errors.push(item.error(format_args!("a field has either `{one}` or `{other}`")));
        }
    }
    if let (Some(off), false) = (attr.item("off"), is_option_of(&field.ty, "bool")) {
        errors.push(off.error("`off` needs a field of type Option<bool>"));
    }
    if is_vec_of(&field.ty, "u8") && forms.is_empty() {
        errors.push(Error::new_spanned(
            &field.ty,
            "Vec<u8> would be one attribute for each byte: use Option<Blob> for bytes, or `packed`",
        ));
    }
    if attr.item("word").or(attr.item("shown")).is_none()
        && let Some(item) = attr.item("json").or(attr.item("style")).or(attr.item("then"))
    {
        errors.push(item.error(
            "without `word` the field is neither read nor shown: give `word`, or `shown` for what is only read",
        ));
    }
}

/// The same attribute, or `unknown`, twice.
fn one_home(model: &Model, errors: &mut Vec<Error>) {
    let mut seen: Vec<String> = Vec::new();
    for (_, attr) in model.attrs() {
        for name in std::iter::once(attr.kernel_name()).chain(attr.ty("or").map(last_segment)) {
            if seen.contains(&name) {
                errors.push(Error::new_spanned(&attr.number, format_args!("{name} already belongs to a field above")));
            }
            seen.push(name);
        }
    }
    let unknown = model.fields.iter().filter(|field| matches!(field.place, FieldPlace::Unknown));
    for field in unknown.skip(1) {
        errors.push(Error::new_spanned(&field.member, "unknown attributes already belong to a field above"));
    }
}

/// Two fields of a message whose constants would have the same name.
fn constants_once(model: &Model, errors: &mut Vec<Error>) {
    if model.role != Role::Message {
        return;
    }
    let index = model.fields.iter().filter(|field| matches!(field.place, FieldPlace::Index(_)));
    let index = index.map(|Field { member, .. }| quote::quote!(#member).to_string().to_uppercase());
    let reserved = ["HEADER", "UNKNOWN"].map(str::to_owned).into_iter().chain(index);
    let mut seen: Vec<(String, String)> = reserved.map(|constant| (constant, String::new())).collect();
    for (_, attr) in model.attrs() {
        let (constant, name) = (attr.constant(), attr.kernel_name());
        if seen.iter().any(|(taken, by)| *taken == constant && *by != name) {
            errors.push(Error::new_spanned(
                &attr.number,
                format_args!("another field's constant is called {constant} already: put this one into a nest"),
            ));
        }
        seen.push((constant, name));
    }
}

/// A word that two fields would answer to.
fn words_once(model: &Model, errors: &mut Vec<Error>) {
    let mut seen: Vec<String> = Vec::new();
    for (_, attr) in model.attrs() {
        for text in [attr.text("word"), attr.text("alias"), attr.text("off")].into_iter().flatten() {
            if seen.contains(&text.value()) {
                errors.push(Error::new_spanned(text, format_args!("the word {:?} is used twice", text.value())));
            }
            seen.push(text.value());
        }
    }
}

fn struct_rules(model: &Model, errors: &mut Vec<Error>) {
    let header = model.fields.iter().find(|field| matches!(field.place, FieldPlace::Header));
    match (model.role, model.option("header"), header) {
        (_, Some(_), None) => {
            errors.push(Error::new_spanned(&model.name, "the header needs its field: `pub header: …`"))
        }
        (role, None, Some(field)) => errors.push(Error::new_spanned(
            &field.member,
            format_args!("a field `header` needs #[{}(header = TYPE)]", role.attribute()),
        )),
        _ => {}
    }
    if let Role::Kind = model.role
        && model.option_text("name").is_none()
    {
        errors.push(Error::new_spanned(&model.name, "a kind needs its name: #[kind(name = \"vxlan\")]"));
    }
    if let Role::Command = model.role {
        command_rules(model, errors);
    }
    if let Some(protocol) = model.option("protocol") {
        for key in ["name", "new", "del", "get", "describe"] {
            if model.option(key).is_none() {
                errors.push(protocol.error(format_args!("an object needs `{key} = …` too")));
            }
        }
    }
    if !model.generics.params.is_empty() {
        errors.push(Error::new_spanned(&model.generics, "a declaration has no generic parameters"));
    }
}

fn command_rules(model: &Model, errors: &mut Vec<Error>) {
    if ["request", "reply", "event"].iter().all(|key| model.option(key).is_none()) {
        errors.push(Error::new_spanned(
            &model.name,
            "a message of a family says when it is sent: #[command(request = …)], `reply = …` or `event = …`",
        ));
    }
    for (key, needs) in [("answer", "request"), ("event", "group"), ("group", "event")] {
        if let (Some(item), None) = (model.option(key), model.option(needs)) {
            errors.push(item.error(format_args!("`{key}` needs `{needs} = …` too")));
        }
    }
    if let (Some(item), Some(_)) = (model.option("answer"), model.option("reply")) {
        errors.push(item.error("a request is answered by itself (`reply`) or by another type (`answer`), not by both"));
    }
    if let Some(item) = model.option("group")
        && model.option_text("group").is_none()
    {
        errors.push(item.error("`group` takes the name of a multicast group, a text"));
    }
}

fn is_option_of(ty: &Type, inner: &str) -> bool {
    is_wrapper_of(ty, "Option", inner)
}

fn is_vec_of(ty: &Type, inner: &str) -> bool {
    is_wrapper_of(ty, "Vec", inner)
}

fn is_wrapper_of(ty: &Type, wrapper: &str, inner: &str) -> bool {
    let text = quote::quote!(#ty).to_string().replace(' ', "");
    text.ends_with(&format!("{wrapper}<{inner}>"))
}
