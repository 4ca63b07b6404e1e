//! Elements of sets as they were listed: in nft's order, and of those that have a name as they were said.

use std::borrow::Borrow;

use super::elements::{Part, elements as understood};
use crate::expression::Data;
use crate::language::compile::bits::number_of;
use crate::language::tree::{Element, Symbol, Term};
use crate::language::value::{ByteOrder, Nature};
use crate::language::{SetMeaning, Span};
use crate::set::{ElementFlags, Set, SetElement, SetElements, SetFlags};

/// The elements sorted by their keys, as nft lists them.
pub fn sorted(set: &Set, list: &SetElements) -> SetElements {
    let mut sorted = list.clone();
    sort(set, &mut sorted.elements);
    sorted
}

/// The elements of a set that has a name. One that is not understood has the bytes of its key, in sixteens.
pub fn elements(set: &Set, list: &SetElements) -> Vec<Element> {
    let mut list: Vec<&SetElement> = list.elements.iter().collect();
    sort(set, &mut list);
    understood(set, &list, &parts(set)).unwrap_or_else(|| list.into_iter().map(by_bytes).collect())
}

/// The kernel has elements in no order. Intervals of concatenations stay as they were listed.
fn sort<E: Borrow<SetElement>>(set: &Set, elements: &mut [E]) {
    let parts = parts(set);
    if parts.len() == 1 || !set.flags.unwrap_or_default().contains(SetFlags::INTERVAL) {
        elements.sort_by_cached_key(|element| rank(element.borrow(), &parts));
    }
}

fn parts(set: &Set) -> Vec<Part> {
    SetMeaning::from(set).keys.iter().map(|of| (*of, usize::from(of.len()), 0)).collect()
}

/// What an element is sorted by: the numbers that the parts of its key are. Whatever is not said otherwise is last.
fn rank(element: &SetElement, parts: &[Part]) -> (bool, Vec<u128>) {
    let is_last = element.flags.is_some_and(|flags| flags.contains(ElementFlags::CATCHALL));
    let mut rest = element.key.as_ref().and_then(Data::bytes).unwrap_or_default();
    let mut numbers = Vec::with_capacity(parts.len());
    for (of, len, _) in parts {
        let part = rest.get(..*len).unwrap_or(rest);
        // Texts are sorted by their letters.
        let order = if of.nature() == Nature::Text { ByteOrder::Network } else { of.order };
        numbers.push(number_of(part, order));
        rest = rest.get(len.next_multiple_of(4)..).unwrap_or_default();
    }
    (is_last, numbers)
}

fn by_bytes(element: &SetElement) -> Element {
    let bytes = element.key.as_ref().and_then(Data::bytes).unwrap_or_default();
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Element::new(Term::Symbol(Symbol { text: format!("0x{digits}"), quoted: false, span: Span::default() }))
}
