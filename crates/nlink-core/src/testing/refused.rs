//! The kernel's "no" with its extended acknowledgement.

use nlink_uapi::netlink::{NLMSGERR_ATTR_MISS_TYPE, NLMSGERR_ATTR_MSG, NLMSGERR_ATTR_OFFS};

use super::answer::nobody;
use super::{Answer, Asked};
use crate::wire::{ATTR_HEADER, Attrs, Codec, MessageHeader, Writer, align4, attr_id};

/// A refusal to be: an error number, and what the kernel says about it.
///
/// ```
/// # use nlink_core::testing::Refused;
/// let refused = Refused::with(22).saying("mtu less than device minimum").about(4);
/// # let _ = refused;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    errno: i32,
    message: Option<String>,
    about: Vec<u16>,
    missing: Option<u32>,
}

/// An attribute of a request: the numbers that lead to it, and how many bytes of headers stand before the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct About {
    path: Vec<u16>,
    headers: usize,
}

impl Refused {
    /// With this error number, positive.
    pub fn with(errno: i32) -> Self {
        Self { errno, ..Self::default() }
    }

    /// In these words (`NLMSGERR_ATTR_MSG`).
    pub fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// About the attribute of that number (`NLMSGERR_ATTR_OFFS`); said again, about one inside of it.
    pub fn about(mut self, attribute: u16) -> Self {
        self.about.push(attribute);
        self
    }

    /// An attribute is missing (`NLMSGERR_ATTR_MISS_TYPE`).
    pub fn missing(mut self, attribute: u16) -> Self {
        self.missing = Some(attribute.into());
        self
    }

    /// As an answer; `headers` is how many bytes stand between `nlmsghdr` and the attributes of the request.
    pub(super) fn answer(self, headers: usize) -> Answer {
        let mut tlvs = Writer::new();
        let about = (!self.about.is_empty()).then_some(About { path: self.about, headers });
        if about.is_some() {
            tlvs.attr(attr_id(NLMSGERR_ATTR_OFFS), |payload| 0u32.encode(payload));
        }
        if let Some(message) = self.message {
            tlvs.attr(attr_id(NLMSGERR_ATTR_MSG), |payload| message.encode(payload));
        }
        if let Some(missing) = self.missing {
            tlvs.attr(attr_id(NLMSGERR_ATTR_MISS_TYPE), |payload| missing.encode(payload));
        }
        let message = nobody().error(self.errno, &tlvs.finish().unwrap_or_default());
        Answer { about, ..Answer::of([message]) }
    }
}

impl From<i32> for Refused {
    fn from(errno: i32) -> Self {
        Self::with(errno)
    }
}

impl About {
    /// Where the attribute stands in the request, bytes from its start; `None` when it is not there.
    pub(super) fn offset_in(&self, asked: &Asked) -> Option<u32> {
        let mut nest = asked.body.get(self.headers..)?;
        let mut offset = MessageHeader::SIZE + self.headers;
        for (depth, kind) in self.path.iter().enumerate() {
            if depth > 0 {
                offset += ATTR_HEADER;
            }
            let mut found = None;
            for attr in Attrs::new(nest).map_while(Result::ok) {
                if attr.kind() == *kind {
                    found = Some(attr.payload());
                    break;
                }
                offset += ATTR_HEADER + align4(attr.payload().len());
            }
            nest = found?;
        }
        u32::try_from(offset).ok()
    }
}
