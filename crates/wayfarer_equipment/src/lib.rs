//! Wayfarer's equipment: slots, requirements, cooldowns and the modifiers that worn things give.
//!
//! - What is worn stays in the wearer's [`Inventory`](wayfarer_inventory::Inventory), under
//!   [`Place::Worn`](wayfarer_inventory::Place::Worn). This crate adds rules to it, never fields.
//! - [Actions](actions): put on ([`EquipItem`](actions::EquipItem), which swaps when something is
//!   in the way), take off, exchange two slots. Each is planned on what would be and then
//!   committed, all or nothing: a swap in a full bag works, one that cannot be done changes
//!   nothing.
//! - A slot that was changed is locked for a while ([`Equipment`]).
//! - [`check_equip`] and [`preview_equip`] answer panels with the very rules of the action.
//! - Everybody sees [`WornLook`]; what else there is only the owner.
//! - Packs define `slots`, `gear` and `equip_rules` ([`content`]).
//!
//! It is not the items themselves (`wayfarer_inventory`), nor the numbers that they change
//! (`wayfarer_stats`).

pub mod actions;
pub mod content;
pub mod equipment;
pub mod facts;
mod follow;
pub mod look;
pub mod ops;
mod outfit;
pub mod plan;
mod plugin;
pub mod preview;
mod protocol;
pub mod refusals;
pub mod rules;
pub mod wear;

pub use equipment::Equipment;
pub use look::WornLook;
pub use plugin::EquipmentPlugin;
pub use preview::{check_equip, check_unequip, cooldown_left, preview_equip, preview_unequip};

/// What games need most.
pub mod prelude {
    pub use crate::{
        EquipmentPlugin,
        actions::{EquipItem, SwapSlots, UnequipItem},
        content::{EquipRulesDef, GearDef, SlotDef},
        equipment::Equipment,
        facts::{ItemEquipped, ItemUnequipped},
        look::WornLook,
        preview::{check_equip, check_unequip, cooldown_left, preview_equip, preview_unequip},
    };
}
