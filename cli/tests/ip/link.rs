//! `ip link`.

use crate::snapshot;

#[test]
fn show() {
    snapshot!(
        "link-show",
        "link add v0 type veth peer name v1
         link show v0
         -br link show v0
         -o link show v0
         -j link show v0
         -j -p link show v0
         -c link show v0
         link show type bridge
         -j link show type bridge
         link show nope
         link show type
         link show lo lo"
    );
}

#[test]
fn add() {
    snapshot!(
        "link-add",
        "link add br0 address 02:00:00:00:00:01 mtu 1400 type bridge
         link show br0
         link add br0 type bridge
         link add br1 type nosuch
         link add br1
         link add 1234567890123456 type bridge
         link add br1 mtu x type bridge
         link add br1 mtu
         link add br1 type bridge frob
         denied link add br1 type bridge
         link show type bridge"
    );
}

#[test]
fn set() {
    snapshot!(
        "link-set",
        "link add v0 type veth peer name v1
         link set v0 mtu 1300 alias 'of the test' txqueuelen 10
         link show v0
         link set v0 name w0
         link set v0 up
         link set w0 mtu 99999999
         link set w0 mtu -1
         link set w0 frob
         link set w0 master nope
         denied link set w0 mtu 1200
         link show w0
         link set"
    );
}

#[test]
fn delete() {
    snapshot!(
        "link-delete",
        "link add v0 type veth peer name v1
         link del v0
         link show v1
         link del v0
         link del
         link del lo"
    );
}

#[test]
fn property() {
    snapshot!(
        "link-property",
        "link add v0 type veth peer name v1
         link property add dev v0 altname a-name-that-is-far-too-long-for-a-name altname short
         link show short
         link property add dev v0 altname short
         link property del dev v0 altname short
         link property del dev v0 altname short
         link property add dev v0 frob
         link property"
    );
}

#[test]
fn replace() {
    snapshot!(
        "link-replace",
        "link replace br0 type bridge
         link replace br0 type bridge
         link replace br0"
    );
}
