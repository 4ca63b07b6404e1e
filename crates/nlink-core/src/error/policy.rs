//! What the kernel accepts: the policy of an attribute, as an extended ack carries it (`NLMSGERR_ATTR_POLICY`, since
//! Linux 5.10) and generic netlink's controller lists it (linux/netlink.h, `enum netlink_policy_type_attr`).

use std::fmt;

use nlink_uapi::netlink as nl;

use crate::wire::{Attrs, Codec, Shape, WireError, Writer, attr_id};

/// The bounds of an attribute's value; what the kernel did not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The kernel's name for the type: `u32`, `nul-string`, `nested` …
    pub form: Option<&'static str>,
    /// The least value.
    pub min: Option<i128>,
    /// The greatest value.
    pub max: Option<i128>,
    /// The least length, bytes.
    pub min_length: Option<u32>,
    /// The greatest length, bytes.
    pub max_length: Option<u32>,
    /// The bits that may be set.
    pub mask: Option<u64>,
    /// Of a nest in a list of policies: which one the attributes within have.
    pub nested: Option<u32>,
}

const FORMS: &[(u32, &str)] = &[
    (nl::NL_ATTR_TYPE_FLAG, "flag"),
    (nl::NL_ATTR_TYPE_U8, "u8"),
    (nl::NL_ATTR_TYPE_U16, "u16"),
    (nl::NL_ATTR_TYPE_U32, "u32"),
    (nl::NL_ATTR_TYPE_U64, "u64"),
    (nl::NL_ATTR_TYPE_S8, "s8"),
    (nl::NL_ATTR_TYPE_S16, "s16"),
    (nl::NL_ATTR_TYPE_S32, "s32"),
    (nl::NL_ATTR_TYPE_S64, "s64"),
    (nl::NL_ATTR_TYPE_BINARY, "binary"),
    (nl::NL_ATTR_TYPE_STRING, "string"),
    (nl::NL_ATTR_TYPE_NUL_STRING, "nul-string"),
    (nl::NL_ATTR_TYPE_NESTED, "nested"),
    (nl::NL_ATTR_TYPE_NESTED_ARRAY, "nested-array"),
    (nl::NL_ATTR_TYPE_BITFIELD32, "bitfield32"),
    (nl::NL_ATTR_TYPE_SINT, "sint"),
    (nl::NL_ATTR_TYPE_UINT, "uint"),
];

const TYPE: u16 = attr_id(nl::NL_POLICY_TYPE_ATTR_TYPE);
const MIN_SIGNED: u16 = attr_id(nl::NL_POLICY_TYPE_ATTR_MIN_VALUE_S);
const MAX_SIGNED: u16 = attr_id(nl::NL_POLICY_TYPE_ATTR_MAX_VALUE_S);
const MIN: u16 = attr_id(nl::NL_POLICY_TYPE_ATTR_MIN_VALUE_U);
const MAX: u16 = attr_id(nl::NL_POLICY_TYPE_ATTR_MAX_VALUE_U);
const MIN_LENGTH: u16 = attr_id(nl::NL_POLICY_TYPE_ATTR_MIN_LENGTH);
const MAX_LENGTH: u16 = attr_id(nl::NL_POLICY_TYPE_ATTR_MAX_LENGTH);
const BITFIELD_MASK: u16 = attr_id(nl::NL_POLICY_TYPE_ATTR_BITFIELD32_MASK);
const NESTED: u16 = attr_id(nl::NL_POLICY_TYPE_ATTR_POLICY_IDX);
const MASK: u16 = attr_id(nl::NL_POLICY_TYPE_ATTR_MASK);

impl Policy {
    /// Reads the nest; what cannot be read is left out, for mostly this is about another error already.
    pub(super) fn read(attrs: Attrs<'_>) -> Self {
        let mut policy = Self::default();
        for attr in attrs.map_while(Result::ok) {
            let unsigned = || u64::decode(attr.payload()).ok();
            let signed = || i64::decode(attr.payload()).ok();
            let short = || u32::decode(attr.payload()).ok();
            match attr.kind() {
                TYPE => {
                    let form = FORMS.iter().find(|(number, _)| Some(*number) == short());
                    policy.form = form.map(|(_, name)| *name);
                }
                MIN_SIGNED => policy.min = signed().map(i128::from),
                MAX_SIGNED => policy.max = signed().map(i128::from),
                MIN => policy.min = unsigned().map(i128::from),
                MAX => policy.max = unsigned().map(i128::from),
                MIN_LENGTH => policy.min_length = short(),
                MAX_LENGTH => policy.max_length = short(),
                BITFIELD_MASK => policy.mask = short().map(u64::from),
                MASK => policy.mask = unsigned(),
                NESTED => policy.nested = short(),
                _ => {}
            }
        }
        policy
    }
}

/// Only ever told by the kernel: written, it is empty.
impl Codec for Policy {
    const SHAPE: Shape = Shape::Bytes;

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        Ok(Self::read(Attrs::new(payload)))
    }

    fn encode(&self, _: &mut Writer) {}
}

/// `u32 from 68 to 65535`, `string of up to 15 bytes`, `u32 of the bits 0x3`.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.form.unwrap_or("value"))?;
        match (self.min, self.max) {
            (Some(min), Some(max)) => write!(f, " from {min} to {max}")?,
            (Some(min), None) => write!(f, " from {min}")?,
            (None, Some(max)) => write!(f, " up to {max}")?,
            (None, None) => {}
        }
        match (self.min_length, self.max_length) {
            (Some(min), Some(max)) if min == max => write!(f, " of {min} bytes")?,
            (Some(min), Some(max)) => write!(f, " of {min} to {max} bytes")?,
            (Some(min), None) => write!(f, " of at least {min} bytes")?,
            (None, Some(max)) => write!(f, " of up to {max} bytes")?,
            (None, None) => {}
        }
        match self.mask {
            Some(mask) => write!(f, " of the bits {mask:#x}"),
            None => Ok(()),
        }
    }
}
