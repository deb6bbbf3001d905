//! The foundation as a rules crate uses it: a purse of coins with two actions.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod core {
    pub mod door;
    pub mod purse;
    pub mod records;
    pub mod replay;
    pub mod transactions;
}
