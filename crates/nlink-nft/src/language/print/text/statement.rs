//! Statements.

use super::super::value::shown_code;
use super::super::words;
use super::matching::is_hexadecimal;
use super::printer::Printer;
use crate::expression::kinds::limit::{LimitFlags, LimitType};
use crate::expression::kinds::log::LogFlags;
use crate::expression::kinds::nat::NatFlags;
use crate::expression::kinds::{Counter, Limit, Log, Quota};
use crate::language::tree::{NatStatement, RejectStatement, RejectWith, Statement, Term};
use crate::language::value::amount;
use crate::{Family, QuotaFlags, Verdict};

impl Printer<'_> {
    pub(super) fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Match(matching) => self.matching(matching),
            Statement::Verdict(verdict) => self.verdict(verdict),
            Statement::VerdictMap(map) => {
                self.term(&map.key);
                self.put(" vmap ");
                self.term(&map.map);
            }
            Statement::Assignment(assignment) => {
                self.term(&assignment.target);
                self.put(" set ");
                match &assignment.value {
                    value @ Term::Constant(_) if is_hexadecimal(&assignment.target) => self.hexadecimal(value),
                    value => self.term(value),
                }
            }
            Statement::Counter(counter) => {
                self.put("counter");
                self.counts(counter);
            }
            Statement::Limit(limit) => self.limit(limit),
            Statement::Quota(quota) => {
                self.put("quota ");
                self.quota(quota);
            }
            Statement::Log(log) => self.log(log),
            Statement::Object(object) => {
                self.put(&words::object(object.object_type));
                match &object.name {
                    Term::Symbol(symbol) => self.quoted(&symbol.text),
                    map => self.term(map),
                }
            }
            Statement::Reject(reject) => self.reject(reject),
            Statement::Nat(nat) => self.nat(nat),
            // In brackets, so that it is no rule when it is read again.
            Statement::Raw(expression) => self.put(&format!("[ {} ]", expression.name())),
        }
    }

    pub(super) fn verdict(&mut self, verdict: &Verdict) {
        self.put(&verdict.code.unwrap_or_default().to_string());
        if let Some(chain) = &verdict.chain {
            self.put(" ");
            self.put(chain);
        }
    }

    /// ` packets 3 bytes 300`
    pub(super) fn counts(&mut self, counter: &Counter) {
        if let (Some(packets), Some(bytes), false) = (counter.packets, counter.bytes, self.options.stateless) {
            self.put(&format!(" packets {packets} bytes {bytes}"));
        }
    }

    fn limit(&mut self, limit: &Limit) {
        self.put("limit rate ");
        if limit.flags.unwrap_or_default().contains(LimitFlags::OVER) {
            self.put("over ");
        }
        let (rate, burst) = (limit.rate.unwrap_or_default(), limit.burst.unwrap_or_default());
        if limit.limit_type == Some(LimitType::BYTES) {
            let (rate, unit) = amount(rate);
            self.put(&format!("{rate} {unit}/{}", words::time_unit(limit)));
            if burst > 0 {
                let (burst, unit) = amount(burst.into());
                self.put(&format!(" burst {burst} {unit}"));
            }
        } else {
            self.put(&format!("{rate}/{}", words::time_unit(limit)));
            if burst > 0 {
                self.put(&format!(" burst {burst} packets"));
            }
        }
    }

    /// `over 25 mbytes used 1 mbytes`
    pub(super) fn quota(&mut self, quota: &Quota) {
        if quota.flags.unwrap_or_default().contains(QuotaFlags::OVER) {
            self.put("over ");
        }
        let (bytes, unit) = amount(quota.bytes.unwrap_or_default());
        self.put(&format!("{bytes} {unit}"));
        if let (Some(used @ 1..), false) = (quota.used, self.options.stateless) {
            let (used, unit) = amount(used);
            self.put(&format!(" used {used} {unit}"));
        }
    }

    fn log(&mut self, log: &Log) {
        self.put("log");
        if let Some(prefix) = &log.prefix {
            self.put(" prefix ");
            self.quoted(prefix);
        }
        let numbers = [
            ("group", log.group.map(u32::from)),
            ("snaplen", log.snaplen),
            ("queue-threshold", log.threshold.map(u32::from)),
        ];
        for (word, number) in numbers {
            if let Some(number) = number {
                self.put(&format!(" {word} {number}"));
            }
        }
        if let Some(level) = words::log_level(log) {
            self.put(&format!(" level {level}"));
        }
        self.log_flags(log.flags.unwrap_or_default());
    }

    fn log_flags(&mut self, flags: LogFlags) {
        let names = words::log_flags(flags);
        let tcp: Vec<&str> = names.iter().filter_map(|name| name.strip_prefix("tcp ")).collect();
        if !tcp.is_empty() {
            self.put(&format!(" flags tcp {}", tcp.join(",")));
        }
        for name in names.iter().filter(|name| !name.starts_with("tcp ")) {
            self.put(&format!(" flags {name}"));
        }
    }

    fn reject(&mut self, reject: &RejectStatement) {
        self.put("reject");
        let (protocol, code) = match &reject.with {
            None => return,
            Some(RejectWith::TcpReset) => return self.put(" with tcp reset"),
            Some(RejectWith::Icmp(code)) => ("icmp", code),
            Some(RejectWith::Icmpv6(code)) => ("icmpv6", code),
            Some(RejectWith::Icmpx(code)) => ("icmpx", code),
        };
        self.put(&format!(" with {protocol} "));
        match code {
            Term::Constant(code) => self.put(&shown_code(code, self.options).text()),
            other => self.term(other),
        }
    }

    fn nat(&mut self, nat: &NatStatement) {
        self.put(words::nat(nat.kind));
        if let Some(family) = nat.family {
            self.put(&format!(" {family}"));
        }
        if nat.flags.contains(NatFlags::NETWORK) {
            self.put(" prefix");
        }
        if nat.address.is_some() || nat.port.is_some() {
            self.put(" to ");
        }
        if let Some(address) = &nat.address {
            self.nat_address(address, nat.port.is_some() && nat.family.is_none_or(|family| family == Family::IPV6));
        }
        if let Some(port) = &nat.port {
            self.put(":");
            self.term(port);
        }
        let flags = words::nat_flags(nat.flags);
        if !flags.is_empty() {
            self.put(&format!(" {}", flags.join(",")));
        }
    }

    /// One of IPv6 is put in brackets before a port.
    fn nat_address(&mut self, address: &Term, brackets: bool) {
        match address {
            Term::Range(first, last) => {
                self.nat_address(first, brackets);
                self.put("-");
                self.nat_address(last, brackets);
            }
            value if brackets && is_ipv6(value) => {
                self.put("[");
                self.term(value);
                self.put("]");
            }
            value => self.term(value),
        }
    }
}

fn is_ipv6(term: &Term) -> bool {
    match term {
        Term::Symbol(symbol) => symbol.text.contains(':'),
        Term::Constant(constant) => constant.value_type.data_type == crate::DataType::IPV6_ADDRESS,
        _ => false,
    }
}
