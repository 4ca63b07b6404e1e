//! `ip capabilities`. What a kernel supports differs; the kernel suite compares it with the library.

use crate::snapshot;

#[test]
fn refused() {
    snapshot!(
        "capabilities-refused",
        "capabilities frob
         capabilities show x
         capabilities family no-such-family
         capabilities family nlctrl x
         denied capabilities kinds"
    );
}
