//! Paying: coins go over, change comes back, and what both have together is worth the same.

use bevy::prelude::*;
use smallvec::SmallVec;
use wayfarer_core::{content::Content, id::Uid, ledger::MovementKind, refusal::Refusal, txn::Txn};

use super::{Money, Purse, purse::coins};
use crate::{
    actions::{MAX_NEW_STACKS, create, create_or_overflow},
    constraint::Purpose,
    content::ItemDef,
    facts::{CoinsPaid, ItemsChanged},
    intake::{Parcel, commit_parcel, lay_aside, plan_intake, take_out},
    inventory::Inventory,
    item::Item,
    refusals,
    rules::{Counts, Forecast, Payment, Unpaid, fewest, payment},
    view::View,
};

/// Coins that are on their way: out of one bag, not yet in another.
pub(crate) type Coins = SmallVec<[Item; 2]>;

/// The fewest coins of the currency in force for an amount: what and how many; nothing without
/// money in the packs.
pub fn coins_for(content: &Content, amount: u64) -> Vec<(wayfarer_core::id::DefId, u64)> {
    let Some(money) = Money::of(content) else {
        return Vec::new();
    };
    let counts = fewest(money.worths(), amount);
    let all = money.coins().iter().map(|coin| coin.item).zip(counts);
    all.filter(|(_, count)| *count > 0).collect()
}

/// Pays `price` (in the smallest coin) out of everything that `payer` carries, with change. With a
/// `payee` the coins go there and the change comes from there; without one the coins are used up,
/// with a line in the ledger.
///
/// Nothing is asked about reach or permission: that is for the rule that pays.
///
/// # Errors
/// `insufficient_funds`, `no_change`, `not_found` when somebody has no inventory, and what
/// [`plan_intake`] says when the coins do not fit.
pub fn pay(
    txn: &mut Txn<'_>,
    payer: Entity,
    price: u64,
    payee: Option<Entity>,
) -> Result<(), Refusal> {
    settle(txn, (payer, payee), price, false)
}

/// [`pay`] for what the dice have decided already: coins that have no room go into the overflow.
/// With [`pay`], whoever arranges that the change of a failure does not fit would throw again.
///
/// # Errors
/// `insufficient_funds`, `no_change`, `not_found` when somebody has no inventory.
pub fn pay_whatever_fits(
    txn: &mut Txn<'_>,
    payer: Entity,
    price: u64,
    payee: Option<Entity>,
) -> Result<(), Refusal> {
    settle(txn, (payer, payee), price, true)
}

fn settle(
    txn: &mut Txn<'_>,
    (payer, payee): (Entity, Option<Entity>),
    price: u64,
    overflow: bool,
) -> Result<(), Refusal> {
    let content = txn.content();
    let Some((money, plan)) = plan_payment(txn, &content, (payer, payee), price)? else {
        return Ok(());
    };
    hand_over(txn, money, (payer, payee), &plan, overflow)?;
    txn.emit(CoinsPaid {
        entity: payer,
        amount: price,
        to: payee,
    });
    for entity in [Some(payer), payee].into_iter().flatten() {
        txn.emit(ItemsChanged { entity });
    }
    Ok(())
}

/// Whether `payer` can pay `price`, coins and change considered, as [`pay_whatever_fits`] would.
/// For rules whose dice decide how much is to be paid: they ask before the dice fall.
///
/// # Errors
/// Those of [`pay_whatever_fits`].
pub fn check_pays(
    txn: &Txn<'_>,
    payer: Entity,
    price: u64,
    payee: Option<Entity>,
) -> Result<(), Refusal> {
    plan_payment(txn, &txn.content(), (payer, payee), price).map(drop)
}

/// Which coins would go over and come back; `None` when nothing has to.
fn plan_payment<'c>(
    txn: &Txn<'_>,
    content: &'c Content,
    (payer, payee): (Entity, Option<Entity>),
    price: u64,
) -> Result<Option<(&'c Money, Payment)>, Refusal> {
    if price == 0 || payee == Some(payer) {
        return Ok(None);
    }
    let short = |have| refusals::insufficient_funds(content, price, have);
    let money = Money::of(content).ok_or_else(|| short(0))?;
    let purse = Purse::of(money, txn.need::<Inventory>(payer, "inventory")?);
    let till = match payee {
        Some(payee) => Purse::of(money, txn.need::<Inventory>(payee, "inventory")?).counts,
        None => money.none(),
    };
    let may_break = money.breaks_coins() || payee.is_none();
    let plan = payment(money.worths(), &purse.counts, &till, price, may_break);
    let plan = plan.map_err(|unpaid| match unpaid {
        Unpaid::Short => short(purse.worth),
        Unpaid::NoChange => refusals::no_change(content, price),
    })?;
    Ok(Some((money, plan)))
}

fn hand_over(
    txn: &mut Txn<'_>,
    money: &Money,
    (payer, payee): (Entity, Option<Entity>),
    plan: &Payment,
    overflow: bool,
) -> Result<(), Refusal> {
    let into = match overflow {
        true => put_or_overflow,
        false => |txn: &mut Txn<'_>, to, item: Item| put(txn, to, item).map(drop),
    };
    let mint = match overflow {
        true => mint_or_overflow,
        false => |txn: &mut Txn<'_>, money: &Money, to, counts: &Counts| {
            mint_coins(txn, money, to, counts, MovementKind::ChangedInto)
        },
    };
    // What leaves is taken out on both sides before anything comes in: full purses can pay.
    let given = take_coins(txn, money, payer, &plan.give)?;
    let back = match (&plan.broken, payee) {
        (None, Some(payee)) => take_coins(txn, money, payee, &plan.back)?,
        _ => Coins::new(),
    };
    let broken = plan.broken.as_ref();
    let broken = broken.and_then(|(coin, rest)| Some((money.coins().get(*coin)?.item, rest)));
    let mut changed = false;
    for item in given {
        let item = match broken {
            Some((coin, _)) if item.def == coin && !changed => {
                changed = true;
                let Some(rest) = change_one(txn, item) else {
                    continue;
                };
                rest
            }
            _ => item,
        };
        match payee {
            Some(payee) => into(txn, payee, item)?,
            None => txn.record(MovementKind::Consumed, item.uid, item.def, item.count),
        }
    }
    for item in back {
        into(txn, payer, item)?;
    }
    if let Some((_, rest)) = broken {
        mint(txn, money, payer, &plan.back)?;
        match payee {
            Some(payee) => mint(txn, money, payee, rest)?,
            // They are changed and used up in one go, and lie nowhere in between.
            None => each(money, rest, |item, count| {
                let uid = txn.mint();
                txn.record(MovementKind::ChangedInto, uid, item, count);
                txn.record(MovementKind::Consumed, uid, item, count);
                Ok(())
            })?,
        }
    }
    Ok(())
}

/// One piece of a stack of coins is changed; what is left of the stack.
fn change_one(txn: &mut Txn<'_>, item: Item) -> Option<Item> {
    txn.record(MovementKind::ChangedAway, item.uid, item.def, 1);
    let left = item.count.checked_sub(1).filter(|left| *left > 0)?;
    Some(item.part(item.uid, left))
}

/// Takes coins out of somebody's bags.
///
/// # Errors
/// `insufficient_funds` when they are not there.
pub(crate) fn take_coins(
    txn: &mut Txn<'_>,
    money: &Money,
    from: Entity,
    counts: &Counts,
) -> Result<Coins, Refusal> {
    let inventory = txn.need::<Inventory>(from, "inventory")?;
    let mut left = counts.clone();
    let mut wanted: SmallVec<[(Uid, u32); 4]> = SmallVec::new();
    for (which, item) in coins(money, inventory) {
        let Some(left) = left.get_mut(which).filter(|left| **left > 0) else {
            continue;
        };
        let take = u32::try_from(*left).unwrap_or(u32::MAX).min(item.count);
        *left -= u64::from(take);
        wanted.push((item.uid, take));
    }
    if left.iter().any(|left| *left > 0) {
        let content = txn.content();
        return Err(refusals::insufficient_funds(&content, 0, 0));
    }
    let taken = wanted
        .into_iter()
        .map(|(uid, count)| take_out(txn, from, uid, count));
    taken.collect()
}

/// Puts an item that is nowhere, with all that is in it, into somebody's bags, wherever there is room. Returns the uid of
/// the stack that (the last of) it is in.
///
/// # Errors
/// Those of [`plan_intake`].
pub(crate) fn put(txn: &mut Txn<'_>, to: Entity, goods: impl Into<Parcel>) -> Result<Uid, Refusal> {
    let goods = goods.into();
    let content = txn.content();
    let view = View::of_txn(txn, &content, to)?;
    let incoming = goods.incoming(Purpose::Receive);
    let intake = plan_intake(&view, &mut Forecast::of(view.inventory), incoming, None)?;
    let (first, def, count) = (goods.item.uid, goods.item.def, goods.item.count);
    let uids = commit_parcel(txn, to, &intake, goods)?;
    let uid = uids.last().copied().unwrap_or(first);
    txn.record(MovementKind::Moved, uid, def, count);
    Ok(uid)
}

/// [`put`], or into the overflow where there is no room.
fn put_or_overflow(txn: &mut Txn<'_>, to: Entity, item: Item) -> Result<(), Refusal> {
    if txn.attempt(|txn| put(txn, to, item.clone())).is_ok() {
        return Ok(());
    }
    let content = txn.content();
    let known = content.table::<ItemDef>().get(item.def);
    let max = known.map_or(item.count, |def| def.max_stack);
    lay_aside(txn, to, MovementKind::Moved, &item, max).map(drop)
}

/// Makes the coins that a greater one was changed into, wherever there is room or none.
fn mint_or_overflow(
    txn: &mut Txn<'_>,
    money: &Money,
    to: Entity,
    counts: &Counts,
) -> Result<(), Refusal> {
    each(money, counts, |item, count| {
        create_or_overflow(txn, to, MovementKind::ChangedInto, item, count).map(drop)
    })
}

/// Makes coins; `kind` says in the ledger where they come from.
///
/// # Errors
/// Those of [`create`].
pub(crate) fn mint_coins(
    txn: &mut Txn<'_>,
    money: &Money,
    to: Entity,
    counts: &Counts,
    kind: MovementKind,
) -> Result<(), Refusal> {
    let content = txn.content();
    each(money, counts, |item, count| {
        let known = content.table::<ItemDef>().get(item);
        let most = known.map_or(1, |def| def.max_stack.saturating_mul(MAX_NEW_STACKS));
        let mut left = count;
        while left > 0 {
            let now = left.min(most.max(1));
            left -= now;
            create(txn, to, kind, item, now, None)?;
        }
        Ok(())
    })
}

/// Calls `act` for every kind of coin there is any of.
fn each(
    money: &Money,
    counts: &Counts,
    mut act: impl FnMut(wayfarer_core::id::DefId, u32) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    for (coin, &count) in money.coins().iter().zip(counts) {
        let mut left = count;
        while left > 0 {
            let now = u32::try_from(left).unwrap_or(u32::MAX);
            left -= u64::from(now);
            act(coin.item, now)?;
        }
    }
    Ok(())
}
