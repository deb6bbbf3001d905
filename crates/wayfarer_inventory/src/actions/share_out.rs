//! `inventory.share_out`: what is in the chest, fairly divided.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    authority::Role,
    character::DisplayName,
    content::Content,
    id::Uid,
    refusal::{Code, Refusal},
    txn::Txn,
};
use wayfarer_formula::Roller;

use crate::{
    constraint::{Planned, Purpose, check_with_contents},
    container::{Container, OpenContainers, check_holder},
    currency::{pay, put},
    facts::{ItemTransferred, ItemsChanged},
    intake::take_parcel,
    refusals,
    share::share_plan,
    value::appraise,
    view::View,
};

/// `inventory.share_out`: divides what is in an open container by value among those who have it
/// open, see [`share_plan`]. Dice decide once who chooses first. What somebody has no room for
/// stays where it is. Refused with `not_there_to_share` when one of them has not opened it.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub struct ShareOut {
    /// The container.
    pub container: Uid,
    /// The characters that get something, each once, at most 32. All must be within
    /// reach and have it open: nobody is given what they did not come for.
    pub among: Vec<Uid>,
}

/// Most people that share.
const MAX_PEOPLE: usize = 32;

/// How a division went.
#[derive(Serialize, Deserialize, Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// What each got, as a value in the smallest coin, in the order of [`ShareOut::among`].
    pub worth: Vec<u64>,
    /// How many pieces nobody had room for.
    pub stayed: u32,
}

impl Action for ShareOut {
    const NAME: &'static str = "inventory.share_out";
    type Receipt = Shared;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Shared, Refusal> {
        let container = txn.entity(self.container)?;
        txn.need::<Container>(container, "container")?;
        check_holder(txn, container)?;
        let people = self.people(txn)?;
        let content = txn.content();
        let plan = share_plan(txn.world(), &content, container, people.len())?;
        let order = shuffled(txn, people.len());
        let mut shared = Shared {
            worth: vec![0; people.len()],
            stayed: 0,
        };
        let receivers = || {
            let portions = plan.portions.iter().zip(&order);
            portions.filter_map(|(portion, &who)| Some((portion, who, *people.get(who)?)))
        };
        // Money first: some of it may lie in a bag that is given away.
        for (portion, who, to) in receivers() {
            let money = portion.money;
            let paid = txn.attempt(|txn| pay(txn, container, money, Some(to)));
            if let Some(slot) = shared.worth.get_mut(who).filter(|_| paid.is_ok()) {
                *slot = money;
            }
        }
        for (portion, who, to) in receivers() {
            let items = plan
                .items
                .iter()
                .copied()
                .zip(portion.pieces.iter().copied());
            let worth = hand_out(txn, &content, items, (container, to), &mut shared.stayed);
            if let Some(slot) = shared.worth.get_mut(who) {
                *slot = slot.saturating_add(worth);
            }
        }
        for entity in people.into_iter().chain([container]) {
            txn.emit(ItemsChanged { entity });
        }
        Ok(shared)
    }
}

impl ShareOut {
    fn people(&self, txn: &Txn<'_>) -> Result<Vec<Entity>, Refusal> {
        let count = self.among.len();
        let mut unique = self.among.clone();
        unique.sort_unstable();
        unique.dedup();
        if count == 0 || count > MAX_PEOPLE || unique.len() != count {
            return Err(Refusal::new(Code::INVALID_AMOUNT).with("amount", count));
        }
        let master = txn.cause().role >= Role::GameMaster;
        let open = txn.world().get_resource::<OpenContainers>();
        let mut people = Vec::with_capacity(count);
        for &who in &self.among {
            let entity = txn.entity(who)?;
            if entity == txn.entity(self.container)? {
                return Err(refusals::SAME_PLACE.into());
            }
            txn.check_reach(entity)?;
            let has_open = open.is_some_and(|open| {
                let mut all = open.iter();
                all.any(|(container, _, actor)| container == self.container && actor == who)
            });
            if !has_open && !master {
                let name = txn.get::<DisplayName>(entity);
                let name = name.map(|name| name.0.as_str());
                return Err(refusals::not_there_to_share(who, name));
            }
            people.push(entity);
        }
        Ok(people)
    }
}

/// A random order, by as many dice as it needs.
fn shuffled(txn: &mut Txn<'_>, people: usize) -> Vec<usize> {
    let mut dice = txn.dice("share");
    let mut order: Vec<usize> = (0..people).collect();
    for last in (1..people).rev() {
        let sides = u32::try_from(last + 1).unwrap_or(u32::MAX);
        order.swap(last, dice.die(sides) as usize - 1);
    }
    txn.keep_rolls(&dice);
    order
}

/// Gives one of them the things of their portion; returns what they are worth.
fn hand_out(
    txn: &mut Txn<'_>,
    content: &Content,
    items: impl Iterator<Item = (Uid, u32)>,
    (container, to): (Entity, Entity),
    stayed: &mut u32,
) -> u64 {
    let mut worth = 0_u64;
    for (item, count) in items.filter(|(_, count)| *count > 0) {
        let given = txn.attempt(|txn| {
            let view = View::of_txn(txn, content, container)?;
            let item = view.item(item)?;
            let value = appraise(content, item).total;
            let planned = Planned {
                item,
                count,
                purpose: Purpose::Give,
                to: None,
            };
            check_with_contents(&view, &planned)?;
            let parcel = take_parcel(txn, container, item.uid, count)?;
            let inside = parcel.inside.iter().map(|inner| {
                let each = appraise(content, inner).total;
                each.saturating_mul(u64::from(inner.count))
            });
            let value = value.saturating_mul(u64::from(count));
            let value = inside.fold(value, u64::saturating_add);
            let def = parcel.item.def;
            let uid = put(txn, to, parcel)?;
            txn.emit(ItemTransferred {
                entity: to,
                from: container,
                item: uid,
                def,
                count,
            });
            Ok(value)
        });
        match given {
            Ok(value) => worth = worth.saturating_add(value),
            Err(_) => *stayed = stayed.saturating_add(count),
        }
    }
    worth
}
