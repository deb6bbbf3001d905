//! The systems of one who joins.

mod receive;
mod send;
mod start;

pub(super) use receive::receive;
pub(super) use send::send;
pub(super) use start::wishes;
