//! What can be asked for. Each decides on plans and commits by ops, all or nothing.

mod buy;
mod containers;
mod craft;
mod destroy;
mod drop;
mod exchange;
mod grant;
mod history;
mod loot_rights;
mod marks;
mod merge;
mod move_item;
mod pick_up;
mod roll_loot;
mod sell;
mod share_out;
mod sort;
mod split;
mod stack_all;
mod stop_work;
mod take_all;
mod trade;
mod transfer;
mod use_item;

pub use buy::BuyItem;
pub use containers::{CloseContainer, OpenContainer};
pub use craft::{CraftItem, MAX_PICKS, MAX_TIMES};
pub use destroy::{DestroyItem, remove, remove_parcel};
pub use drop::DropItem;
pub use exchange::{ExchangeCoins, TidyPurse};
pub use grant::{GrantItem, MAX_NEW_STACKS, create, create_or_overflow};
pub use history::{AskHistory, HistoryLine, Told};
pub use loot_rights::SetLootRights;
pub use marks::{MarkItem, SetHotbar};
pub use merge::MergeStacks;
pub use move_item::{MoveItem, PutItem, RearrangeItem, Spot};
pub use pick_up::PickUpItem;
pub use roll_loot::RollLoot;
pub use sell::SellItem;
pub use share_out::{ShareOut, Shared};
pub use sort::{SortBy, SortItems};
pub use split::SplitStack;
pub use stack_all::StackAll;
pub use stop_work::StopWork;
pub use take_all::{Gathered, MAX_AT_ONCE, PutMatching, TakeAll};
pub use trade::{
    AcceptTrade, AnswerTrade, AskTrade, CancelTrade, MAX_OFFERED, OfferTrade, TradeStep,
};
pub use transfer::TransferItem;
pub use use_item::UseItem;

use bevy::prelude::*;
use wayfarer_core::action::ActionAppExt;

pub(crate) fn plugin(app: &mut App) {
    app.register_action::<MoveItem>()
        .register_action::<PutItem>()
        .register_action::<RearrangeItem>()
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
        .register_action::<UseItem>()
        .register_action::<MarkItem>()
        .register_action::<SetHotbar>()
        .register_action::<StackAll>()
        .register_action::<TakeAll>()
        .register_action::<PutMatching>();
}
