//! The kernel's error numbers as names and as text: `EEXIST`, "File exists".

use std::{fmt, io};

use nix::errno::Errno;

/// Numbers that the kernel keeps to itself, but lets through netlink now and then (include/linux/errno.h).
const INTERNAL: &[(i32, &str, &str)] = &[
    (512, "ERESTARTSYS", "Interrupted by a signal"),
    (517, "EPROBE_DEFER", "The driver asks to try again later"),
    (524, "ENOTSUPP", "Operation not supported"),
];

/// An error number, printed as its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Name(pub i32);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((_, name, _)) = INTERNAL.iter().find(|(number, ..)| *number == self.0) {
            return f.write_str(name);
        }
        match Errno::from_raw(self.0) {
            Errno::UnknownErrno => write!(f, "errno {}", self.0),
            errno => write!(f, "{errno:?}"),
        }
    }
}

/// The C library's text for an error number, as iproute2 prints it.
pub(super) fn text(errno: i32) -> String {
    if let Some((_, _, text)) = INTERNAL.iter().find(|(number, ..)| *number == errno) {
        return (*text).to_owned();
    }
    let text = io::Error::from_raw_os_error(errno).to_string();
    match text.rfind(" (os error ") {
        Some(end) => text.get(..end).unwrap_or(&text).to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_names_and_the_texts_of_the_c_library() {
        assert_eq!((Name(17).to_string(), text(17)), ("EEXIST".into(), "File exists".into()));
        assert_eq!((Name(95).to_string(), text(95)), ("EOPNOTSUPP".into(), "Operation not supported".into()));
        assert_eq!((Name(524).to_string(), text(524)), ("ENOTSUPP".into(), "Operation not supported".into()));
        assert_eq!(Name(9999).to_string(), "errno 9999");
    }
}
