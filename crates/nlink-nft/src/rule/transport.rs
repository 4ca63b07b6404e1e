//! Ports of packets.

use super::{Operand, RuleBuilder};
use crate::expression::kinds::payload::PayloadBase;

/// A field of a TCP or UDP packet; others do not match (RFC 9293, section 3.1; RFC 768).
#[derive(Debug)]
#[must_use = "nothing of it is compared yet"]
pub struct Transport {
    pub(super) rule: RuleBuilder,
    pub(super) protocol: u32,
}

impl Transport {
    fn at(self, offset: u32, operand: Operand<u16>) -> RuleBuilder {
        self.rule.transport(self.protocol).field(PayloadBase::TRANSPORT, offset, operand)
    }

    /// Its source port.
    pub fn sport(self, port: impl Into<Operand<u16>>) -> RuleBuilder {
        self.at(0, port.into())
    }

    /// Its destination port.
    pub fn dport(self, port: impl Into<Operand<u16>>) -> RuleBuilder {
        self.at(2, port.into())
    }
}
