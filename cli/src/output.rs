//! Standard output: items as text, each with a line break behind, or as one JSON array.
//!
//! Nothing is collected: what is printed waits in a buffer only until that is full. Whoever reads may close the pipe at
//! any time; that is no error.

use std::io::{self, BufWriter, Write};

use nlink_core::show::{Format, Names, Options, Show, Sink};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::exit::Exit;
use crate::failure::{Failure, Result, complain};

/// Bytes that wait at most before they are written.
const FULL: usize = 256 * 1024;

/// Items on their way to standard output.
#[derive(Debug)]
pub struct Output {
    options: Options,
    format: Format,
    waiting: Vec<u8>,
    /// Whether some of it was written already.
    begun: bool,
    items: usize,
}

impl Output {
    /// Output as the options say.
    pub fn new(options: &crate::Options, names: Names) -> Self {
        let options_of_show = Options { names, ..options.show() };
        Self { options: options_of_show, format: options.format(), waiting: Vec::new(), begun: false, items: 0 }
    }

    /// Names for numbers, to be added to.
    pub fn names(&mut self) -> &mut Names {
        &mut self.options.names
    }

    /// Whether this is JSON.
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Adds an item. One that shows nothing as text leaves no empty line.
    pub fn item(&mut self, show: impl FnOnce(&mut Sink<'_>)) -> Result<()> {
        let mut sink = Sink::new(self.format, &self.options);
        sink.open_list();
        let start = sink.take();
        sink.item(show);
        let text = sink.finish();
        match self.format {
            Format::Json => {
                let before = if self.items == 0 { start.as_str() } else { "," };
                self.waiting.extend([before, &text].concat().into_bytes());
            }
            Format::Text if text.is_empty() => return Ok(()),
            Format::Text => self.text(&text),
        }
        self.items += 1;
        self.write_when_full()
    }

    /// Prints an item on its own, at once: as JSON an object on a line.
    pub fn line(&mut self, item: &impl Show) -> Result<()> {
        let text = Sink::render(item, self.format, &self.options);
        self.text(&text);
        self.write()
    }

    /// Adds text as it is, with a line break behind.
    pub fn text(&mut self, text: &str) {
        self.waiting.extend_from_slice(text.as_bytes());
        self.waiting.push(b'\n');
    }

    /// The listing starts over: what waits is forgotten. What was written already cannot be taken back: as text it
    /// stays, with a remark; a JSON array would have items twice.
    pub fn restart(&mut self, why: &nlink_core::Error) -> Result<()> {
        self.waiting.clear();
        if self.begun {
            if self.is_json() {
                return Err(Failure::said(Exit::Failed, why.to_string()));
            }
            complain(why);
        }
        self.items = 0;
        Ok(())
    }

    /// Closes the array, and writes what waits.
    pub fn finish(mut self) -> Result<()> {
        if self.is_json() {
            let mut sink = Sink::new(self.format, &self.options);
            sink.open_list();
            let start = sink.take();
            let end = if self.options.pretty && self.items > 0 { " ]\n" } else { "]\n" };
            let start = if self.items == 0 { start } else { String::new() };
            self.waiting.extend([start.as_str(), end].concat().into_bytes());
        }
        self.write()
    }

    fn write_when_full(&mut self) -> Result<()> {
        if self.waiting.len() < FULL { Ok(()) } else { self.write() }
    }

    /// Writes what waits.
    pub fn write(&mut self) -> Result<()> {
        let mut stdout = io::stdout().lock();
        self.begun |= !self.waiting.is_empty();
        stdout.write_all(&self.waiting)?;
        self.waiting.clear();
        stdout.flush()?;
        Ok(())
    }
}

/// Prints bytes as they are, at once.
pub fn bytes(bytes: &[u8]) -> Result<Exit> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()?;
    Ok(Exit::Success)
}

/// Prints what is written, as it comes.
pub fn stream(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Exit> {
    let mut stdout = BufWriter::with_capacity(FULL, io::stdout().lock());
    write(&mut stdout)?;
    stdout.flush()?;
    Ok(Exit::Success)
}

/// Prints lines as they are, at once.
pub fn lines<T: std::fmt::Display>(lines: impl IntoIterator<Item = T>) -> Result<Exit> {
    let mut stdout = io::stdout().lock();
    for line in lines {
        writeln!(stdout, "{line}")?;
    }
    stdout.flush()?;
    Ok(Exit::Success)
}

/// Waits for the signals that end a tool: then what was printed is whole, and the exit code is that of success.
#[derive(Debug)]
pub struct End {
    interrupt: Signal,
    terminate: Signal,
}

/// From now on SIGINT and SIGTERM end what is under way rather than the process. Has to be called within a runtime.
pub fn end() -> Result<End> {
    Ok(End { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
}

impl End {
    /// Ready when one came.
    pub async fn came(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
