//! Trades between two characters: both lay out what they offer, both agree, both look at it once
//! more, both agree again, and everything changes hands at once.
//!
//! An offer is a list of what it is about; nothing moves before the end. Every change of an offer
//! takes back both agreements. Whoever walks off, leaves or is gone ends the trade, and nobody has
//! lost anything, because nothing was given yet.

mod complete;
mod offer;
pub(crate) mod watch;

use std::collections::BTreeSet;

use bevy::{
    ecs::{lifecycle::HookContext, world::DeferredWorld},
    prelude::*,
};
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    authority::Viewers,
    character::Character,
    id::{Identity, Uid, UidIndex},
    refusal::Refusal,
    state::Transient,
    txn::Txn,
};

use crate::{
    container::Container,
    facts::{TradeChanged, TradeEnded},
    inventory::Inventory,
    item::Item,
};

pub(crate) use complete::complete;
pub use offer::MAX_SHOWN;
pub(crate) use offer::{check_offer, check_together, refresh};
pub(crate) use watch::{is_away, plugin, restored};

/// A trade, on an entity of its own that only its two players (and game masters) see. It is not
/// saved: a loaded world has no trades.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
#[require(Viewers, Transient)]
#[component(on_add = known, on_remove = forgotten)]
pub struct Trade {
    /// Who asked, and who was asked.
    pub sides: [TradeSide; 2],
    /// How far it is.
    pub phase: TradePhase,
    /// Counts every change of an offer and every step; an agreement names it, so that nobody
    /// agrees to what they have not seen.
    pub revision: u32,
    /// The tick until which the question waits for an answer.
    pub until: Option<u64>,
    /// Why it could not be done although both agreed; until an offer changes.
    pub failed: Option<Refusal>,
}

/// Every trade that is known here: on the host all, on a client those that its player is part of.
#[derive(Resource, Default)]
struct KnownTrades(BTreeSet<Entity>);

fn known(mut world: DeferredWorld, ctx: HookContext) {
    if let Some(mut known) = world.get_resource_mut::<KnownTrades>() {
        known.0.insert(ctx.entity);
    }
}

fn forgotten(mut world: DeferredWorld, ctx: HookContext) {
    if let Some(mut known) = world.get_resource_mut::<KnownTrades>() {
        known.0.remove(&ctx.entity);
    }
}

/// The trades that somebody is part of, questions that wait for an answer included; by uid. Works
/// on clients too.
pub fn trades_with(world: &World, who: Uid) -> Vec<(Uid, &Trade)> {
    let all = world.get_resource::<KnownTrades>().into_iter();
    let mut found: Vec<(Uid, &Trade)> = all
        .flat_map(|known| &known.0)
        .filter_map(|&entity| {
            let trade = world.get::<Trade>(entity)?;
            trade.side_of(who)?;
            Some((world.get::<Identity>(entity)?.0, trade))
        })
        .collect();
    found.sort_by_key(|(uid, _)| *uid);
    found
}

/// One side of a trade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TradeSide {
    /// The character.
    pub who: Uid,
    /// What they offer.
    pub items: Vec<Offered>,
    /// How much money they offer, in the smallest coin.
    pub money: u64,
    /// Whether they agree to what is offered now, in this phase.
    pub agreed: bool,
}

/// One thing that is offered, as it was when both saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The item, with as many pieces as are offered. Its place does not matter.
    pub item: Item,
    /// What is inside it, bags before what is in them.
    pub inside: Vec<Item>,
}

/// How far a trade is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TradePhase {
    /// One has asked; the other has not answered.
    Asked,
    /// Both lay out what they offer.
    Offer,
    /// Both have agreed once and look at it again.
    Review,
}

/// How a trade ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TradeEnd {
    /// Everything has changed hands.
    Done,
    /// The other said no.
    Declined,
    /// One of the two called it off.
    Cancelled,
    /// Nobody answered in time.
    Unanswered,
    /// They are too far apart.
    OutOfReach,
    /// One of the two players has left.
    Away,
    /// One of the two is no more.
    Gone,
    /// Another world, or an earlier state of this one, was loaded.
    Loaded,
}

/// The trades that are going on, on the host.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenTrades(pub(crate) BTreeSet<Uid>);

impl OpenTrades {
    /// Their uids.
    pub fn iter(&self) -> impl Iterator<Item = Uid> {
        self.0.iter().copied()
    }
}

impl TradeSide {
    pub(crate) const fn new(who: Uid) -> Self {
        Self {
            who,
            items: Vec::new(),
            money: 0,
            agreed: false,
        }
    }
}

impl Trade {
    /// Which side somebody is on.
    pub fn side_of(&self, who: Uid) -> Option<usize> {
        self.sides.iter().position(|side| side.who == who)
    }

    /// What `who` offers, and what the other does.
    pub fn seen_by(&self, who: Uid) -> Option<(&TradeSide, &TradeSide)> {
        let [a, b] = &self.sides;
        match self.side_of(who)? {
            0 => Some((a, b)),
            _ => Some((b, a)),
        }
    }

    /// Whether it keeps somebody from trading with others: who was asked may still choose.
    pub fn occupies(&self, who: Uid) -> bool {
        match self.side_of(who) {
            Some(0) => true,
            Some(_) => self.phase > TradePhase::Asked,
            None => false,
        }
    }

    /// An offer has changed: back to the beginning.
    pub(crate) fn edited(&mut self) {
        self.phase = TradePhase::Offer;
        self.failed = None;
        self.step();
    }

    /// Another point of the trade, to which nobody has agreed yet.
    pub(crate) fn step(&mut self) {
        self.revision = self.revision.wrapping_add(1);
        for side in &mut self.sides {
            side.agreed = false;
        }
    }
}

/// Whether something is somebody to trade with, and not a chest or a merchant.
pub fn can_trade(world: &World, entity: Entity) -> bool {
    world.get::<Character>(entity).is_some()
        && world.get::<Inventory>(entity).is_some()
        && world.get::<Container>(entity).is_none()
}

/// The trade that keeps somebody busy.
pub fn trade_of(world: &World, who: Uid) -> Option<(Uid, &Trade)> {
    let index = world.get_resource::<UidIndex>()?;
    world.get_resource::<OpenTrades>()?.iter().find_map(|uid| {
        let trade = world.get::<Trade>(index.get(uid)?)?;
        trade.occupies(who).then_some((uid, trade))
    })
}

/// The trade that a request is about, with the side of the actor.
pub(crate) fn own_trade(txn: &Txn<'_>, uid: Uid) -> Result<(Entity, Trade, usize), Refusal> {
    let entity = txn.entity(uid)?;
    let trade = txn.need::<Trade>(entity, "trade")?;
    // Who is no part of it learns no more than that there is nothing for them.
    let side = trade.side_of(txn.actor_uid()?);
    let side = side.ok_or_else(|| Refusal::not_found("trade"))?;
    Ok((entity, trade.clone(), side))
}

pub(crate) fn tell_changed(txn: &mut Txn<'_>, uid: Uid, trade: &Trade) {
    for side in &trade.sides {
        if let Ok(entity) = txn.entity(side.who) {
            txn.emit(TradeChanged { entity, trade: uid });
        }
    }
}

/// Ends a trade. Nothing moves.
pub(crate) fn end(txn: &mut Txn<'_>, uid: Uid, why: TradeEnd) -> Result<(), Refusal> {
    let mut open = txn.world().get_resource::<OpenTrades>().cloned();
    if let Some(open) = &mut open {
        open.0.remove(&uid);
        txn.set_resource(open.clone());
    }
    let Ok(entity) = txn.entity(uid) else {
        return Ok(());
    };
    if let Some(trade) = txn.get::<Trade>(entity).cloned() {
        let [a, b] = &trade.sides;
        for (who, with) in [(a.who, b.who), (b.who, a.who)] {
            if let Ok(entity) = txn.entity(who) {
                txn.emit(TradeEnded {
                    entity,
                    with,
                    trade: uid,
                    why,
                });
            }
        }
    }
    txn.despawn(entity)
}
