//! Reads a trade out of the world.

use bevy::prelude::*;
use wayfarer_core::{
    authority::Policies,
    content::{ActiveContent, Content},
    id::{Uid, UidIndex},
    text::Texts,
};
use wayfarer_inventory::{
    Inventory, Item,
    constraint::{Planned, Purpose, check_with_contents},
    content::ItemDef,
    currency::{Money, Purse},
    naming::display_name,
    trade::{Trade, TradeSide, can_trade},
    value::appraise,
    view::View,
};

use super::{
    model::{OfferRow, OfferSide, TradeModel, TradeView},
    my_trades,
};
use crate::{build, game_panel::PanelScene};

/// More people than this are not offered.
const PARTNERS: usize = 30;

/// The trade of the player's character, or who could be asked.
pub(super) fn trade_model(scene: &PanelScene<'_>) -> TradeModel {
    let trade = my_trades(scene).into_iter().next();
    let trade = trade.and_then(|(uid, trade)| view(scene, uid, trade));
    TradeModel {
        partners: match trade {
            Some(_) => Vec::new(),
            None => partners(scene),
        },
        trade,
        feedback: scene.feedback(),
    }
}

fn view(scene: &PanelScene<'_>, uid: Uid, trade: &Trade) -> Option<TradeView> {
    let world = scene.world;
    let content = &world.get_resource::<ActiveContent>()?.0;
    let me = scene.local_uid()?;
    let (own, other) = trade.seen_by(me)?;
    let local = scene.local?;
    let inventory = world.get::<Inventory>(local)?;
    let with = world.get_resource::<UidIndex>()?.get(other.who);
    let with = with.map_or_else(|| other.who.to_string(), |e| build::name_of(world, e));
    let money = Money::of(content);
    let offered = |item: &Item| own.items.iter().any(|known| known.item.uid == item.uid);
    let is_coin = |item: &Item| money.is_some_and(|money| money.index_of(item.def).is_some());
    let bags = inventory
        .iter()
        .filter(|item| item.place.slot().is_none() && !offered(item) && !is_coin(item));
    let failed = trade.failed.as_ref().map(|refusal| {
        let texts = world.get_resource::<Texts>();
        texts.map_or_else(|| refusal.to_string(), |t| t.refusal(refusal, content))
    });
    Some(TradeView {
        uid,
        phase: trade.phase,
        revision: trade.revision,
        asked_by_me: trade.side_of(me) == Some(0),
        with,
        own: side(world, content, own),
        other: side(world, content, other),
        failed,
        bags: bags
            .map(|item| OfferRow {
                refusal: kept(world, content, local, item),
                ..row(world, content, item, &inventory.contents(item.uid))
            })
            .collect(),
        purse: Purse::in_force(content, inventory).worth,
    })
}

fn side(world: &World, content: &Content, side: &TradeSide) -> OfferSide {
    let show = |amount: u64| {
        Money::of(content).map_or_else(|| amount.to_string(), |money| money.show(amount))
    };
    let worth = |item: &Item| {
        let each = appraise(content, item).total;
        each.saturating_mul(u64::from(item.count))
    };
    let things = side.items.iter();
    let things = things.flat_map(|offered| std::iter::once(&offered.item).chain(&offered.inside));
    let all = things.fold(side.money, |sum, item| sum.saturating_add(worth(item)));
    OfferSide {
        items: side
            .items
            .iter()
            .map(|offered| {
                let inside: Vec<&Item> = offered.inside.iter().collect();
                row(world, content, &offered.item, &inside)
            })
            .collect(),
        amount: side.money,
        money: match side.money {
            0 => String::new(),
            amount => show(amount),
        },
        worth: show(all),
        agreed: side.agreed,
    }
}

fn row(world: &World, content: &Content, item: &Item, inside: &[&Item]) -> OfferRow {
    let def = content.table::<ItemDef>().get(item.def);
    OfferRow {
        uid: item.uid,
        name: display_name(world, item),
        count: item.count,
        inside: inside
            .iter()
            .map(|inner| match inner.count {
                1 => display_name(world, inner),
                count => format!("{} ×{count}", display_name(world, inner)),
            })
            .collect(),
        description: def.map_or_else(String::new, |def| def.description.clone()),
        refusal: None,
    }
}

/// Why somebody's thing can not be offered.
fn kept(world: &World, content: &Content, owner: Entity, item: &Item) -> Option<String> {
    let view = View::of(world, content, owner).ok()?;
    let planned = Planned {
        item,
        count: item.count,
        purpose: Purpose::Trade,
        to: None,
    };
    let refusal = check_with_contents(&view, &planned).err()?;
    Some(build::say(world, &refusal))
}

/// Whom the player could ask; whom they deal with comes first.
fn partners(scene: &PanelScene<'_>) -> Vec<(Uid, String)> {
    let (world, Some(me)) = (scene.world, scene.local) else {
        return Vec::new();
    };
    let Some(index) = world.get_resource::<UidIndex>() else {
        return Vec::new();
    };
    let reach = world
        .get_resource::<Policies>()
        .copied()
        .unwrap_or_default();
    // On a client the things of others are not known, so anybody who may have some is offered.
    let may = |other: Entity| {
        let host = world.get::<Inventory>(other).is_some();
        match host {
            true => can_trade(world, other),
            false => build::is_somebody(world, other),
        }
    };
    let visited = scene.visited().map(|(uid, _)| uid);
    let mut found: Vec<(Uid, Entity)> = index
        .sorted()
        .into_iter()
        .filter(|&(_, other)| other != me && may(other) && (reach.in_reach)(world, me, other))
        .collect();
    found.sort_by_key(|&(uid, _)| (Some(uid) != visited, uid));
    found.truncate(PARTNERS);
    let named = found.into_iter();
    named
        .map(|(uid, entity)| (uid, build::name_of(world, entity)))
        .collect()
}
