//! Wayfarer's saves over bevy_pkv: two generations, checksums, a writer thread, migrations

pub mod store;
