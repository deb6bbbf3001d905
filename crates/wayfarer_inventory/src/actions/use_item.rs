//! `inventory.use`: a potion is drunk, bread is eaten, a salve is put on a friend.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, ledger::MovementKind, refusal::Refusal, txn::Txn};
use wayfarer_stats::effects::{EffectSpec, apply_effect};

use super::remove;
use crate::{
    cling::{bind, spend_charges},
    constraint::{Planned, Purpose, check_constraints},
    content::{Binds, ItemDef, UseDef},
    craft::learn,
    facts::{ItemUsed, ItemsChanged},
    refusals::{ALREADY_KNOWN, NOT_FOR_OTHERS, NOT_USABLE},
    view::View,
};

/// Uses an item of the actor's own: what its definition says under `use` happens to the target, and
/// unless it is kept, one piece is used up; of a thing with charges, when the last is spent. If one of its effects is refused, nothing happens and
/// nothing is used up.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct UseItem {
    /// The item.
    pub item: Uid,
    /// On whom; on oneself if left out. Others must be within reach, and the item be meant for it.
    pub target: Option<Uid>,
}

impl Action for UseItem {
    const NAME: &'static str = "inventory.use";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let actor = txn.actor()?;
        let by = txn.actor_uid()?;
        let target = match self.target {
            Some(uid) if uid != by => txn.entity(uid)?,
            _ => actor,
        };
        let content = txn.content();
        let view = View::of_txn(txn, &content, actor)?;
        let item = view.loose_item(self.item)?;
        let def = view.def(item)?;
        let name = || def.name.clone();
        let Some(usage) = &def.usage else {
            return Err(Refusal::new(NOT_USABLE).with("item", name()));
        };
        if target != actor {
            if !usage.others {
                return Err(Refusal::new(NOT_FOR_OTHERS).with("item", name()));
            }
            txn.check_reach(target)?;
        }
        let planned = Planned {
            item,
            count: 1,
            purpose: Purpose::Use,
            to: None,
        };
        check_constraints(&view, &planned)?;
        let (item, id) = (item.uid, item.def);
        // The same definition once more, read from the content and not through the view.
        let Some((def, usage)) = content
            .table::<ItemDef>()
            .get(id)
            .and_then(|def| Some((def, def.usage.as_ref()?)))
        else {
            return Err(Refusal::new(NOT_USABLE));
        };
        let spent = def.charges.is_none() || spend_charges(txn, actor, item, usage.charges)? == 0;
        for effect in &usage.effects {
            apply_effect(txn, target, &EffectSpec::new(effect.id()).by(by))?;
        }
        teach(txn, target, usage)?;
        if usage.keep || !spent {
            bind(txn, actor, item, Binds::OnUse)?;
            txn.emit(ItemsChanged { entity: actor });
        } else {
            remove(txn, actor, MovementKind::Consumed, item, 1)?;
        }
        txn.emit(ItemUsed {
            entity: actor,
            item,
            def: id,
            target,
        });
        Ok(())
    }
}

/// Teaches the recipes that are new to somebody; refused when none of them is.
fn teach(txn: &mut Txn<'_>, pupil: Entity, usage: &UseDef) -> Result<(), Refusal> {
    let mut known = None;
    let mut learned = usage.teaches.is_empty();
    for recipe in &usage.teaches {
        match learn(txn, pupil, recipe.id()) {
            Ok(()) => learned = true,
            Err(refusal) if refusal.code == ALREADY_KNOWN => known = Some(refusal),
            Err(refusal) => return Err(refusal),
        }
    }
    match known {
        Some(refusal) if !learned => Err(refusal),
        _ => Ok(()),
    }
}
