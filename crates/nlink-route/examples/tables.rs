//! Prints every attribute that the crate declares: table, the kernel's name, form. `cargo xtask audit` reads it.

fn main() {
    for table in nlink_route::tables::all() {
        for entry in table.entries {
            println!("{} {} {:?}", table.name, entry.name, entry.shape);
        }
    }
}
