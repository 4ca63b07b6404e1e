//! Text that waits to be printed, secrets in it: in pages, for a string that grows leaves copies of itself behind.

use nlink_cli::{Exit, Result, output};
use zeroize::Zeroizing;

/// Bytes of a page.
const PAGE: usize = 32 * 1024;

/// Bytes that a page has left when the next one begins: those of a peer with some hundred allowed IPs.
const LEFT: usize = 4 * 1024;

/// Pages of text, wiped from memory when dropped.
#[derive(Default)]
pub(crate) struct Pages(Vec<Zeroizing<String>>);

/// Where some text stands.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    page: u32,
    start: u32,
    end: u32,
}

impl Pages {
    /// Forgets all of it.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds the text that `write` writes.
    pub(crate) fn put(&mut self, write: impl FnOnce(&mut String)) -> Place {
        if self.0.last().is_none_or(|page| page.len() > PAGE - LEFT) {
            self.0.push(Zeroizing::new(String::with_capacity(PAGE)));
        }
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let page = number(self.0.len().saturating_sub(1));
        let Some(text) = self.0.last_mut() else { return Place { page, start: 0, end: 0 } };
        let start = number(text.len());
        write(text);
        Place { page, start, end: number(text.len()) }
    }

    /// The text that stands there.
    pub(crate) fn at(&self, place: Place) -> &str {
        let [page, start, end] =
            [place.page, place.start, place.end].map(|at| usize::try_from(at).unwrap_or(usize::MAX));
        self.0.get(page).and_then(|text| text.get(start..end)).unwrap_or_default()
    }

    /// Prints it once a page is full, and begins anew.
    pub(crate) fn print_full(&mut self) -> Result<Exit> {
        if self.0.len() < 2 {
            return Ok(Exit::Success);
        }
        let last = self.0.pop();
        std::mem::take(self).print()?;
        self.0.extend(last);
        Ok(Exit::Success)
    }

    /// Prints all of it.
    pub(crate) fn print(self) -> Result<Exit> {
        self.0.into_iter().try_fold(Exit::Success, |_, page| output::bytes(page.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_found_where_it_was_put_and_no_page_grows() {
        let mut pages = Pages::default();
        let places: Vec<Place> =
            (0..10_000).map(|number| pages.put(|text| *text += &format!("line {number}\n"))).collect();
        assert!(places.iter().zip(0..).all(|(place, number)| pages.at(*place) == format!("line {number}\n")));
        assert!(pages.0.len() > 1 && pages.0.iter().all(|page| page.capacity() == PAGE));
    }
}
