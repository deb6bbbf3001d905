//! What single things have been through: who had them, when, why they changed hands, and what was
//! done to them.
//!
//! Kept for things that do not stack; a coin has no history. It is fed from the
//! [ledger](wayfarer_core::ledger) and from the [notes](note) of other rules when a tick is over,
//! saved, and the host's alone; players ask with [`AskHistory`](crate::actions::AskHistory).

mod absorb;
mod log;
mod note;

pub(crate) use absorb::plugin;
pub use log::{ItemLine, ItemLog, LINES_OF_ONE, NOTES_OF_ONE, Whereabouts};
pub use note::{Deed, MATERIALS_OF_ONE, Note, note};
