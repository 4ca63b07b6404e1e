//! Prints every attribute that the crate declares: table, the kernel's name, form. `cargo xtask audit` reads it.

use nlink_core::wire::{AttrTable, Attributes};
use nlink_wireguard::Device;

fn main() {
    for table in AttrTable::with_nests([&Device::TABLE]) {
        for entry in table.entries {
            println!("{} {} {:?}", table.name, entry.name, entry.shape);
        }
    }
}
