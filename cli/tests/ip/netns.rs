//! `ip netns`.

use crate::snapshot;

#[test]
fn names() {
    snapshot!(
        "netns-names",
        "netns
         netns add blue
         netns add blue
         netns add a/b
         netns add
         netns set blue 7
         netns set blue much
         netns set nope 8
         netns
         -j netns
         netns list-id
         -j netns list-id
         netns del nope
         netns del blue
         netns del
         netns
         denied netns add red
         netns frob"
    );
}

#[test]
fn exec() {
    snapshot!(
        "netns-exec",
        "netns add blue
         netns add red
         netns exec blue sh -c 'echo inside; exit 7'
         -n blue link show lo
         netns exec nope true
         netns exec blue /nonexistent
         netns exec blue
         -n nope link
         -all netns exec echo here
         $ \"$IP\" netns exec blue \"$IP\" netns identify
         netns identify
         netns identify 99999999
         netns identify much
         netns pids nope
         netns pids blue
         -all netns del
         netns"
    );
}

#[test]
fn attach_and_set() {
    snapshot!(
        "netns-attach",
        "$ unshare --net sleep 5 & PID=$!; sleep 0.3; \"$IP\" netns attach kept $PID; echo \"= $?\"; kill $PID
         netns
         netns exec kept true
         netns attach other 99999999
         netns attach other"
    );
}

#[test]
fn monitor() {
    snapshot!(
        "netns-monitor",
        "$ \"$IP\" netns monitor > /run/events & PID=$!; sleep 0.5; \"$IP\" netns add a; \"$IP\" netns del a; sleep 0.3; kill $PID; wait $PID; echo \"= $?\"; cat /run/events
         netns monitor frob"
    );
}
