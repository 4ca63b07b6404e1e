//! Patterns of file names, as `label PATTERN` and `src unix:PATTERN` take them (fnmatch(3), without flags).

/// Whether `text` fits `pattern`: `*` is anything, `?` one character, `[…]` one of a set, a backslash takes the next
/// character as it is.
pub fn glob(pattern: &str, text: &str) -> bool {
    fits(pattern.as_bytes(), text.as_bytes())
}

fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let (mut pattern, mut text) = (pattern, text);
    // where to go on when what follows the last star does not fit
    let mut again: Option<(&[u8], &[u8])> = None;
    loop {
        let step = match pattern.split_first() {
            Some((b'*', rest)) => {
                again = Some((rest, text));
                pattern = rest;
                continue;
            }
            Some(_) => one(pattern, text),
            None if text.is_empty() => return true,
            None => None,
        };
        match (step, again) {
            (Some(next), _) => (pattern, text) = next,
            (None, Some((after, [_, shorter @ ..]))) => {
                again = Some((after, shorter));
                (pattern, text) = (after, shorter);
            }
            (None, _) => return false,
        }
    }
}

/// Takes one character of both where they fit.
fn one<'a>(pattern: &'a [u8], text: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (letter, text) = text.split_first()?;
    match pattern {
        [b'?', rest @ ..] => Some((rest, text)),
        [b'[', rest @ ..] => match set(rest, *letter) {
            Some((true, rest)) => Some((rest, text)),
            Some((false, _)) => None,
            None => (*letter == b'[').then_some((rest, text)),
        },
        [b'\\', escaped, rest @ ..] => (escaped == letter).then_some((rest, text)),
        [own, rest @ ..] => (own == letter).then_some((rest, text)),
        [] => None,
    }
}

/// Whether a set has the letter, and what follows the set; `None` is a set without an end.
fn set(pattern: &[u8], letter: u8) -> Option<(bool, &[u8])> {
    let (negated, mut rest) = match pattern {
        [b'!' | b'^', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let mut found = false;
    let mut first = true;
    loop {
        rest = match rest {
            [b']', rest @ ..] if !first => return Some((found != negated, rest)),
            [low, b'-', high, rest @ ..] if *high != b']' => {
                found |= (*low..=*high).contains(&letter);
                rest
            }
            [own, rest @ ..] => {
                found |= *own == letter;
                rest
            }
            [] => return None,
        };
        first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn patterns_fit_as_fnmatch_says() {
        for (pattern, text) in [
            ("eth0", "eth0"),
            ("eth*", "eth0:1"),
            ("*:1", "eth0:1"),
            ("e?h[0-3]", "eth2"),
            ("[!a]", "b"),
            ("\\*", "*"),
            ("*a*b", "xaxbxb"),
            ("[]]", "]"),
            ("[a", "[a"),
            ("*", ""),
        ] {
            assert!(glob(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("eth", "eth0"), ("eth?", "eth"), ("[!a]", "a"), ("\\*", "x"), ("*b", "ab:c"), ("", "x")]
        {
            assert!(!glob(pattern, text), "{pattern} {text}");
        }
    }
}
