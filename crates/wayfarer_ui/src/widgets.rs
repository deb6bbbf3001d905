//! Small building blocks of the panels. Each one is a plain function and has a spoken name, so that
//! screen readers and tests find it.

mod bar;
mod breakdown;
mod frame;
mod slot;
mod span;
mod stat;

pub use bar::{Threshold, load_bar};
pub use breakdown::{BreakdownRow, breakdown};
pub use frame::{empty_state, section, toast};
pub use slot::{SlotContent, item_slot};
pub use span::span_bar;
pub use stat::stat_row;
