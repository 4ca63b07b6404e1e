//! The messages that an object is sent in.

use super::Object;

/// Does that with each part of an object, in order; each fits a message. Most objects are one part.
#[inline]
pub(crate) fn for_each_part<T: Object>(mut object: T, each: &mut impl FnMut(T)) {
    if let Some(behind) = object.split_off() {
        for_each_part(object, each);
        for_each_part(behind, each);
    } else {
        each(object);
    }
}
