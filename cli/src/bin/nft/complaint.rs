//! What went wrong, in nft's words and with the place.

use std::io;

use nlink_cli::failure::reason;
use nlink_cli::{Exit, Failure};
use nlink_core::Error;
use nlink_nft::language::parse::SyntaxError;
use nlink_nft::language::script::{Complaint, Refusal, Why};

use crate::input::Text;

/// The C library's words for the error number, with the kernel's own where it gave any.
fn words(error: &Error) -> String {
    let Some(errno) = error.errno() else { return error.to_string() };
    let words = reason(&io::Error::from_raw_os_error(errno));
    match error.kernel().and_then(|kernel| kernel.ack().message.as_deref()) {
        Some(said) => format!("{words}: {said}"),
        None => words,
    }
}

fn failed(text: String) -> Failure {
    Failure::said(Exit::Failed, text)
}

/// What is not nft's language.
pub(crate) fn syntax(error: &SyntaxError, text: &Text) -> Failure {
    failed(text.marked(&error.to_string(), error.span))
}

/// What is wrong with a command.
fn complaint(complaint: &Complaint, text: &Text) -> String {
    let message = match &complaint.why {
        Why::Kernel(error) => format!("Could not process rule: {}", words(error)),
        _ => complaint.to_string(),
    };
    text.marked(&message, complaint.span)
}

/// The same, as what ends the tool.
pub(crate) fn said(one: &Complaint, text: &Text) -> Failure {
    failed(complaint(one, text))
}

/// Why commands were not carried out.
pub(crate) fn refusal(refusal: &Refusal, text: &Text) -> Failure {
    match refusal {
        Refusal::Complaints(complaints) => {
            let lines: Vec<String> = complaints.iter().map(|one| complaint(one, text)).collect();
            failed(lines.join("\n"))
        }
        Refusal::Whole(error) => whole(error),
        other => failed(other.to_string()),
    }
}

/// What the kernel refuses as a whole.
pub(crate) fn whole(error: &Error) -> Failure {
    let hint = if error.is_permission() { " (perhaps you must be root?)" } else { "" };
    match error.errno() {
        Some(_) => failed(format!("Error: {}{hint}", words(error))),
        None => failed(format!("Error: {error}")),
    }
}
