//! What nft sent for a rule, from its messages.

use nlink_core::object::Object;
use nlink_core::wire::Message as _;
use nlink_nft::language::Scope;
use nlink_nft::{Rule, Set, SetElements, SetFlags};

/// Sets, each with its elements.
pub(crate) type Sets = Vec<(Set, SetElements)>;

/// A message as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// Its type, that of the subsystem in the high byte.
    pub(crate) kind: u16,
    /// What stands behind the header of netlink.
    pub(crate) bytes: Vec<u8>,
}

/// What nft sent for a rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sent {
    /// The rule; none where nft refused it.
    pub(crate) rule: Option<Rule>,
    /// Its anonymous sets.
    pub(crate) sets: Sets,
}

/// The sets of a table, and what was sent for rules in it.
#[derive(Debug, Default)]
pub(crate) struct Conversation {
    /// Sets with names.
    pub(crate) named: Sets,
    /// What was sent since the last rule.
    open: Sent,
}

impl Conversation {
    /// Takes the next message; gives what belongs to a rule once it is complete.
    pub(crate) fn hear(&mut self, message: &Message) -> Option<Sent> {
        match message.kind & 0xff {
            <Rule as Object>::NEW => {
                self.open.rule = Some(Rule::decode(&message.bytes).expect("what nft sends is a message"))
            }
            <Set as Object>::NEW => {
                let set = Set::decode(&message.bytes).expect("what nft sends is a message");
                let is_anonymous = set.flags.is_some_and(|flags| flags.contains(SetFlags::ANONYMOUS));
                let sets = if is_anonymous { &mut self.open.sets } else { &mut self.named };
                sets.push((set, SetElements::default()));
            }
            <SetElements as Object>::NEW => {
                let more = SetElements::decode(&message.bytes).expect("what nft sends is a message");
                let of = self.open.sets.iter_mut().find(|(set, _)| set.id == more.set_id);
                if let Some((_, known)) = of {
                    known.elements.extend(more.elements);
                }
            }
            _ => {}
        }
        self.open.rule.is_some().then(|| std::mem::take(&mut self.open))
    }

    /// What rules may refer to.
    pub(crate) fn scope(&self) -> Scope {
        let named = self.named.iter();
        named.fold(Scope::default(), |scope, (set, _)| scope.with(set.name.as_deref().unwrap_or_default(), set))
    }
}
