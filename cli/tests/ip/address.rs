//! `ip address`.

use crate::snapshot;

#[test]
fn show() {
    snapshot!(
        "address-show",
        "link add v0 type veth peer name v1
         addr add 192.0.2.1/24 brd + dev v0
         addr add 192.0.2.2/24 dev v0 label v0:1
         addr add 198.51.100.1 peer 198.51.100.2/32 dev v0 scope link
         addr show v0
         -br addr show v0
         -o addr show v0
         -4 addr show v0
         -0 addr show v0
         -j addr show v0
         -br -j addr show v0
         addr show to 198.51.100.0/24
         addr show label v0:1
         -6 addr show v0
         addr show nope
         addr show to nowhere
         addr show scope"
    );
}

#[test]
fn change() {
    snapshot!(
        "address-change",
        "link add v0 type veth peer name v1
         addr add 192.0.2.1/24 dev v0
         addr add 192.0.2.1/24 dev v0
         addr replace 192.0.2.1/24 dev v0 noprefixroute
         addr show v0
         addr add 192.0.2.1/33 dev v0
         addr add 192.0.2.1/24
         addr add 192.0.2.1/24 dev nope
         addr add 192.0.2.3/24 dev v0 valid_lft 10 preferred_lft 20
         denied addr add 192.0.2.9/24 dev v0
         addr del 192.0.2.1/24 dev v0
         addr del 192.0.2.1/24 dev v0
         addr show v0"
    );
}

#[test]
fn flush() {
    snapshot!(
        "address-flush",
        "link add v0 type veth peer name v1
         addr add 192.0.2.1/24 dev v0
         addr add 192.0.2.2/24 dev v0
         addr add 198.51.100.1/24 dev v0
         -s addr flush dev v0 to 192.0.2.0/24
         addr show v0
         -s addr flush dev v0 to 192.0.2.0/24
         addr flush
         addr flush dev nope
         denied addr flush dev v0"
    );
}

#[test]
fn save() {
    snapshot!(
        "address-save",
        "link add v0 type veth peer name v1
         addr add 192.0.2.1/24 dev v0
         addr add 198.51.100.1/24 dev v0
         $ \"$IP\" addr save dev v0 > /run/saved
         addr flush dev v0
         $ \"$IP\" addr restore < /run/saved; echo \"= $?\"
         addr show v0
         $ \"$IP\" addr showdump < /run/saved | sed 's/^if.*:/if#:/'
         $ \"$IP\" addr restore < /dev/null 2>&1; echo \"= $?\""
    );
}
