//! Links, addresses and routes over rtnetlink ([rtnetlink(7)](https://man7.org/linux/man-pages/man7/rtnetlink.7.html)).
//!
//! Each object is a folder: [`link`], [`address`], [`route`]. A kind of link is one file in `link/kinds/`, entered in
//! the table there by one line.

#![forbid(unsafe_code)]

pub mod address;
pub mod addressed;
pub mod cues;
pub mod family;
pub mod flush;
pub mod link;
pub mod listing;
pub mod monitor;
pub mod names;
pub mod nsid;
pub mod route;
pub mod saved;
pub mod tables;

pub use family::Family;
