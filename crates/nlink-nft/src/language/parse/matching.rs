//! Comparisons, and what else begins with a term: `tcp dport 22`, `tcp dport vmap @ports`, `meta mark set 1`.

use super::cursor::{Cursor, Parsed};
use crate::expression::kinds::meta::MetaKey;
use crate::expression::kinds::objref::ObjectType;
use crate::language::tree::{
    Assignment, Binary, BinaryOperation, Match, ObjectStatement, Relation, Statement, Term, VerdictMap,
};

/// The signs of relations.
const RELATIONS: [(Relation, &str); 7] = [
    (Relation::Equal, "=="),
    (Relation::NotEqual, "!="),
    (Relation::LessOrEqual, "<="),
    (Relation::GreaterOrEqual, ">="),
    (Relation::Less, "<"),
    (Relation::Greater, ">"),
    (Relation::Not, "!"),
];

/// The words of those that have some.
const IN_WORDS: [(Relation, &str); 6] = [
    (Relation::Equal, "eq"),
    (Relation::NotEqual, "ne"),
    (Relation::LessOrEqual, "le"),
    (Relation::GreaterOrEqual, "ge"),
    (Relation::Less, "lt"),
    (Relation::Greater, "gt"),
];

impl Cursor<'_> {
    pub(super) fn matching(&mut self) -> Parsed<Statement> {
        let start = self.span();
        let left = self.key()?;
        if self.takes("vmap") {
            let map = self.map()?;
            return Ok(Statement::VerdictMap(VerdictMap { key: left, map }));
        }
        if self.takes("set") {
            let first = self.expression()?;
            let value = self.listed(first)?;
            // A security mark comes from a connection; any other is an object's.
            if left == Term::Meta(MetaKey::SECMARK) && !matches!(value, Term::Ct(_)) {
                return Ok(Statement::Object(ObjectStatement { object_type: ObjectType::SECMARK, name: value }));
            }
            return Ok(Statement::Assignment(Assignment { target: left, value }));
        }
        let relation = self.relation();
        let right = self.list()?;
        let (left, relation, right) = match left.is_flags() && self.takes_sign("/") {
            true => self.among(left, relation, right)?,
            false => (left, relation, right),
        };
        Ok(Statement::Match(Match { left, relation, right, span: self.since(start) }))
    }

    fn relation(&mut self) -> Relation {
        let by_sign = RELATIONS.iter().find(|(_, sign)| self.is_sign(sign));
        let found = by_sign.or_else(|| IN_WORDS.iter().find(|(_, word)| self.peek_word() == Some(word)));
        match found {
            Some((relation, _)) => {
                self.pass();
                *relation
            }
            None => Relation::Implicit,
        }
    }

    /// `syn / fin,syn`: of these flags only those.
    fn among(&mut self, left: Term, relation: Relation, right: Term) -> Parsed<(Term, Relation, Term)> {
        let mask = self.list()?;
        let relation = match relation {
            Relation::Implicit => Relation::Equal,
            said => said,
        };
        let left = Binary { operation: BinaryOperation::And, left, right: together(mask) };
        Ok((Term::Binary(Box::new(left)), relation, together(right)))
    }
}

/// `fin,syn` as `fin | syn`.
fn together(flags: Term) -> Term {
    let Term::List(flags) = flags else { return flags };
    let or = |left, right| Term::Binary(Box::new(Binary { operation: BinaryOperation::Or, left, right }));
    flags.into_iter().reduce(or).unwrap_or(Term::List(Vec::new()))
}
