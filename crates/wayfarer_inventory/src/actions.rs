//! What can be asked for. Each decides on plans and commits by ops, all or nothing.

mod containers;
mod craft;
mod destroy;
mod drop;
mod grant;
mod history;
mod merge;
mod move_item;
mod pick_up;
mod roll_loot;
mod sort;
mod split;
mod stop_work;
mod transfer;
mod use_item;

pub use containers::{CloseContainer, OpenContainer};
pub use craft::{CraftItem, MAX_PICKS, MAX_TIMES};
pub use destroy::{DestroyItem, remove};
pub use drop::DropItem;
pub use grant::{GrantItem, MAX_NEW_STACKS, create};
pub use history::{AskHistory, HistoryLine, Told};
pub use merge::MergeStacks;
pub use move_item::MoveItem;
pub use pick_up::PickUpItem;
pub use roll_loot::RollLoot;
pub use sort::{SortBy, SortItems};
pub use split::SplitStack;
pub use stop_work::StopWork;
pub use transfer::TransferItem;
pub use use_item::UseItem;

use bevy::prelude::*;
use wayfarer_core::action::ActionAppExt;

pub(crate) fn plugin(app: &mut App) {
    app.register_action::<MoveItem>()
        .register_action::<SplitStack>()
        .register_action::<MergeStacks>()
        .register_action::<DropItem>()
        .register_action::<PickUpItem>()
        .register_action::<TransferItem>()
        .register_action::<OpenContainer>()
        .register_action::<CloseContainer>()
        .register_action::<SortItems>()
        .register_action::<GrantItem>()
        .register_action::<DestroyItem>()
        .register_action::<UseItem>();
}
