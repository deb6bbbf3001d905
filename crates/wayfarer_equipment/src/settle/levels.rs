//! Whoever has risen far enough understands what they wear.

use bevy::prelude::*;
use wayfarer_core::{id::Uid, refusal::Refusal, txn::Txn};
use wayfarer_inventory::{Inventory, history::Note};

use crate::{
    content::{EquipRulesDef, IdentificationRulesDef},
    ext::{hidden_steps, known_steps},
    identifying::reveal,
    maintenance::IDENTIFIED,
    rules::identify::by_level,
};

pub(super) fn settle(txn: &mut Txn<'_>, entity: Entity) -> Result<(), Refusal> {
    let content = txn.content();
    let Some(rules) = IdentificationRulesDef::in_force(&content) else {
        return Ok(());
    };
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let secrets: Vec<(Uid, u8)> = inventory
        .worn()
        .map(|item| {
            (
                item.uid,
                known_steps(&content, item),
                hidden_steps(&content, item),
            )
        })
        .filter(|(_, known, hidden)| known < hidden)
        .map(|(uid, known, _)| (uid, known))
        .collect();
    if secrets.is_empty() {
        return Ok(());
    }
    let level = EquipRulesDef::level_of(&content, txn.world(), entity);
    let step = by_level(level, &rules.gates());
    for (uid, known) in secrets {
        if step > known {
            reveal(txn, entity, uid, step, Note::new(IDENTIFIED))?;
        }
    }
    Ok(())
}
