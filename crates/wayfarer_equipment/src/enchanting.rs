//! Enchanting: learning enchantments by taking enchanted things apart, laying them on things, and
//! taking them off.
//!
//! Every number comes from [`EnchantRulesDef`]. What a panel shows before anything is risked
//! ([`sacrifice_odds`], [`enchant_odds`], [`remove_price`]) is what the action decides by: the same
//! plan, the same parts of a million, one die.

mod actions;
mod cost;
mod found;
mod lay;
mod lift;
mod lore;
mod sacrifice;

use bevy::prelude::*;
use wayfarer_core::{
    clock::{ClockMode, RulesClock},
    content::{ActiveContent, Content, Def},
    feature::Features,
    id::{DefId, Uid},
    refusal::Refusal,
};
use wayfarer_inventory::{
    Item,
    station::{StationView, find_station, missing},
    view::View,
};

use crate::{
    FEATURE,
    content::{EnchantRulesDef, EnchantmentDef, QualityDef, RarityDef, value},
    ext::{Enchants, is_known, quality_of, rarity_of},
    refusals::{ENCHANT_SKILL, NOT_ENCHANTED, UNIDENTIFIED, UNKNOWN_ENCHANTMENT},
    rules::identify::Aspect,
};

pub use actions::{DisenchantItem, EnchantItem, RemoveEnchantment};
pub use cost::MaterialNeed;
pub(crate) use found::maker;
pub use lay::{EnchantPlan, plan_enchant};
pub use lift::{RemovePlan, plan_remove};
pub use lore::{EnchantLore, Learned};
pub use sacrifice::{SacrificePlan, plan_sacrifice};

/// What taking an item apart for an enchantment may lead to: exact odds, time and gain. Nothing is
/// touched.
///
/// # Errors
/// The refusal that [`DisenchantItem`] would get.
pub fn sacrifice_odds(
    world: &World,
    actor: Entity,
    action: &DisenchantItem,
) -> Result<SacrificePlan, Refusal> {
    let content = world.resource::<ActiveContent>().0.clone();
    plan_sacrifice(&View::of(world, &content, actor)?, action)
}

/// What laying an enchantment on an item may lead to: the chance, every possible power, what it
/// costs either way. Nothing is touched.
///
/// # Errors
/// The refusal that [`EnchantItem`] would get.
pub fn enchant_odds(
    world: &World,
    actor: Entity,
    action: &EnchantItem,
) -> Result<EnchantPlan, Refusal> {
    let content = world.resource::<ActiveContent>().0.clone();
    plan_enchant(&View::of(world, &content, actor)?, action)
}

/// What taking an enchantment off would cost. Nothing is touched.
///
/// # Errors
/// The refusal that [`RemoveEnchantment`] would get.
pub fn remove_price(
    world: &World,
    actor: Entity,
    action: &RemoveEnchantment,
) -> Result<RemovePlan, Refusal> {
    let content = world.resource::<ActiveContent>().0.clone();
    plan_remove(&View::of(world, &content, actor)?, action)
}

/// An enchantment with the rules that hold for it.
struct Subject<'c> {
    rules: &'c EnchantRulesDef,
    def: &'c Def<EnchantmentDef>,
    /// Place of its grade.
    grade: f32,
}

impl<'c> Subject<'c> {
    /// Also refuses while the feature is off.
    fn of(view: &View<'c>, enchantment: DefId) -> Result<Self, Refusal> {
        Features::check(view.world, FEATURE)?;
        let unknown = || Refusal::new(UNKNOWN_ENCHANTMENT).with("what", enchantment);
        let rules = EnchantRulesDef::in_force(view.content).ok_or_else(unknown)?;
        let table = view.content.table::<EnchantmentDef>();
        let def = table.get(enchantment).ok_or_else(unknown)?;
        let grade = rules.grade(&def.grade).unwrap_or(0) as f32;
        Ok(Self { rules, def, grade })
    }

    /// The enchantment as a word of refusals.
    fn name(&self) -> String {
        self.def.name.clone()
    }

    /// How skilled the actor is.
    fn own_skill(&self, view: &View<'_>) -> f32 {
        value(&self.rules.skill, view.world, view.entity)
    }

    /// How skilled the keeper of a station is, if it has one.
    fn keeper_skill(&self, station: Option<&StationView<'_>>) -> Option<f32> {
        let skill = station?.def.skill?;
        Some(self.rules.keeper_skill.eval(&[skill]))
    }
}

/// Refuses who is not skilled enough.
fn check_skill(need: f32, have: f32) -> Result<(), Refusal> {
    if have >= need {
        return Ok(());
    }
    Err(Refusal::new(ENCHANT_SKILL)
        .with("need", need)
        .with("have", have))
}

/// The station that the rules ask for, if they do.
fn station_for<'c>(
    view: &View<'c>,
    wanted: Option<&str>,
    station: Option<Uid>,
) -> Result<Option<StationView<'c>>, Refusal> {
    let Some(wanted) = wanted else {
        return Ok(None);
    };
    let station = station.ok_or_else(|| missing(wanted))?;
    find_station(view.world, view.content, view.entity, station, wanted).map(Some)
}

/// Refuses an item on which the enchantment is not, or of which that is not known.
fn check_present(view: &View<'_>, item: &Item, subject: &Subject<'_>) -> Result<(), Refusal> {
    if !is_known(view.content, item, Aspect::Enchantments) {
        return Err(UNIDENTIFIED.into());
    }
    if Enchants::of(item, now(view.world)).count(subject.def.id()) == 0 {
        return Err(Refusal::new(NOT_ENCHANTED).with("enchantment", subject.name()));
    }
    Ok(())
}

pub(crate) fn now(world: &World) -> u64 {
    world
        .get_resource::<RulesClock>()
        .map_or(0, |clock| clock.tick)
}

pub(crate) fn hz(world: &World) -> f64 {
    let mode = world.get_resource::<ClockMode>().copied();
    mode.unwrap_or_default().hz()
}

/// Place of an item's tier in the order, the poorest 0.
pub(crate) fn quality_place(content: &Content, item: &Item) -> f32 {
    let own = quality_of(content, item).map(Def::id);
    let all = QualityDef::in_order(content);
    all.iter()
        .position(|def| Some(def.id()) == own)
        .unwrap_or(0) as f32
}

/// Place of an item's rarity in the order, the most common 0.
pub(crate) fn rarity_place(content: &Content, item: &Item) -> f32 {
    let own = rarity_of(content, item).map(Def::id);
    let all = RarityDef::in_order(content);
    all.iter()
        .position(|def| Some(def.id()) == own)
        .unwrap_or(0) as f32
}
