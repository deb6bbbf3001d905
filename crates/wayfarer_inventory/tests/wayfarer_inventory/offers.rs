//! What may lie on the table in a trade, and what becomes of it there.

use wayfarer_core::prelude::*;
use wayfarer_inventory::{
    actions::{CancelTrade, OfferTrade, TradeStep},
    prelude::*,
    trade::{MAX_SHOWN, TradeEnd, TradePhase},
};

use crate::{
    rig::{ANN, BOB},
    trades::{Table, table},
};

#[test]
fn what_may_be_offered() {
    let mut table = table();
    let (ann, trade) = (table.ann, table.trade);
    let blade = table.rig.get(ann.0, "blade", 1);
    let herbs = table.rig.get(ann.0, "herb", 5);
    let coins = table.rig.get(ann.0, "copper", 5);
    let heirloom = table.rig.get(ann.0, "heirloom", 1);
    let theirs = table.rig.get(table.bob.0, "blade", 1);
    let offer = |items: Vec<(Uid, u32)>, money| OfferTrade {
        trade,
        items,
        money,
    };
    for (action, code) in [
        (offer(vec![(theirs, 1)], 0), "not_found"),
        (offer(vec![(herbs, 0)], 0), "invalid_amount"),
        (offer(vec![(herbs, 6)], 0), "invalid_amount"),
        (offer(vec![(herbs, 1), (herbs, 1)], 0), "invalid_amount"),
        (offer(vec![(coins, 1)], 0), "is_money"),
        (offer(vec![(heirloom, 1)], 0), "bound"),
        (offer(vec![(blade, 1)], 6), "insufficient_funds"),
        (offer(vec![(blade, 1); 65], 0), "invalid_amount"),
        (
            OfferTrade {
                trade: ann.1,
                items: vec![],
                money: 0,
            },
            "not_found",
        ),
    ] {
        let refusal = table.rig.refused(ANN, ann.1, &action);
        assert_eq!(refusal.code.as_str(), code, "{action:?}");
    }
    // A third person has no part in it.
    let (_, third) = table.rig.hero(BOB);
    let peek = CancelTrade { trade };
    assert_eq!(
        table.rig.refused(BOB, third, &peek).code.as_str(),
        "not_found"
    );
}

/// A thing in a bag that is offered too would be seen twice and given once.
#[test]
fn nothing_is_shown_twice() {
    let mut table = table();
    let (ann, trade) = (table.ann, table.trade);
    let bag = table.rig.get(ann.0, "satchel", 1);
    let inside = Place::Inside { bag, pocket: 0 };
    let herbs = table.rig.get(ann.0, "herb", 9);
    let blade = table.rig.get(ann.0, "blade", 1);
    let into = |item| MoveItem {
        item,
        to: inside,
        before: None,
    };
    table.rig.act(ANN, ann.1, &into(herbs)).unwrap();
    for items in [vec![(herbs, 9), (bag, 1)], vec![(bag, 1), (herbs, 2)]] {
        let offer = OfferTrade {
            trade,
            items,
            money: 0,
        };
        let refusal = table.rig.refused(ANN, ann.1, &offer);
        assert_eq!(refusal.code.as_str(), "offered_twice");
    }
    // And not by putting it in afterwards.
    table.offer(true, &[(blade, 1), (bag, 1)], 0);
    table.rig.act(ANN, ann.1, &into(blade)).unwrap();
    table.rig.tick();
    let [side, _] = &table.state().unwrap().sides;
    assert_eq!(side.items.len(), 1, "{side:?}");
    assert_eq!(side.items[0].item.uid, bag);
    assert_eq!(side.items[0].inside.len(), 2);
    for ann in [true, false, true, false] {
        table.accept(ann);
    }
    let bob = table.bob.0;
    assert_eq!(
        (table.rig.has(bob, "blade"), table.rig.has(bob, "herb")),
        (1, 9)
    );
    table.over(TradeEnd::Done);
}

#[test]
fn an_offer_follows_its_things() {
    let mut table = table();
    let ann = table.ann;
    let blade = table.rig.get(ann.0, "blade", 1);
    let herbs = table.rig.get(ann.0, "herb", 5);
    table.rig.get(ann.0, "silver", 2);
    table.offer(true, &[(blade, 1), (herbs, 4)], 15);
    table.accept(true);
    table.accept(false);
    // Put elsewhere in the same bags: still the same thing.
    let elsewhere = MoveItem {
        item: blade,
        to: Place::In(1),
        before: None,
    };
    table.rig.act(ANN, ann.1, &elsewhere).unwrap();
    table.rig.tick();
    assert_eq!(table.state().unwrap().phase, TradePhase::Review);
    // Dropped: no part of the offer any more, and nobody has agreed to what is left.
    table
        .rig
        .act(
            ANN,
            ann.1,
            &DropItem {
                item: blade,
                count: None,
            },
        )
        .unwrap();
    table.rig.tick();
    let state = table.state().unwrap();
    assert_eq!(
        (state.phase, state.sides[0].items.len()),
        (TradePhase::Offer, 1)
    );
    table
        .rig
        .act(
            ANN,
            ann.1,
            &DropItem {
                item: herbs,
                count: Some(2),
            },
        )
        .unwrap();
    let silver = table.rig.stack(ann.0, "silver");
    table
        .rig
        .act(
            ANN,
            ann.1,
            &DropItem {
                item: silver,
                count: Some(1),
            },
        )
        .unwrap();
    table.rig.tick();
    let side = &table.state().unwrap().sides[0];
    assert_eq!((side.items.len(), side.money), (0, 10));
    table.rig.check_worth();
}

/// In the same tick, before anybody looks after the trade: the last agreement finds it out.
#[test]
fn what_is_gone_is_not_given() {
    let mut table = table();
    let ann = table.ann;
    let blade = table.rig.get(ann.0, "blade", 1);
    table.offer(true, &[(blade, 1)], 0);
    for who in [true, false, true] {
        table.accept(who);
    }
    table
        .rig
        .act(
            ANN,
            ann.1,
            &DropItem {
                item: blade,
                count: None,
            },
        )
        .unwrap();
    let TradeStep::Failed(why) = table.accept(false) else {
        panic!("it can not be done");
    };
    assert_eq!(why.code.as_str(), "not_found");
    let state = table.state().unwrap();
    assert_eq!(state.phase, TradePhase::Offer);
    assert_eq!(state.failed.as_ref(), Some(&why));
    table.rig.check_worth();
}

/// What has become something else since it was looked at is not what was agreed on.
#[test]
fn what_has_changed_is_not_given() {
    let mut table = table();
    let ann = table.ann;
    let blade = table.rig.get(ann.0, "blade", 1);
    table.offer(true, &[(blade, 1)], 0);
    for who in [true, false, true] {
        table.accept(who);
    }
    let op = wayfarer_inventory::ItemOp::SetExt {
        uid: blade,
        kind: DefId::of("test.rust"),
        bytes: Some(serde_bytes::ByteBuf::from(vec![1])),
    };
    let world = table.rig.app.world_mut();
    let rust = world.transact("test.rust", |txn| txn.op::<Inventory>(ann.0, op));
    rust.unwrap();
    let TradeStep::Failed(why) = table.accept(false) else {
        panic!("it can not be done");
    };
    assert_eq!(why.to_string(), "offer_gone (item Blade)");
    assert_eq!(table.state().unwrap().failed.as_ref(), Some(&why));
    assert_eq!(table.rig.has(ann.0, "blade"), 1);
    table.rig.check_worth();
}

/// An offer is sent whole whenever it changes, so it can not be longer than somebody would read.
#[test]
fn more_than_a_thousand_things_are_not_shown() {
    let mut table = table();
    let (ann, trade) = (table.ann, table.trade);
    let satchel = table.rig.get(ann.0, "satchel", 1);
    let inside = Place::Inside {
        bag: satchel,
        pocket: 0,
    };
    let fill = |table: &mut Table, stacks: u32| {
        // More than fits, as only a game's own rule would put there.
        for _ in 0..stacks {
            let world = table.rig.app.world_mut();
            let put = world.transact("test.fill", |txn| {
                let uid = txn.mint();
                let def = crate::rig::def("feather");
                let order = u32::try_from(uid.get()).unwrap();
                let item = Item::new(uid, def, 1).at(inside, order);
                txn.record(MovementKind::Granted, uid, def, 1);
                txn.op::<Inventory>(ann.0, wayfarer_inventory::ItemOp::Insert(item))
            });
            put.unwrap();
        }
    };
    let offer = OfferTrade {
        trade,
        items: vec![(satchel, 1)],
        money: 0,
    };
    fill(&mut table, MAX_SHOWN as u32 - 1);
    table.rig.act(ANN, ann.1, &offer).unwrap();
    fill(&mut table, 1);
    let refusal = table.rig.refused(ANN, ann.1, &offer);
    assert_eq!(
        refusal.to_string(),
        "invalid_amount (amount 1001, max 1000)"
    );
}
