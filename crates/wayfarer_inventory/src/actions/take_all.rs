//! `inventory.take_all` and `inventory.put_matching`: many things at once, as far as they fit.

use std::collections::BTreeSet;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    constraint::{Planned, Purpose, check_with_contents},
    container::check_holder,
    facts::{ItemTransferred, ItemsChanged},
    intake::{Incoming, Intake, Parcel, commit_parcel, plan_intake, take_parcel},
    inventory::Inventory,
    item::Item,
    marks::Marks,
    refusals,
    rules::Forecast,
    view::View,
};

/// Most stacks that one request looks at.
pub const MAX_AT_ONCE: usize = 500;

/// What became of many things.
#[derive(Serialize, Deserialize, Debug, Clone, Default, PartialEq)]
pub struct Gathered {
    /// How many stacks moved, in whole or in part.
    pub moved: u32,
    /// The stacks that stayed, in whole or in part, each with the reason.
    pub stayed: Vec<(Uid, Refusal)>,
}

/// `inventory.take_all`: takes everything from a container, or whoever the asker may take from, as
/// far as there is room; of stacks also a part. What stays is said with the reason. Refused, with
/// the first reason, when nothing could be taken. At most [`MAX_AT_ONCE`] stacks.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakeAll {
    /// Who has it all.
    pub from: Uid,
}

impl Action for TakeAll {
    const NAME: &'static str = "inventory.take_all";
    type Receipt = Gathered;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Gathered, Refusal> {
        let (from, to) = (txn.entity(self.from)?, txn.actor()?);
        gather(txn, from, to, |_| true)
    }
}

/// `inventory.put_matching`: puts everything of the kinds that a container has already into it, as
/// far as there is room. Worn things, favourites and what is inside bags stay. At most
/// [`MAX_AT_ONCE`] stacks.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct PutMatching {
    /// Where to.
    pub to: Uid,
}

impl Action for PutMatching {
    const NAME: &'static str = "inventory.put_matching";
    type Receipt = Gathered;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Gathered, Refusal> {
        let (from, to) = (txn.actor()?, txn.entity(self.to)?);
        // Before looking what is in it.
        check_holder(txn, to)?;
        let kinds = txn.need::<Inventory>(to, "inventory")?;
        let kinds: BTreeSet<DefId> = kinds.iter().map(|item| item.def).collect();
        let marks = txn.get::<Marks>(from).cloned().unwrap_or_default();
        gather(txn, from, to, |item| {
            kinds.contains(&item.def) && !marks.is_favourite(item.uid)
        })
    }
}

/// Moves what is wanted of what is in the compartments of `from`, or has overflowed there.
fn gather(
    txn: &mut Txn<'_>,
    from: Entity,
    to: Entity,
    wanted: impl Fn(&Item) -> bool,
) -> Result<Gathered, Refusal> {
    check_holder(txn, from)?;
    check_holder(txn, to)?;
    if from == to {
        return Err(refusals::SAME_PLACE.into());
    }
    let inventory = txn.need::<Inventory>(from, "inventory")?;
    let things: Vec<Uid> = inventory
        .iter()
        .filter(|item| item.place.slot().is_none() && item.place.bag().is_none())
        .filter(|item| wanted(item))
        .take(MAX_AT_ONCE)
        .map(|item| item.uid)
        .collect();
    let mut gathered = Gathered::default();
    for uid in things {
        match plan_one(txn, from, to, uid) {
            Ok(one) => {
                gathered.moved += 1;
                let why = one.why.clone();
                gathered.stayed.extend(why.map(|why| (uid, why)));
                commit_one(txn, from, to, uid, one)?;
            }
            Err(refusal) => gathered.stayed.push((uid, refusal)),
        }
    }
    if gathered.moved == 0 {
        let first = gathered.stayed.into_iter().next();
        return Err(first.map_or_else(|| refusals::NOTHING_THERE.into(), |(_, why)| why));
    }
    txn.emit(ItemsChanged { entity: from });
    txn.emit(ItemsChanged { entity: to });
    Ok(gathered)
}

/// How many pieces of one stack move, how they come in, and why no more do.
struct One {
    count: u32,
    intake: Intake,
    why: Option<Refusal>,
}

fn plan_one(txn: &Txn<'_>, from: Entity, to: Entity, uid: Uid) -> Result<One, Refusal> {
    let content = txn.content();
    let giver = View::of_txn(txn, &content, from)?;
    let taker = View::of_txn(txn, &content, to)?;
    let item = giver.item(uid)?;
    giver.def(item)?;
    let planned = Planned {
        item,
        count: item.count,
        purpose: Purpose::Give,
        to: None,
    };
    check_with_contents(&giver, &planned)?;
    most(&taker, &giver, item)
}

fn commit_one(
    txn: &mut Txn<'_>,
    from: Entity,
    to: Entity,
    uid: Uid,
    One { count, intake, .. }: One,
) -> Result<(), Refusal> {
    let parcel = take_parcel(txn, from, uid, count)?;
    let (first, def) = (parcel.item.uid, parcel.item.def);
    let uids = commit_parcel(txn, to, &intake, parcel)?;
    let item = uids.last().copied().unwrap_or(first);
    txn.record(MovementKind::Moved, item, def, count);
    txn.emit(ItemTransferred {
        entity: to,
        from,
        item,
        def,
        count,
    });
    Ok(())
}

/// The largest number of pieces that fits.
fn most(taker: &View<'_>, giver: &View<'_>, item: &Item) -> Result<One, Refusal> {
    let plan = |count| {
        let parcel = Parcel::of(giver.inventory, item, count);
        let incoming = Incoming {
            count,
            ..parcel.incoming(Purpose::Receive)
        };
        plan_intake(taker, &mut Forecast::of(taker.inventory), incoming, None)
    };
    let why = match plan(item.count) {
        Ok(intake) => {
            return Ok(One {
                count: item.count,
                intake,
                why: None,
            });
        }
        Err(why) => why,
    };
    let (mut fits, mut best, mut too_many) = (0, None, item.count);
    while too_many - fits > 1 {
        let count = fits + (too_many - fits) / 2;
        match plan(count) {
            Ok(intake) => (fits, best) = (count, Some(intake)),
            Err(_) => too_many = count,
        }
    }
    match best {
        Some(intake) => Ok(One {
            count: fits,
            intake,
            why: Some(why),
        }),
        None => Err(why),
    }
}
