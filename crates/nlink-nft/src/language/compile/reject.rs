//! `reject`: what the sender is told, and what has to be known of the packet for it.

use nlink_uapi::icmp::ICMP_PORT_UNREACH;
use nlink_uapi::icmpv6::ICMPV6_PORT_UNREACH;
use nlink_uapi::if_ether::{ETH_P_IP, ETH_P_IPV6};
use nlink_uapi::in_h::IPPROTO_TCP;
use nlink_uapi::nf_tables::NFT_REJECT_ICMPX_PORT_UNREACH;

use super::program::Program;
use crate::Family;
use crate::expression::kinds::reject::{Reject, RejectType};
use crate::language::MeaningError;
use crate::language::bind::span;
use crate::language::header::ip_ether_type;
use crate::language::tree::{Constant, RejectStatement, RejectWith, Scalar, Term};

impl Program<'_> {
    pub(super) fn reject(&mut self, of: &RejectStatement) -> Result<(), MeaningError> {
        // What the family says goes before what a header says.
        let network = ip_ether_type(self.family().0.into()).or(self.context.network);
        let rule = self.steps.len();
        let (reject_type, code) = match (&of.with, network) {
            (None, Some(ETH_P_IP)) => (RejectType::ICMP, u8::try_from(ICMP_PORT_UNREACH).ok()),
            (None, Some(ETH_P_IPV6)) => (RejectType::ICMP, u8::try_from(ICMPV6_PORT_UNREACH).ok()),
            (None, Some(_)) => return Err(MeaningError::new("cannot reject this network family", of.span)),
            (None, None) => (RejectType::ICMPX, u8::try_from(NFT_REJECT_ICMPX_PORT_UNREACH).ok()),
            (Some(RejectWith::TcpReset), _) => {
                self.need_transport(IPPROTO_TCP, of.span)?;
                (RejectType::TCP_RESET, Some(0))
            }
            (Some(RejectWith::Icmp(code)), _) => {
                self.need_network(ETH_P_IP, false, of.span)?;
                (RejectType::ICMP, Some(number(code)?))
            }
            (Some(RejectWith::Icmpv6(code)), _) => {
                self.need_network(ETH_P_IPV6, false, of.span)?;
                (RejectType::ICMP, Some(number(code)?))
            }
            (Some(RejectWith::Icmpx(_)), _) if [Family::IPV4, Family::IPV6].contains(&self.family()) => {
                return Err(MeaningError::new("abstracted ICMP unreachable not supported", of.span));
            }
            (Some(RejectWith::Icmpx(code)), _) => (RejectType::ICMPX, Some(number(code)?)),
        };
        // What it needs is made sure of before all else.
        let needed = self.steps.len().saturating_sub(rule);
        self.steps.rotate_right(needed);
        self.action([Reject { reject_type: Some(reject_type), code, ..Reject::default() }.into()]);
        Ok(())
    }
}

fn number(code: &Term) -> Result<u8, MeaningError> {
    match code {
        Term::Constant(Constant { scalar: Scalar::Number(number), .. }) => u8::try_from(*number).ok(),
        _ => None,
    }
    .ok_or_else(|| MeaningError::new("this is no code", span(code)))
}
