//! `ip monitor`.

use crate::snapshot;

#[test]
fn events() {
    snapshot!(
        "monitor",
        "$ \"$IP\" monitor > /run/events & PID=$!; sleep 0.5; \"$IP\" addr add 192.0.2.1/24 dev lo; \"$IP\" addr del 192.0.2.1/24 dev lo; sleep 0.3; kill $PID; wait $PID; echo \"= $?\"; cat /run/events
         $ \"$IP\" -j -ts monitor label address > /run/events & PID=$!; sleep 0.5; \"$IP\" addr add 192.0.2.1/24 dev lo; sleep 0.3; kill -INT $PID; wait $PID; echo \"= $?\"; cat /run/events
         $ \"$IP\" -ts monitor link > /run/events & PID=$!; sleep 0.5; \"$IP\" link set lo mtu 1000; sleep 0.3; kill $PID; wait $PID; echo \"= $?\"; cat /run/events
         monitor frob
         monitor dev nope
         monitor file /nonexistent"
    );
}
