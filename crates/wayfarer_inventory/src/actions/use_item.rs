//! `inventory.use`: a potion is drunk, bread is eaten, a salve is put on a friend.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    content::Ref,
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_stats::effects::{EffectSpec, apply_effect};

use super::remove;
use crate::{
    constraint::{Planned, Purpose, check_constraints},
    facts::ItemUsed,
    refusals::{NOT_FOR_OTHERS, NOT_USABLE},
    view::View,
};

/// Uses an item of the actor's own: what its definition says under `use` happens to the target, and
/// unless it is kept, one piece is used up. If one of its effects is refused, nothing happens and
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
        let (item, def, keep) = (item.uid, item.def, usage.keep);
        let effects: Vec<DefId> = usage.effects.iter().map(Ref::id).collect();
        for effect in effects {
            apply_effect(txn, target, &EffectSpec::new(effect).by(by))?;
        }
        if !keep {
            remove(txn, actor, MovementKind::Consumed, item, 1)?;
        }
        txn.emit(ItemUsed {
            entity: actor,
            item,
            def,
            target,
        });
        Ok(())
    }
}
