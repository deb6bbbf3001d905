//! New goods, and money in the till.

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    authority::{Authority, is_host},
    character::{Character, Outfitted},
    clock::{ClockMode, RulesClock, RulesSystems, RulesTick, ticks},
    content::{ActiveContent, Content, ContentAppExt},
    id::{DefId, Identity, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};

use wayfarer_stats::StatSystems;

use super::{Shop, definition};
use crate::{
    actions::remove,
    container::Container,
    content::ShopDef,
    currency::{Money, Purse, mint_coins},
    facts::{ShopRestocked, StockShort},
    inventory::Inventory,
    loot::{LootOrder, give_loot},
    making::{MakeSpec, Source, make},
    rules::fewest,
};

/// Somebody whose character is a merchant gets a shop, with everything in stock.
pub(crate) fn outfit(world: &mut World, entity: Entity, template: DefId) {
    let content = world.resource::<ActiveContent>().0.clone();
    let Some(def) = content.table::<ShopDef>().get(template) else {
        return;
    };
    if world.get::<Shop>(entity).is_some() || world.get::<Inventory>(entity).is_none() {
        return;
    }
    world.entity_mut(entity).insert(Shop::default());
    if world.get::<Container>(entity).is_none() {
        world.entity_mut(entity).insert(Container::default());
    }
    let filled = world.transact("inventory.stock", |txn| {
        for line in &def.stock {
            supply(txn, entity, line.item.id(), line.most(), line.most());
        }
        finish(txn, &content, entity, def)
    });
    if let Err(refusal) = filled {
        tracing::warn!("the shop `{}` could not be stocked: {refusal}", def.name());
    }
}

/// New goods come to a shop: what is in its list is filled up, what is not (and not to be bought
/// back) is sold on, and the till has at least its money. What there is no room for, or may not be
/// there, stays away, and [`StockShort`] tells; all else comes, and the next time is set.
///
/// # Errors
/// `not_found` for what is no shop.
pub fn restock(txn: &mut Txn<'_>, shop: Entity) -> Result<(), Refusal> {
    let content = txn.content();
    let def = definition(txn.world(), &content, shop).ok_or_else(|| Refusal::not_found("shop"))?;
    let mut state = txn.need::<Shop>(shop, "shop")?.clone();
    let now = txn.tick();
    state.buyback.retain(|known| known.until > now);
    txn.set(shop, state)?;
    clear(txn, &content, shop, def)?;
    for line in &def.stock {
        supply(txn, shop, line.item.id(), line.count, line.most());
    }
    finish(txn, &content, shop, def)
}

/// Brings `count` pieces, but no more than `most` in all; as many as go in.
fn supply(txn: &mut Txn<'_>, shop: Entity, item: DefId, count: u32, most: u32) {
    let has = txn.get::<Inventory>(shop).map_or(0, |i| i.count_of(item));
    let room = u64::from(most).saturating_sub(has);
    let count = u32::try_from(room).unwrap_or(u32::MAX).min(count);
    if count == 0 {
        return;
    }
    let (mut missing, mut now, mut why) = (count, count, None);
    // What does not go in at once may go in by parts: each time half of what did not.
    while now > 0 {
        let spec = MakeSpec {
            themes: vec![THEME.into()],
            ..MakeSpec::new(item, now, Source::Shop)
        };
        match txn.attempt(|txn| make(txn, shop, &spec, None)) {
            Ok(_) => {
                missing -= now;
                now = now.min(missing);
            }
            Err(refusal) => {
                now /= 2;
                why = Some(refusal);
            }
        }
    }
    if let Some(why) = why.filter(|_| missing > 0) {
        tracing::warn!("{missing} of {count} {item} did not come to a shop: {why}");
        txn.emit(StockShort {
            entity: shop,
            item,
            wanted: count,
            missing,
            why,
        });
    }
}

fn finish(
    txn: &mut Txn<'_>,
    content: &Content,
    shop: Entity,
    def: &ShopDef,
) -> Result<(), Refusal> {
    finds(txn, shop, def);
    if let Some(money) = Money::of(content) {
        let has = Purse::of(money, txn.need::<Inventory>(shop, "inventory")?).worth;
        let coins = fewest(money.worths(), def.till.saturating_sub(has));
        let kind = MovementKind::Spawned;
        let filled = txn.attempt(|txn| mint_coins(txn, money, shop, &coins, kind));
        if let Err(refusal) = filled {
            tracing::debug!("there is no room in the till: {refusal}");
        }
    }
    schedule(txn, shop, Some(def))?;
    txn.emit(ShopRestocked { entity: shop });
    Ok(())
}

/// Sets when new goods come next; never for a shop of which no definition is there (any more).
fn schedule(txn: &mut Txn<'_>, shop: Entity, def: Option<&ShopDef>) -> Result<(), Refusal> {
    let mode = txn.world().get_resource::<ClockMode>();
    let hz = mode.map_or(20.0, |m| m.hz());
    let mut state = txn.need::<Shop>(shop, "shop")?.clone();
    let now = txn.tick();
    state.restock_at = def
        .and_then(|def| def.restock)
        .map(|seconds| now.saturating_add(ticks(seconds, hz).max(1)));
    txn.set(shop, state)
}

/// What comes by chance; merchants have their own things at every restock, which the dice in the
/// ledger show.
fn finds(txn: &mut Txn<'_>, shop: Entity, def: &ShopDef) {
    let Some(finds) = &def.finds else {
        return;
    };
    let order = LootOrder {
        table: finds.table.id(),
        level: finds.level,
        themes: vec![THEME.into()],
        source: Source::Shop,
    };
    let found = txn.attempt(|txn| give_loot(txn, shop, &order, None, true));
    if let Err(refusal) = found {
        tracing::debug!("nothing was found for a shop: {refusal}");
    }
}

/// The theme under which goods are made and found.
const THEME: &str = "merchant";

/// What nobody will buy here is sold on, or the shop would be full one day.
fn clear(txn: &mut Txn<'_>, content: &Content, shop: Entity, def: &ShopDef) -> Result<(), Refusal> {
    let mut kept: BTreeMap<Uid, u32> = BTreeMap::new();
    for known in &txn.need::<Shop>(shop, "shop")?.buyback {
        let kept = kept.entry(known.item).or_default();
        *kept = kept.saturating_add(known.count);
    }
    let mut room: BTreeMap<DefId, u32> = BTreeMap::new();
    for line in &def.stock {
        let room = room.entry(line.item.id()).or_default();
        *room = room.saturating_add(line.most());
    }
    let items = content.table::<crate::content::ItemDef>();
    let mut gone = Vec::new();
    let inventory = txn.need::<Inventory>(shop, "inventory")?;
    for item in inventory.iter() {
        let Some(known) = items.get(item.def) else {
            continue;
        };
        // What it wears, keeps for itself or pays with is not for sale, and neither is a full bag.
        if item.place.compartment().is_none()
            || !super::for_sale(content, def, inventory, item, known)
        {
            continue;
        }
        let room = room.entry(item.def).or_default();
        let stays = item.count.min(*room);
        *room -= stays;
        let bound = kept.get(&item.uid).copied().unwrap_or(0);
        let goes = item.count - stays.max(bound.min(item.count));
        if goes > 0 {
            gone.push((item.uid, goes));
        }
    }
    for (item, count) in gone {
        let sold = txn.attempt(|txn| remove(txn, shop, MovementKind::Sold, item, count));
        if let Err(refusal) = sold {
            tracing::warn!("a shop can not sell {item} on: {refusal}");
        }
    }
    Ok(())
}

/// Shops whose time has come. There are few of them, so all are looked at.
fn restock_due(world: &mut World, shops: &mut QueryState<(Entity, &Identity, &Shop)>) {
    let now = world.resource::<RulesClock>().tick;
    let due = |shop: &Shop| shop.restock_at.is_some_and(|at| at <= now);
    let mut all: Vec<(Uid, Entity)> = shops
        .iter(world)
        .filter(|(_, _, shop)| due(shop))
        .map(|(entity, uid, _)| (uid.0, entity))
        .collect();
    all.sort_unstable();
    for (uid, shop) in all {
        let done = world.transact("inventory.restock", |txn| restock(txn, shop));
        if let Err(refusal) = done {
            tracing::warn!("the shop {uid} could not be stocked: {refusal}");
            // Another time it may work.
            let next = world.transact("inventory.restock", |txn| {
                let content = txn.content();
                let def = definition(txn.world(), &content, shop).map(|def| &**def);
                schedule(txn, shop, def)
            });
            if let Err(refusal) = next {
                tracing::warn!("the shop {uid} is no shop: {refusal}");
            }
        }
    }
}

/// Merchants that were here before their shop was written.
fn content_swapped(world: &mut World, _: &Content, new: &Content) {
    if world.get_resource::<Authority>() != Some(&Authority::Host) {
        return;
    }
    let hz = world.get_resource::<ClockMode>().map_or(20.0, |m| m.hz());
    let now = world.get_resource::<RulesClock>().map_or(0, |c| c.tick);
    let mut known =
        world.query_filtered::<(Entity, &Character, Option<&mut Shop>), With<Outfitted>>();
    let mut fresh = Vec::new();
    for (entity, character, shop) in known.iter_mut(world) {
        let Some(def) = new.table::<ShopDef>().get(character.def()) else {
            continue;
        };
        match shop {
            None => fresh.push((entity, character.def())),
            // A shop that never got new goods may now, and the other way round.
            Some(mut shop) if shop.restock_at.is_some() != def.restock.is_some() => {
                let next = |seconds| now.saturating_add(ticks(seconds, hz).max(1));
                shop.restock_at = def.restock.map(next);
            }
            Some(_) => {}
        }
    }
    fresh.sort_unstable();
    for (entity, template) in fresh {
        outfit(world, entity, template);
    }
}

/// When shops get new goods: in [`RulesSystems::Simulate`], after work.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShopSystems;

pub(crate) fn plugin(app: &mut App) {
    app.configure_sets(RulesTick, ShopSystems.in_set(RulesSystems::Simulate));
    app.on_content_swap(content_swapped).add_systems(
        RulesTick,
        restock_due
            .in_set(ShopSystems)
            .after(StatSystems::GoOn)
            .after(crate::work::go_on)
            .run_if(is_host),
    );
}
