//! `ip route`.

use crate::snapshot;

#[test]
fn show() {
    snapshot!(
        "route-show",
        "route
         -j route
         link set lo up
         addr add 192.0.2.1/24 dev lo
         route add 198.51.100.0/24 via 192.0.2.9 metric 7 mtu 1300
         route add default nexthop via 192.0.2.7 nexthop via 192.0.2.8 weight 3
         route add blackhole 203.0.113.0/24 table 99
         route
         -o route
         -j route
         -d route show 198.51.100.0/24
         route show table 99
         -j route show table 99
         route show dev lo proto kernel
         route show table 98
         route show table nosuch
         route show nonsense
         route show dev nope"
    );
}

#[test]
fn change() {
    snapshot!(
        "route-change",
        "link set lo up
         addr add 192.0.2.1/24 dev lo
         route add 198.51.100.0/24 via 192.0.2.9
         route add 198.51.100.0/24 via 192.0.2.9
         route replace 198.51.100.0/24 via 192.0.2.8
         route append 198.51.100.0/24 via 192.0.2.7
         route change 203.0.113.0/24 via 192.0.2.7
         route
         route add 203.0.113.0/24 via 10.0.0.1
         route add 203.0.113.0/33 dev lo
         route add 203.0.113.0/24 dev nope
         route add 203.0.113.0/24 dev lo metric much
         route add 203.0.113.0/24 dev lo frob
         route add
         denied route add 203.0.113.0/24 dev lo
         route del 198.51.100.0/24
         route del 203.0.113.0/24
         -echo route add 203.0.113.0/24 dev lo
         route"
    );
}

#[test]
fn get() {
    snapshot!(
        "route-get",
        "link set lo up
         addr add 192.0.2.1/24 dev lo
         route get 192.0.2.1
         -j route get 192.0.2.1
         -6 route get ::1
         route get 10.0.0.1
         route get nowhere
         route get"
    );
}

#[test]
fn flush() {
    snapshot!(
        "route-flush",
        "link set lo up
         route add 198.51.100.0/24 dev lo table 99
         route add 203.0.113.0/24 dev lo table 99
         denied route flush table 99
         -s route flush table 99
         -s route flush table 99
         route show table 99
         route flush
         route flush table nosuch"
    );
}

#[test]
fn save() {
    snapshot!(
        "route-save",
        "link set lo up
         addr add 192.0.2.1/24 dev lo
         route add 198.51.100.0/24 via 192.0.2.9
         route add 203.0.113.0/24 via 192.0.2.9
         $ \"$IP\" route save > /run/saved
         route flush 198.51.100.0/24
         $ \"$IP\" route restore < /run/saved; echo \"= $?\"
         route
         $ \"$IP\" route showdump < /run/saved
         $ \"$IP\" route restore < /dev/null 2>&1; echo \"= $?\""
    );
}
