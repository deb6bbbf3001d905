//! The host and the guest trade: asked, answered, offered, changed, agreed to twice.

use bevy::prelude::*;
use wayfarer::{
    core::door::RequestId,
    inventory::{
        actions::{AcceptTrade, AnswerTrade, AskTrade, OfferTrade, TradeStep},
        trade::{Trade, TradePhase, trades_with},
    },
    prelude::*,
};

use super::{Pair, blessing::walk};
use crate::{game, headless::stage::Steps};

/// Who trades, and about what.
struct Table {
    hanna: Uid,
    gus: Uid,
    trade: Uid,
}

const CHARM: &str = "demo:lucky_charm";
const MAP: &str = "demo:old_map";

/// The character of the guest is `gus`.
pub fn play(pair: &mut Pair, gus: Uid, steps: &mut Steps) {
    let Some((_, hanna)) = game::my_character(pair.host.world_mut(), PlayerId::LOCAL) else {
        return steps.step("Hanna trades", Err("she has no character".into()));
    };
    let told = match as_gus(pair, gus, &AskTrade { with: hanna }) {
        Err(why) if why.contains("out_of_reach") => Ok(why),
        Err(why) => Err(why),
        Ok(()) => Err("he could".into()),
    };
    steps.step("nobody trades across the clearing", told);
    let walked = walk(pair, gus, Vec3::new(0.6, 0.0, 2.0));
    steps.step("Gus walks to Hanna", walked);
    let asked = as_hanna(pair, hanna, &AskTrade { with: gus });
    let seen = see(pair, gus, |trade| trade.phase == TradePhase::Asked);
    let told = asked.as_ref().map_err(ToString::to_string);
    let told = told.and(seen);
    steps.step("Hanna asks him to trade; he sees it", told);
    let Ok(trade) = asked else { return };
    let table = Table { hanna, gus, trade };
    let told = as_gus(pair, gus, &AnswerTrade { trade, yes: true })
        .and_then(|()| see(pair, gus, |trade| trade.phase == TradePhase::Offer));
    steps.step("he says yes", told);
    let told = lay_out(pair, &table);
    steps.step("she offers a charm, he an old map and five gold", told);
    let told = too_much(pair, &table);
    steps.step("nobody offers money that they do not have", told);
    let told = change_of_mind(pair, &table);
    steps.step(
        "he agrees; she changes her offer; his word is his own again",
        told,
    );
    let told = stale(pair, &table);
    steps.step("nobody agrees to what has just been changed", told);
    let told = agree(pair, &table);
    steps.step("both agree, look again, and agree again", told);
    let told = swapped(pair, &table);
    steps.step("each has what the other had, on both machines", told);
}

pub(super) fn as_hanna<A: Action>(
    pair: &mut Pair,
    hanna: Uid,
    wish: &A,
) -> Result<A::Receipt, Refusal> {
    let world = pair.host.world_mut();
    world.act(PlayerId::LOCAL, Some(hanna), wish)
}

/// Gus asks for something over the wire and waits for the answer.
pub(super) fn as_gus<A: Action>(pair: &mut Pair, gus: Uid, wish: &A) -> Result<(), String> {
    let world = pair.guest.world_mut();
    world.resource_mut::<Messages<Answered>>().clear();
    let id: RequestId = world.resource_mut::<Outbox>().send(Some(gus), wish);
    let mut answer = Err("no answer within 10 seconds".to_owned());
    pair.run_until(10.0, |pair| {
        let mut told = pair.guest.world_mut().resource_mut::<Messages<Answered>>();
        let Some(told) = told.drain().find(|told| told.id == id) else {
            return false;
        };
        answer = told.result.map(|_| ()).map_err(|r| r.to_string());
        true
    });
    answer
}

/// Waits until Gus sees the trade like this.
fn see(pair: &mut Pair, gus: Uid, fits: impl Fn(&Trade) -> bool) -> Result<String, String> {
    let mut last = None;
    let seen = pair.run_until(10.0, |pair| {
        last = shown(pair, gus);
        last.as_ref().is_some_and(&fits)
    });
    match last {
        Some(trade) if seen => Ok(format!("{:?}, revision {}", trade.phase, trade.revision)),
        Some(trade) => Err(format!("he sees {trade:?}")),
        None => Err("he sees no trade".into()),
    }
}

/// The trade as Gus sees it.
fn shown(pair: &Pair, gus: Uid) -> Option<Trade> {
    let mut all = trades_with(pair.guest.world(), gus).into_iter();
    all.next().map(|(_, trade)| trade.clone())
}

/// A thing of somebody's, as an app knows it.
fn owns(app: &App, who: Uid, name: &str) -> Option<Uid> {
    let entity = app.world().resource::<UidIndex>().get(who)?;
    let def = DefId::of(name);
    let inventory = app.world().get::<Inventory>(entity)?;
    inventory.iter().find(|item| item.def == def).map(|i| i.uid)
}

fn hannas(pair: &mut Pair, table: &Table, money: u64) -> Result<(), String> {
    let charm = owns(&pair.host, table.hanna, CHARM).ok_or("Hanna has no charm")?;
    let wish = OfferTrade {
        trade: table.trade,
        items: vec![(charm, 1)],
        money,
    };
    as_hanna(pair, table.hanna, &wish).map_err(|r| r.to_string())
}

fn offer(pair: &mut Pair, table: &Table, money: u64) -> Result<(), String> {
    let map = owns(&pair.guest, table.gus, MAP).ok_or("Gus has no map")?;
    let wish = OfferTrade {
        trade: table.trade,
        items: vec![(map, 1)],
        money,
    };
    as_gus(pair, table.gus, &wish)
}

fn lay_out(pair: &mut Pair, table: &Table) -> Result<String, String> {
    hannas(pair, table, 0)?;
    offer(pair, table, 5)?;
    see(pair, table.gus, |trade| {
        let [hanna, gus] = &trade.sides;
        hanna.items.len() == 1 && gus.items.len() == 1 && gus.money == 5
    })
}

fn too_much(pair: &mut Pair, table: &Table) -> Result<String, String> {
    match offer(pair, table, 1_000_000) {
        Err(why) if why.contains("insufficient_funds") => Ok(why),
        Err(why) => Err(why),
        Ok(()) => Err("he could".into()),
    }
}

/// What Gus agrees to: what he sees.
fn word(pair: &Pair, table: &Table) -> Result<AcceptTrade, String> {
    let trade = shown(pair, table.gus).ok_or("he sees no trade")?;
    Ok(AcceptTrade {
        trade: table.trade,
        phase: trade.phase,
        revision: trade.revision,
    })
}

fn change_of_mind(pair: &mut Pair, table: &Table) -> Result<String, String> {
    let wish = word(pair, table)?;
    as_gus(pair, table.gus, &wish)?;
    see(pair, table.gus, |trade| trade.sides[1].agreed)?;
    hannas(pair, table, 2)?;
    see(pair, table.gus, |trade| {
        let open = trade.phase == TradePhase::Offer && !trade.sides[1].agreed;
        open && trade.sides[0].money == 2
    })
}

fn stale(pair: &mut Pair, table: &Table) -> Result<String, String> {
    let mut wish = word(pair, table)?;
    wish.revision = wish.revision.saturating_sub(1);
    match as_gus(pair, table.gus, &wish) {
        Err(why) if why.contains("trade_changed") => Ok(why),
        Err(why) => Err(why),
        Ok(()) => Err("he could".into()),
    }
}

fn agree(pair: &mut Pair, table: &Table) -> Result<String, String> {
    let wish = word(pair, table)?;
    as_gus(pair, table.gus, &wish)?;
    let step = as_hanna(pair, table.hanna, &wish).map_err(|r| r.to_string())?;
    if step != TradeStep::Review {
        return Err(format!("{step:?} instead of a second look"));
    }
    see(pair, table.gus, |trade| {
        trade.phase == TradePhase::Review && trade.sides.iter().all(|side| !side.agreed)
    })?;
    let wish = word(pair, table)?;
    as_gus(pair, table.gus, &wish)?;
    let step = as_hanna(pair, table.hanna, &wish).map_err(|r| r.to_string())?;
    match step {
        TradeStep::Done => Ok("done".into()),
        step => Err(format!("{step:?}")),
    }
}

fn swapped(pair: &mut Pair, table: &Table) -> Result<String, String> {
    let mut seen = (None, None, true);
    let well = pair.run_until(10.0, |pair| {
        seen = (
            owns(&pair.guest, table.gus, CHARM),
            owns(&pair.host, table.hanna, MAP),
            shown(pair, table.gus).is_some(),
        );
        matches!(seen, (Some(_), Some(_), false))
    });
    match seen {
        (Some(charm), Some(map), false) if well => Ok(format!("{charm} and {map}")),
        seen => Err(format!("{seen:?}")),
    }
}
