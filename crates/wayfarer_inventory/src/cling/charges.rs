//! Charges: what a wand holds. Those that come back by themselves are counted when somebody looks,
//! so nothing runs for them, and a chest full of wands costs nothing.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::HostWorldExt,
    authority::Authority,
    clock::{ClockMode, RulesClock},
    content::Content,
    id::Uid,
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_stats::effects::{RestKind, facts::Rested, next_dawn};

use crate::{
    content::{ChargesDef, ItemDef, Recharge},
    ext::{ItemExt, encode},
    inventory::Inventory,
    item::Item,
    ops::ItemOp,
    refusals::NO_CHARGES,
    rules::{Stock, refill_by_moments, refill_by_time},
};

/// How many charges a thing had at some tick. Without it, it holds what a new one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charges {
    /// How many there were.
    pub left: u16,
    /// The tick from which those that come back are counted.
    pub since: u64,
}

impl ItemExt for Charges {
    const NAME: &'static str = "inventory.charges";
}

/// How many charges an item has now, and at most; `None` for what has none by its definition. The
/// same on the host and on clients.
pub fn charges_now(world: &World, content: &Content, item: &Item) -> Option<(u16, u16)> {
    let def = content.table::<ItemDef>().get(item.def)?.charges?;
    Some((stock_now(world, content, &def, item).left, def.max))
}

fn stock_now(world: &World, content: &Content, def: &ChargesDef, item: &Item) -> Stock {
    let now = world.get_resource::<RulesClock>().map_or(0, |c| c.tick);
    let Some(Charges { left, since }) = item.ext::<Charges>() else {
        return Stock {
            left: def.at_first(),
            since: now,
        };
    };
    let stock = Stock {
        left: left.min(def.max),
        since,
    };
    match def.recharge {
        Recharge::None | Recharge::ShortRest | Recharge::LongRest => stock,
        Recharge::Dawn => refill_by_moments(stock, def.max, def.each_time(), now, |after| {
            next_dawn(world, content, after).ok()
        }),
        Recharge::Seconds(seconds) => {
            let mode = world.get_resource::<ClockMode>().copied();
            let hz = mode.unwrap_or_default().hz();
            refill_by_time(stock, def.max, def.each_time(), seconds, hz, now)
        }
    }
}

/// Takes charges out of an item. Returns how many are left.
///
/// # Errors
/// `no_charges` when there are not so many, or the item has none by its definition; `not_found`.
pub fn spend_charges(
    txn: &mut Txn<'_>,
    holder: Entity,
    uid: Uid,
    cost: u16,
) -> Result<u16, Refusal> {
    let content = txn.content();
    let inventory = txn.need::<Inventory>(holder, "inventory")?;
    let item = inventory.get(uid).ok_or_else(|| Refusal::not_found(uid))?;
    let def = content.table::<ItemDef>().get(item.def);
    let charges = def.and_then(|def| def.charges);
    let name = def.map_or_else(|| item.def.to_string(), |def| def.name.clone());
    let stock = charges.map(|charges| stock_now(txn.world(), &content, &charges, item));
    let have = stock.map_or(0, |stock| stock.left);
    let short = || {
        Refusal::new(NO_CHARGES)
            .with("item", name)
            .with("need", u32::from(cost))
            .with("have", u32::from(have))
    };
    let (Some(stock), Some(left)) = (stock, have.checked_sub(cost)) else {
        return Err(short());
    };
    set(txn, holder, uid, left, stock.since)?;
    Ok(left)
}

fn set(txn: &mut Txn<'_>, holder: Entity, uid: Uid, left: u16, since: u64) -> Result<(), Refusal> {
    let op = ItemOp::SetExt {
        uid,
        kind: Charges::kind(),
        bytes: encode(&Charges { left, since }),
    };
    txn.op::<Inventory>(holder, op)
}

/// What somebody carries fills up when they rest.
pub(super) fn rested(
    rested: On<Rested>,
    authority: Option<Res<Authority>>,
    mut commands: Commands,
) {
    if authority.is_none_or(|authority| *authority != Authority::Host) {
        return;
    }
    let Rested { entity, kind } = *rested.event();
    commands.queue(move |world: &mut World| {
        let done = world.transact("inventory.recharge", |txn| refill(txn, entity, kind));
        if let Err(refusal) = done {
            tracing::debug!("nothing fills up: {refusal}");
        }
    });
}

fn refill(txn: &mut Txn<'_>, holder: Entity, kind: RestKind) -> Result<(), Refusal> {
    let content = txn.content();
    let fills = |recharge| match recharge {
        Recharge::ShortRest => true,
        Recharge::LongRest => kind == RestKind::Long,
        _ => false,
    };
    let inventory = txn.need::<Inventory>(holder, "inventory")?;
    let mut full = Vec::new();
    for item in inventory.iter() {
        let def = content.table::<ItemDef>().get(item.def);
        if let Some(charges) = def.and_then(|def| def.charges)
            && fills(charges.recharge)
            && let Some(now) = item.ext::<Charges>()
            && now.left < charges.max
        {
            let left = now.left.saturating_add(charges.each_time());
            full.push((item.uid, left.min(charges.max)));
        }
    }
    let since = txn.tick();
    for (uid, left) in full {
        set(txn, holder, uid, left, since)?;
    }
    Ok(())
}
