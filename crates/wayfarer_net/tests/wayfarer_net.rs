//! Sessions over real UDP on the loopback interface: two or three `App`s in one process.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod net {
    pub mod bad_network;
    pub mod flood;
    pub mod garbage;
    pub mod goodbye;
    pub mod join;
    pub mod proxy;
    pub mod refusals;
    pub mod support;
}
