//! Where captured messages are written to.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::format::{self, Packet};

/// A capture under way; cheap to clone, and several connections may share one.
///
/// A writer that fails ends it and disturbs nothing else; [`finish`](Capture::finish) tells.
#[derive(Clone)]
pub struct Capture(Arc<Mutex<Target>>);

enum Target {
    Open(Box<dyn Write + Send>),
    Failed(io::Error),
    Finished,
}

impl Capture {
    /// Begins one; the writer is a file, or anything else that takes bytes. Each message is one `write` or few: give a
    /// [`BufWriter`](std::io::BufWriter) where there are many.
    pub fn to(mut writer: impl Write + Send + 'static) -> io::Result<Self> {
        format::begin(&mut writer)?;
        Ok(Self(Arc::new(Mutex::new(Target::Open(Box::new(writer))))))
    }

    /// Ends it and closes the writer; an error says that something is missing.
    pub fn finish(&self) -> io::Result<()> {
        match std::mem::replace(&mut *self.lock(), Target::Finished) {
            Target::Open(mut writer) => writer.flush(),
            Target::Failed(error) => Err(error),
            Target::Finished => Ok(()),
        }
    }

    pub(super) fn write(&self, packet: &Packet<&[u8]>) {
        let at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let mut target = self.lock();
        if let Target::Open(writer) = &mut *target
            && let Err(error) = format::write(&mut **writer, at, packet)
        {
            *target = Target::Failed(error);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Target> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<&Capture> for Option<Capture> {
    fn from(capture: &Capture) -> Self {
        Some(capture.clone())
    }
}

impl fmt::Debug for Capture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &*self.lock() {
            Target::Open(_) => "open",
            Target::Failed(_) => "failed",
            Target::Finished => "finished",
        };
        f.debug_tuple("Capture").field(&format_args!("{state}")).finish()
    }
}
