//! The rules of effects: pure functions on plain data.

pub(crate) mod beat;
pub(crate) mod dawn;
pub(crate) mod stacking;
pub(crate) mod suppression;
