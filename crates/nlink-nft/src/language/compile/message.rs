//! Fields that only some messages of ICMP have.

use super::bits::number_bytes;
use super::program::{Bytes, Program};
use crate::DataType;
use crate::expression::kinds::payload::PayloadBase;
use crate::language::MeaningError;
use crate::language::header::Field;
use crate::language::tree::{Constant, Element, HeaderField, Term};
use crate::language::value::{ByteOrder, symbols_of};

/// The messages of ICMP and ICMPv6 that have a field behind their first four bytes, by nft's names.
const MESSAGES: [(&str, &str, &[&str]); 10] = [
    ("icmp", "id", &["echo-request", "echo-reply"]),
    ("icmp", "sequence", &["echo-request", "echo-reply"]),
    ("icmp", "gateway", &["redirect"]),
    ("icmp", "mtu", &["destination-unreachable"]),
    ("icmpv6", "id", &["echo-request", "echo-reply"]),
    ("icmpv6", "sequence", &["echo-request", "echo-reply"]),
    ("icmpv6", "param-problem", &["parameter-problem"]),
    ("icmpv6", "mtu", &["packet-too-big"]),
    ("icmpv6", "max-delay", &["mld-listener-query"]),
    ("icmpv6", "daddr", &["nd-redirect"]),
];
/// Those that are about an address.
const ABOUT_ADDRESS: &[&str] = &[
    "mld-listener-query",
    "mld-listener-report",
    "mld-listener-done",
    "nd-neighbor-solicit",
    "nd-neighbor-advert",
    "nd-redirect",
];

impl Program<'_> {
    /// A field that only some messages of ICMP have needs one of them.
    pub(super) fn need_message(&mut self, field: &HeaderField) -> Result<(), MeaningError> {
        let Some((kind, numbers)) = messages_with(field) else { return Ok(()) };
        let known = &self.context.messages;
        match known.iter().find(|message| !numbers.contains(message)) {
            Some(other) => {
                let wanted = numbers.first().copied().unwrap_or_default();
                let message = format!("incompatible icmp match: rule has {other}, need {wanted}");
                return Err(MeaningError::new(message, field.span));
            }
            None if !known.is_empty() => return Ok(()),
            None => {}
        }
        let key = Term::Header(HeaderField { header: field.header, field: kind, span: field.span });
        match numbers.as_slice() {
            [only] => {
                let value = number_bytes(*only, 1, ByteOrder::Network);
                let base = PayloadBase::TRANSPORT;
                self.bytes(Bytes { base, offset: 0, equal: true, value, is_protocol: false });
            }
            _ => {
                let element = |number: &u128| Element::new(Term::Constant(Constant::number(kind.value_type, *number)));
                let elements: Vec<Element> = numbers.iter().map(element).collect();
                self.look_up(&key, &elements, false)?;
            }
        }
        self.context.messages = numbers;
        Ok(())
    }
}

/// The field of the type and the types of the messages that have the field, where not all have it.
pub(crate) fn messages_with(field: &HeaderField) -> Option<(&'static Field, Vec<u128>)> {
    let of = (field.header.name, field.field.name);
    let listed = MESSAGES.iter().find(|(header, name, _)| (*header, *name) == of).map(|(.., types)| *types);
    let names = listed.or((of == ("icmpv6", "taddr")).then_some(ABOUT_ADDRESS))?;
    let kind = field.header.field("type")?;
    let symbols = symbols_of(kind.value_type.data_type);
    let value = |name: &&str| symbols.iter().find(|(word, _)| word == name).map(|(_, number)| u128::from(*number));
    Some((kind, names.iter().filter_map(value).collect()))
}

/// Whether a field says which message of ICMP it is.
pub(super) fn is_message(field: &HeaderField) -> bool {
    [DataType::ICMP_TYPE, DataType::ICMPV6_TYPE].contains(&field.field.value_type.data_type)
}
