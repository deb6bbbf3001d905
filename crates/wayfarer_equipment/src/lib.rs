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
//! - Things [wear](durability) by use, in fights and in the weather, and are [repaired](repair) for
//!   money, materials and time.
//! - The whole of it is a [feature](FEATURE) that can be switched off in a running game.
//! - Everybody sees [`WornLook`]; what else there is only the owner.
//! - How well things are made, how rare they are and what is left of them are [extensions](ext) of
//!   items; what a worn thing does with all of it is computed in one place ([`total`]).
//! - [Enchanting](enchanting) shows exact odds before anything is risked; sets and effects of worn
//!   things are [settled](settle) after every change; things are [identified](identifying),
//!   [attuned](attuning) to, [used](abilities) and [named](naming). What is done to them is
//!   [remembered](maintenance); what would suit their wearer better is [told](advice).
//! - Packs define `slots`, `gear`, `equip_rules`, `qualities`, `rarities` and `conditions`
//!   ([`content`]).
//!
//! # Quick start
//!
//! ```
//! use bevy::prelude::*;
//! use wayfarer_core::{content::MemorySource, prelude::*};
//! use wayfarer_equipment::prelude::*;
//! use wayfarer_inventory::prelude::*;
//!
//! let pack = MemorySource::new();
//! pack.set("demo", "pack.ron", r#"(name: "demo", version: "0.1.0")"#);
//! pack.set("demo", "characters/a.ron", r#"{ "hero": (name: "Hero") }"#);
//! pack.set("demo", "items/a.ron", r#"{ "helm": (name: "Helm", weight: 1, bulk: 2) }"#);
//! pack.set("demo", "slots/a.ron", r#"{ "head": (name: "Head") }"#);
//! pack.set("demo", "stats/a.ron", r#"{ "body": (name: "Body", stats: { "guard": (name: "Guard", min: 0, default: 10) }) }"#);
//! pack.set("demo", "sheets/a.ron", r#"{ "hero": (sets: ["body"]) }"#);
//! pack.set("demo", "gear/a.ron", r#"{ "helm": (
//!     slots: ["head"],
//!     modifiers: [(stat: "demo:body.guard", flat: 1)],
//! ) }"#);
//! pack.set("demo", "compartments/a.ron", r#"{ "bag": (name: "Bag", max_bulk: 10) }"#);
//! pack.set("demo", "kits/a.ron", r#"{ "hero": (compartments: ["bag"], items: [(item: "helm")]) }"#);
//!
//! let mut app = App::new();
//! app.add_plugins((MinimalPlugins, EquipmentPlugin))
//!     .insert_resource(ClockMode::Manual { hz: 20.0 })
//!     .add_pack_source(pack);
//! app.load_content_now().unwrap();
//! let hero = app.world_mut().spawn((Character::new("demo:hero"), Owner(PlayerId::LOCAL))).id();
//! app.world_mut().run_schedule(RulesTick);
//!
//! let world = app.world_mut();
//! let me = world.get::<Identity>(hero).unwrap().0;
//! let helm = world.get::<Inventory>(hero).unwrap().iter().next().unwrap().uid;
//! let changes = preview_equip(world, hero, helm, None).unwrap();
//! assert_eq!((changes[0].before, changes[0].after), (10.0, 11.0));
//! world.act(PlayerId::LOCAL, Some(me), &EquipItem { item: helm, slot: None }).unwrap();
//! assert_eq!(wayfarer_stats::api::value(world, hero, "demo:body.guard"), Some(11.0));
//! ```
//!
//! It is not the items themselves (`wayfarer_inventory`), nor the numbers that they change
//! (`wayfarer_stats`).

pub mod abilities;
pub mod actions;
pub mod advice;
pub mod attuning;
pub mod condition;
pub mod content;
pub mod durability;
pub mod enchanting;
pub mod equipment;
pub mod ext;
pub mod facts;
mod follow;
mod identify_step;
pub mod identifying;
pub mod look;
mod magic;
pub mod maintenance;
mod maker;
pub mod naming;
pub mod ops;
mod outfit;
pub mod plan;
mod plugin;
pub mod preview;
mod protocol;
pub mod refusals;
pub mod repair;
mod requirements;
pub mod rules;
pub mod settle;
pub mod total;
mod value;
mod valuing;
pub mod wear;

pub use equipment::Equipment;
pub use look::WornLook;
pub use plugin::EquipmentPlugin;
pub use preview::{check_equip, check_unequip, cooldown_left, preview_equip, preview_unequip};

/// The name of this crate's [feature](wayfarer_core::feature). Switched off, nobody can put
/// anything on or take it off, worn things give nothing and nothing wears; all of it stays stored.
pub const FEATURE: &str = "equipment";

/// What games need most.
pub mod prelude {
    pub use crate::{
        EquipmentPlugin,
        abilities::{UseAbility, list_abilities},
        actions::{EquipItem, SwapSlots, UnequipItem},
        advice::{Upgrade, upgrades},
        attuning::{AttuneItem, UnattuneItem, check_attune},
        content::{
            ConditionDef, EquipRulesDef, GearDef, MaterialDef, QualityDef, RarityDef,
            RepairRulesDef, SlotDef, WearRulesDef,
        },
        durability::{CombatRoundEnded, Exposure, Participant, UseOfGear, use_gear},
        enchanting::{
            DisenchantItem, EnchantItem, EnchantLore, RemoveEnchantment, enchant_odds,
            remove_price, sacrifice_odds,
        },
        equipment::Equipment,
        ext::{Durability, Quality, Rarity},
        facts::{DurabilityChanged, GearBroken, ItemEquipped, ItemUnequipped, RepairEnded},
        identifying::{IdentifyBy, IdentifyItem, identify_odds},
        look::WornLook,
        naming::RenameItem,
        preview::{check_equip, check_unequip, cooldown_left, preview_equip, preview_unequip},
        repair::{RepairItem, RepairPlan, plan_repair, recommend},
        settle::{ActiveSets, set_status, set_what_if},
    };
}
