//! Trades end by themselves when one of the two is not there any more, and offers follow what
//! becomes of the things they are about.

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    aggregate::AggregateAppExt,
    authority::{Owner, Players, Policies, is_host},
    clock::{RulesClock, RulesSystems, RulesTick},
    content::ActiveContent,
    fact::Fact,
    id::{Identity, Uid, UidIndex},
    state::RestoreReport,
};
use wayfarer_stats::StatSystems;

use super::{KnownTrades, OpenTrades, Trade, TradeEnd, TradePhase, end, refresh, tell_changed};
use crate::{facts::TradeEnded, inventory::Inventory};

/// Whose things have changed while trades were going on.
#[derive(Resource, Default)]
struct Moved(Vec<Entity>);

fn items_committed(world: &mut World, entity: Entity) {
    let trading = world.get_resource::<OpenTrades>();
    if trading.is_some_and(|open| !open.0.is_empty())
        && let Some(mut moved) = world.get_resource_mut::<Moved>()
    {
        moved.0.push(entity);
    }
}

/// Why a trade can not go on.
fn over(world: &World, trade: &Trade) -> Option<TradeEnd> {
    let index = world.get_resource::<UidIndex>()?;
    let now = world.get_resource::<RulesClock>().map_or(0, |c| c.tick);
    if trade.phase == TradePhase::Asked && trade.until.is_some_and(|until| until <= now) {
        return Some(TradeEnd::Unanswered);
    }
    let [a, b] = &trade.sides;
    let (Some(a), Some(b)) = (index.get(a.who), index.get(b.who)) else {
        return Some(TradeEnd::Gone);
    };
    if [a, b].iter().any(|&e| world.get::<Inventory>(e).is_none()) {
        return Some(TradeEnd::Gone);
    }
    if [a, b].iter().any(|&entity| is_away(world, entity)) {
        return Some(TradeEnd::Away);
    }
    let policies = world
        .get_resource::<Policies>()
        .copied()
        .unwrap_or_default();
    let reach = (policies.in_reach)(world, a, b) && (policies.in_reach)(world, b, a);
    (!reach).then_some(TradeEnd::OutOfReach)
}

/// Whether the player of a character has left. Who belongs to nobody is played by a game master.
pub(crate) fn is_away(world: &World, entity: Entity) -> bool {
    let Some(owner) = world.get::<Owner>(entity) else {
        return false;
    };
    let players = world.get_resource::<Players>();
    let known = players.and_then(|players| players.get(owner.0));
    !known.is_some_and(|known| known.online)
}

pub(crate) fn watch(world: &mut World) {
    let moved = std::mem::take(&mut world.resource_mut::<Moved>().0);
    let open: Vec<Uid> = world.resource::<OpenTrades>().iter().collect();
    for uid in open {
        let entity = world.resource::<UidIndex>().get(uid);
        let known = entity.and_then(|e| Some((e, world.get::<Trade>(e)?.clone())));
        let Some((entity, trade)) = known else {
            world.resource_mut::<OpenTrades>().0.remove(&uid);
            continue;
        };
        let done = if let Some(why) = over(world, &trade) {
            world.transact("inventory.trade_over", |txn| end(txn, uid, why))
        } else {
            follow(world, uid, entity, trade, &moved)
        };
        if let Err(refusal) = done {
            tracing::warn!("the trade {uid} could not be looked after: {refusal}");
        }
    }
}

/// What was offered has been used, dropped, worn out: the offer says so, and nobody agrees to it.
fn follow(
    world: &mut World,
    uid: Uid,
    entity: Entity,
    mut trade: Trade,
    moved: &[Entity],
) -> Result<(), wayfarer_core::refusal::Refusal> {
    let content = world.resource::<ActiveContent>().0.clone();
    let index = world.resource::<UidIndex>();
    let mut different = false;
    for side in &mut trade.sides {
        let owner = index.get(side.who).filter(|owner| moved.contains(owner));
        different |= owner.is_some_and(|owner| refresh(world, &content, owner, side));
    }
    if !different {
        return Ok(());
    }
    trade.edited();
    world.transact("inventory.trade_follows", |txn| {
        tell_changed(txn, uid, &trade);
        txn.set(entity, trade)
    })
}

/// A loaded world has no trades: what they were about may be anywhere.
pub(crate) fn restored(world: &mut World, _: &mut RestoreReport) {
    let mut trades = world.query::<(Entity, &Identity, &Trade)>();
    let mut all: Vec<(Uid, Entity, Trade)> = trades
        .iter(world)
        .map(|(entity, uid, trade)| (uid.0, entity, trade.clone()))
        .collect();
    all.sort_unstable_by_key(|(uid, ..)| *uid);
    if let Some(mut open) = world.get_resource_mut::<OpenTrades>() {
        open.0.clear();
    }
    for (uid, entity, trade) in all {
        world.despawn(entity);
        let [a, b] = &trade.sides;
        for (who, with) in [(a.who, b.who), (b.who, a.who)] {
            let entity = world.get_resource::<UidIndex>().and_then(|i| i.get(who));
            if let Some(entity) = entity {
                let why = TradeEnd::Loaded;
                TradeEnded {
                    entity,
                    with,
                    trade: uid,
                    why,
                }
                .tell(world);
            }
        }
    }
}

pub(crate) fn plugin(app: &mut App) {
    app.init_resource::<OpenTrades>()
        .init_resource::<KnownTrades>()
        .init_resource::<Moved>()
        .on_committed::<Inventory>(items_committed)
        .add_systems(
            RulesTick,
            watch
                .in_set(RulesSystems::Settle)
                .after(StatSystems::Settle)
                .after(crate::container::close_left)
                .run_if(is_host)
                .run_if(|open: Res<OpenTrades>| !open.0.is_empty()),
        );
}
