//! What wakes a thread that blocks: poll(2) on a socket, and on an eventfd that other threads write to.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::Wake;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::eventfd::{EfdFlags, EventFd};

/// A thread's alarm. Its eventfd is made when the thread first waits, which most threads never do.
#[derive(Debug, Default)]
pub(super) struct Alarm {
    rung: AtomicBool,
    bell: OnceLock<EventFd>,
}

thread_local! {
    static OWN: Arc<Alarm> = Arc::default();
}

impl Alarm {
    /// The calling thread's.
    pub(super) fn of_thread() -> Arc<Self> {
        // A thread that is ending has lost its own already.
        OWN.try_with(Arc::clone).unwrap_or_default()
    }

    /// Waits until the socket may have something to read or the alarm rings, or a little less: the caller looks for
    /// itself. `TimedOut` when the time has come.
    pub(super) fn wait(&self, socket: Option<BorrowedFd<'_>>, until: Option<Instant>) -> io::Result<()> {
        let timeout = match until.map(|until| until.saturating_duration_since(Instant::now())) {
            Some(Duration::ZERO) => return Err(io::ErrorKind::TimedOut.into()),
            // poll(2) counts milliseconds; waking before the time would be in vain.
            Some(left) => PollTimeout::try_from(left + Duration::from_millis(1)).unwrap_or(PollTimeout::MAX),
            None => PollTimeout::NONE,
        };
        let bell = self.bell()?;
        if self.rung.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        let on = |fd| PollFd::new(fd, PollFlags::POLLIN);
        let mut fds = [on(bell.as_fd()), on(socket.unwrap_or(bell.as_fd()))];
        match poll(&mut fds, timeout) {
            Ok(0) if until.is_some_and(|until| until <= Instant::now()) => return Err(io::ErrorKind::TimedOut.into()),
            Ok(_) | Err(Errno::EINTR) => {}
            Err(errno) => return Err(errno.into()),
        }
        let [rang, _] = fds;
        if rang.any().unwrap_or_default() {
            self.rung.store(false, Ordering::Release);
            let _ = bell.read();
        }
        Ok(())
    }

    fn bell(&self) -> io::Result<&EventFd> {
        if let Some(bell) = self.bell.get() {
            return Ok(bell);
        }
        let fresh = EventFd::from_value_and_flags(0, EfdFlags::EFD_CLOEXEC | EfdFlags::EFD_NONBLOCK)?;
        Ok(self.bell.get_or_init(|| fresh))
    }
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // In this order: a thread that makes its eventfd only now looks at the flag thereafter.
        self.rung.swap(true, Ordering::AcqRel);
        if let Some(bell) = self.bell.get() {
            let _ = bell.write(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(30);

    #[test]
    fn an_alarm_that_rang_before_the_wait_is_heard() {
        for has_bell in [false, true] {
            let alarm = Arc::<Alarm>::default();
            if has_bell {
                alarm.bell().unwrap();
            }
            alarm.wake_by_ref();
            alarm.wait(None, Some(Instant::now() + SOON)).unwrap();
        }
    }

    #[test]
    fn another_thread_ends_the_wait() {
        let alarm = Alarm::of_thread();
        let other = Arc::clone(&alarm);
        let thread = std::thread::spawn(move || other.wake());
        alarm.wait(None, Some(Instant::now() + SOON)).unwrap();
        thread.join().unwrap();
    }

    #[test]
    fn a_time_that_has_come_is_told() {
        let alarm = Alarm::default();
        let until = Some(Instant::now() + Duration::from_millis(2));
        let end = alarm.wait(None, until).unwrap_err();
        assert_eq!(end.kind(), io::ErrorKind::TimedOut);
        assert!(until <= Some(Instant::now()));
    }
}
