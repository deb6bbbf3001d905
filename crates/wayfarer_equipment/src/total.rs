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

use crate::{FEATURE, settle, wear::set_modifiers};

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
    if lay_down(txn, entity, uid)? {
        settle::worn(txn, entity)?;
    }
    Ok(())
}

/// The modifiers of one worn item, without what several do together; whether it is worn.
pub(crate) fn lay_down(txn: &mut Txn<'_>, entity: Entity, uid: Uid) -> Result<bool, Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let Some(item) = inventory
        .get(uid)
        .filter(|item| item.place.slot().is_some())
    else {
        return Ok(false);
    };
    let (content, world) = (txn.content(), txn.world());
    let modifiers = modifiers_of(&content, item, &Wearer { world, entity });
    set_modifiers(txn, entity, uid, modifiers)?;
    Ok(true)
}
