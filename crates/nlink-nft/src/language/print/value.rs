//! Values by their type, for text and JSON alike.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::Options;
use crate::DataType;
use crate::language::tree::{Constant, Scalar};
use crate::language::value::{Nature, date_text, hour_text, symbols_of, time_text};

/// A value as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// A word: in JSON a text.
    Word(String),
    /// A text between quotation marks.
    Quoted(String),
    /// A number, and how it is written as text.
    Number(u128, String),
}

impl Shown {
    fn decimal(number: u128) -> Self {
        Self::Number(number, number.to_string())
    }

    /// As text.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Word(text) | Self::Number(_, text) => text.clone(),
            Self::Quoted(text) => format!("\"{text}\""),
        }
    }
}

/// Which values are shown by their names, and not as numbers.
#[derive(Clone, Copy, Debug)]
struct Naming {
    services: bool,
    users: bool,
    protocols: bool,
    symbols: bool,
    times: bool,
}

impl Naming {
    /// As at the ends of a range in text.
    const NONE: Self = Self { services: false, users: false, protocols: false, symbols: false, times: false };
}

impl From<&Options> for Naming {
    fn from(options: &Options) -> Self {
        Self {
            services: options.services,
            users: options.users,
            protocols: !options.numeric_protocol,
            symbols: !options.numeric,
            times: !options.numeric_time,
        }
    }
}

/// A value by its type; several flags together are a number.
pub(super) fn shown(constant: &Constant, options: &Options) -> Shown {
    shown_by(constant, options.into(), options)
}

/// An end of a range in text.
pub(super) fn shown_end(constant: &Constant, options: &Options) -> Shown {
    shown_by(constant, Naming::NONE, options)
}

/// An end of a range in JSON, where ports and protocols have no names.
#[cfg(feature = "json")]
pub(super) fn shown_json_end(constant: &Constant, options: &Options) -> Shown {
    shown_by(constant, Naming { services: false, protocols: false, ..options.into() }, options)
}

fn shown_by(constant: &Constant, naming: Naming, options: &Options) -> Shown {
    match &constant.scalar {
        Scalar::Text(text) => Shown::Quoted(text.clone()),
        Scalar::Number(number) => {
            let named = named(constant, *number, naming, options);
            named.unwrap_or_else(|| plain(constant, *number, naming))
        }
    }
}

/// The code of a `reject`, which has names where a packet's has none.
pub(super) fn shown_code(constant: &Constant, options: &Options) -> Shown {
    match constant.scalar {
        Scalar::Number(number) if !options.numeric => {
            symbol(constant.value_type.data_type, number).unwrap_or_else(|| shown(constant, options))
        }
        _ => shown(constant, options),
    }
}

/// Flags one by one; nothing where it is no flags, or none are set.
pub(super) fn flags(constant: &Constant, options: &Options) -> Option<Vec<Shown>> {
    let Scalar::Number(number) = constant.scalar else { return None };
    if constant.value_type.nature() != Nature::Flags || number == 0 {
        return None;
    }
    let bits = (0..u128::BITS).map(|bit| 1u128 << bit).filter(|bit| number & bit != 0);
    Some(bits.map(|bit| shown(&Constant::number(constant.value_type, bit), options)).collect())
}

fn symbol(data_type: DataType, number: u128) -> Option<Shown> {
    let symbols = symbols_of(data_type);
    symbols.iter().find(|(_, value)| u128::from(*value) == number).map(|(word, _)| Shown::Word((*word).into()))
}

/// By name, where it has one that is wanted.
fn named(constant: &Constant, number: u128, naming: Naming, options: &Options) -> Option<Shown> {
    let of = |table| options.names.of(table, u32::try_from(number).ok()?).map(str::to_owned);
    match constant.value_type.data_type {
        DataType::INTERFACE_INDEX => {
            let index = u32::try_from(number).ok()?;
            options.names.interfaces.get(&index).cloned().map(Shown::Quoted)
        }
        DataType::INET_PROTOCOL if naming.protocols => of("protocols").map(Shown::Word),
        DataType::INET_SERVICE if naming.services => of("services").map(Shown::Quoted),
        DataType::USER if naming.users => of("users").map(Shown::Quoted),
        DataType::GROUP if naming.users => of("groups").map(Shown::Quoted),
        DataType::CLASS => Some(Shown::Word(class(number))),
        // Only by the machine's own names; and which ones a code has hangs on the type beside it.
        DataType::INET_PROTOCOL | DataType::INET_SERVICE | DataType::ICMP_CODE | DataType::ICMPV6_CODE => None,
        _ if !naming.symbols => None,
        DataType::DEVICE_GROUP => of("group").map(Shown::Quoted),
        DataType::REALM => Some(of("rt_realms").map_or_else(|| Shown::Word(number.to_string()), Shown::Quoted)),
        DataType::MARK => of("rt_marks").map(Shown::Quoted),
        DataType::DAY => symbol(DataType::DAY, number).map(|day| Shown::Quoted(day.text())),
        other => symbol(other, number),
    }
}

/// `1:ffff`
fn class(number: u128) -> String {
    match number {
        0 => "none".into(),
        0xffff_ffff => "root".into(),
        number => format!("{:x}:{:x}", number >> 16, number & 0xffff),
    }
}

fn plain(constant: &Constant, number: u128, naming: Naming) -> Shown {
    let value_type = constant.value_type;
    match value_type.nature() {
        Nature::Ipv4 => match u32::try_from(number) {
            Ok(bits) => Shown::Word(Ipv4Addr::from(bits).to_string()),
            Err(_) => Shown::decimal(number),
        },
        Nature::Ipv6 => Shown::Word(ipv6(number.into())),
        Nature::Ethernet => {
            let bytes = number.to_be_bytes();
            let from = bytes.len().saturating_sub(value_type.len().max(6).into());
            let parts: Vec<String> = bytes.iter().skip(from).map(|byte| format!("{byte:02x}")).collect();
            Shown::Word(parts.join(":"))
        }
        Nature::Time => {
            let milliseconds = u64::try_from(number).unwrap_or(u64::MAX);
            Shown::Number(number / 1000, time_by(milliseconds, naming))
        }
        // A label is the number of its bit.
        Nature::Flags if value_type.data_type == DataType::CT_LABEL && number.is_power_of_two() => {
            Shown::decimal(number.trailing_zeros().into())
        }
        Nature::Flags => Shown::Number(number, format!("{number:#x}")),
        Nature::Hexadecimal => {
            let width = 2 + 2 * usize::from(value_type.len());
            Shown::Number(number, format!("{number:#0width$x}"))
        }
        _ if value_type.data_type == DataType::DATE => {
            Shown::Quoted(date_text(u64::try_from(number).unwrap_or(u64::MAX)))
        }
        _ if value_type.data_type == DataType::HOUR => {
            Shown::Quoted(hour_text(u32::try_from(number).unwrap_or(u32::MAX)))
        }
        _ if value_type.data_type == DataType::ECN => Shown::Number(number, format!("{number:#x}")),
        _ => Shown::decimal(number),
    }
}

/// A time as text.
pub(super) fn time(milliseconds: u64, options: &Options) -> String {
    time_by(milliseconds, options.into())
}

fn time_by(milliseconds: u64, naming: Naming) -> String {
    if naming.times { time_text(milliseconds) } else { format!("{}s", milliseconds / 1000) }
}

/// The C library writes addresses with an IPv4 one inside in its form, Rust's only mapped ones.
fn ipv6(address: Ipv6Addr) -> String {
    match address.segments() {
        [0, 0, 0, 0, 0, 0, high, _] if high != 0 => {
            let [.., a, b, c, d] = address.octets();
            format!("::{a}.{b}.{c}.{d}")
        }
        _ => address.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::value::ValueType;

    fn text(data_type: DataType, number: u128) -> String {
        shown(&Constant::number(ValueType::of(data_type), number), &Options::default()).text()
    }

    #[test]
    fn a_value_is_written_as_its_type_wants() {
        assert_eq!(text(DataType::MARK, 42), "0x0000002a");
        assert_eq!(text(DataType::ETHER_TYPE, 0x0800), "ip");
        assert_eq!(text(DataType::ETHER_TYPE, 0x1234), "0x1234");
        assert_eq!(text(DataType::INET_SERVICE, 22), "22");
        assert_eq!(text(DataType::IPV6_ADDRESS, 1), "::1");
        assert_eq!(text(DataType::ETHER_ADDRESS, 0x0011_2233_4455), "00:11:22:33:44:55");
        assert_eq!(text(DataType::TIME, 3_600_000), "1h");
        assert_eq!(text(DataType::CLASS, 0x1_ffff), "1:ffff");
        assert_eq!(text(DataType::TCP_FLAG, 0x12), "0x12");
        assert_eq!(text(DataType::TCP_FLAG, 2), "syn");
        assert_eq!(text(DataType::INTERFACE_INDEX, 77), "77");
    }
}
