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
use wayfarer_core::{content::Content, feature::Features, id::Uid, refusal::Refusal, txn::Txn};
use wayfarer_inventory::{Inventory, Item};
use wayfarer_stats::modifier::Modifier;

use crate::{FEATURE, settle, wear::set_modifiers_of};

/// Who wears, or would wear, an item.
#[derive(Clone, Copy)]
pub struct Wearer<'a> {
    /// The world.
    pub world: &'a World,
    /// The character.
    pub entity: Entity,
}

/// What every stage may look at.
pub(crate) struct Stage<'a> {
    pub(crate) content: &'a Arc<Content>,
    pub(crate) item: &'a Item,
    /// Unused by stages that only look at the item.
    pub(crate) wearer: &'a Wearer<'a>,
    /// How much quality and condition leave of each modifier of the template.
    pub(crate) scale: scale::Scale,
}

/// The modifiers of an item, as they hold while `wearer` wears it; none while the
/// [feature](FEATURE) is switched off.
pub fn modifiers_of(content: &Arc<Content>, item: &Item, wearer: &Wearer<'_>) -> Vec<Modifier> {
    if Features::check(wearer.world, FEATURE).is_err() {
        return Vec::new();
    }
    through_the_stages(content, item, wearer)
}

fn through_the_stages(
    content: &Arc<Content>,
    item: &Item,
    wearer: &Wearer<'_>,
) -> Vec<Modifier> {
    let mut stage = Stage {
        content,
        item,
        wearer,
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

/// [`refresh`] of several things of one wearer, each named once. What they do together (sets,
/// effects) is looked at once, when all of them are as they are now: what would have come and gone
/// between two of them never was.
///
/// # Errors
/// `not_found` when `entity` holds nothing; `state_corrupt` when a thing is named twice.
pub fn refresh_all(txn: &mut Txn<'_>, entity: Entity, uids: &[Uid]) -> Result<(), Refusal> {
    if lay_down(txn, entity, uids)? {
        settle::worn(txn, entity)?;
    }
    Ok(())
}

/// The modifiers of those of the items that are worn, without what several do together; whether
/// any is.
pub(crate) fn lay_down(
    txn: &mut Txn<'_>,
    entity: Entity,
    uids: &[Uid],
) -> Result<bool, Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let (content, world) = (txn.content(), txn.world());
    let on = Features::check(world, FEATURE).is_ok();
    let wearer = Wearer { world, entity };
    let worn = uids.iter().filter_map(|uid| inventory.get(*uid));
    let worn = worn.filter(|item| item.place.slot().is_some());
    let does = |item: &Item| {
        if on {
            through_the_stages(&content, item, &wearer)
        } else {
            Vec::new()
        }
    };
    let sources: Vec<(Uid, Vec<Modifier>)> = worn.map(|item| (item.uid, does(item))).collect();
    let any = !sources.is_empty();
    set_modifiers_of(txn, entity, sources)?;
    Ok(any)
}
