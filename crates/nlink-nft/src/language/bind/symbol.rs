//! One word as a value of a type.

use std::net::{Ipv4Addr, Ipv6Addr};

use nlink_core::show::Names;

use crate::DataType;
use crate::language::MeaningError;
use crate::language::tree::{Constant, Scalar, Symbol};
use crate::language::value::{Nature, ValueType, date_value, hour_value, symbols_of, time_value};

/// Days of a week.
const DAYS: u128 = 7;

/// The value of that word.
pub(super) fn constant(symbol: &Symbol, value_type: ValueType, names: &Names) -> Result<Constant, MeaningError> {
    let wrong = |what: &str| MeaningError::new(format!("{} {what} {}", symbol.text, value_type.data_type), symbol.span);
    let scalar = scalar(symbol, value_type, names).ok_or_else(|| wrong("is no"))?;
    if let Scalar::Number(number) = scalar
        && value_type.bits < 128
        && number >> value_type.bits != 0
    {
        return Err(wrong("is too large for"));
    }
    Ok(Constant { value_type, scalar, span: symbol.span })
}

fn scalar(symbol: &Symbol, value_type: ValueType, names: &Names) -> Option<Scalar> {
    let text = symbol.text.as_str();
    let of_type = value_type.data_type;
    if let Some((_, value)) = symbols_of(of_type).iter().find(|(word, _)| *word == text) {
        return Some(Scalar::Number((*value).into()));
    }
    let named = table_of(of_type).and_then(|table| {
        let numbers = names.tables.get(table)?;
        numbers.iter().find(|(_, name)| *name == text).map(|(number, _)| u128::from(*number))
    });
    let value = match value_type.nature() {
        _ if named.is_some() => named,
        _ if of_type == DataType::INTERFACE_INDEX => {
            let known = names.interfaces.iter().find(|(_, name)| *name == text).map(|(index, _)| u128::from(*index));
            let found = known.or_else(|| number(text));
            return Some(found.map_or_else(|| Scalar::Text(text.into()), Scalar::Number));
        }
        _ if of_type == DataType::CLASS => class(text),
        _ if of_type == DataType::DATE => date_value(text).map(u128::from),
        _ if of_type == DataType::HOUR => hour_value(text).map(u128::from),
        _ if of_type == DataType::DAY => number(text).filter(|day| *day < DAYS),
        _ if of_type == DataType::CT_LABEL => number(text).filter(|bit| *bit < 128).map(|bit| 1 << bit),
        Nature::Decimal | Nature::Hexadecimal | Nature::Flags => number(text),
        Nature::Ipv4 => text.parse().ok().map(|address: Ipv4Addr| address.to_bits().into()).or_else(|| number(text)),
        Nature::Ipv6 => text.parse().ok().map(|address: Ipv6Addr| address.to_bits()),
        Nature::Ethernet => ethernet(text),
        Nature::Time => time_value(text).map(u128::from).or_else(|| number(text)?.checked_mul(1000)),
        Nature::Text if symbol.quoted && ["", "*"].contains(&text) => None,
        Nature::Text => {
            let fits = value_type.is_empty() || text.len() < usize::from(value_type.len());
            return fits.then(|| Scalar::Text(text.into()));
        }
        Nature::Verdict => None,
    };
    value.map(Scalar::Number)
}

/// Where the machine's own names for a type's values stand.
fn table_of(data_type: DataType) -> Option<&'static str> {
    Some(match data_type {
        DataType::INET_PROTOCOL => "protocols",
        DataType::INET_SERVICE => "services",
        DataType::USER => "users",
        DataType::GROUP => "groups",
        DataType::REALM => "rt_realms",
        DataType::MARK => "rt_marks",
        DataType::DEVICE_GROUP => "group",
        _ => return None,
    })
}

fn number(text: &str) -> Option<u128> {
    match text.strip_prefix("0x") {
        Some(digits) => u128::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// `1:ffff`
fn class(text: &str) -> Option<u128> {
    match text {
        "none" => return Some(0),
        "root" => return Some(u32::MAX.into()),
        _ => {}
    }
    let Some((major, minor)) = text.split_once(':') else { return number(text) };
    let half = |digits: &str| if digits.is_empty() { Some(0) } else { u16::from_str_radix(digits, 16).ok() };
    Some(u128::from(half(major)?) << 16 | u128::from(half(minor)?))
}

fn ethernet(text: &str) -> Option<u128> {
    let bytes: Option<Vec<u8>> = text.split(':').map(|byte| u8::from_str_radix(byte, 16).ok()).collect();
    let bytes = bytes.filter(|bytes| bytes.len() == 6)?;
    Some(bytes.iter().fold(0, |number, byte| number << 8 | u128::from(*byte)))
}
