//! The grammar: `{ state | exclude } STATE …`, then conditions with `and`, `or`, `not` and parentheses.
//!
//! As for `ss`, `and` and `or` bind alike, from left to right; two conditions side by side are joined by `and`, and `not`
//! belongs to the condition or parenthesis behind it.

use super::{Mistake, Selection, SelectionError, operand};
use crate::{Condition, End, Expression, Family, Host, MAX_DEPTH, Order, States};

/// Reads a filter to its end.
pub(super) fn selection(text: &str, usual: Family) -> Result<Selection, SelectionError> {
    let mut parser = Parser { text, at: 0, usual };
    let states = parser.states()?;
    if states.is_some() {
        parser.take_word(&["and", "&&", "&"]);
    }
    let expression = if parser.rest().is_empty() { None } else { Some(parser.expression(0)?) };
    match parser.rest() {
        "" => Ok(Selection { states, expression }),
        rest => Err(parser.expected("`and`, `or` or the end", rest)),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    usual: Family,
}

/// How a condition compares.
#[derive(Clone, Copy, PartialEq)]
enum Comparison {
    Equal,
    Unequal,
    AtLeast,
    AtMost,
    Above,
    Below,
}

/// Longer symbols before those that they begin with.
const SYMBOLS: &[(&str, Comparison)] = &[
    ("==", Comparison::Equal),
    ("=", Comparison::Equal),
    ("!=", Comparison::Unequal),
    (">=", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    (">", Comparison::Above),
    ("<", Comparison::Below),
];

const WORDS: &[(&str, Comparison)] = &[
    ("eq", Comparison::Equal),
    ("ne", Comparison::Unequal),
    ("neq", Comparison::Unequal),
    ("ge", Comparison::AtLeast),
    ("geq", Comparison::AtLeast),
    ("le", Comparison::AtMost),
    ("leq", Comparison::AtMost),
    ("gt", Comparison::Above),
    ("lt", Comparison::Below),
];

impl<'a> Parser<'a> {
    /// What is left, from the next thing that is no space on.
    fn rest(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        trimmed
    }

    /// The next run of letters and the like, left where it is.
    fn peek_word(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|letter: char| letter.is_whitespace() || "()=<>!".contains(letter));
        match rest.split_at_checked(end.unwrap_or(rest.len())) {
            Some((word, _)) => word,
            None => rest,
        }
    }

    /// Takes one of these words, where it comes next.
    fn take_word(&mut self, words: &[&str]) -> bool {
        let word = self.peek_word();
        let found = !word.is_empty() && words.contains(&word);
        if found {
            self.at += word.len();
        }
        found
    }

    fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = self.rest().starts_with(symbol);
        if found {
            self.at += symbol.len();
        }
        found
    }

    fn mistake(&self, mistake: Mistake) -> SelectionError {
        SelectionError { at: self.at, mistake }
    }

    fn expected(&self, what: &'static str, rest: &str) -> SelectionError {
        let found = rest.split_whitespace().next().unwrap_or_default().to_owned();
        self.mistake(Mistake::Expected { what, found })
    }

    fn states(&mut self) -> Result<Option<States>, SelectionError> {
        let mut states = None;
        loop {
            let adds = self.take_word(&["state"]);
            if !adds && !self.take_word(&["exclude", "excl"]) {
                return Ok(states);
            }
            let word = self.peek_word();
            if word.is_empty() {
                let rest = self.rest();
                return Err(self.expected("a state", rest));
            }
            let named = States::named(word).ok_or_else(|| self.mistake(Mistake::State(word.into())))?;
            self.at += word.len();
            states = Some(match (adds, states) {
                (true, so_far) => so_far.unwrap_or_default() | named,
                (false, so_far) => States(so_far.unwrap_or(States::EVERY).0 & !named.0),
            });
        }
    }

    fn expression(&mut self, depth: usize) -> Result<Expression, SelectionError> {
        let mut expression = self.part(depth)?;
        // What stands in parentheses stays a part of its own.
        let mut is_list = false;
        loop {
            let rest = self.rest();
            if rest.is_empty() || rest.starts_with(')') {
                return Ok(expression);
            }
            let any = self.take_word(&["or", "||", "|"]);
            if !any {
                self.take_word(&["and", "&&", "&"]);
            }
            let part = self.part(depth)?;
            expression = join(expression, part, any, is_list);
            is_list = true;
            if expression.depth() + depth > MAX_DEPTH {
                return Err(self.mistake(Mistake::TooDeep));
            }
        }
    }

    fn part(&mut self, depth: usize) -> Result<Expression, SelectionError> {
        if depth > MAX_DEPTH {
            return Err(self.mistake(Mistake::TooDeep));
        }
        if self.take_symbol("(") {
            let inner = self.expression(depth + 1)?;
            if !self.take_symbol(")") {
                let rest = self.rest();
                return Err(self.expected("`)`", rest));
            }
            return Ok(inner);
        }
        if self.take_word(&["not"]) || self.take_symbol("!") {
            return Ok(Expression::Not(Box::new(self.part(depth + 1)?)));
        }
        self.condition()
    }

    fn condition(&mut self) -> Result<Expression, SelectionError> {
        let keyword = self.peek_word();
        let start = self.at;
        self.at += keyword.len();
        match keyword {
            "autobound" => Ok(Condition::Autobound.into()),
            "src" => self.host(End::Local),
            "dst" => self.host(End::Remote),
            "sport" => self.port(End::Local),
            "dport" => self.port(End::Remote),
            "dev" => self.equal_or_not(|word| Ok(operand::device(word))),
            "fwmark" => self.equal_or_not(operand::mark),
            "cgroup" => self.equal_or_not(operand::cgroup),
            _ => {
                self.at = start;
                let rest = self.rest();
                Err(self.expected("a condition (src, dst, sport, dport, dev, fwmark, cgroup, autobound)", rest))
            }
        }
    }

    fn host(&mut self, end: End) -> Result<Expression, SelectionError> {
        let usual = self.usual;
        self.equal_or_not(|word| Ok(Condition::Host(end, operand::host(word, false, usual)?)))
    }

    fn port(&mut self, end: End) -> Result<Expression, SelectionError> {
        let comparison = self.comparison();
        let usual = self.usual;
        let order = |order| move |word: &str| Ok(Condition::Port(end, order, operand::compared_port(word)?));
        Ok(match comparison {
            Comparison::Equal => self.operand(|word| port_is(end, word, usual))?.into(),
            Comparison::Unequal => not(self.operand(|word| port_is(end, word, usual))?),
            Comparison::AtLeast => self.operand(order(Order::AtLeast))?.into(),
            Comparison::AtMost => self.operand(order(Order::AtMost))?.into(),
            Comparison::Above => not(self.operand(order(Order::AtMost))?),
            Comparison::Below => not(self.operand(order(Order::AtLeast))?),
        })
    }

    fn equal_or_not(
        &mut self,
        read: impl FnOnce(&str) -> Result<Condition, Mistake>,
    ) -> Result<Expression, SelectionError> {
        let before = self.at;
        let comparison = self.comparison();
        match comparison {
            Comparison::Equal => self.operand(read).map(Expression::from),
            Comparison::Unequal => self.operand(read).map(not),
            _ => {
                let symbol = self.text.get(before..self.at).unwrap_or_default().trim().to_owned();
                Err(self.mistake(Mistake::Comparison(symbol)))
            }
        }
    }

    /// None is `=`.
    fn comparison(&mut self) -> Comparison {
        let symbol = SYMBOLS.iter().find(|(symbol, _)| self.take_symbol(symbol));
        let word = symbol.or_else(|| WORDS.iter().find(|(word, _)| self.take_word(&[word])));
        word.map_or(Comparison::Equal, |(_, comparison)| *comparison)
    }

    /// What is compared with: up to the next space, or a parenthesis that closes one opened before it.
    fn operand(&mut self, read: impl FnOnce(&str) -> Result<Condition, Mistake>) -> Result<Condition, SelectionError> {
        let rest = self.rest();
        let mut open = 0usize;
        let end = rest.find(|letter: char| {
            match letter {
                '(' => open += 1,
                ')' if open == 0 => return true,
                ')' => open -= 1,
                _ => {}
            }
            letter.is_whitespace()
        });
        let word = rest.split_at_checked(end.unwrap_or(rest.len())).map_or(rest, |(word, _)| word);
        if word.is_empty() {
            return Err(self.expected("a value", rest));
        }
        let condition = read(word).map_err(|mistake| self.mistake(mistake))?;
        self.at += word.len();
        Ok(condition)
    }
}

fn port_is(end: End, word: &str, usual: Family) -> Result<Condition, Mistake> {
    // The path of a unix socket is no port; there, the port is the inode.
    let usual = if usual == Family::UNIX { Family::UNSPEC } else { usual };
    match operand::host(word, true, usual)? {
        Host::Unix(path) => Err(Mistake::Value { what: "a port", found: path }),
        host => Ok(Condition::Host(end, host)),
    }
}

fn not(condition: Condition) -> Expression {
    Expression::Not(Box::new(condition.into()))
}

/// Joins one more part: to the list, where there is one that is joined the same way.
fn join(expression: Expression, part: Expression, any: bool, is_list: bool) -> Expression {
    match (expression, any) {
        (Expression::Any(mut list), true) if is_list => {
            list.push(part);
            Expression::Any(list)
        }
        (Expression::All(mut list), false) if is_list => {
            list.push(part);
            Expression::All(list)
        }
        (expression, true) => Expression::Any(vec![expression, part]),
        (expression, false) => Expression::All(vec![expression, part]),
    }
}
