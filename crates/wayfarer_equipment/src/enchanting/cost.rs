//! What enchanting uses up: coins and materials.

use bevy::prelude::*;
use wayfarer_core::{
    content::Content,
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_inventory::{
    Item,
    actions::remove,
    constraint::{Planned, Purpose, check_constraints},
    content::ItemDef,
    currency::{Money, pay_whatever_fits, purse},
    refusals::insufficient_funds,
    spared::{is_spared, only_spared},
    view::View,
};

use crate::{content::Material, refusals::MISSING_MATERIALS};

/// A material that is needed, and what there is of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaterialNeed {
    /// What.
    pub item: DefId,
    /// How many.
    pub need: u32,
    /// How many there are.
    pub have: u32,
}

/// The stacks that may be used up for a material, in the order of their uids; what is
/// [spared](is_spared) stays.
fn stacks<'a>(view: &View<'a>, material: DefId, not: Uid) -> Vec<&'a Item> {
    let mut all: Vec<&Item> = view
        .inventory
        .iter()
        .filter(|item| item.def == material && item.uid != not)
        .filter(|item| {
            let def = view.def(item).ok();
            def.is_some_and(|def| !is_spared(view, item, def, true))
        })
        .filter(|item| {
            let planned = Planned {
                item,
                count: 1,
                purpose: Purpose::Craft,
                to: None,
            };
            check_constraints(view, &planned).is_ok()
        })
        .collect();
    all.sort_unstable_by_key(|item| item.uid);
    all
}

/// What is needed, and what there is. The item `not` that is worked on is no material.
pub(super) fn needs(view: &View<'_>, materials: &[Material], not: Uid) -> Vec<MaterialNeed> {
    materials
        .iter()
        .map(|material| {
            let stacks = stacks(view, material.item.id(), not).into_iter();
            let have = stacks.fold(0u32, |sum, item| sum.saturating_add(item.count));
            MaterialNeed {
                item: material.item.id(),
                need: material.count,
                have,
            }
        })
        .collect()
}

/// Refuses who can not pay or lacks materials. The item `not` that is worked on is no material.
pub(super) fn check(
    view: &View<'_>,
    price: u64,
    needs: &[MaterialNeed],
    not: Uid,
) -> Result<(), Refusal> {
    if let Some(lack) = needs.iter().find(|need| need.have < need.need) {
        let name = item_name(view.content, lack.item);
        // There is enough, but not to be used up by itself.
        let of_kind = |item: &&Item| item.def == lack.item && item.uid != not;
        let all = || view.inventory.iter().filter(of_kind);
        let spared = all().find_map(|item| {
            let def = view.def(item).ok()?;
            is_spared(view, item, def, true).then_some(def)
        });
        let pieces = all().fold(0u32, |sum, item| sum.saturating_add(item.count));
        if let Some(spared) = spared.filter(|_| pieces >= lack.need) {
            return Err(only_spared(name, spared));
        }
        return Err(Refusal::new(MISSING_MATERIALS)
            .with("item", name)
            .with("need", lack.need)
            .with("have", lack.have));
    }
    // Coins may be a material as well, and pay for nothing then.
    let money = Money::of(view.content);
    let worth = |need: &MaterialNeed| {
        let coin = money.and_then(|money| money.worths().get(money.index_of(need.item)?));
        coin.map_or(0, |worth| worth.saturating_mul(need.need.into()))
    };
    let coins = needs.iter().map(worth).fold(0, u64::saturating_add);
    check_funds(view, price.saturating_add(coins))
}

/// Refuses who can not pay.
pub(super) fn check_funds(view: &View<'_>, price: u64) -> Result<(), Refusal> {
    let have = purse(view);
    if have < price {
        return Err(insufficient_funds(view.content, price, have));
    }
    Ok(())
}

pub(super) fn item_name(content: &Content, item: DefId) -> String {
    let def = content.table::<ItemDef>().get(item);
    def.map_or_else(|| item.to_string(), |def| def.name.clone())
}

/// Uses materials up.
pub(super) fn use_up(
    txn: &mut Txn<'_>,
    entity: Entity,
    needs: &[MaterialNeed],
    not: Uid,
) -> Result<(), Refusal> {
    let content = txn.content();
    for need in needs {
        let view = View::of_txn(txn, &content, entity)?;
        let stacks: Vec<(Uid, u32)> = stacks(&view, need.item, not)
            .into_iter()
            .map(|item| (item.uid, item.count))
            .collect();
        let mut left = need.need;
        for (uid, count) in stacks {
            let now = left.min(count);
            if now > 0 {
                remove(txn, entity, MovementKind::Consumed, uid, now)?;
                left -= now;
            }
        }
        if left > 0 {
            return Err(Refusal::new(MISSING_MATERIALS)
                .with("item", item_name(&content, need.item))
                .with("need", need.need)
                .with("have", need.need - left));
        }
    }
    Ok(())
}

/// Pays; the coins are used up.
pub(super) fn pay_up(txn: &mut Txn<'_>, entity: Entity, price: u64) -> Result<(), Refusal> {
    pay_whatever_fits(txn, entity, price, None)
}

/// A price as whole coins, rounded up; what is no number, or below 0, is nothing.
pub(super) fn coins(price: f32) -> u64 {
    // The cast saturates.
    price.ceil() as u64
}
