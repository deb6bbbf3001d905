//! The whole system as a game has it: real packs, real sockets, real files, several processes.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "../crates/wayfarer_net/tests/net/garbage.rs"]
#[allow(dead_code, reason = "shared with the network crate's own tests")]
mod garbage;
#[path = "../crates/wayfarer_net/tests/net/proxy.rs"]
#[allow(dead_code, reason = "shared with the network crate's own tests")]
mod proxy;

#[path = "wayfarer"]
mod whole {
    mod hostile;
    mod order;
    mod packs;
    mod part;
    mod processes;
    mod replay;
    pub mod rig;
    mod saves;
}
