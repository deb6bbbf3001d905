//! `inventory.share_out`: what is in the chest, fairly divided.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    authority::Role,
    id::Uid,
    refusal::{Code, Refusal},
    txn::Txn,
};
use wayfarer_formula::Roller;

use crate::{
    constraint::{Planned, Purpose, check_constraints},
    container::{Container, OpenContainers, check_holder},
    currency::{pay, put},
    facts::{ItemTransferred, ItemsChanged},
    intake::take_out,
    refusals,
    share::{SharePlan, share_plan},
    view::View,
};

/// `inventory.share_out`: divides what is in an open container by value among those who have it
/// open, see [`share_plan`]. Dice decide once who chooses first. What somebody has no room for
/// stays where it is.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub struct ShareOut {
    /// The container.
    pub container: Uid,
    /// The characters that get something, each once, at most [`MAX_PEOPLE`]. All must be within
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
        for (portion, &who) in order.iter().enumerate() {
            let Some(&to) = people.get(who) else { continue };
            let worth = hand_out(txn, &plan, portion, (container, to), &mut shared.stayed);
            if let Some(slot) = shared.worth.get_mut(who) {
                *slot = worth;
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
                return Err(refusals::NOT_OPEN.into());
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

/// Gives one of them their portion; returns what it was worth.
fn hand_out(
    txn: &mut Txn<'_>,
    plan: &SharePlan,
    portion: usize,
    (container, to): (Entity, Entity),
    stayed: &mut u32,
) -> u64 {
    let Some(portion) = plan.portions.get(portion) else {
        return 0;
    };
    let content = txn.content();
    let mut worth = 0_u64;
    for (&item, &count) in plan.items.iter().zip(&portion.pieces) {
        if count == 0 {
            continue;
        }
        let given = txn.attempt(|txn| {
            let view = View::of_txn(txn, &content, container)?;
            let item = view.item(item)?;
            let value = crate::value::appraise(&content, item).total;
            let planned = Planned {
                item,
                count,
                purpose: Purpose::Give,
                to: None,
            };
            check_constraints(&view, &planned)?;
            let item = take_out(txn, container, item.uid, count)?;
            let def = item.def;
            let uid = put(txn, to, item)?;
            txn.emit(ItemTransferred {
                entity: to,
                from: container,
                item: uid,
                def,
                count,
            });
            Ok(value.saturating_mul(u64::from(count)))
        });
        match given {
            Ok(value) => worth = worth.saturating_add(value),
            Err(_) => *stayed = stayed.saturating_add(count),
        }
    }
    let money = portion.money;
    let paid = txn.attempt(|txn| pay(txn, container, money, Some(to)));
    if paid.is_ok() {
        worth = worth.saturating_add(money);
    }
    worth
}
