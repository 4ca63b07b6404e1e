//! `ip -batch`.

use crate::snapshot;

#[test]
fn files() {
    snapshot!(
        "batch",
        "$ printf 'link show lo # a remark\\n\\nlink add br0 \\\\\\n type bridge\\nlink shw lo\\naddr show nope\\n\"link\" show br0\\n' > /run/batch
         -br -b /run/batch
         link del br0
         -br -force -b /run/batch
         $ \"$IP\" -br -b - < /run/batch 2>&1; echo \"= $?\"
         -b /nonexistent"
    );
}
