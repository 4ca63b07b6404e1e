//! A JSON writer that remembers where it is, laid out as iproute2's: `-p` breaks lines before each name.

use std::fmt::Write;

use super::Scalar;

/// Writes JSON piece by piece.
#[derive(Debug, Default)]
pub(super) struct JsonWriter {
    pub(super) out: String,
    pretty: bool,
    depth: usize,
    /// Whether something stands before the next item of the object or array at hand.
    filled: bool,
}

impl JsonWriter {
    pub(super) fn new(pretty: bool) -> Self {
        Self { pretty, ..Self::default() }
    }

    fn line(&mut self) {
        if self.pretty {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("    ", self.depth));
        }
    }

    /// What stands between items.
    fn separate(&mut self) {
        if self.filled {
            self.out.push(',');
        }
        self.filled = true;
    }

    fn open(&mut self, bracket: char) {
        self.separate();
        self.out.push(bracket);
        self.depth += 1;
        self.filled = false;
    }

    fn close(&mut self, bracket: char) {
        self.depth = self.depth.saturating_sub(1);
        self.out.push(bracket);
        self.filled = true;
    }

    pub(super) fn name(&mut self, name: &str) {
        self.separate();
        self.line();
        self.quoted(name);
        self.out.push(':');
        if self.pretty {
            self.out.push(' ');
        }
        self.filled = false;
    }

    pub(super) fn open_object(&mut self) {
        self.open('{');
    }

    pub(super) fn close_object(&mut self) {
        if self.filled {
            self.depth = self.depth.saturating_sub(1);
            self.line();
            self.depth += 1;
        }
        self.close('}');
    }

    pub(super) fn open_array(&mut self) {
        self.open('[');
        if self.pretty {
            self.out.push(' ');
        }
    }

    pub(super) fn close_array(&mut self) {
        if self.pretty && self.filled {
            self.out.push(' ');
        }
        self.close(']');
    }

    pub(super) fn scalar(&mut self, value: &Scalar) {
        self.separate();
        match value {
            Scalar::Null => self.out.push_str("null"),
            Scalar::Text(text) => self.quoted(text),
            Scalar::Float(value) if !value.is_finite() => self.out.push_str("null"),
            other => {
                let _ = write!(self.out, "{other}");
            }
        }
    }

    fn quoted(&mut self, text: &str) {
        self.out.push('"');
        for letter in text.chars() {
            match letter {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                control if control < ' ' => {
                    let _ = write!(self.out, "\\u{:04x}", u32::from(control));
                }
                other => self.out.push(other),
            }
        }
        self.out.push('"');
    }
}
