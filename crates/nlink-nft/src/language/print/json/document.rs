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

/// Writes the objects as one document, each as it comes; `whole` begins it with what wrote it, as a listing does.
///
/// # Errors
/// What the writer says.
pub fn document(objects: impl IntoIterator<Item = Value>, whole: bool, mut writer: impl io::Write) -> io::Result<()> {
    let about = json!({"metainfo": {
        "version": env!("CARGO_PKG_VERSION"),
        "release_name": env!("CARGO_PKG_NAME"),
        "json_schema_version": 1,
    }});
    writer.write_all(b"{\"nftables\": [")?;
    for (number, item) in whole.then_some(about).into_iter().chain(objects).enumerate() {
        Spaced::separate(&mut writer, number == 0)?;
        item.serialize(&mut serde_json::Serializer::with_formatter(&mut writer, Spaced))?;
    }
    writer.write_all(b"]}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_laid_out_as_nft_does() {
        let mut text = Vec::new();
        document([json!({"table": {"name": "t", "handle": 1}}), json!([1, "a"])], false, &mut text).unwrap();
        let expected = "{\"nftables\": [{\"table\": {\"name\": \"t\", \"handle\": 1}}, [1, \"a\"]]}\n";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }
}
