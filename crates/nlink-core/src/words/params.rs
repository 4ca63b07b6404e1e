//! What a kind's options are called: the trait that the derive fills in.

use super::{WordError, Words};

/// One word of a usage line: an option with a value, or a switch with its opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordEntry {
    /// The word.
    pub word: &'static str,
    /// The word for the opposite.
    pub off: Option<&'static str>,
    /// What follows it.
    pub value: Option<&'static str>,
}

impl WordEntry {
    /// A word with a value after it.
    pub const fn value(word: &'static str, value: &'static str) -> Self {
        Self { word, off: None, value: Some(value) }
    }

    /// A word and its opposite.
    pub const fn switch(word: &'static str, off: &'static str) -> Self {
        Self { word, off: Some(off), value: None }
    }

    /// A word alone.
    pub const fn flag(word: &'static str) -> Self {
        Self { word, off: None, value: None }
    }

    /// Whether `word` is one of the two.
    pub fn is(&self, word: &str) -> bool {
        self.words().any(|own| own == word)
    }

    /// The one or two words.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        [Some(self.word), self.off].into_iter().flatten()
    }
}

/// Two tables of words as one; for the derives, which know both lengths.
#[doc(hidden)]
#[allow(clippy::mem_replace_with_default)] // `take` is no const fn
pub const fn join_usage<const N: usize>(tables: &[&[WordEntry]]) -> [WordEntry; N] {
    let mut joined = [WordEntry::flag(""); N];
    let (mut to, mut rest): (&mut [WordEntry], _) = (&mut joined, tables);
    while let [table, others @ ..] = rest {
        let mut from = *table;
        while let [entry, more @ ..] = from
            && let Some((place, places)) = std::mem::replace(&mut to, &mut []).split_first_mut()
        {
            *place = *entry;
            (from, to) = (more, places);
        }
        rest = others;
    }
    joined
}

/// Options that are read from words and written as words.
///
/// `parse_params(to_params(x)) == x` for every value that words can express.
pub trait Params: Sized {
    /// The words, for usage lines, completion and the offer of the nearest.
    const USAGE: &'static [WordEntry];

    /// Takes `word`, with what follows it in `words`, if it is one of ours.
    fn accept(&mut self, word: &str, words: &mut Words<'_>) -> Result<bool, WordError>;

    /// Called when the words have ended: fills in what follows from them, refuses what does not fit together.
    fn complete(&mut self) -> Result<(), WordError> {
        Ok(())
    }

    /// Appends the words that give this value.
    fn write_params(&self, params: &mut Vec<String>);

    /// The words that give this value.
    fn to_params(&self) -> Vec<String> {
        let mut params = Vec::new();
        self.write_params(&mut params);
        params
    }

    /// Reads all of `params`; words left over are refused.
    fn parse_params<S: AsRef<str>>(params: &[S]) -> Result<Self, WordError>
    where
        Self: Default,
    {
        let mut value = Self::default();
        Words::new(params).options(short_name::<Self>(), &mut value)?;
        Ok(value)
    }
}

/// An object that a run of words gives, by a grammar of its own: a route, an address, a filter.
///
/// Reading stops at the end of the words, or where the grammar says so; [`Words::parse_to_end`] refuses what is left.
pub trait FromWords: Sized {
    /// Reads the object from what `words` holds next.
    fn from_words(words: &mut Words<'_>) -> Result<Self, WordError>;
}

/// The last segment of a type's path.
fn short_name<T>() -> &'static str {
    let name = std::any::type_name::<T>();
    name.rsplit("::").next().unwrap_or(name)
}
