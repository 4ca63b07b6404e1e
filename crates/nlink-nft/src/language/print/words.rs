//! Words that text and JSON share.

use nlink_core::wire::{FlagSet, OpenEnum};
use nlink_uapi::nf_log::NF_LOG_MASK;

use crate::expression::kinds::log::{LogFlags, LogLevel};
use crate::expression::kinds::nat::NatFlags;
use crate::expression::kinds::objref::ObjectType;
use crate::expression::kinds::{Limit, Log};
use crate::language::tree::NatKind;
use crate::language::value::TIMES;

/// The word of a statement that translates addresses.
pub(super) fn nat(kind: NatKind) -> &'static str {
    match kind {
        NatKind::Source => "snat",
        NatKind::Destination => "dnat",
        NatKind::Masquerade => "masquerade",
        NatKind::Redirect => "redirect",
    }
}

/// What stands before the name of an object.
pub(super) fn object(object: ObjectType) -> String {
    match object {
        ObjectType::CT_HELPER | ObjectType::CT_TIMEOUT | ObjectType::CT_EXPECT => format!("{object} set "),
        ObjectType::SECMARK => "meta secmark set ".into(),
        other => format!("{other} name "),
    }
}

/// How addresses and ports are chosen, as far as it is said in words.
pub(super) fn nat_flags(flags: NatFlags) -> Vec<&'static str> {
    let by_words = [NatFlags::RANDOM, NatFlags::FULLY_RANDOM, NatFlags::PERSISTENT];
    by_words.into_iter().filter(|flag| flags.contains(*flag)).flat_map(FlagSet::names).collect()
}

/// What more of a packet is told.
pub(super) fn log_flags(flags: LogFlags) -> Vec<&'static str> {
    if flags.0 & NF_LOG_MASK == NF_LOG_MASK { vec!["all"] } else { flags.names().collect() }
}

/// The level, where it is not what it is unless said otherwise.
pub(super) fn log_level(log: &Log) -> Option<&'static str> {
    log.level.filter(|level| *level != LogLevel::WARNING).and_then(OpenEnum::name)
}

/// The unit of a rate's time.
pub(super) fn time_unit(limit: &Limit) -> &'static str {
    let seconds = limit.unit.unwrap_or(1);
    TIMES.iter().find(|(unit, _)| *unit == seconds).map_or("second", |(_, name)| name)
}
