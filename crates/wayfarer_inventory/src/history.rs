//! What single things have been through: who had them, when, and why they changed hands.
//!
//! Kept for things that do not stack; a coin has no history. It is fed from the
//! [ledger](wayfarer_core::ledger) when a tick is over, saved, and the host's alone; players ask
//! with [`AskHistory`](crate::actions::AskHistory).

mod absorb;
mod log;

pub(crate) use absorb::plugin;
pub use log::{ItemLine, ItemLog, LINES_OF_ONE, Whereabouts};
