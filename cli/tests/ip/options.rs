//! Options, help, and what stands in an object's place.

use crate::snapshot;

#[test]
fn before_the_object() {
    snapshot!(
        "options",
        "-V
         -foo link
         -c=foo link
         -f foo link
         -n
         foo
         link foo
         neigh
         link help
         link set help
         monitor help
         help"
    );
}

#[test]
fn manual() {
    snapshot!(
        "manual",
        "completions nosuch
         $ \"$IP\" completions bash | bash -n; echo \"= $?\"
         $ \"$IP\" completions zsh | head -n 1
         $ \"$IP\" completions fish | grep -c altname
         $ \"$IP\" man | head -n 4 | tail -n 1
         $ \"$IP\" link show lo | true; echo \"= $?\""
    );
}
