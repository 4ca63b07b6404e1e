//! Tests that docs/testing.md names are there.

use super::tree::Source;

/// The page.
const PAGE: &str = "docs/testing.md";
/// Where it names tests, by file and function: `faults::a_lost_reply_ends_at_the_deadline`.
const SECTION: &str = "## Traps";

/// Each test that the section names is a function of that file.
pub fn named_tests(files: &[Source]) -> Vec<String> {
    let Some(page) = files.iter().find(|file| file.path == PAGE) else { return Vec::new() };
    let section = page.text.lines().skip_while(|line| *line != SECTION).skip(1);
    let section = section.take_while(|line| !line.starts_with("## "));
    let names = section.flat_map(|line| line.split('`').skip(1).step_by(2));
    let is_there = |name: &str| {
        let Some((file, function)) = name.rsplit_once("::") else { return true };
        let (path, head) = (format!("/{}.rs", file.replace("::", "/")), format!("fn {function}("));
        files.iter().any(|file| file.path.ends_with(&path) && file.text.contains(&head))
    };
    names.filter(|name| !is_there(name)).map(|name| format!("{PAGE}: there is no test {name}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_is_not_there_is_found() {
        let text = "`no::matter`\n## Traps\n| `EBUSY` | `dump::listed`, `dump::lost` |\n## More\n`no::matter`\n";
        let page = Source::new(PAGE, text);
        let tests = Source::new("crates/nlink-core/tests/conversations/dump.rs", "async fn listed() {}\n");
        assert_eq!(named_tests(&[page, tests]), ["docs/testing.md: there is no test dump::lost"]);
    }
}
