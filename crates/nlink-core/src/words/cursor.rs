//! The cursor over words.

use super::{BadValue, FromWords, Params, Word, WordError};

/// A command's words, read from left to right.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    words: std::vec::IntoIter<&'a str>,
}

impl<'a> Words<'a> {
    /// A cursor before the first word.
    pub fn new<S: AsRef<str> + ?Sized + 'a>(words: impl IntoIterator<Item = &'a S>) -> Self {
        Self { words: words.into_iter().map(AsRef::as_ref).collect::<Vec<_>>().into_iter() }
    }

    /// The next word, taken.
    #[allow(clippy::should_implement_trait)] // a cursor, not an iterator: it is asked for values in between
    pub fn next(&mut self) -> Option<&'a str> {
        self.words.next()
    }

    /// The next word, left where it is.
    pub fn peek(&self) -> Option<&'a str> {
        self.words.as_slice().first().copied()
    }

    /// Takes the next word if it is one of `names`.
    pub fn take(&mut self, names: &[&str]) -> bool {
        let found = self.peek().is_some_and(|word| names.contains(&word));
        if found {
            self.words.next();
        }
        found
    }

    /// The words not read yet.
    pub fn rest(&self) -> &[&'a str] {
        self.words.as_slice()
    }

    /// Takes all words that are left.
    pub fn take_rest(&mut self) -> Vec<&'a str> {
        std::mem::take(&mut self.words).collect()
    }

    /// The word after `after`, which is `what`.
    pub fn value(&mut self, after: &str, what: &str) -> Result<&'a str, WordError> {
        self.words.next().ok_or_else(|| WordError::missing(after, what))
    }

    /// The word after `after` as a value.
    pub fn parse<T: Word>(&mut self, after: &str) -> Result<T, WordError> {
        let word = self.value(after, T::WHAT)?;
        T::parse_word(word).map_err(|error| WordError::bad(after, word, error))
    }

    /// The word after `after`, read by `parse`.
    pub fn styled<T>(&mut self, after: &str, parse: impl FnOnce(&str) -> Result<T, BadValue>) -> Result<T, WordError> {
        let word = self.value(after, "a value")?;
        parse(word).map_err(|error| WordError::bad(after, word, error))
    }

    /// Fills `field`, which the word `word` may do once.
    pub fn once<T>(&self, word: &str, field: &mut Option<T>, value: T) -> Result<(), WordError> {
        if field.is_some() {
            return Err(WordError::twice(word));
        }
        *field = Some(value);
        Ok(())
    }

    /// Reads the word after `word` into `field`, once.
    pub fn fill<T: Word>(&mut self, word: &str, field: &mut Option<T>) -> Result<(), WordError> {
        let value = self.parse(word)?;
        self.once(word, field, value)
    }

    /// Reads the options of `subject` until the words end.
    pub fn options<T: Params>(&mut self, subject: &str, into: &mut T) -> Result<(), WordError> {
        while let Some(word) = self.next() {
            if !into.accept(word, self).map_err(|error| error.of(subject))? {
                return Err(WordError::unknown(word, T::USAGE.iter().flat_map(|entry| entry.words())).of(subject));
            }
        }
        into.complete().map_err(|error| error.of(subject))
    }

    /// Reads all words as one object; words left over are refused.
    pub fn parse_to_end<T: FromWords>(&mut self) -> Result<T, WordError> {
        let object = T::from_words(self)?;
        self.finish()?;
        Ok(object)
    }

    /// Refuses words that are left.
    pub fn finish(&mut self) -> Result<(), WordError> {
        match self.words.next() {
            None => Ok(()),
            Some(word) => Err(WordError::left_over(word)),
        }
    }
}
