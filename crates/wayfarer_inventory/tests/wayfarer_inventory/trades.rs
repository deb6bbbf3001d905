//! Trades between two: nothing moves before both have agreed twice.

use bevy::prelude::*;
use wayfarer_core::{action::HostWorldExt, fact::Fact, prelude::*, state};
use wayfarer_inventory::{
    actions::{AcceptTrade, AnswerTrade, AskTrade, CancelTrade, OfferTrade, TradeStep},
    audit::audit,
    facts::TradeEnded,
    prelude::*,
    trade::{OpenTrades, Trade, TradeEnd, TradePhase, trade_of, trades_with},
};

use crate::{
    market::market,
    rig::{ANN, BOB, Rig},
};

pub struct Table {
    pub rig: Rig,
    pub ann: (Entity, Uid),
    pub bob: (Entity, Uid),
    pub trade: Uid,
}

#[derive(Resource, Default)]
struct Ended(Vec<TradeEnd>);

pub fn two() -> Table {
    let mut rig = market();
    rig.app
        .init_resource::<Ended>()
        .add_observer(|end: On<TradeEnded>, mut all: ResMut<Ended>| all.0.push(end.why));
    let (ann, bob) = (rig.hero(ANN), rig.hero(BOB));
    let trade = rig.act(ANN, ann.1, &AskTrade { with: bob.1 }).unwrap();
    Table {
        rig,
        ann,
        bob,
        trade,
    }
}

pub fn table() -> Table {
    let mut table = two();
    let yes = AnswerTrade {
        trade: table.trade,
        yes: true,
    };
    table.rig.act(BOB, table.bob.1, &yes).unwrap();
    table
}

impl Table {
    pub fn state(&self) -> Option<&Trade> {
        let index = self.rig.app.world().resource::<UidIndex>();
        self.rig.app.world().get(index.get(self.trade)?)
    }

    pub fn who(&self, ann: bool) -> (PlayerId, Uid) {
        if ann {
            (ANN, self.ann.1)
        } else {
            (BOB, self.bob.1)
        }
    }

    pub fn offer(&mut self, ann: bool, items: &[(Uid, u32)], money: u64) {
        let (player, me) = self.who(ann);
        let trade = self.trade;
        let items = items.to_vec();
        let offer = OfferTrade {
            trade,
            items,
            money,
        };
        self.rig.act(player, me, &offer).unwrap();
    }

    pub fn accept(&mut self, ann: bool) -> TradeStep {
        let (player, me) = self.who(ann);
        let state = self.state().unwrap();
        let accept = AcceptTrade {
            trade: self.trade,
            phase: state.phase,
            revision: state.revision,
        };
        self.rig.act(player, me, &accept).unwrap()
    }

    pub fn ended(&self) -> &[TradeEnd] {
        &self.rig.app.world().resource::<Ended>().0
    }

    pub fn over(&self, why: TradeEnd) {
        assert_eq!(self.ended(), [why, why], "both are told");
        assert!(self.state().is_none());
        assert_eq!(
            self.rig.app.world().resource::<OpenTrades>().iter().count(),
            0
        );
        for who in [self.ann.1, self.bob.1] {
            assert!(trade_of(self.rig.app.world(), who).is_none());
        }
        self.rig.check_worth();
    }
}

#[test]
fn two_agree_twice_and_everything_changes_hands() {
    let mut table = table();
    let blade = table.rig.get(table.ann.0, "blade", 1);
    let herbs = table.rig.get(table.bob.0, "herb", 15);
    table.rig.get(table.bob.0, "gold", 1);
    table.offer(true, &[(blade, 1)], 0);
    table.offer(false, &[(herbs, 6)], 30);
    assert_eq!(table.accept(true), TradeStep::Waiting);
    assert_eq!(table.accept(true), TradeStep::Waiting, "twice is once");
    assert_eq!(table.accept(false), TradeStep::Review);
    assert_eq!(table.rig.has(table.bob.0, "blade"), 0, "nothing has moved");
    assert!(table.state().unwrap().sides.iter().all(|side| !side.agreed));
    assert_eq!(table.accept(false), TradeStep::Waiting);
    assert_eq!(table.accept(true), TradeStep::Done);
    let (a, b) = (table.ann.0, table.bob.0);
    let rig = &table.rig;
    assert_eq!(
        [rig.has(a, "blade"), rig.has(a, "herb"), rig.purse(a)],
        [0, 6, 30]
    );
    assert_eq!(
        [rig.has(b, "blade"), rig.has(b, "herb"), rig.purse(b)],
        [1, 9, 70]
    );
    assert!(rig.bag(b).get(blade).is_some(), "the very blade");
    table.over(TradeEnd::Done);
}

#[test]
fn a_double_click_agrees_to_nothing_else() {
    let mut table = table();
    let blade = table.rig.get(table.ann.0, "blade", 1);
    table.offer(true, &[(blade, 1)], 0);
    let state = table.state().unwrap();
    let (trade, phase, revision) = (table.trade, state.phase, state.revision);
    let click = AcceptTrade {
        trade,
        phase,
        revision,
    };
    table.accept(false);
    table.rig.act(ANN, table.ann.1, &click).unwrap();
    assert_eq!(table.state().unwrap().phase, TradePhase::Review);
    let again = table.rig.refused(ANN, table.ann.1, &click);
    assert_eq!(again.code.as_str(), "trade_changed");

    // An edit in review takes everything back.
    table.accept(false);
    table.offer(true, &[], 0);
    let state = table.state().unwrap();
    assert_eq!(state.phase, TradePhase::Offer);
    assert!(state.sides.iter().all(|side| !side.agreed));
    let nothing = AcceptTrade {
        trade: table.trade,
        phase: state.phase,
        revision: state.revision,
    };
    let refusal = table.rig.refused(BOB, table.bob.1, &nothing);
    assert_eq!(refusal.code.as_str(), "nothing_offered");
}

#[test]
fn who_can_be_asked() {
    let mut table = two();
    let trade = table.trade;
    let (ann, bob) = (table.ann, table.bob);
    let merchant = table.rig.merchant();
    let (third, third_uid) = table.rig.hero(BOB);
    let ask = |with| AskTrade { with };
    // Ann has asked, so she is busy; Bob is not before he says yes.
    assert_eq!(
        table.rig.refused(ANN, ann.1, &ask(third_uid)).code.as_str(),
        "trading"
    );
    let offer = OfferTrade {
        trade,
        items: vec![],
        money: 0,
    };
    assert_eq!(
        table.rig.refused(ANN, ann.1, &offer).code.as_str(),
        "trade_changed"
    );
    let own = AnswerTrade { trade, yes: true };
    assert_eq!(
        table.rig.refused(ANN, ann.1, &own).code.as_str(),
        "trade_changed"
    );
    for (with, code) in [
        (merchant.1, "no_partner"),
        (bob.1, "no_partner"),
        (trade, "no_partner"),
    ] {
        assert_eq!(
            table.rig.refused(BOB, bob.1, &ask(with)).code.as_str(),
            code
        );
    }
    table
        .rig
        .app
        .world_mut()
        .entity_mut(third)
        .insert(Position::ground(99.0, 0.0));
    assert_eq!(
        table.rig.refused(BOB, bob.1, &ask(third_uid)).code.as_str(),
        "out_of_reach"
    );
    table
        .rig
        .app
        .world_mut()
        .entity_mut(third)
        .insert(Position::default());
    let another = table.rig.act(BOB, bob.1, &ask(third_uid)).unwrap();
    let yes = AnswerTrade { trade, yes: true };
    assert_eq!(table.rig.refused(BOB, bob.1, &yes).code.as_str(), "trading");
    table
        .rig
        .act(BOB, bob.1, &CancelTrade { trade: another })
        .unwrap();
    table
        .rig
        .app
        .world_mut()
        .resource_mut::<Players>()
        .depart(ANN);
    table.rig.tick();
    let mut players = table.rig.app.world_mut().resource_mut::<Players>();
    assert!(players.get(ANN).is_some_and(|ann| !ann.online));
    players.arrive(BOB, "Bob", Role::Player);
    assert_eq!(
        table.rig.refused(BOB, bob.1, &ask(ann.1)).code.as_str(),
        "away"
    );
    assert!(table.ended().contains(&TradeEnd::Away));
}

#[test]
fn only_the_two_see_it() {
    let table = two();
    let index = table.rig.app.world().resource::<UidIndex>();
    let entity = index.get(table.trade).unwrap();
    let viewers = table.rig.app.world().get::<Viewers>(entity).unwrap();
    assert_eq!(viewers.0.iter().copied().collect::<Vec<_>>(), [ANN, BOB]);
}

#[test]
fn trades_end_and_nothing_is_lost() {
    type Way = fn(&mut Table);
    let ways: [(TradeEnd, Way); 6] = [
        (TradeEnd::Cancelled, |t| {
            t.rig
                .act(BOB, t.bob.1, &CancelTrade { trade: t.trade })
                .unwrap();
        }),
        (TradeEnd::OutOfReach, |t| {
            let far = Position::ground(40.0, 0.0);
            t.rig.app.world_mut().entity_mut(t.bob.0).insert(far);
        }),
        (TradeEnd::Away, |t| {
            t.rig.app.world_mut().resource_mut::<Players>().depart(BOB);
        }),
        (TradeEnd::Gone, |t| {
            let bob = t.bob.0;
            let world = t.rig.app.world_mut();
            world
                .transact("test.leave", |txn| {
                    wayfarer_inventory::release::release(txn, bob)?;
                    txn.despawn(bob)
                })
                .unwrap();
        }),
        (TradeEnd::Gone, |t| {
            t.rig
                .app
                .world_mut()
                .entity_mut(t.bob.0)
                .remove::<Inventory>();
        }),
        (TradeEnd::Loaded, |t| {
            let saved = state::snapshot_world(t.rig.app.world());
            let report = state::restore_world(t.rig.app.world_mut(), &saved);
            assert!(report.problems.is_empty(), "{report:?}");
        }),
    ];
    for (why, way) in ways {
        let mut table = table();
        let blade = table.rig.get(table.ann.0, "blade", 1);
        let herbs = table.rig.get(table.bob.0, "herb", 5);
        table.offer(true, &[(blade, 1)], 0);
        table.offer(false, &[(herbs, 5)], 0);
        for ann in [true, false, true] {
            table.accept(ann);
        }
        let there = audit(table.rig.app.world());
        way(&mut table);
        table.rig.tick();
        table.rig.tick();
        assert!(!table.ended().is_empty(), "{why:?}");
        assert!(
            table.ended().iter().all(|end| *end == why),
            "{why:?}: {:?}",
            table.ended()
        );
        assert!(table.state().is_none(), "{why:?}");
        if why == TradeEnd::Loaded {
            // A loaded world begins a new ledger.
            assert_eq!(audit(table.rig.app.world()), there);
        } else {
            table.rig.check_worth();
        }
        if why == TradeEnd::Cancelled {
            table.over(why);
        }
    }
}

#[test]
fn nobody_waits_for_ever() {
    let mut table = two();
    for _ in 0..61 * 20 {
        table.rig.tick();
    }
    table.over(TradeEnd::Unanswered);
    let mut table = two();
    let no = AnswerTrade {
        trade: table.trade,
        yes: false,
    };
    table.rig.act(BOB, table.bob.1, &no).unwrap();
    table.over(TradeEnd::Declined);
}

#[test]
fn full_bags_can_swap_and_what_does_not_fit_goes_back_to_the_table() {
    let mut table = table();
    let (ann, bob) = (table.ann, table.bob);
    let mine = table.rig.give_any(ann.0, "brick", 0);
    let theirs = table.rig.give_any(bob.0, "brick", 0);
    table.offer(true, &[(mine, 1)], 0);
    table.offer(false, &[(theirs, 1)], 0);
    for who in [true, false, true] {
        table.accept(who);
    }
    assert_eq!(table.accept(false), TradeStep::Done);
    assert!(table.rig.bag(ann.0).get(theirs).is_some());

    let trade = table
        .rig
        .act(ANN, ann.1, &AskTrade { with: bob.1 })
        .unwrap();
    table.trade = trade;
    table
        .rig
        .act(BOB, bob.1, &AnswerTrade { trade, yes: true })
        .unwrap();
    table.offer(true, &[(theirs, 1)], 0);
    for who in [true, false, true] {
        table.accept(who);
    }
    let before = table.rig.bag(ann.0).clone();
    let TradeStep::Failed(why) = table.accept(false) else {
        panic!("Bob's bag is full");
    };
    assert!(
        ["exceeds_bulk", "insufficient_space"].contains(&why.code.as_str()),
        "{why}"
    );
    assert_eq!(table.rig.bag(ann.0), &before, "nothing has happened");
    table.rig.check_worth();
}

/// Both offer money: only the difference moves, and nobody needs change for it.
#[test]
fn money_against_money() {
    let mut table = table();
    let (ann, bob) = (table.ann, table.bob);
    table.rig.get(ann.0, "gold", 1);
    table.rig.get(bob.0, "silver", 9);
    table.offer(true, &[], 100);
    table.offer(false, &[], 90);
    for who in [true, false, true, false] {
        table.accept(who);
    }
    assert_eq!((table.rig.purse(ann.0), table.rig.purse(bob.0)), (90, 100));
    table.over(TradeEnd::Done);
}

#[test]
fn facts_are_told_once() {
    fn is_fact<F: Fact>() {}
    is_fact::<TradeEnded>();
    let table = table();
    assert!(table.ended().is_empty());
}

/// A bag goes with all that is in it, and both see what that is.
#[test]
fn a_full_bag_changes_hands() {
    let mut table = table();
    let (ann, bob) = (table.ann, table.bob);
    let bag = table.rig.get(ann.0, "satchel", 1);
    let axe = table.rig.get(ann.0, "axe", 1);
    let gold = table.rig.get(ann.0, "gold", 1);
    table.rig.stow(ann.0, axe, bag);
    table.offer(true, &[(bag, 1)], 0);
    let inside = |table: &Table| table.state().unwrap().sides[0].items[0].inside.len();
    assert_eq!(inside(&table), 1);
    table.accept(false);
    // More goes in: Bob has not agreed to that, even if it is for the better.
    table.rig.stow(ann.0, gold, bag);
    table.rig.tick();
    assert_eq!(inside(&table), 2);
    assert!(!table.state().unwrap().sides[1].agreed);
    for who in [true, false, true, false] {
        table.accept(who);
    }
    let theirs = table.rig.bag(bob.0);
    assert_eq!(
        theirs.get(axe).unwrap().place,
        Place::Inside { bag, pocket: 0 }
    );
    assert_eq!(table.rig.purse(bob.0), 100);
    assert!(table.rig.bag(ann.0).is_empty());
    table.over(TradeEnd::Done);

    // What may not be given may not be given in a bag either.
    let mut table = self::table();
    let bag = table.rig.get(table.ann.0, "satchel", 1);
    let heirloom = table.rig.get(table.ann.0, "heirloom", 1);
    table.rig.stow(table.ann.0, heirloom, bag);
    let (trade, items) = (table.trade, vec![(bag, 1)]);
    let offer = OfferTrade {
        trade,
        items,
        money: 0,
    };
    let refusal = table.rig.refused(ANN, table.ann.1, &offer);
    assert_eq!(refusal.code.as_str(), "bound");
    assert!(refusal.arg("inside").is_some(), "{refusal}");
}

/// What a panel shows: the question before it is answered, and one's own side first.
#[test]
fn each_sees_a_trade_from_their_side() {
    let mut table = two();
    let (ann, bob) = (table.ann.1, table.bob.1);
    let nobody = table.rig.spawn(Character::new("t:chest")).1;
    let listed = |table: &Table, who| -> Vec<Uid> {
        let all = trades_with(table.rig.app.world(), who);
        all.into_iter().map(|(uid, _)| uid).collect()
    };
    for (who, expected) in [
        (ann, &[table.trade][..]),
        (bob, &[table.trade]),
        (nobody, &[]),
    ] {
        assert_eq!(listed(&table, who), expected);
    }
    let yes = AnswerTrade {
        trade: table.trade,
        yes: true,
    };
    table.rig.act(BOB, bob, &yes).unwrap();
    let blade = table.rig.get(table.ann.0, "blade", 1);
    table.offer(true, &[(blade, 1)], 0);
    let trade = table.state().unwrap();
    let sides = |who| {
        trade
            .seen_by(who)
            .map(|(own, other)| (own.items.len(), other.items.len()))
    };
    assert_eq!(
        [sides(ann), sides(bob), sides(nobody)],
        [Some((1, 0)), Some((0, 1)), None]
    );
    let cancel = CancelTrade { trade: table.trade };
    table.rig.act(ANN, ann, &cancel).unwrap();
    assert_eq!(listed(&table, bob), []);
}
