//! Loot that gets into inventories: chests that are opened, rewards, what merchants bring in.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    clock::{ClockMode, ticks},
    content::Def,
    id::DefId,
    refusal::{Code, Refusal},
    txn::Txn,
};

use super::{Drop, LootContext, roll};
use crate::{
    content::{KitDef, KitLoot, LootTableDef},
    inventory::Inventory,
    making::{MakeSpec, Source, make},
    stats,
};

/// When a container with loot was last filled. Saved; the host's alone.
#[derive(
    Component, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect,
)]
#[reflect(Component)]
pub struct Filled {
    /// The tick.
    pub at: u64,
}

/// What is to be rolled.
#[derive(Clone, Debug)]
pub struct LootOrder {
    /// The table: an entry of kind `loot_tables`.
    pub table: DefId,
    /// The level of the encounter or the finder, from 0.
    pub level: f32,
    /// Free words for the place and the occasion.
    pub themes: Vec<String>,
    /// Where the things are said to come from.
    pub source: Source,
}

/// Rolls a table and puts what comes into an inventory. `finder` is whose stats the table asks for.
/// What there is no room for is refused as a whole, or left out if `what_fits`.
///
/// Returns what went in.
///
/// # Errors
/// `template_unavailable` for a table that does not exist, `invalid_amount` for a level that is no
/// number, and those of [`make`] unless `what_fits`.
pub fn give_loot(
    txn: &mut Txn<'_>,
    to: Entity,
    order: &LootOrder,
    finder: Option<Entity>,
    what_fits: bool,
) -> Result<Vec<Drop>, Refusal> {
    let content = txn.content();
    if content.table::<LootTableDef>().get(order.table).is_none() {
        return Err(Refusal::new(Code::TEMPLATE_UNAVAILABLE).with("what", order.table));
    }
    if !order.level.is_finite() {
        return Err(Code::INVALID_AMOUNT.into());
    }
    txn.need::<Inventory>(to, "inventory")?;
    let mut dice = txn.dice("loot");
    let world = txn.world();
    let stat = |stat: DefId| finder.map_or(0.0, |finder| stats::value(world, finder, stat));
    let ctx = LootContext {
        level: order.level,
        themes: &order.themes,
        stat: &stat,
    };
    let mut drops = roll(&content, order.table, &ctx, &mut dice);
    txn.keep_rolls(&dice);
    let mut result = Ok(());
    drops.retain(|drop| {
        let spec = MakeSpec {
            level: order.level,
            themes: order.themes.clone(),
            ..MakeSpec::new(drop.def, drop.count, order.source)
        };
        let made = txn.attempt(|txn| make(txn, to, &spec, None));
        if let Err(refusal) = &made {
            tracing::debug!("loot does not go in: {refusal}");
            if !what_fits && result.is_ok() {
                result = Err(refusal.clone());
            }
        }
        made.is_ok()
    });
    result.map(|()| drops)
}

/// A container whose kit has loot is filled when it is opened for the first time, and again when
/// its time has come and it is empty.
pub(crate) fn fill_opened(
    txn: &mut Txn<'_>,
    container: Entity,
    opener: Entity,
) -> Result<(), Refusal> {
    let content = txn.content();
    let Some(inventory) = txn.get::<Inventory>(container) else {
        return Ok(());
    };
    let kit: Option<&Def<KitDef>> = content.table::<KitDef>().get(inventory.kit());
    let Some(loot) = kit.and_then(|kit| kit.loot.as_ref()) else {
        return Ok(());
    };
    if let Some(&Filled { at }) = txn.get::<Filled>(container)
        && !(inventory.is_empty() && is_due(txn, loot, at))
    {
        return Ok(());
    }
    txn.ensure::<Filled>(container)?;
    txn.set(container, Filled { at: txn.tick() })?;
    let world = txn.world();
    let order = LootOrder {
        table: loot.table.id(),
        level: loot.level.eval(|stat| stats::value(world, opener, stat)),
        themes: loot.themes.iter().map(ToString::to_string).collect(),
        source: Source::Loot,
    };
    give_loot(txn, container, &order, Some(opener), true).map(drop)
}

fn is_due(txn: &Txn<'_>, loot: &KitLoot, at: u64) -> bool {
    let mode = txn.world().get_resource::<ClockMode>().copied();
    let hz = mode.unwrap_or_default().hz();
    loot.every
        .is_some_and(|every| txn.tick().saturating_sub(at) >= ticks(every, hz))
}
