//! Every setter of the builders, seen in the kernel: made by the library, read back by iproute2.

pub(crate) mod addresses;
pub(crate) mod kinds;
pub(crate) mod links;
pub(crate) mod lookups;
mod read;
pub(crate) mod routes;
