//! The columns: as wide as what is in them, and on a terminal spread over its width.

use std::io::{self, Write};

use nlink_cli::Result;
use nlink_core::wire::OpenEnum;
use nlink_diag::show::Row;
use rustix::termios::tcgetwinsize;

use crate::waiting::Waiting;

/// A column: its head, what stands before it, and whether it is aligned to the right.
struct Column {
    head: &'static str,
    before: &'static str,
    right: bool,
}

const fn column(head: &'static str, before: &'static str, right: bool) -> Column {
    Column { head, before, right }
}

const COLUMNS: [Column; COUNT] = [
    column("Netid", "", false),
    column("State", " ", false),
    column("Recv-Q", " ", false),
    column("Send-Q", " ", false),
    column("Local Address:", " ", true),
    column("Port", "", false),
    column("Peer Address:", " ", true),
    column("Port", "", false),
    column("Process", "", false),
    column("", "", false),
];

const COUNT: usize = 10;
const PEER_PORT: usize = 7;
const PROCESS: usize = 8;
const MORE: usize = 9;

/// Bytes that are collected before they are written.
const FULL: usize = 16 * 1024;

/// Which columns may be left out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hidden {
    pub(crate) netid: bool,
    pub(crate) state: bool,
    pub(crate) queues: bool,
    pub(crate) processes: bool,
}

/// Lines that wait until their widths are known.
pub(crate) struct Table {
    hidden: [bool; COUNT],
    /// The last column but that of what is said behind: as wide in each line as what is in it, unless it is spread.
    last: Option<usize>,
    screen: Option<usize>,
    waiting: Waiting,
    widest: [usize; COUNT],
    /// The length of what was said last. It counts when the next line comes: its end widens nothing.
    end: usize,
}

impl Table {
    pub(crate) fn new(hide: Hidden) -> Self {
        let Hidden { netid, state, queues, processes } = hide;
        let hidden = [netid, state, queues, queues, false, false, false, false, processes, false];
        let screen = tcgetwinsize(io::stdout()).ok().map(|size| usize::from(size.ws_col)).filter(|width| *width > 0);
        let last = if processes { PEER_PORT } else { PROCESS };
        let last = Some(last).filter(|_| screen.is_none());
        Self { hidden, last, screen, waiting: Waiting::new(), widest: [0; COUNT], end: 0 }
    }

    pub(crate) fn head(&mut self) {
        self.begin();
        for (at, column) in COLUMNS.iter().enumerate() {
            self.cell(at, &[column.head]);
        }
    }

    /// Adds a socket, with the processes that have it and what else is said of it.
    pub(crate) fn row(&mut self, row: &Row, processes: &str, more: &str) -> Result<()> {
        let Row { netid, state, receive_queue, send_queue, local, peer } = row;
        self.begin();
        self.cell(0, &[netid]);
        match state.name() {
            Some(name) => self.cell(1, &[name]),
            None => self.cell(1, &[&state.to_string()]),
        }
        self.queue(2, *receive_queue);
        self.queue(3, *send_queue);
        self.cell(4, &[&local.address, local.between]);
        self.cell(5, &[&local.port]);
        self.cell(6, &[&peer.address, peer.between]);
        self.cell(PEER_PORT, &[&peer.port]);
        self.cell(PROCESS, &[processes]);
        self.cell(MORE, &[more]);
        if self.waiting.is_full() { self.print() } else { Ok(()) }
    }

    fn begin(&mut self) {
        let [.., widest] = &mut self.widest;
        *widest = (*widest).max(std::mem::take(&mut self.end));
    }

    /// A queue is six wide at least.
    fn queue(&mut self, at: usize, bytes: u32) {
        match bytes {
            0 => self.cell(at, &["0     "]),
            bytes => self.cell(at, &[&format!("{:<6}", bytes.cast_signed())]),
        }
    }

    fn cell(&mut self, at: usize, parts: &[&str]) {
        let (Some(false), Some(widest)) = (self.hidden.get(at), self.widest.get_mut(at)) else { return };
        let length = self.waiting.push(parts);
        if at == MORE {
            self.end = length;
        } else {
            *widest = (*widest).max(length);
        }
    }

    /// Prints what waits.
    pub(crate) fn print(&mut self) -> Result<()> {
        let widths = self.widths();
        let columns = COLUMNS.iter().enumerate().zip(widths).zip(self.hidden);
        let shown: Vec<_> = columns.filter(|(_, hidden)| !hidden).map(|(column, _)| column).collect();
        let mut stdout = io::stdout().lock();
        let mut text: Vec<u8> = Vec::with_capacity(2 * FULL);
        for (field, (place, ((at, column), width))) in self.waiting.fields().zip(shown.iter().enumerate().cycle()) {
            let before = if place == 0 { "" } else { column.before };
            // What is the last column but for what is said behind it is as wide as it is.
            let room = if Some(*at) == self.last { 0 } else { width.saturating_sub(before.len() + field.len()) };
            let (left, right) = if column.right { (room, 0) } else { (0, room) };
            text.extend_from_slice(before.as_bytes());
            text.resize(text.len() + left, b' ');
            text.extend_from_slice(field.as_bytes());
            text.resize(text.len() + right, b' ');
            if place + 1 == shown.len() {
                text.push(b'\n');
                if text.len() >= FULL {
                    stdout.write_all(&text)?;
                    text.clear();
                }
            }
        }
        stdout.write_all(&text)?;
        stdout.flush()?;
        self.waiting.clear();
        self.end = 0;
        Ok(())
    }

    fn widths(&self) -> [usize; COUNT] {
        let mut widths = [0; COUNT];
        let mut first = true;
        for (((width, widest), column), hidden) in widths.iter_mut().zip(self.widest).zip(&COLUMNS).zip(self.hidden) {
            if hidden || widest == 0 {
                continue;
            }
            *width = if first { widest } else { widest + column.before.len() };
            *width = (*width).min(self.screen.unwrap_or(usize::MAX));
            first = false;
        }
        if let Some(screen) = self.screen {
            spread(&mut widths, screen);
        }
        widths
    }
}

/// Breaks columns into as few lines of the screen as they need, and spreads what is left of each over its columns.
fn spread(widths: &mut [usize], screen: usize) {
    let mut rest = widths;
    while rest.iter().any(|width| *width > 0) {
        let mut taken = 0;
        let mut length = 0;
        for (at, width) in rest.iter().enumerate() {
            if length + width > screen {
                break;
            }
            length += width;
            taken = at + 1;
        }
        let (line, behind) = std::mem::take(&mut rest).split_at_mut(taken.max(1));
        let used = line.iter().filter(|width| **width > 0).count();
        let left = screen.saturating_sub(length);
        if let (Some(each), Some(mut more)) = (left.checked_div(used), left.checked_rem(used)) {
            for width in line.iter_mut().rev().filter(|width| **width > 0) {
                *width += each + usize::from(more > 0);
                more = more.saturating_sub(1);
            }
        }
        rest = behind;
    }
}
