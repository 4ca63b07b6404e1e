//! Where output goes: text or JSON, from the same calls.

use std::fmt::{self, Write};

use super::color::END;
use super::json::JsonWriter;
use super::{Color, Options, Scalar, Shown};

/// Text or JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As the reference tool prints it.
    Text,
    /// As the reference tool's `-j` prints it.
    Json,
}

/// Something that can be shown.
pub trait Show {
    /// Hands the sink everything there is to show, in order.
    fn show(&self, sink: &mut Sink<'_>);
}

/// Takes keys, values and texts, and keeps of them what its format wants.
#[derive(Debug)]
pub struct Sink<'o> {
    options: &'o Options,
    out: Out,
}

#[derive(Debug)]
enum Out {
    Text(String),
    Json(JsonWriter),
}

impl<'o> Sink<'o> {
    /// An empty one.
    pub fn new(format: Format, options: &'o Options) -> Self {
        let out = match format {
            Format::Text => Out::Text(String::new()),
            Format::Json => Out::Json(JsonWriter::new(options.pretty)),
        };
        Self { options, out }
    }

    /// One item as a whole: its text, or a JSON object.
    pub fn render(item: &impl Show, format: Format, options: &Options) -> String {
        let mut sink = Sink::new(format, options);
        sink.item(|sink| item.show(sink));
        sink.finish()
    }

    /// What was written.
    pub fn finish(self) -> String {
        match self.out {
            Out::Text(text) => text,
            Out::Json(json) => json.out,
        }
    }

    /// Takes what was written so far, for output item by item; where it stands is remembered.
    pub fn take(&mut self) -> String {
        match &mut self.out {
            Out::Text(text) => std::mem::take(text),
            Out::Json(json) => std::mem::take(&mut json.out),
        }
    }

    /// What shall be shown.
    pub fn options(&self) -> &'o Options {
        self.options
    }

    /// Whether this is JSON.
    pub fn is_json(&self) -> bool {
        matches!(self.out, Out::Json(_))
    }

    /// A value under a key; `text` is what stands in text.
    pub fn put(&mut self, key: &str, value: impl Into<Scalar>, text: fmt::Arguments<'_>) {
        match &mut self.out {
            Out::Text(out) => {
                let _ = out.write_fmt(text);
            }
            Out::Json(json) => {
                json.name(key);
                json.scalar(&value.into());
            }
        }
    }

    /// As [`put`](Self::put), coloured in text.
    pub fn put_colored(&mut self, color: Color, key: &str, value: impl Into<Scalar>, text: fmt::Arguments<'_>) {
        if self.options.color && color != Color::Plain && !self.is_json() {
            self.text(format_args!("{}{text}{END}", color.start()));
        } else {
            self.put(key, value, text);
        }
    }

    /// Text that JSON does not have.
    pub fn text(&mut self, text: fmt::Arguments<'_>) {
        if let Out::Text(out) = &mut self.out {
            let _ = out.write_fmt(text);
        }
    }

    /// A value that text does not have.
    pub fn json(&mut self, key: &str, value: impl Into<Scalar>) {
        if let Out::Json(json) = &mut self.out {
            json.name(key);
            json.scalar(&value.into());
        }
    }

    /// The commonest form: `word value `.
    pub fn word(&mut self, key: &str, word: &str, value: impl Into<Shown>) {
        let shown = value.into();
        let text = shown.text();
        self.put(key, shown.value, format_args!("{word} {text} "));
    }

    /// A truth value: one of two words in text.
    pub fn switch(&mut self, key: &str, on: &str, off: &str, value: bool) {
        self.put(key, value, format_args!("{} ", if value { on } else { off }));
    }

    /// A flag: present or not; JSON says `true`, or `null` where `iproute2` does (see [`json`](Self::json)).
    pub fn flag(&mut self, key: &str, text: &str) {
        self.put(key, true, format_args!("{text} "));
    }

    /// A flag that JSON spells `null`, as iproute2's `print_null` does.
    pub fn null(&mut self, key: &str, text: fmt::Arguments<'_>) {
        self.put(key, Scalar::Null, text);
    }

    /// An object under a key; in text only what is within.
    pub fn object(&mut self, key: &str, within: impl FnOnce(&mut Self)) {
        if let Out::Json(json) = &mut self.out {
            json.name(key);
        }
        self.item(within);
    }

    /// An object that is an array's element or stands alone.
    pub fn item(&mut self, within: impl FnOnce(&mut Self)) {
        if let Out::Json(json) = &mut self.out {
            json.open_object();
        }
        within(self);
        if let Out::Json(json) = &mut self.out {
            json.close_object();
        }
    }

    /// An array under a key.
    pub fn array(&mut self, key: &str, within: impl FnOnce(&mut Self)) {
        if let Out::Json(json) = &mut self.out {
            json.name(key);
        }
        self.list(within);
    }

    /// An array that stands alone.
    pub fn list(&mut self, within: impl FnOnce(&mut Self)) {
        self.open_list();
        within(self);
        self.close_list();
    }

    /// Begins an array that stands alone, for items that come one by one.
    pub fn open_list(&mut self) {
        if let Out::Json(json) = &mut self.out {
            json.open_array();
        }
    }

    /// Ends it.
    pub fn close_list(&mut self) {
        if let Out::Json(json) = &mut self.out {
            json.close_array();
        }
    }

    /// A scalar as an array's element.
    pub fn element(&mut self, value: impl Into<Scalar>, text: fmt::Arguments<'_>) {
        match &mut self.out {
            Out::Text(out) => {
                let _ = out.write_fmt(text);
            }
            Out::Json(json) => json.scalar(&value.into()),
        }
    }

    /// A new line within an item: a backslash with `-o`.
    pub fn line(&mut self) {
        let oneline = self.options.oneline;
        self.text(format_args!("{}", if oneline { "\\" } else { "\n" }));
    }
}

/// Gives types that are [`Show`] their `Display`: the text, without the trailing space.
#[macro_export]
macro_rules! display_by_show {
    ($($ty:ty),+ $(,)?) => {$(
        impl ::core::fmt::Display for $ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let options = $crate::show::Options::default();
                let text = $crate::show::Sink::render(self, $crate::show::Format::Text, &options);
                f.pad(text.trim_end())
            }
        }
    )+};
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sample;

    impl Show for Sample {
        fn show(&self, sink: &mut Sink<'_>) {
            sink.put("ifindex", 1u32, format_args!("{}: ", 1));
            sink.put_colored(Color::Interface, "ifname", "lo", format_args!("lo"));
            sink.array("flags", |sink| {
                sink.element("UP", format_args!(" <UP"));
                sink.element("LOWER_UP", format_args!(",LOWER_UP> "));
            });
            sink.object("inner", |sink| sink.word("mtu", "mtu", 65536u32));
            sink.object("empty", |_| ());
        }
    }

    fn shown(format: Format, options: &Options) -> String {
        let mut sink = Sink::new(format, options);
        sink.list(|sink| {
            sink.item(|sink| Sample.show(sink));
            sink.item(|sink| sink.null("none", format_args!("")));
        });
        sink.finish()
    }

    #[test]
    fn text_and_json_come_from_the_same_calls() {
        let plain = Options::default();
        assert_eq!(shown(Format::Text, &plain), "1: lo <UP,LOWER_UP> mtu 65536 ");
        assert_eq!(
            shown(Format::Json, &plain),
            r#"[{"ifindex":1,"ifname":"lo","flags":["UP","LOWER_UP"],"inner":{"mtu":65536},"empty":{}},{"none":null}]"#
        );
        let color = Options { color: true, ..Options::default() };
        assert!(shown(Format::Text, &color).contains("\x1b[1;36mlo\x1b[0m"));
    }

    #[test]
    fn pretty_json_breaks_lines_before_names() {
        let pretty = Options { pretty: true, ..Options::default() };
        let json = shown(Format::Json, &pretty);
        assert!(json.starts_with("[ {\n        \"ifindex\": 1,\n        \"ifname\": \"lo\",\n"), "{json}");
        assert!(json.contains("\"flags\": [ \"UP\",\"LOWER_UP\" ]"), "{json}");
        assert!(json.ends_with("\"none\": null\n    } ]"), "{json}");
    }
}
