//! The other end of a kind that comes in pairs: a whole link within the options of one.

use std::ops::{Deref, DerefMut};

use nlink_core::Interface;
use nlink_core::wire::{AttrTable, Attributes, Attrs, Codec, Fixed, Shape, WireCause, WireError, Writer, attr_id};
use nlink_core::words::{Params, Word, WordError, Words};
use nlink_uapi::if_link::{IFLA_INFO_DATA, IFLA_LINKINFO};

use crate::link::{IfInfo, Link};

/// The other end of a pair: a [`Link`], but one without options of a kind, as they could hold a peer again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Peer(Box<Link>);

impl Peer {
    /// The link.
    pub fn into_link(self) -> Link {
        *self.0
    }

    /// Reads all words that are left: those of a link, and a name with or without `name` before it.
    pub(crate) fn read(words: &mut Words<'_>) -> Result<Self, WordError> {
        let mut peer = Self::default();
        while let Some(word) = words.next() {
            peer.take(word, words).map_err(|error| error.of("peer"))?;
        }
        Ok(peer)
    }

    fn take(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), WordError> {
        match word {
            "dev" => words.fill(word, &mut self.name)?,
            "index" => {
                let index: u32 = words.parse(word)?;
                words.once(word, &mut self.interface, index.into())?;
            }
            // It has the kind of this end; were it given one, the words could go on to its own peer without end.
            "type" => return Err(WordError::twice(word)),
            _ if self.accept(word, words)? => {}
            _ if self.name.is_some() => return Err(WordError::left_over(word)),
            _ => self.name = Some(Word::parse_word(word).map_err(|error| WordError::bad("name", word, error))?),
        }
        Ok(())
    }

    /// The words that [`read`](Self::read) takes.
    pub(crate) fn write(&self, params: &mut Vec<String>) {
        if let Some(Interface::Index(index)) = self.interface {
            params.extend(["index".to_owned(), index.to_string()]);
        }
        self.write_params(params);
    }
}

impl From<Link> for Peer {
    fn from(link: Link) -> Self {
        Self(Box::new(link))
    }
}

impl Deref for Peer {
    type Target = Link;

    fn deref(&self) -> &Link {
        &self.0
    }
}

impl DerefMut for Peer {
    fn deref_mut(&mut self) -> &mut Link {
        &mut self.0
    }
}

impl Codec for Peer {
    const SHAPE: Shape = Shape::Nest(const { &<Link as Attributes>::TABLE } as &AttrTable);

    /// Looks ahead first: bytes that hold a peer within a peer again and again shall not exhaust the stack.
    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        let (_, attrs) = IfInfo::split(payload)?;
        let infos = Attrs::new(attrs).flatten().filter(|attr| attr.kind() == attr_id(IFLA_LINKINFO));
        if infos.flat_map(|info| info.attrs()).flatten().any(|attr| attr.kind() == attr_id(IFLA_INFO_DATA)) {
            return Err(WireCause::Invalid("the other end of a pair has no options of a kind").into());
        }
        <Link as Codec>::decode(payload).map(Self::from)
    }

    fn encode(&self, writer: &mut Writer) {
        Codec::encode(&*self.0, writer);
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        Codec::visit_interfaces(&mut *self.0, visit);
    }
}
