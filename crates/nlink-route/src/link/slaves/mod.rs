//! The kinds of slaves: what a link is to its master, a file each, and the table that makes [`SlaveKind`] of them.

nlink_core::kinds! {
    /// What a link is to its master, with its options (`IFLA_INFO_SLAVE_KIND`, `IFLA_INFO_SLAVE_DATA`); a kind that is
    /// not in the table is kept raw.
    pub enum SlaveKind {
        /// A slave of a bond.
        Bond(bond_slave::BondSlave),
        /// A port of a bridge.
        Bridge(bridge_port::BridgePort),
    }
}
