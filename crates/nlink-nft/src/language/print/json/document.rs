//! The document around the objects, laid out as nft does.

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;
use serde_json::{Value, json};

/// A space behind each comma and colon, and no line breaks.
struct Spaced;

impl Spaced {
    fn separate<W: ?Sized + io::Write>(writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }
}

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        Self::separate(writer, first)
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        Self::separate(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

/// The objects as one document; `whole` begins it with what wrote it, as a listing does.
pub fn document(objects: Vec<Value>, whole: bool) -> String {
    let about = json!({"metainfo": {
        "version": env!("CARGO_PKG_VERSION"),
        "release_name": env!("CARGO_PKG_NAME"),
        "json_schema_version": 1,
    }});
    let items: Vec<Value> = whole.then_some(about).into_iter().chain(objects).collect();
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Spaced);
    // Writing values to memory cannot fail.
    let _ = json!({ "nftables": items }).serialize(&mut serializer);
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_laid_out_as_nft_does() {
        let text = document(vec![json!({"table": {"name": "t", "handle": 1}}), json!([1, "a"])], false);
        assert_eq!(text, r#"{"nftables": [{"table": {"name": "t", "handle": 1}}, [1, "a"]]}"#);
    }
}
