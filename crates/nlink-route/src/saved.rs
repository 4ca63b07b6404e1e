//! Listings kept in files: `ip route save`, `ip address save`, and their way back.
//!
//! The format is iproute2's, so files can be exchanged: four bytes that say what it is, then the messages as the kernel
//! sends them.
//!
//! ```
//! use nlink_route::route::Route;
//! use nlink_route::saved;
//! let mut file = saved::begin::<Route>().to_vec();
//! file.extend(saved::message(&Route::new("10.0.0.0/8".parse().unwrap())).unwrap());
//! let routes: Vec<Route> = saved::read(&file).unwrap();
//! assert_eq!(routes[0].to_string(), "10.0.0.0/8 scope link");
//! ```

use std::fmt;

use nlink_core::driver::Driver;
use nlink_core::object::{Event, Object};
use nlink_core::show::{Show, Sink};
use nlink_core::wire::{Frames, MessageHeader, WireError, Writer};
use nlink_core::{Connection, Interface, Result, Rtnetlink};

use crate::address::Address;
use crate::route::{Route, RouteFlags};

/// Can be kept in a file.
pub trait Saved: Object<Protocol = Rtnetlink> {
    /// What a file of them begins with.
    const MAGIC: u32;

    /// When it is put back: those of a lower rank first, for others rest on them.
    fn rank(&self) -> u8 {
        0
    }

    /// Shows it as `showdump` does.
    fn show_saved(&self, sink: &mut Sink<'_>);

    /// Puts it back.
    fn put_back<D: Driver>(self, rt: &Connection<Rtnetlink, D>) -> impl Future<Output = Result<()>>;
}

impl Saved for Address {
    const MAGIC: u32 = 0x4736_1222;

    fn show_saved(&self, sink: &mut Sink<'_>) {
        let index = self.interface.as_ref().and_then(Interface::index).unwrap_or_default();
        sink.text(format_args!("if{index}:\n"));
        self.show(sink);
    }

    async fn put_back<D: Driver>(self, rt: &Connection<Rtnetlink, D>) -> Result<()> {
        rt.add(self).await
    }
}

impl Saved for Route {
    const MAGIC: u32 = 0x4531_1224;

    /// A gateway has to be reachable: first the local addresses, then the networks that are on a link, then the rest.
    fn rank(&self) -> u8 {
        use crate::route::RouteType;
        match self.header.kind {
            RouteType::LOCAL => 0,
            _ if self.next_host().is_none() && self.nexthops.is_empty() => 1,
            _ => 2,
        }
    }

    fn show_saved(&self, sink: &mut Sink<'_>) {
        self.show(sink);
    }

    async fn put_back<D: Driver>(mut self, rt: &Connection<Rtnetlink, D>) -> Result<()> {
        // What the kernel says of the state at that time it does not take.
        self.header.flags -= RouteFlags::DEAD | RouteFlags::LINKDOWN;
        self.cache = None;
        rt.append(self).await
    }
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavedError {
    /// It does not begin as a file of that kind does.
    Magic {
        /// What a file of them is called.
        of: &'static str,
    },
    /// It is damaged.
    Message(WireError),
}

impl fmt::Display for SavedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SavedError::Magic { of } => {
                write!(f, "this is no file with a saved {of} listing (its first bytes are others)")
            }
            SavedError::Message(error) => write!(f, "the file is damaged: {error}"),
        }
    }
}

impl std::error::Error for SavedError {}

/// What the file begins with.
pub fn begin<T: Saved>() -> [u8; 4] {
    T::MAGIC.to_ne_bytes()
}

/// One object as the file has it.
pub fn message<T: Object>(object: &T) -> Result<Vec<u8>, WireError> {
    let mut writer = Writer::new();
    let header = MessageHeader { message_type: T::NEW, ..MessageHeader::default() };
    writer.message(header, |body| object.emit(body));
    writer.finish()
}

/// The objects of a file.
pub fn read<T: Saved>(file: &[u8]) -> Result<Vec<T>, SavedError> {
    let messages = file.strip_prefix(&begin::<T>()).ok_or(SavedError::Magic { of: T::NAME })?;
    let mut objects = Vec::new();
    for frame in Frames::new(messages) {
        let frame = frame.map_err(SavedError::Message)?;
        match Event::<T>::read(&frame.into()) {
            Some(Ok(Event::New(object))) => objects.push(object),
            Some(Ok(Event::Del(_))) | None => {}
            Some(Err(error)) => return Err(SavedError::Message(error)),
        }
    }
    Ok(objects)
}

/// Puts objects back, in an order in which they can be; one that is there already stays. Gives how many were not.
pub async fn restore<T: Saved, D: Driver>(rt: &Connection<Rtnetlink, D>, mut objects: Vec<T>) -> Result<usize> {
    objects.sort_by_key(Saved::rank);
    let mut restored = 0;
    for object in objects {
        match object.put_back(rt).await {
            Ok(()) => restored += 1,
            Err(error) if error.is_exists() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(restored)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_another_kind_or_a_damaged_one_is_refused() {
        assert_eq!(read::<Route>(&begin::<Address>()), Err(SavedError::Magic { of: "route" }));
        assert_eq!(read::<Route>(b""), Err(SavedError::Magic { of: "route" }));
        let mut file = begin::<Route>().to_vec();
        assert_eq!(read::<Route>(&file), Ok(Vec::new()));
        file.extend(message(&Route::default_v4()).unwrap());
        file.truncate(file.len() - 1);
        assert!(matches!(read::<Route>(&file), Err(SavedError::Message(_))));
    }

    #[test]
    fn what_others_rest_on_comes_first() {
        let via = Route::default_v4().via("10.0.0.1".parse().unwrap());
        let network = Route::new("10.0.0.0/24".parse().unwrap()).on("d0");
        assert_eq!([via.rank(), network.rank()], [2, 1]);
    }
}
