//! What has happened to items: told after the commit, as messages and as entity events on the
//! holder.

mod dealing;
mod making;

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, PlayerId, Uid},
    impl_fact,
};

pub use dealing::{
    CoinsPaid, ItemBought, ItemSold, ShopRestocked, StockShort, TradeAsked, TradeChanged,
    TradeEnded,
};
pub use making::{CraftEnded, RemainsLeft, ToolUsed, WorkEnded, WorkStarted};

use crate::item::Place;

/// Something in an inventory has changed: once for each action and holder.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemsChanged {
    /// The holder.
    pub entity: Entity,
}

/// An item has another place or position in the same inventory.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemMoved {
    /// The holder.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
    /// Where it was.
    pub from: Place,
    /// Where it is.
    pub to: Place,
}

/// Things had no room where they were or should have come to, and are in the overflow now: the
/// player should be told.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemsOverflowed {
    /// The holder.
    pub entity: Entity,
    /// How many stacks.
    pub stacks: u32,
}

/// An item was laid on the ground.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemDropped {
    /// Who dropped it.
    pub entity: Entity,
    /// The item as it lies there.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// How many.
    pub count: u32,
}

/// An item was picked up from the ground.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemPickedUp {
    /// Who picked it up.
    pub entity: Entity,
    /// The stack it is in now.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// How many.
    pub count: u32,
}

/// An item was used.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemUsed {
    /// Who used it.
    pub entity: Entity,
    /// The stack that it was taken from.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// On whom.
    pub target: Entity,
}

/// An item went from one inventory to another.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemTransferred {
    /// Who has it now.
    pub entity: Entity,
    /// Who had it.
    pub from: Entity,
    /// The stack it is in now.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// How many.
    pub count: u32,
}

/// An item has come into being.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemGranted {
    /// Who has it.
    pub entity: Entity,
    /// What it is.
    pub def: DefId,
    /// How many.
    pub count: u32,
}

/// An item is no more.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemDestroyed {
    /// Who had it.
    pub entity: Entity,
    /// The stack it was taken from.
    pub item: Uid,
    /// What it was.
    pub def: DefId,
    /// How many.
    pub count: u32,
}

/// Somebody has opened a container.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ContainerOpened {
    /// The container.
    pub entity: Entity,
    /// Who.
    pub player: PlayerId,
}

/// Somebody has closed a container, or walked away from it.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ContainerClosed {
    /// The container.
    pub entity: Entity,
    /// Who.
    pub player: PlayerId,
}

/// How heavy somebody's load is has changed. Also told on clients.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct LoadChanged {
    /// The carrier.
    pub entity: Entity,
}

impl_fact!(
    ItemsChanged,
    ItemMoved,
    ItemDropped,
    ItemsOverflowed,
    ItemPickedUp,
    ItemTransferred,
    ItemGranted,
    ItemDestroyed,
    ItemUsed,
    ContainerOpened,
    ContainerClosed,
    LoadChanged,
);

pub(crate) fn plugin(app: &mut App) {
    app.add_message::<ItemsChanged>()
        .add_message::<ItemMoved>()
        .add_message::<ItemDropped>()
        .add_message::<ItemsOverflowed>()
        .add_message::<ItemPickedUp>()
        .add_message::<ItemTransferred>()
        .add_message::<ItemGranted>()
        .add_message::<ItemDestroyed>()
        .add_message::<ItemUsed>()
        .add_message::<ContainerOpened>()
        .add_message::<ContainerClosed>()
        .add_message::<LoadChanged>();
    dealing::plugin(app);
    making::plugin(app);
}
