//! Which table of /etc/iproute2 names which numbers of a route, and how output writes such a number.

use nlink_core::show::Options;

/// Routing tables.
pub(crate) const TABLES: &str = "rt_tables";
/// Who made a route.
pub(crate) const PROTOCOLS: &str = "rt_protos";
/// Scopes.
pub(crate) const SCOPES: &str = "rt_scopes";
/// Realms.
pub(crate) const REALMS: &str = "rt_realms";
/// Type of service.
pub(crate) const DSFIELD: &str = "rt_dsfield";
/// Who made an address (iproute2 6.3).
pub(crate) const ADDRESS_PROTOCOLS: &str = "rt_addrprotos";

/// How output writes a number: by the table's name, by the name that we know, or as it is.
pub(crate) fn shown(options: &Options, table: &str, number: u32, known: Option<&str>) -> String {
    let name = if options.numeric { None } else { options.names.of(table, number).or(known) };
    name.map_or_else(|| number.to_string(), ToOwned::to_owned)
}
