//! Pure rules on plain data: what would be, and whether it may be. No ECS in here.

mod chance;
mod change;
mod charges;
mod forecast;
mod layout;
mod load;
mod materials;
mod ordering;
mod price;
mod search;
mod share;
mod stacking;

pub use chance::{Chance, Weights};
pub use change::{Counts, Payment, Unpaid, exactly, fewest, payment, worth_of};
pub use charges::{Stock, refill_by_moments, refill_by_time};
pub use forecast::{Excess, ExcessKind, Forecast, Limits};
pub use layout::{Cells, Layout, MAX_SIDE, MAX_SLOTS, ROTATED, Shape};
pub use load::{load_factor, load_share};
pub use materials::{Assignment, Need, assign};
pub use ordering::{Between, GAP, between, spread};
pub use price::{Side, asked, offered, share_of, top, total};
pub use search::{Search, Searched};
pub use share::{Good, Portion, share};
pub(crate) use stacking::join;
pub use stacking::{Joining, stacks_for};
