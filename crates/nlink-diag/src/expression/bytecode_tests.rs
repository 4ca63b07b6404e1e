//! The program against the expression it was made of: run as the kernel runs it, it must decide the same.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use nlink_core::Interface;
use proptest::prelude::*;
use zerocopy::FromBytes;

use super::*;
use crate::{Facts, Place, Selection};

/// `inet_diag_bc_run` of net/ipv4/inet_diag.c.
fn run(program: &[u8], facts: &Facts<'_>) -> bool {
    let (Place::Ip(local), Place::Ip(remote)) = (facts.local, facts.remote) else { return false };
    let mut at = 0;
    while at < program.len() {
        let here = &program[at..];
        let (op, rest) = inet_diag_bc_op::read_from_prefix(here).unwrap();
        let operand = || -> u32 { inet_diag_bc_op::read_from_prefix(rest).unwrap().0.no.into() };
        let yes = match u32::from(op.code) {
            INET_DIAG_BC_JMP => false,
            INET_DIAG_BC_S_GE => facts.local_port >= operand(),
            INET_DIAG_BC_S_LE => facts.local_port <= operand(),
            INET_DIAG_BC_D_GE => facts.remote_port >= operand(),
            INET_DIAG_BC_D_LE => facts.remote_port <= operand(),
            INET_DIAG_BC_AUTO => facts.is_autobound.unwrap(),
            INET_DIAG_BC_S_COND => host_holds(rest, local, facts.local_port),
            INET_DIAG_BC_D_COND => host_holds(rest, remote, facts.remote_port),
            INET_DIAG_BC_DEV_COND => u32::read_from_prefix(rest).unwrap().0 == facts.interface,
            INET_DIAG_BC_MARK_COND => {
                let condition = inet_diag_markcond::read_from_prefix(rest).unwrap().0;
                facts.mark.unwrap() & condition.mask == condition.mark
            }
            INET_DIAG_BC_CGROUP_COND => u64::from_ne_bytes(*rest.first_chunk().unwrap()) == facts.cgroup,
            code => panic!("no such operation: {code}"),
        };
        at += if yes { usize::from(op.yes) } else { usize::from(op.no) };
    }
    at == program.len()
}

fn host_holds(rest: &[u8], address: IpAddr, port: u32) -> bool {
    let (condition, address_bytes) = inet_diag_hostcond::read_from_prefix(rest).unwrap();
    if condition.port != -1 && i64::from(condition.port) != i64::from(port) {
        return false;
    }
    let own = match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    let family = if address.is_ipv4() { Family::INET } else { Family::INET6 };
    let bits =
        |bytes: &[u8]| bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect::<Vec<_>>();
    let same = |own: &[u8]| {
        let length = usize::from(condition.prefix_len);
        bits(own)[..length] == bits(&address_bytes[..length.div_ceil(8)])[..length]
    };
    match Family(condition.family) {
        Family::UNSPEC => condition.prefix_len == 0 || same(&own),
        wanted if wanted == family => same(&own),
        Family::INET => own[..12] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff] && same(&own[12..]),
        _ => false,
    }
}

/// `inet_diag_bc_audit`: what the kernel refuses.
fn is_sound(program: &[u8]) -> bool {
    let starts: Vec<usize> = {
        let (mut starts, mut at) = (vec![], 0);
        while at < program.len() {
            starts.push(at);
            at += usize::from(program[at + 1]).max(4);
        }
        starts.push(at);
        starts
    };
    let sound = |at: &usize| {
        let Ok((op, _)) = inet_diag_bc_op::read_from_prefix(&program[*at..]) else { return false };
        let (yes, no, left) = (usize::from(op.yes), usize::from(op.no), program.len() - at);
        let lands = |jump: usize| jump == left + 4 || starts.contains(&(at + jump));
        yes >= 4 && yes % 4 == 0 && no >= 4 && no % 4 == 0 && no <= left + 4 && lands(no) && lands(yes)
    };
    starts.last() == Some(&program.len()) && starts[..starts.len() - 1].iter().all(sound)
}

fn ips() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        (0u8..3).prop_map(|last| Ipv4Addr::new(10, 0, 0, last).into()),
        (0u16..3).prop_map(|last| Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, last).into()),
        (0u8..3).prop_map(|last| Ipv4Addr::new(10, 0, 0, last).to_ipv6_mapped().into()),
    ]
}

fn prefixes() -> impl Strategy<Value = IpNet> {
    (ips(), 0u8..=128).prop_map(|(ip, length)| {
        let most = if ip.is_ipv4() { 32 } else { 128 };
        IpNet::new(ip, length % (most + 1)).unwrap()
    })
}

fn conditions() -> impl Strategy<Value = Condition> {
    let ends = || prop_oneof![Just(End::Local), Just(End::Remote)];
    let orders = prop_oneof![Just(Order::AtLeast), Just(Order::AtMost)];
    let families = prop_oneof![Just(Family::UNSPEC), Just(Family::INET), Just(Family::INET6)];
    let hosts = prop_oneof![
        4 => (families, proptest::option::of(prefixes()), proptest::option::of(0u16..5)).prop_map(
            |(family, prefix, port)| {
                let family = if prefix.is_some() { Family::UNSPEC } else { family };
                Host::Inet { family, prefix, port }
            }
        ),
        1 => Just(Host::Unix("/run/*".into())),
        1 => (proptest::option::of(0u8..20), proptest::option::of(0u32..9))
            .prop_map(|(protocol, port)| Host::Netlink { protocol, port }),
    ];
    prop_oneof![
        (ends(), hosts).prop_map(|(end, host)| Condition::Host(end, host)),
        (ends(), orders, 0u16..5).prop_map(|(end, order, port)| Condition::Port(end, order, port)),
        (0u32..3).prop_map(|index| Condition::Device(Interface::Index(index))),
        (0u32..4, 0u32..4).prop_map(|(mark, mask)| Condition::Mark { mark, mask }),
        (0u64..3).prop_map(Condition::Cgroup),
        Just(Condition::Autobound),
    ]
}

fn expressions() -> impl Strategy<Value = Expression> {
    conditions().prop_map(Expression::from).prop_recursive(5, 40, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| Expression::Not(Box::new(inner))),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Expression::All),
            proptest::collection::vec(inner, 2..4).prop_map(Expression::Any),
        ]
    })
}

fn facts() -> impl Strategy<Value = Facts<'static>> {
    let ports = (0u32..5, 0u32..5);
    (ips(), ips(), ports, 0u32..3, 0u32..4, 0u64..3, proptest::bool::ANY).prop_map(
        |(local, remote, (local_port, remote_port), interface, mark, cgroup, chosen)| {
            let remote = if local.is_ipv4() == remote.is_ipv4() { remote } else { local };
            Facts {
                family: if local.is_ipv4() { Family::INET } else { Family::INET6 },
                local: Place::Ip(local),
                remote: Place::Ip(remote),
                local_port,
                remote_port,
                interface,
                mark: Some(mark),
                cgroup,
                is_autobound: Some(chosen),
            }
        },
    )
}

proptest! {
    #[test]
    fn kernel_and_library_decide_the_same(expression in expressions(), facts in facts()) {
        let program = compile(&expression, facts.family).unwrap();
        prop_assert!(is_sound(&program), "{program:?}");
        prop_assert_eq!(Some(run(&program, &facts)), expression.holds(&facts));
    }

    #[test]
    fn what_only_the_kernel_knows_never_drops_a_socket(expression in expressions(), facts in facts()) {
        let less = Facts { mark: None, is_autobound: None, ..facts };
        if expression.holds(&facts) == Some(true) {
            prop_assert!(expression.may_hold(&less));
        }
    }

    #[test]
    fn an_expression_as_text_reads_back_the_same(expression in expressions()) {
        // Numbers of interfaces and words of other kinds of sockets as well.
        let text = expression.to_string();
        prop_assert_eq!(text.parse::<Selection>().map(|read| read.expression), Ok(Some(expression)), "{}", text);
    }

    #[test]
    fn any_text_parses_or_fails_cleanly(text in "[ -~]{0,60}") {
        let _ = text.parse::<Selection>();
    }
}

/// What ss 7.3.0 sends for these filters (`strace -e trace=sendmsg -e write=all ss -tn4 FILTER`), little-endian.
#[test]
#[cfg(target_endian = "little")]
fn programs_are_those_of_ss() {
    let programs = [
        (
            "sport = 1 or sport = 2 and sport = 3",
            "07101400 00000000 01000000 00000000 01041400 07102400 00000000 02000000 00000000 07101400 00000000 03000000 00000000",
        ),
        (
            "sport = 1 and sport = 2 or sport = 3",
            "07102400 00000000 01000000 00000000 07101400 00000000 02000000 00000000 01041400 07101400 00000000 03000000 00000000",
        ),
        (
            "not sport = 1 and sport = 2",
            "07101400 00000000 01000000 00000000 01041800 07101400 00000000 02000000 00000000",
        ),
        ("src 10.0.0.0/8:22", "07101400 02080000 16000000 0a000000"),
        ("autobound", "06040800"),
        ("dport neq 7", "08101400 00000000 07000000 00000000 01040800"),
        ("sport = 1 sport = 2", "07102400 00000000 01000000 00000000 07101400 00000000 02000000 00000000"),
        ("fwmark = 1/3", "0a0c1000 01000000 03000000"),
    ];
    for (text, hex) in programs {
        let expression = text.parse::<Selection>().unwrap().expression.unwrap();
        let program = compile(&expression, Family::INET).unwrap();
        let ours: String = program.iter().map(|byte| format!("{byte:02x}")).collect();
        // Where a condition of the last but one part fails, ss jumps to the end in steps; the length of each is the same.
        assert_eq!(ours, hex.replace(' ', ""), "{text}");
    }
}

#[test]
fn an_expression_too_long_for_the_kernel_is_split_and_nothing_is_lost() {
    let ports = |from: u16| -> Vec<Expression> {
        let one =
            |port| Condition::Host(End::Local, Host::Inet { family: Family::UNSPEC, prefix: None, port: Some(port) });
        (from..from + 4000).map(|port| one(port).into()).collect()
    };
    let all = Expression::All(vec![Expression::Any(ports(0)), Condition::Port(End::Remote, Order::AtLeast, 9).into()]);
    let program = super::super::plan(&all, Family::INET).unwrap().unwrap();
    assert_eq!(program.len(), 8, "the part that fits is sent");
    assert_eq!(super::super::plan(&Expression::Any(ports(0)), Family::INET), Ok(None), "else none is");
    let mut list = ports(0);
    list.push(Condition::Autobound.into());
    assert!(super::super::plan(&Expression::Any(list), Family::INET).is_err(), "what only the kernel knows is refused");
}
