//! Wayfarer's stat engine: layers, modifiers, tiers, resources, explanation and what-if.
//!
//! What stats there are is content (RON, kind `stats`); which of them a character has, and with
//! which values, is content too (kind `sheets`). In the game a character is three components:
//!
//! - [`StatInputs`](inputs::StatInputs): what was ever said about it: permanent values, runtime
//!   overrides, modifiers, what is left of resources. Changed by ops only, saved, sent to its owner.
//! - [`StatValues`](values::StatValues): what follows: values, tiers, levels. Computed by the host
//!   and the owner's client with the same code; neither saved nor sent.
//! - [`PublicStats`](public::PublicStats): the few values that strangers see.
//!
//! # How a value comes about
//!
//! 1. The highest layer that says something is the base: the set's default, or its formula, or
//!    what [derivations](content::DerivationDef) of any pack make of other stats < the sheet
//!    of the template < the variation of the active world < the character's permanent value < a
//!    runtime override.
//! 2. Modifiers: an override replaces the base; otherwise
//!    `(base + Σ flat) × (1 + Σ increased) × Π more`. Then floors, then caps. Of a bonus type that
//!    does not stack, the highest bonus and the lowest penalty of each kind count. Conditions look
//!    at the stats as they are without conditional modifiers, so that they cannot chase each other.
//! 3. The limits of the stat.
//! 4. Tiers (half-open ranges of a stat) and levels (states of a set); then whatever depends on it.
//!
//! Modifiers are kept in one canonical order and a value is always rebuilt from its inputs, so
//! removing what was added restores the exact bits, on every machine.
//!
//! A *resource* (health) is used up and comes back: what is left is stored with its tick, and what
//! there is now is computed when it is read. Resources take no modifiers; their maximum and
//! regeneration, being formulas over stats, do.
//!
//! Modifiers last until their source is removed, or for a time
//! ([`add_timed_modifiers`](api::add_timed_modifiers)): the host removes them when it is over.
//!
//! [`damage`] takes from resources and heals: types, resistances, temporary points.
//!
//! It is not: effects that stack and tick, or equipment. Those add and remove modifiers
//! What characters have towards each other (affinity, trust) is in [`relations`].
//!
//! What happens to characters is in [`effects`] (for a time, for good, in an aura), in [`damage`]
//! (from a blow to the health it costs) and in [`relations`] (between two of them); the words that
//! rules ask for are [`tags`].
//!
//! It is not: equipment, spells, fights. Those apply effects, or add and remove modifiers through
//! [`api`], inside their own transactions. Definitions that give modifiers contain
//! [`ModifierDef`](content::ModifierDef)s and say with
//! [`register_modifier_origin`](origin::OriginAppExt::register_modifier_origin) how explanations
//! find the file and line of each.
//!
//! # Quick start
//!
//! ```
//! use bevy::prelude::*;
//! use wayfarer_core::{content::MemorySource, prelude::*};
//! use wayfarer_stats::prelude::*;
//!
//! let pack = MemorySource::new();
//! pack.set("demo", "pack.ron", r#"(name: "demo", version: "0.1.0")"#);
//! pack.set("demo", "characters/all.ron", r#"{ "knight": (name: "Knight") }"#);
//! pack.set("demo", "stats/all.ron", r#"{ "attributes": (
//!     name: "Attributes",
//!     stats: {
//!         "strength": (name: "Strength", min: 1, max: 30, default: 10),
//!         "strength_mod": (name: "Strength modifier", formula: "floor((strength - 10) / 2)"),
//!     },
//! ) }"#);
//! pack.set("demo", "sheets/all.ron", r#"{ "knight": (
//!     sets: ["attributes"],
//!     base: { "strength": 16 },
//! ) }"#);
//!
//! let mut app = App::new();
//! app.add_plugins((MinimalPlugins, StatsPlugin))
//!     .add_pack_source(pack)
//!     .insert_resource(ClockMode::Manual { hz: 20.0 });
//! app.load_content_now().map_err(|errors| format!("{errors:?}"))?;
//!
//! let knight = app.world_mut().spawn(Character::new("demo:knight")).id();
//! app.world_mut().run_schedule(RulesTick);
//! let world = app.world();
//! assert_eq!(wayfarer_stats::api::value(world, knight, "strength_mod"), Some(3.0));
//!
//! let strength = StatId::of("demo:attributes.strength");
//! let why = explain_entity(world, knight, strength).ok_or("no such stat")?;
//! assert_eq!(why.lines.last().map(|line| line.running), Some(16.0));
//! # Ok::<(), String>(())
//! ```

pub mod actions;
pub mod api;
pub mod content;
pub mod damage;
mod derivations;
mod dirty;
pub mod effects;
mod expire;
pub mod explain;
pub mod facts;
mod id;
pub mod index;
pub mod inputs;
pub mod layout;
pub mod modifier;
pub mod ops;
pub mod origin;
mod outfit;
mod plugin;
mod protocol;
pub mod public;
pub mod refusals;
pub mod relations;
mod rows;
pub mod rules;
mod settle;
mod swap;
pub mod tags;
#[cfg(test)]
mod test_content;
pub mod values;
pub mod what_if;
mod world_rules;

pub use id::StatId;
pub use plugin::StatsPlugin;
pub use settle::StatSystems;
pub use swap::UnknownStats;

/// What games and other rules crates need most.
pub mod prelude {
    pub use crate::{
        StatId, StatSystems, StatsPlugin,
        actions::{PatchChange, PatchLayer, PatchStat, ResetRuntime},
        content::{ActiveWorld, ModifierDef},
        damage::{DamageTaken, DealDamage, Healed, ResourceDepleted},
        effects::{
            ActiveEffects, AuraMembers, EffectSpec, PublicEffects,
            actions::{
                AcceptEffect, ApplyEffect, DismissEffect, EndTurn, RemoveEffect, Rest, WhichEffects,
            },
            apply_effect,
            facts::{EffectApplied, EffectEnded, EffectSuppressed},
        },
        explain::{Explanation, explain, explain_entity},
        facts::{LevelChanged, StatChanged, StatMessages, TierChanged},
        index::StatIndex,
        inputs::StatInputs,
        modifier::{Modifier, ModifierKind},
        ops::StatOp,
        origin::{Origin, OriginAppExt},
        public::PublicStats,
        relations::{Bond, ForgetRelations, PatchRelation, Relations},
        tags::Tags,
        values::StatValues,
        what_if::{Change, what_if, what_if_entity},
    };
}
