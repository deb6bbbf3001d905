//! `inventory.roll_loot`: the game master hands out what a table gives.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    authority::Role,
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    facts::ItemGranted,
    loot::{LootOrder, give_loot},
    making::Source,
};

/// `inventory.roll_loot`: rolls a loot table into somebody's inventory. For game masters. The
/// answer is what came, and how many of it. Refused as a whole when there is no room.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct RollLoot {
    /// Who gets it.
    pub to: Uid,
    /// The table: an entry of kind `loot_tables`.
    pub table: DefId,
    /// The level of the encounter, from 0.
    pub level: f32,
    /// Free words for the place and the occasion; at most 16.
    pub themes: Vec<String>,
}

const MAX_THEMES: usize = 16;

impl Action for RollLoot {
    const NAME: &'static str = "inventory.roll_loot";
    type Receipt = Vec<(DefId, u32)>;
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Self::Receipt, Refusal> {
        let entity = txn.entity(self.to)?;
        if !(0.0..=1000.0).contains(&self.level) || self.themes.len() > MAX_THEMES {
            return Err(wayfarer_core::refusal::Code::INVALID_AMOUNT.into());
        }
        let order = LootOrder {
            table: self.table,
            level: self.level,
            themes: self.themes.clone(),
            source: Source::Loot,
        };
        let drops = give_loot(txn, entity, &order, Some(entity), false)?;
        for drop in &drops {
            txn.emit(ItemGranted {
                entity,
                def: drop.def,
                count: drop.count,
            });
        }
        Ok(drops
            .into_iter()
            .map(|drop| (drop.def, drop.count))
            .collect())
    }
}
