//! What a worn item does to its wearer, in stages. Each stage is one function in its own file;
//! this one only lists them.
//!
//! Items give **modifiers** and never write values, and the whole of an item is computed here and
//! nowhere else: nothing can be counted twice.

mod attune;
mod condition;
mod enchant;
mod quality;
mod scale;
mod seal;
mod template;

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    clock::RulesClock,
    content::{Content, Def},
    feature::Features,
    id::{Identity, Uid},
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_inventory::{Inventory, Item};
use wayfarer_stats::modifier::Modifier;

use crate::{
    FEATURE,
    content::{ConditionDef, GearDef, Rounding},
    ext::Durability,
    settle,
    wear::set_modifiers_of,
};

/// Who wears, or would wear, an item.
#[derive(Clone, Copy)]
pub struct Wearer<'a> {
    /// The world.
    pub world: &'a World,
    /// The character.
    pub entity: Entity,
}

/// What is the same for everything that somebody wears.
struct Rules<'a> {
    content: &'a Arc<Content>,
    /// None of it counts while the feature is switched off.
    on: bool,
    condition: Option<&'a ConditionDef>,
    who: Option<Uid>,
    now: u64,
}

impl<'a> Rules<'a> {
    fn of(content: &'a Arc<Content>, wearer: &Wearer<'_>) -> Self {
        let clock = wearer.world.get_resource::<RulesClock>();
        let who = wearer.world.get::<Identity>(wearer.entity);
        Self {
            content,
            on: Features::check(wearer.world, FEATURE).is_ok(),
            condition: ConditionDef::in_force(content),
            who: who.map(|id| id.0),
            now: clock.map_or(0, |clock| clock.tick),
        }
    }
}

/// What every stage may look at.
pub(crate) struct Stage<'a> {
    pub(crate) content: &'a Arc<Content>,
    pub(crate) item: &'a Item,
    /// How the item is worn; none if the packs do not know it any more.
    pub(crate) gear: Option<&'a Def<GearDef>>,
    /// Whose it is.
    pub(crate) who: Option<Uid>,
    /// The present tick.
    pub(crate) now: u64,
    /// The share that condition takes away.
    pub(crate) penalty: f32,
    /// What becomes of uneven amounts.
    pub(crate) rounding: Rounding,
    /// How much quality and condition leave of each modifier of the template.
    pub(crate) scale: scale::Scale,
}

/// The modifiers of an item, as they hold while `wearer` wears it; none while the
/// [feature](FEATURE) is switched off.
pub fn modifiers_of(content: &Arc<Content>, item: &Item, wearer: &Wearer<'_>) -> Vec<Modifier> {
    through_the_stages(&Rules::of(content, wearer), item)
}

fn through_the_stages(rules: &Rules<'_>, item: &Item) -> Vec<Modifier> {
    if !rules.on {
        return Vec::new();
    }
    let content = rules.content;
    let band = rules
        .condition
        .and_then(|condition| condition.band(Durability::of(item).percent()));
    let mut stage = Stage {
        content,
        item,
        gear: content.table::<GearDef>().get(item.def),
        who: rules.who,
        now: rules.now,
        penalty: band.map_or(0.0, |band| band.penalty),
        rounding: rules.condition.map_or(Rounding::default(), |c| c.rounding),
        scale: scale::Scale::default(),
    };
    // What the template says × quality × condition, rounded once.
    let mut modifiers = template::modifiers(&stage);
    quality::stage(&mut stage);
    condition::stage(&mut stage);
    scale::apply(&stage, &mut modifiers);
    // What is put into the item beyond its template comes behind, unscaled: here.
    enchant::stage(&stage, &mut modifiers);
    attune::stage(&stage, &mut modifiers);
    seal::stage(&stage, &mut modifiers);
    for (modifier, index) in modifiers.iter_mut().zip(0..) {
        modifier.index = index;
    }
    modifiers
}

/// Lays down anew what an item does, after anything about it has changed. Nothing happens when it
/// is not worn, or nothing would change.
///
/// # Errors
/// `not_found` when `entity` holds nothing.
pub fn refresh(txn: &mut Txn<'_>, entity: Entity, uid: Uid) -> Result<(), Refusal> {
    refresh_all(txn, entity, &[uid])
}

/// [`refresh`] of several things of one wearer, as one change. What worn things do together (sets,
/// effects) is settled once, after all of them: a bonus or effect that would only have come and gone
/// between two of them does neither.
///
/// # Errors
/// `not_found` when `entity` holds nothing.
pub fn refresh_all(txn: &mut Txn<'_>, entity: Entity, uids: &[Uid]) -> Result<(), Refusal> {
    if lay_down(txn, entity, uids)? {
        settle::worn(txn, entity)?;
    }
    Ok(())
}

/// The modifiers of those of the items that are worn, without what several do together; whether
/// any is.
pub(crate) fn lay_down(txn: &mut Txn<'_>, entity: Entity, uids: &[Uid]) -> Result<bool, Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let (content, world) = (txn.content(), txn.world());
    let rules = Rules::of(&content, &Wearer { world, entity });
    let mut sources = Vec::with_capacity(uids.len());
    // Most things do one or two things.
    let mut modifiers = Vec::with_capacity(2 * uids.len());
    for item in uids.iter().filter_map(|uid| inventory.get(*uid)) {
        if item.place.slot().is_some() && !sources.contains(&item.uid) {
            sources.push(item.uid);
            modifiers.extend(through_the_stages(&rules, item));
        }
    }
    let any = !sources.is_empty();
    set_modifiers_of(txn, entity, sources, modifiers)?;
    Ok(any)
}
