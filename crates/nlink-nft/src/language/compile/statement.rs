//! Statements, one after the other.

use super::bits::register;
use super::matching::lookup;
use super::operation::transferred;
use super::program::{Compiled, Program};
use super::set::Values;
use crate::expression::kinds::counter::Counter;
use crate::expression::kinds::limit::{Limit, LimitType};
use crate::expression::kinds::meta::MetaKey;
use crate::expression::kinds::quota::Quota;
use crate::expression::kinds::{Immediate, Log, Objref};
use crate::expression::{Data, Expression, Register};
use crate::language::bind::span;
use crate::language::header::ip_ether_type;
use crate::language::tree::{Constant, Lookup, Match, ObjectStatement, Relation, Scalar, Statement, Term, VerdictMap};
use crate::language::{MeaningError, Scope, Span};
use crate::{Family, Header, VerdictCode};

/// What bound statements are in a table of that family.
///
/// # Errors
/// What contradicts itself, or what the kernel has no expressions for.
pub fn rule(header: Header, statements: &[Statement], scope: &Scope) -> Result<Compiled, MeaningError> {
    let mut program = Program::new(header, scope);
    let mut ended = false;
    for (at, statement) in statements.iter().enumerate() {
        if at + 1 < statements.len() && says_the_family(statement, header.family) {
            continue;
        }
        if ended {
            return Err(MeaningError::new("Statement after terminal statement has no effect", place(statement)));
        }
        program.statement(statement)?;
        ended = is_terminal(statement);
    }
    Ok(program.finish())
}

/// Whether a statement says of the packets of a table only what all of them are.
fn says_the_family(statement: &Statement, family: Family) -> bool {
    let Statement::Match(Match { left: Term::Meta(MetaKey::PROTOCOL), relation, right, .. }) = statement else {
        return false;
    };
    let Some(protocol) = ip_ether_type(family.0.into()) else { return false };
    let is_equal = matches!(relation, Relation::Implicit | Relation::Equal);
    is_equal
        && matches!(right, Term::Constant(Constant { scalar: Scalar::Number(number), .. }) if *number == protocol.into())
}

/// Whether nothing behind it is reached.
fn is_terminal(statement: &Statement) -> bool {
    match statement {
        Statement::Verdict(verdict) => verdict.code != Some(VerdictCode::CONTINUE),
        Statement::Reject(_) | Statement::Nat(_) => true,
        _ => false,
    }
}

/// Where a statement stands, as far as it knows.
fn place(statement: &Statement) -> Span {
    match statement {
        Statement::Match(of) => of.span,
        Statement::Reject(of) => of.span,
        Statement::Nat(of) => of.span,
        Statement::VerdictMap(of) => span(&of.key),
        Statement::Assignment(of) => span(&of.target),
        _ => Span::default(),
    }
}

/// A value or a verdict into a register.
pub(super) fn immediate(target: Register, data: Data) -> Expression {
    Immediate { target: Some(target), data: Some(data), ..Immediate::default() }.into()
}

/// A statement that is an expression, and may be an element's.
pub(super) fn stateful(statement: &Statement) -> Option<Expression> {
    Some(match statement {
        // Counted from 0 unless it is said otherwise.
        Statement::Counter(counter) => Counter {
            packets: counter.packets.filter(|packets| *packets > 0),
            bytes: counter.bytes.filter(|bytes| *bytes > 0),
            ..counter.clone()
        }
        .into(),
        Statement::Limit(limit) => limited(limit.clone()).into(),
        Statement::Quota(quota) => Quota {
            used: Some(quota.used.unwrap_or_default()),
            flags: Some(quota.flags.unwrap_or_default()),
            ..quota.clone()
        }
        .into(),
        _ => return None,
    })
}

/// So many packets more at once, unless it says so.
const BURST: u32 = 5;

/// What nft says of a limit where the words leave it open.
fn limited(limit: Limit) -> Limit {
    let limit_type = limit.limit_type.unwrap_or(LimitType::PACKETS);
    let usual = (limit_type == LimitType::PACKETS).then_some(BURST);
    let burst = limit.burst.filter(|burst| *burst > 0).or(usual);
    let flags = Some(limit.flags.unwrap_or_default());
    Limit { burst, limit_type: Some(limit_type), flags, ..limit }
}

impl Program<'_> {
    fn statement(&mut self, statement: &Statement) -> Result<(), MeaningError> {
        match statement {
            Statement::Match(of) => return self.matching(of),
            Statement::Verdict(verdict) => self.action([immediate(Register::VERDICT, verdict.clone().into())]),
            Statement::VerdictMap(of) => return self.verdict_map(of),
            Statement::Assignment(of) => return self.assign(of),
            Statement::Object(of) => return self.object(of),
            Statement::Reject(of) => return self.reject(of),
            Statement::Nat(of) => return self.nat(of),
            // Without a group there is nobody to copy for.
            Statement::Log(log) if log.group.is_none() => {
                self.action([Log { snaplen: None, threshold: None, ..log.clone() }.into()]);
            }
            Statement::Log(log) => self.action([log.clone().into()]),
            Statement::Raw(expression) => self.action([expression.clone()]),
            Statement::Counter(_) | Statement::Limit(_) | Statement::Quota(_) => {
                self.action(stateful(statement).into_iter().collect::<Vec<_>>());
            }
        }
        Ok(())
    }

    fn verdict_map(&mut self, of: &VerdictMap) -> Result<(), MeaningError> {
        self.need_all(&of.key)?;
        let (key, map) = transferred(of.key.clone(), of.map.clone())?;
        let (name, id, mut expressions) = self.map(&key, &map, &Values::Verdicts, 0)?;
        expressions.push(lookup(Some(name), id, Register::ONE, Some(Register::VERDICT), false));
        self.action(expressions);
        Ok(())
    }

    /// What a map has for a key, in the register behind so many words.
    pub(super) fn looked_up(
        &mut self,
        of: &Lookup,
        values: &Values,
        words: u32,
    ) -> Result<Vec<Expression>, MeaningError> {
        let (key, map) = transferred(of.key.clone(), of.map.clone())?;
        let (name, id, mut expressions) = self.map(&key, &map, values, words)?;
        let register = register(words);
        expressions.push(lookup(Some(name), id, register, Some(register), false));
        Ok(expressions)
    }

    /// The map's name and number, and what loads the key behind so many words of registers.
    fn map(
        &mut self,
        key: &Term,
        map: &Term,
        values: &Values,
        words: u32,
    ) -> Result<(String, Option<u32>, Vec<Expression>), MeaningError> {
        match map {
            Term::Set(elements) => {
                let (name, id, expressions) = self.anonymous(key, elements, Some(values), words)?;
                Ok((name, Some(id), expressions))
            }
            Term::Named(set) => {
                let expressions = self.load_named(key, set, words)?;
                Ok((set.name.clone(), None, expressions))
            }
            other => Err(MeaningError::new("this is no map", span(other))),
        }
    }

    fn object(&mut self, of: &ObjectStatement) -> Result<(), MeaningError> {
        match &of.name {
            Term::Lookup(lookup) => {
                self.need_all(&lookup.key)?;
                let values = Values::Objects(of.object_type);
                let (name, id, mut expressions) = self.map(&lookup.key, &lookup.map, &values, 0)?;
                let (source, set) = (Some(Register::ONE), Some(name));
                expressions.push(Objref { source, set, set_id: id, ..Objref::default() }.into());
                self.action(expressions);
            }
            Term::Symbol(name) => {
                let (object_type, name) = (Some(of.object_type), Some(name.text.clone()));
                self.action([Objref { object_type, name, ..Objref::default() }.into()]);
            }
            other => return Err(MeaningError::new("this is no name of an object", span(other))),
        }
        Ok(())
    }
}
