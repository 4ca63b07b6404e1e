//! What the derives refuse, one case for each rule: the message names the place and the way out.

#[test]
fn refusals() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
