//! What has happened: told after the commit, as messages and as entity events on the wearer.

pub(crate) mod magic;

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Uid},
    impl_fact,
};

use crate::{durability::WearCause, rules::repair::RepairOutcome};
pub use magic::{
    AbilityUsed, AttunementChanged, Disenchanted, EnchantmentEnded, EnchantmentFailed,
    EnchantmentLaid, ItemIdentified, ItemRenamed, SetBonusChanged,
};

/// An item was put on.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemEquipped {
    /// The wearer.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// Where.
    pub slot: DefId,
}

/// An item was taken off.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemUnequipped {
    /// Who wore it.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// Where it was.
    pub slot: DefId,
}

/// There is less, or more, of a thing.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct DurabilityChanged {
    /// Who has it.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// What was left, in thousandths of a percent.
    pub before: u32,
    /// What is left.
    pub after: u32,
    /// Why.
    pub cause: WearCause,
}

/// There is nothing left of a thing. It is still there, and can be repaired.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct GearBroken {
    /// Who has it.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// Why.
    pub cause: WearCause,
}

/// A repair is over, one way or the other.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct RepairEnded {
    /// Whose thing it is.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
    /// What it is.
    pub def: DefId,
    /// How it came out.
    pub outcome: RepairOutcome,
    /// What was left, in thousandths of a percent.
    pub before: u32,
    /// What is left.
    pub after: u32,
    /// What was paid, in the smallest coin.
    pub price: u64,
}

impl_fact!(
    RepairEnded,
    ItemEquipped,
    ItemUnequipped,
    DurabilityChanged,
    GearBroken
);
