//! Attuning: some things do nothing for whoever has not made them their own, and nobody can do that
//! with many.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    content::ActiveContent,
    feature::Features,
    id::{Identity, Uid},
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_inventory::{
    Item,
    facts::ItemsChanged,
    view::View,
    work::{WorkKind, start_work},
};

use crate::{
    FEATURE,
    content::{EquipRulesDef, GearDef},
    ext::{Attuned, is_attuned, set_ext},
    facts::AttunementChanged,
    refusals::{ALREADY_ATTUNED, ATTUNEMENT_FULL, NOT_ATTUNABLE, NOT_ATTUNED},
    total::refresh,
};

/// `equipment.attune`: makes a thing the actor's own. The answer is the tick in which it is done, or
/// nothing when it is done already. Refused with what [`check_attune`] says, and `busy`.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttuneItem {
    /// The item, worn or not.
    pub item: Uid,
}

/// `equipment.unattune`: lets a thing go that the actor is attuned to, which takes no time. Refused
/// with `not_found` and `not_attuned`.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnattuneItem {
    /// The item.
    pub item: Uid,
}

/// To how many things of their own somebody is attuned, and to how many they can be; `None` without
/// limit.
pub fn attunements(view: &View<'_>) -> (usize, Option<u32>) {
    let who = view.world.get::<Identity>(view.entity).map(|id| id.0);
    let own = who.map_or(0, |who| {
        view.inventory
            .iter()
            .filter(|item| is_attuned(item, who))
            .count()
    });
    let most = EquipRulesDef::attunements_of(view.content, view.world, view.entity);
    (own, most)
}

/// Refuses what only works attuned while somebody is attuned to more of their own than they can
/// be: things that were given away and came back, or an ability that was lost.
///
/// # Errors
/// `attunement_full`.
pub(crate) fn check_not_too_many(view: &View<'_>, item: &Item) -> Result<(), Refusal> {
    let gear = view.content.table::<GearDef>().get(item.def);
    if !gear.is_some_and(|gear| gear.attune) {
        return Ok(());
    }
    match attunements(view) {
        (own, Some(most)) if own > most as usize => {
            Err(Refusal::new(ATTUNEMENT_FULL).with("max", most))
        }
        _ => Ok(()),
    }
}

/// Whether `actor` could attune to an item now.
///
/// # Errors
/// `feature_disabled`, `not_found`, `template_unavailable`, `not_attunable`, `already_attuned`,
/// `attunement_full`, and what putting it on would be refused with for who they are: `skill_gate`,
/// `level_gate`, `class_gate`, `quest_gate`.
pub fn check_attune(world: &World, actor: Entity, item: Uid) -> Result<(), Refusal> {
    let content = world.resource::<ActiveContent>().0.clone();
    check(&View::of(world, &content, actor)?, item)
}

fn check(view: &View<'_>, item: Uid) -> Result<(), Refusal> {
    Features::check(view.world, FEATURE)?;
    let item = view.item(item)?;
    view.def(item)?;
    let gear = view.content.table::<GearDef>().get(item.def);
    let gear = gear.filter(|gear| gear.attune).ok_or(NOT_ATTUNABLE)?;
    let who = view.world.get::<Identity>(view.entity);
    if who.is_some_and(|who| is_attuned(item, who.0)) {
        return Err(ALREADY_ATTUNED.into());
    }
    crate::requirements::check(view, gear)?;
    match attunements(view) {
        (own, Some(most)) if own >= most as usize => {
            Err(Refusal::new(ATTUNEMENT_FULL).with("max", most))
        }
        _ => Ok(()),
    }
}

impl Action for AttuneItem {
    const NAME: &'static str = "equipment.attune";
    type Receipt = Option<u64>;
    const FEATURE: Option<&'static str> = Some(FEATURE);

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Option<u64>, Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let rules = EquipRulesDef::in_force(&content);
        let seconds = rules.map_or(0.0, |rules| rules.attune_seconds);
        start_work(txn, entity, self, seconds, None)
    }
}

impl WorkKind for AttuneItem {
    const NAME: &'static str = "equipment.attune";

    fn check(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
        let content = txn.content();
        check(&View::of_txn(txn, &content, worker)?, self.item)
    }

    fn finish(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
        WorkKind::check(self, txn, worker)?;
        let who = txn.need::<Identity>(worker, "character")?.0;
        set(txn, worker, self.item, Some(Attuned(who)))
    }
}

impl Action for UnattuneItem {
    const NAME: &'static str = "equipment.unattune";
    type Receipt = ();
    const FEATURE: Option<&'static str> = Some(FEATURE);

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let (entity, who) = (txn.actor()?, txn.actor_uid()?);
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        if !is_attuned(view.item(self.item)?, who) {
            return Err(NOT_ATTUNED.into());
        }
        set(txn, entity, self.item, None)
    }
}

fn set(
    txn: &mut Txn<'_>,
    entity: Entity,
    item: Uid,
    attuned: Option<Attuned>,
) -> Result<(), Refusal> {
    set_ext(txn, entity, item, attuned.as_ref())?;
    refresh(txn, entity, item)?;
    txn.emit(AttunementChanged {
        entity,
        item,
        attuned: attuned.is_some(),
    });
    txn.emit(ItemsChanged { entity });
    Ok(())
}
