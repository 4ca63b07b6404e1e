//! nft's language: whatever the text, it is taken or refused with a sentence and a place in it; what is taken is printed
//! so that it is taken again, and a rule that is compiled is decoded.

use nlink_nft::language::print::{self, text};
use nlink_nft::language::{Scope, bind, compile, decode, parse};
use nlink_nft::{Family, Rule};

const FAMILIES: [Family; 6] = [Family::INET, Family::IPV4, Family::IPV6, Family::ARP, Family::BRIDGE, Family::NETDEV];

/// The first byte says whether it is a rule, and of which family; the rest is text.
pub fn run(data: &[u8]) {
    let [what, words @ ..] = data else { return };
    let Ok(words) = std::str::from_utf8(words) else { return };
    match FAMILIES.get(usize::from(*what % 8)) {
        Some(family) => rule(*family, words),
        None => script(words),
    }
}

fn script(words: &str) {
    let commands = match parse::commands(words) {
        Ok(commands) => commands,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let options = print::Options::default();
    for command in &commands {
        let printed = text::command(command, &options);
        // In the form of an announcement, which leaves comments out, and quotation marks about names, as nft does.
        if words.contains('"') {
            continue;
        }
        if let Err(error) = parse::commands(&printed) {
            panic!("{error}: {printed}");
        }
    }
}

fn rule(family: Family, words: &str) {
    let scope = Scope::default();
    let Ok(parsed) = parse::rule(words) else { return };
    let Ok(bound) = bind::statements(&parsed.statements, &scope) else { return };
    let Ok(compiled) = compile::rule(family.into(), &bound, &scope) else { return };
    let statements = decode::rule(family.into(), &compiled.expressions, &compiled.sets);
    let printed = text::statements(&statements, &print::Options::default());
    assert!(!printed.is_empty() || bound.is_empty(), "{words}");
}

/// Any expressions are statements, raw ones where nothing is known.
pub(crate) fn decoded(rule: &Rule) {
    let statements = decode::rule(rule.header, &rule.expressions, &[]);
    let printed = text::statements(&statements, &print::Options::default());
    assert!(!printed.is_empty() || rule.expressions.is_empty());
}
