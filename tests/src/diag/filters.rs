//! Filters by states, addresses, ports, devices and marks: both tools let the same sockets through.

use nlink_tests::Result;
use socket2::Socket;

use super::sockets::{connected, connected_with, listen, udp, udp_with, unix};

macro_rules! filters {
    ($($name:ident $($view:literal),+;)*) => {
        $(async fn $name(cx: &nlink_tests::Cx) -> nlink_tests::Result {
            super::compare::check(cx, &[$($view),+], |_| all())
        })*

        pub const TESTS: &[nlink_tests::Test] = nlink_tests::tests![$($name),*];
    };
}

filters! {
    by_state "-tan state established", "-tan state listening", "-tan state time-wait", "-tan state close-wait",
        "-tuan state unconnected", "-tan state fin-wait-2", "-xa state listening";
    by_several_states "-tan state established state listening", "-tan state bucket", "-tan state big",
        "-tan state connected", "-tan state synchronized", "-tan state all";
    without_states "-tan exclude listening", "-tan exclude established exclude time-wait", "-tuxan excl closed";
    by_option_of_states "-tln state established", "-la -t", "-al -t", "-tu", "-l -4", "-t -a state listening";
    by_port "-tan sport = :8080", "-tan dport = :8080", "-tan sport = 8080", "-tan sport eq :8080",
        "-tuan sport = :53", "-tan sport != :8080", "-tan sport neq :8080", "-tan not sport = :8080";
    by_order_of_ports "-tan sport > :8080", "-tan sport >= :8080", "-tan sport ge 8080", "-tan sport < :8080",
        "-tan sport le :8080", "-tan dport gt :40000 and dport < :40003", "-tuan sport lt :1024";
    by_address "-tan src 127.0.0.1", "-tan dst 127.0.0.1", "-tan src [::1]", "-tan src 127.0.0.2", "-tan src 0.0.0.0",
        "-tan src *", "-tan dst [::]";
    by_address_and_port "-tan src 127.0.0.1:8080", "-tan dst [::1]:443", "-tan src *:8080", "-tan src :8080";
    by_prefix "-tan src 127.0.0.0/8", "-tan src 127.0.0.0/8:8080", "-tan dst 126.0.0.0/7", "-tan src 0.0.0.0/0",
        "-tan src 10.0.0.0/8", "-tan not dst 127.0.0.0/31";
    by_mapped_address "-tan src [::ffff:127.0.0.1]", "-tan dst 127.0.0.3";
    by_family "-tan src inet6:*", "-a src unix:/run/*", "-an src inet6:[::1]", "-xa src /run/u";
    by_device "-uan dev lo", "-uan dev = lo", "-uan dev != lo", "-uan dev 1", "-tan dev lo";
    by_mark "-tan fwmark = 0x1f", "-tan fwmark 31", "-tan fwmark = 0x10/0x10", "-tan fwmark != 0x1f";
    with_and "-tan src 127.0.0.1 and sport = :8080", "-tan src 127.0.0.1 sport = :8080",
        "-tan src 127.0.0.1 && sport = :8080";
    with_or "-tan sport = :8080 or sport = :443", "-tan sport = :8080 || dport = :8080", "-tan sport = :1 or sport = :2";
    with_not "-tan ! sport = :8080", "-tan not ( sport = :8080 or dport = :8080 )", "-tan not not sport = :8080";
    with_parentheses "-tan ( sport = :8080 )", "-tan ( sport = :8080 or sport = :443 ) and not dport = :40001",
        "-tan sport = :8080 or sport = :443 and not dport = :40001",
        "-tan not ( src 127.0.0.0/8 and not ( sport = :8080 or dport = :8080 ) )";
    with_states_and_conditions "-tn state established ( dport = :8080 or sport = :8080 )",
        "-tn state listening sport = :8080", "-tan exclude listening src 127.0.0.1";
    of_unix_sockets "-xa sport = :1", "-xa not src /run/u", "-xa src *u*";
    of_several_kinds "-A tcp,udp,unix -an sport = :53", "-an -A tcp,udp sport < :1024", "-A tcp,udp -an not dport = :40001";
}

/// Sockets of many kinds and states.
fn all() -> Result<Vec<Socket>> {
    let mut open = Vec::new();
    open.extend(connected("127.0.0.1:8080", "127.0.0.1:40001")?);
    open.extend(connected("[::1]:443", "[::1]:40002")?);
    open.extend(connected_with("127.0.0.2:8081", "127.0.0.3:40003", |socket| Ok(socket.set_mark(0x1f)?))?);
    let [listener, half, other] = connected("127.0.0.1:8082", "127.0.0.1:40004")?;
    half.shutdown(std::net::Shutdown::Write)?;
    let [other_listener, client, _] = connected("127.0.0.1:8083", "127.0.0.1:40005")?;
    drop(client);
    open.extend([listener, half, other, other_listener, listen("0.0.0.0:22")?, listen("[::]:80")?]);
    let dual = listen("[::]:8084")?;
    let (through, own) = super::sockets::tcp("127.0.0.1:40006")?;
    through.bind(&own)?;
    let to: std::net::SocketAddr = "127.0.0.1:8084".parse()?;
    through.connect(&to.into())?;
    open.extend([dual.accept()?.0, dual, through]);
    open.extend([udp("127.0.0.1:53")?, udp("[::1]:53")?]);
    open.push(udp_with("0.0.0.0:68", |socket| Ok(socket.bind_device(Some(b"lo"))?))?);
    open.push(unix(socket2::Type::STREAM, "u")?);
    open.push(unix(socket2::Type::DGRAM, "\0u")?);
    Ok(open)
}
