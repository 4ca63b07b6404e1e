//! The kernel's bytecode for filters of internet sockets (`INET_DIAG_BC_…`, linux/inet_diag.h; the interpreter is
//! `inet_diag_bc_run` in net/ipv4/inet_diag.c).
//!
//! A program is a run of operations, each a header (`struct inet_diag_bc_op`), then what it looks at. Where it holds, the
//! next one follows; where not, the program goes on so many bytes behind it. Whoever reaches the end exactly is let
//! through; whoever leaves it behind is not.

use ipnet::IpNet;
use nlink_core::wire::{Codec, WireCause, WireError, Writer};
use nlink_uapi::inet_diag::*;
use zerocopy::IntoBytes;

use super::{Condition, End, Expression, Host, Order};
use crate::Family;

/// Where an operation that does not hold goes on.
#[derive(Clone, Copy, Debug)]
enum Otherwise {
    /// Past the end: the socket is not let through.
    Reject,
    /// So many operations further than the next one.
    Skip(usize),
}

#[derive(Debug)]
struct Operation {
    code: u8,
    looks_at: Vec<u8>,
    otherwise: Otherwise,
}

/// Bytes of `struct inet_diag_bc_op`.
const HEAD: usize = size_of::<inet_diag_bc_op>();

impl Operation {
    fn new(code: u32, looks_at: impl FnOnce(&mut Writer)) -> Result<Self, WireError> {
        let mut writer = Writer::new();
        looks_at(&mut writer);
        let code = u8::try_from(code).unwrap_or_default();
        Ok(Self { code, looks_at: writer.finish()?, otherwise: Otherwise::Reject })
    }

    fn jump(otherwise: Otherwise) -> Self {
        let code = u8::try_from(INET_DIAG_BC_JMP).unwrap_or_default();
        Self { code, looks_at: Vec::new(), otherwise }
    }

    fn len(&self) -> usize {
        HEAD + self.looks_at.len()
    }
}

/// The program for sockets of that family. Conditions on other kinds of sockets do not hold.
pub(super) fn compile(expression: &Expression, family: Family) -> Result<Vec<u8>, WireError> {
    assemble(&operations(expression, family)?)
}

fn operations(expression: &Expression, family: Family) -> Result<Vec<Operation>, WireError> {
    match expression {
        Expression::Is(condition) => condition_operation(condition, family).map(|operation| vec![operation]),
        Expression::Not(inner) => {
            let mut list = operations(inner, family)?;
            let behind = list.len() + 1;
            redirect(&mut list, behind);
            list.push(Operation::jump(Otherwise::Reject));
            Ok(list)
        }
        Expression::All(parts) => {
            let lists = parts.iter().map(|part| operations(part, family)).collect::<Result<Vec<_>, _>>()?;
            let list: Vec<_> = lists.into_iter().flatten().collect();
            // An empty program is none at all, so what always holds is said by a jump to the end.
            Ok(if list.is_empty() { vec![Operation::jump(Otherwise::Skip(0))] } else { list })
        }
        Expression::Any(parts) => any(parts, family),
    }
}

/// Each part that does not hold goes on to the next; each that does jumps behind the last.
fn any(parts: &[Expression], family: Family) -> Result<Vec<Operation>, WireError> {
    let Some((last, before)) = parts.split_last() else {
        return Ok(vec![Operation::jump(Otherwise::Reject)]);
    };
    let mut list = operations(last, family)?;
    for part in before.iter().rev() {
        let mut first = operations(part, family)?;
        let next = first.len() + 1;
        redirect(&mut first, next);
        first.push(Operation::jump(Otherwise::Skip(list.len())));
        first.append(&mut list);
        list = first;
    }
    Ok(list)
}

/// Those that reject go on at `to` instead, counted from the list's start.
fn redirect(list: &mut [Operation], to: usize) {
    for (at, operation) in list.iter_mut().enumerate() {
        if let Otherwise::Reject = operation.otherwise {
            operation.otherwise = Otherwise::Skip(to.saturating_sub(at + 1));
        }
    }
}

fn condition_operation(condition: &Condition, family: Family) -> Result<Operation, WireError> {
    match condition {
        Condition::Host(end, Host::Inet { family: wanted, prefix, port }) => {
            let code = match end {
                End::Local => INET_DIAG_BC_S_COND,
                End::Remote => INET_DIAG_BC_D_COND,
            };
            Operation::new(code, |writer| host(*wanted, *prefix, *port, writer))
        }
        Condition::Host(..) => {
            debug_assert!(matches!(family, Family::INET | Family::INET6));
            Ok(Operation::jump(Otherwise::Reject))
        }
        Condition::Port(end, order, port) => {
            let code = match (end, order) {
                (End::Local, Order::AtLeast) => INET_DIAG_BC_S_GE,
                (End::Local, Order::AtMost) => INET_DIAG_BC_S_LE,
                (End::Remote, Order::AtLeast) => INET_DIAG_BC_D_GE,
                (End::Remote, Order::AtMost) => INET_DIAG_BC_D_LE,
            };
            let operand = inet_diag_bc_op { no: *port, ..inet_diag_bc_op::default() };
            Operation::new(code, |writer| writer.bytes(operand.as_bytes()))
        }
        Condition::Device(interface) => Operation::new(INET_DIAG_BC_DEV_COND, |writer| interface.encode(writer)),
        Condition::Mark { mark, mask } => {
            let operand = inet_diag_markcond { mark: *mark, mask: *mask };
            Operation::new(INET_DIAG_BC_MARK_COND, |writer| writer.bytes(operand.as_bytes()))
        }
        Condition::Cgroup(id) => Operation::new(INET_DIAG_BC_CGROUP_COND, |writer| id.encode(writer)),
        Condition::Autobound => Operation::new(INET_DIAG_BC_AUTO, |_| ()),
    }
}

/// `struct inet_diag_hostcond` and an address; the port is -1 where any will do. An address of no family has four bytes
/// of nothing, as ss sends it.
fn host(family: Family, prefix: Option<IpNet>, port: Option<u16>, writer: &mut Writer) {
    let family = match prefix {
        Some(IpNet::V4(_)) => Family::INET,
        Some(IpNet::V6(_)) => Family::INET6,
        None => family,
    };
    let prefix_len = prefix.map_or(0, |prefix| prefix.prefix_len());
    let condition = inet_diag_hostcond {
        family: family.0,
        prefix_len,
        port: port.map_or(-1, i32::from),
        ..inet_diag_hostcond::default()
    };
    writer.bytes(condition.as_bytes());
    match prefix {
        Some(IpNet::V4(prefix)) => writer.bytes(&prefix.addr().octets()),
        Some(IpNet::V6(prefix)) => writer.bytes(&prefix.addr().octets()),
        None if family == Family::INET6 => writer.bytes(&[0; 16]),
        None => writer.bytes(&[0; 4]),
    }
}

fn assemble(list: &[Operation]) -> Result<Vec<u8>, WireError> {
    let mut starts = Vec::with_capacity(list.len() + 1);
    let mut total = 0;
    for operation in list {
        starts.push(total);
        total += operation.len();
    }
    starts.push(total);
    let overflow = |got| WireError::from(WireCause::Overflow { got, limit: usize::from(u16::MAX) });
    let mut program = Vec::with_capacity(total);
    for (at, operation) in list.iter().enumerate() {
        let target = match operation.otherwise {
            Otherwise::Reject => total + HEAD,
            Otherwise::Skip(more) => starts.get(at + 1 + more).copied().unwrap_or(total),
        };
        let distance = target - starts.get(at).copied().unwrap_or(target);
        let head = inet_diag_bc_op {
            code: operation.code,
            yes: u8::try_from(operation.len()).map_err(|_| overflow(operation.len()))?,
            no: u16::try_from(distance).map_err(|_| overflow(distance))?,
        };
        program.extend_from_slice(head.as_bytes());
        program.extend_from_slice(&operation.looks_at);
    }
    Ok(program)
}

#[cfg(test)]
#[path = "bytecode_tests.rs"]
mod tests;
