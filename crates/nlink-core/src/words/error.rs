//! What can be wrong with words. Every sentence about a word is written here and nowhere else.

use std::fmt;

/// A word that is no value of the type: what it should have been, with an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadValue {
    what: String,
    example: String,
    address: bool,
}

impl BadValue {
    /// Not a `what`, which looks for example like `example`.
    pub fn new(what: impl Into<String>, example: impl Into<String>) -> Self {
        Self { what: what.into(), example: example.into(), address: false }
    }

    /// The same for an address or a prefix: iproute2's tools have an exit code of its own for these.
    pub fn address(what: impl Into<String>, example: impl Into<String>) -> Self {
        Self { address: true, ..Self::new(what, example) }
    }
}

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {}; write for example {}", self.what, self.example)
    }
}

impl std::error::Error for BadValue {}

/// A mistake in a command's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordError {
    /// What was being read: `vxlan`, `route`.
    subject: Option<Box<str>>,
    mistake: Box<Mistake>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Mistake {
    Unknown { word: String, nearest: Option<String>, known: Vec<String> },
    Missing { after: String, what: String },
    Incomplete { what: String },
    Bad { of: String, word: String, error: BadValue },
    Twice { word: String },
    LeftOver { word: String },
    Refused { reason: String },
}

impl WordError {
    fn new(mistake: Mistake) -> Self {
        Self { subject: None, mistake: Box::new(mistake) }
    }

    /// A word that nothing here answers to; the nearest of those that do is offered.
    pub fn unknown<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Self {
        let known: Vec<String> = known.into_iter().map(ToOwned::to_owned).collect();
        let near = known.iter().map(|known| (distance(word, known), known)).min();
        let nearest = near.filter(|(distance, _)| *distance <= 1 + word.len() / 4).map(|(_, near)| near.clone());
        Self::new(Mistake::Unknown { word: word.into(), nearest, known })
    }

    /// Nothing after `after`, where a `what` belongs.
    pub fn missing(after: &str, what: &str) -> Self {
        Self::new(Mistake::Missing { after: after.into(), what: what.into() })
    }

    /// The words end, and a `what` was not given.
    pub fn incomplete(what: &str) -> Self {
        Self::new(Mistake::Incomplete { what: what.into() })
    }

    /// `word`, given for `of`, is no such value.
    pub fn bad(of: &str, word: &str, error: BadValue) -> Self {
        Self::new(Mistake::Bad { of: of.into(), word: word.into(), error })
    }

    /// A word that may stand once stood twice.
    pub fn twice(word: &str) -> Self {
        Self::new(Mistake::Twice { word: word.into() })
    }

    /// Words after the end.
    pub fn left_over(word: &str) -> Self {
        Self::new(Mistake::LeftOver { word: word.into() })
    }

    /// Words that are each right and together wrong.
    pub fn refused(reason: impl Into<String>) -> Self {
        Self::new(Mistake::Refused { reason: reason.into() })
    }

    /// The same mistake, made in the words of `subject`.
    pub fn of(mut self, subject: &str) -> Self {
        self.subject.get_or_insert_with(|| subject.into());
        self
    }

    /// Whether the words ended too early.
    pub fn is_incomplete(&self) -> bool {
        matches!(*self.mistake, Mistake::Missing { .. } | Mistake::Incomplete { .. })
    }

    /// Whether they ended behind a word that needs a value.
    pub fn is_without_value(&self) -> bool {
        matches!(*self.mistake, Mistake::Missing { .. })
    }

    /// Whether a word is no address or prefix where one belongs.
    pub fn is_address(&self) -> bool {
        matches!(&*self.mistake, Mistake::Bad { error, .. } if error.address)
    }
}

/// The number of letters to change, add or take away to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(other.chars()) {
            let best = (diagonal + usize::from(a != b)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = best;
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

impl fmt::Display for WordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(subject) = &self.subject {
            write!(f, "{subject}: ")?;
        }
        match &*self.mistake {
            Mistake::Unknown { word, nearest: Some(nearest), .. } => {
                write!(f, "{word:?} is unknown; did you mean {nearest:?}?")
            }
            Mistake::Unknown { word, nearest: None, known } if known.is_empty() => write!(f, "{word:?} is unknown"),
            Mistake::Unknown { word, nearest: None, known } => {
                write!(f, "{word:?} is unknown; known: {}", known.join(", "))
            }
            Mistake::Missing { after, what } => write!(f, "{after:?} needs {what} after it"),
            Mistake::Incomplete { what } => write!(f, "{what} is missing"),
            Mistake::Bad { of, word, error } => write!(f, "{of}: {word:?} is {error}"),
            Mistake::Twice { word } => write!(f, "{word:?} is given twice"),
            Mistake::LeftOver { word } => write!(f, "nothing belongs here any more: {word:?}"),
            Mistake::Refused { reason } => f.write_str(reason),
        }
    }
}

impl std::error::Error for WordError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_has_its_sentence() {
        let bad = || BadValue::new("a time", "15ms");
        let sentences = [
            (WordError::unknown("limt", ["limit", "target"]), r#""limt" is unknown; did you mean "limit"?"#),
            (WordError::unknown("x", ["limit", "target"]), r#""x" is unknown; known: limit, target"#),
            (WordError::missing("mtu", "a number"), r#""mtu" needs a number after it"#),
            (WordError::incomplete("the device"), "the device is missing"),
            (WordError::bad("target", "soon", bad()), r#"target: "soon" is not a time; write for example 15ms"#),
            (WordError::twice("mtu"), r#""mtu" is given twice"#),
            (WordError::left_over("x"), r#"nothing belongs here any more: "x""#),
            (WordError::twice("mtu").of("vxlan"), r#"vxlan: "mtu" is given twice"#),
        ];
        for (error, sentence) in sentences {
            assert_eq!(error.to_string(), sentence);
        }
    }

    #[test]
    fn distance_counts_letters() {
        assert_eq!([distance("limt", "limit"), distance("", "abc"), distance("abc", "abc")], [1, 3, 0]);
    }
}
