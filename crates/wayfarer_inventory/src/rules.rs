//! Pure rules on plain data: what would be, and whether it may be. No ECS in here.

mod forecast;
mod layout;
mod load;
mod ordering;
mod search;
mod stacking;

pub use forecast::{Excess, ExcessKind, Forecast, Limits};
pub use layout::{Cells, Layout, MAX_SIDE, MAX_SLOTS, ROTATED, Shape};
pub use load::{load_factor, load_share};
pub use ordering::{Between, GAP, between, spread};
pub use search::{Search, Searched};
pub(crate) use stacking::join;
pub use stacking::{Joining, stacks_for};
