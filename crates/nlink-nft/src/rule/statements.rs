//! What a rule does with what it matches.

use std::net::IpAddr;

use nlink_uapi::icmp::ICMP_PORT_UNREACH;
use nlink_uapi::icmpv6::ICMPV6_PORT_UNREACH;
use nlink_uapi::nf_tables::NFT_REJECT_ICMPX_PORT_UNREACH;

use super::RuleBuilder;
use crate::expression::kinds::nat::{NatFlags, NatType};
use crate::expression::kinds::objref::ObjectType;
use crate::expression::kinds::reject::RejectType;
use crate::expression::kinds::{Counter, Immediate, Limit, Log, Masq, Nat, Objref, Redir, Reject};
use crate::expression::{Data, Register, Verdict, VerdictCode};
use crate::{Family, Userdata};

/// What it does.
impl RuleBuilder {
    /// Counts.
    pub fn counter(self) -> Self {
        self.expression(Counter::default())
    }

    /// Counts with the table's counter of that name.
    pub fn counter_named(self, name: &str) -> Self {
        self.object(ObjectType::COUNTER, name)
    }

    /// Goes on as the table's quota of that name says.
    pub fn quota_named(self, name: &str) -> Self {
        self.object(ObjectType::QUOTA, name)
    }

    fn object(self, object_type: ObjectType, name: &str) -> Self {
        self.expression(Objref { object_type: Some(object_type), name: Some(name.into()), ..Objref::default() })
    }

    /// Goes on as long as a rate is kept.
    pub fn limit(self, limit: Limit) -> Self {
        self.expression(limit)
    }

    /// Tells of the packet in the kernel's log; its text begins so.
    pub fn log(self, prefix: &str) -> Self {
        self.expression(Log { prefix: Some(prefix.into()), ..Log::default() })
    }

    /// What becomes of the packet.
    pub fn verdict(self, verdict: impl Into<Verdict>) -> Self {
        self.immediate(Register::VERDICT, verdict.into().into())
    }

    pub(super) fn immediate(self, target: Register, data: Data) -> Self {
        self.expression(Immediate { target: Some(target), data: Some(data), ..Immediate::default() })
    }

    /// It goes on, past this hook's chain.
    pub fn accept(self) -> Self {
        self.verdict(VerdictCode::ACCEPT)
    }

    /// It is dropped.
    pub fn drop(self) -> Self {
        self.verdict(VerdictCode::DROP)
    }

    /// Another chain decides, and then the next rule.
    pub fn jump(self, chain: &str) -> Self {
        self.verdict(Verdict::jump(chain))
    }

    /// Another chain decides, and then the chain that jumped to this one.
    pub fn goto(self, chain: &str) -> Self {
        self.verdict(Verdict::goto(chain))
    }

    /// It is dropped, and its sender told that the port is unreachable, in the packet's own protocol.
    pub fn reject(self) -> Self {
        let (reject_type, code) = match self.rule.header.family {
            Family::IPV4 => (RejectType::ICMP, ICMP_PORT_UNREACH),
            Family::IPV6 => (RejectType::ICMP, ICMPV6_PORT_UNREACH),
            _ => (RejectType::ICMPX, NFT_REJECT_ICMPX_PORT_UNREACH),
        };
        self.expression(Reject { reject_type: Some(reject_type), code: u8::try_from(code).ok(), ..Reject::default() })
    }

    /// It is dropped, and its sender, of a TCP packet, told by a reset.
    pub fn reject_with_reset(self) -> Self {
        let reset = Reject { reject_type: Some(RejectType::TCP_RESET), code: Some(0), ..Reject::default() };
        self.transport(nlink_uapi::in_h::IPPROTO_TCP).expression(reset)
    }

    /// Its source becomes the address of the device that it goes out by.
    pub fn masquerade(self) -> Self {
        self.expression(Masq::default())
    }

    /// Its destination becomes this machine, at that port.
    pub fn redirect_to(self, port: u16) -> Self {
        let redir = Redir { port_min: Some(Register::ONE), flags: Some(NatFlags::PORTS), ..Redir::default() };
        self.immediate(Register::ONE, Data::value(port.to_be_bytes())).expression(redir)
    }

    /// It gets another source.
    pub fn snat_to(self, address: impl Into<IpAddr>) -> Self {
        self.nat(NatType::SOURCE, address.into(), None)
    }

    /// It gets another destination.
    pub fn dnat_to(self, address: impl Into<IpAddr>) -> Self {
        self.nat(NatType::DESTINATION, address.into(), None)
    }

    /// It gets another destination, and a port there.
    pub fn dnat_to_port(self, address: impl Into<IpAddr>, port: u16) -> Self {
        self.nat(NatType::DESTINATION, address.into(), Some(port))
    }

    fn nat(self, nat_type: NatType, address: IpAddr, port: Option<u16>) -> Self {
        let (family, bytes) = match address {
            IpAddr::V4(address) => (Family::IPV4, address.octets().to_vec()),
            IpAddr::V6(address) => (Family::IPV6, address.octets().to_vec()),
        };
        let nat = Nat {
            nat_type: Some(nat_type),
            family: Some(family.0.into()),
            address_min: Some(Register::ONE),
            port_min: port.map(|_| Register::TWO),
            flags: port.map(|_| NatFlags::PORTS),
            ..Nat::default()
        };
        let rule = self.immediate(Register::ONE, Data::value(bytes));
        match port {
            Some(port) => rule.immediate(Register::TWO, Data::value(port.to_be_bytes())),
            None => rule,
        }
        .expression(nat)
    }

    /// Says what it is for.
    pub fn comment(mut self, text: &str) -> Self {
        self.rule.userdata = Some(Userdata::with_comment(text));
        self
    }
}
