//! What has happened to enchanted, unknown and named things.

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Uid},
    impl_fact,
};

use crate::rules::outcome::Outcome;

/// A set counts for more or for less than before.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct SetBonusChanged {
    /// The wearer.
    pub entity: Entity,
    /// The set.
    pub set: DefId,
    /// How many tiers counted.
    pub before: u8,
    /// How many tiers count.
    pub after: u8,
}

/// An enchantment was laid on a thing, or renewed.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct EnchantmentLaid {
    /// Who has the thing.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
    /// The enchantment.
    pub enchantment: DefId,
    /// How strong, 1 to 100.
    pub power: u8,
}

/// Laying an enchantment has failed.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct EnchantmentFailed {
    /// Who has the thing.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
    /// The enchantment.
    pub enchantment: DefId,
    /// Whether the materials are gone.
    pub materials_lost: bool,
}

/// An enchantment is no more on a thing: taken off, run out, used up.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct EnchantmentEnded {
    /// Who has the thing.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
    /// The enchantment.
    pub enchantment: DefId,
}

/// A thing was taken apart to learn from it.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct Disenchanted {
    /// Who did it.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
    /// What it is, or was.
    pub def: DefId,
    /// The enchantment.
    pub enchantment: DefId,
    /// What came of it.
    pub outcome: Outcome,
    /// Whether they know the enchantment now and did not before.
    pub learned: bool,
    /// What they gained by it.
    pub xp: u32,
}

/// More is known about a thing.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemIdentified {
    /// Who has it.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
    /// How many steps are known now.
    pub steps: u8,
}

/// Somebody has attuned to a thing, or is no more.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct AttunementChanged {
    /// Who.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
    /// Whether they are attuned now.
    pub attuned: bool,
}

/// Something was done with a thing.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct AbilityUsed {
    /// Who did it.
    pub entity: Entity,
    /// With what.
    pub item: Uid,
    /// What: an entry of kind `item_abilities`.
    pub ability: DefId,
    /// On whom.
    pub target: Entity,
}

/// A thing was given a name, or lost it.
#[derive(Message, EntityEvent, Clone, Debug, PartialEq, Eq)]
pub struct ItemRenamed {
    /// Who has it.
    pub entity: Entity,
    /// The item.
    pub item: Uid,
}

impl_fact!(
    SetBonusChanged,
    EnchantmentLaid,
    EnchantmentFailed,
    EnchantmentEnded,
    Disenchanted,
    ItemIdentified,
    AttunementChanged,
    AbilityUsed,
    ItemRenamed,
);

pub(crate) fn plugin(app: &mut App) {
    app.add_message::<SetBonusChanged>()
        .add_message::<EnchantmentLaid>()
        .add_message::<EnchantmentFailed>()
        .add_message::<EnchantmentEnded>()
        .add_message::<Disenchanted>()
        .add_message::<ItemIdentified>()
        .add_message::<AttunementChanged>()
        .add_message::<AbilityUsed>()
        .add_message::<ItemRenamed>();
}
