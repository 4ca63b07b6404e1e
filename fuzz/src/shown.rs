//! Output in both formats: it comes, and what claims to be JSON is JSON.

use std::collections::HashSet;
use std::fmt;

use nlink_core::show::{Format, Options, Show, Sink};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Options of output, one bit each; a few names for numbers, some of them nasty.
pub fn options(bits: u8) -> Options {
    let mut options = Options {
        details: bits & 1 != 0,
        statistics: bits >> 1 & 3,
        human: bits & 8 != 0,
        numeric: bits & 16 != 0,
        oneline: bits & 32 != 0,
        brief: bits & 64 != 0,
        pretty: bits & 128 != 0,
        color: bits & 8 != 0,
        ..Options::default()
    };
    if bits & 16 == 0 {
        options.names.interfaces = [(1, "lo".to_owned()), (2, "a\"\\\u{1}\u{e9}".to_owned())].into();
        options.names.down = [2].into();
        options.names.namespaces = [(0, "blue".to_owned()), (1, "\u{7f}\n".to_owned())].into();
        options.names.tables = [("group", [(7, "seven\t".to_owned())].into())].into();
    }
    options
}

/// Shows the item in both formats.
///
/// # Panics
/// When its JSON is none.
pub fn show(item: &impl Show, options: &Options) {
    Sink::render(item, Format::Text, options);
    let json = Sink::render(item, Format::Json, options);
    if let Err(error) = serde_json::from_str::<Json>(&json) {
        panic!("{error}: {json}");
    }
}

/// A JSON value that is only looked at: an object has each key once.
struct Json;

impl<'de> serde::Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Json)
    }
}

macro_rules! scalars {
    ($($visit:ident: $ty:ty),*) => {
        $(fn $visit<E: Error>(self, _: $ty) -> Result<Json, E> {
            Ok(Json)
        })*
    };
}

impl<'de> Visitor<'de> for Json {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    scalars!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        while list.next_element::<Json>()?.is_some() {}
        Ok(Json)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut keys = HashSet::new();
        while let Some((key, Json)) = map.next_entry::<String, Json>()? {
            if !keys.insert(key.clone()) {
                return Err(A::Error::custom(format!("{key:?} is there twice")));
            }
        }
        Ok(Json)
    }
}
