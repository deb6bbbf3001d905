//! Repairs: what they cost, how likely they work, what they take and when.

use std::collections::BTreeSet;

use wayfarer_core::{
    prelude::*,
    state::{restore_world, snapshot_world},
};
use wayfarer_equipment::{
    content::RepairRulesDef,
    durability::outlook,
    ext::Durability,
    prelude::*,
    repair::{Repairing, what_comes_back},
    rules::repair::RepairOutcome,
};
use wayfarer_inventory::{
    actions::StopWork,
    audit::audit,
    history::{Deed, ItemLog, Note},
    prelude::*,
    value::{Appraisal, appraise},
    work::{Work, WorkKind},
};

use crate::gear_rig::{Gear, def, packs};

/// A rig with money, materials, tools and a damaged sword at an anvil.
fn bench(left: u32) -> (Gear, Uid, Uid) {
    let mut rig = Gear::new();
    for (name, count) in [("coin", 50_000), ("iron", 50), ("hide", 50), ("hammer", 1)] {
        rig.give(name, count);
    }
    let (_, anvil) = rig.spawn("t:anvil");
    let sword = rig.give("sword", 1);
    rig.set_left(sword, left);
    (rig, sword, anvil)
}

fn plan(rig: &Gear, item: Uid, station: Uid, points: Option<u8>) -> RepairPlan {
    let order = RepairItem {
        points,
        ..order(item, station)
    };
    rig.view(|view| plan_repair(view, &order)).unwrap()
}

fn order(item: Uid, station: Uid) -> RepairItem {
    RepairItem {
        item,
        station: Some(station),
        points: None,
        extras: false,
    }
}

/// Repairs, and waits for the end.
fn finish(rig: &mut Gear, order: &RepairItem) -> RepairOutcome {
    let until = rig.act(order).unwrap().expect("it takes time");
    let now = rig.app.world().resource::<RulesClock>().tick;
    let facts = rig
        .app
        .world_mut()
        .resource_mut::<bevy::prelude::Messages<RepairEnded>>();
    facts.into_inner().clear();
    rig.ticks((until - now) as u32);
    let facts = rig
        .app
        .world_mut()
        .resource_mut::<bevy::prelude::Messages<RepairEnded>>();
    let ended: Vec<RepairEnded> = facts.into_inner().drain().collect();
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0].after, rig.left(order.item));
    ended[0].outcome
}

#[test]
fn the_rules_are_shipped() {
    let content = Gear::new().content();
    let rules = RepairRulesDef::in_force(&content).unwrap();
    let ranks: Vec<_> = rules
        .ranks
        .iter()
        .map(|rank| (rank.name.as_str(), rank.success, rank.botch))
        .collect();
    let expected = [
        ("Novice", 0.6, 0.15),
        ("Apprentice", 0.75, 0.08),
        ("Journeyman", 0.85, 0.04),
        ("Expert", 0.95, 0.02),
        ("Master", 0.99, 0.01),
    ];
    assert_eq!(ranks, expected);
    assert_eq!(rules.max_points, 30.0);
    for (lost, factor) in [
        (70.0, 1.0),
        (70.1, 1.25),
        (90.0, 1.25),
        (90.1, 1.5),
        (100.0, 1.5),
    ] {
        assert_eq!(rules.severity(lost), factor, "{lost} % lost");
    }
    let failure = rules.failure;
    assert_eq!(
        (failure.repaired, failure.materials, failure.cost),
        (0.3, 0.5, 0.5)
    );
}

#[test]
fn what_it_costs() {
    for (tier, left, points, cost) in [
        // 500 × 30 % + 5 × 30.
        ("basic", 50_000, None, 300),
        ("basic", 50_000, Some(10), 100),
        ("basic", 90_000, None, 100),
        // 30 points, 80 % lost: a quarter more.
        ("basic", 20_000, None, 375),
        ("basic", 5_000, None, 450),
        // 750 × 30 % + 8 × 30 = 465.
        ("military", 50_000, None, 465),
        ("superior", 50_000, None, 600),
        ("elite", 50_000, None, 825),
        ("masterwork", 50_000, None, 1050),
        ("masterwork", 5_000, None, 1575),
        // Half a percent: 500 × 0.5 % + 2.5 = 5.
        ("basic", 99_500, None, 5),
        // A thousandth: rounded up.
        ("basic", 99_999, None, 1),
    ] {
        let (mut rig, sword, anvil) = bench(left);
        rig.set_quality(sword, tier);
        let plan = plan(&rig, sword, anvil, points);
        assert_eq!((plan.cost, plan.fee), (cost, 0), "{tier} {left} {points:?}");
        assert_eq!(plan.refusal, None, "{tier} {left}");
        // The reasons add up to it.
        let appraisal = Appraisal {
            lines: plan.lines.clone(),
            total: 0,
        };
        let exact = appraisal.exact();
        assert!(
            exact <= cost as f64 + 1e-3 && exact > cost as f64 - 1.0,
            "{exact} {cost}"
        );
    }
    // A better place is cheaper, its keeper takes a fee: 300 ÷ 1.5, and 10 and a tenth on top.
    let (mut rig, sword, _) = bench(50_000);
    let (forge, uid) = rig.spawn("t:forge");
    let plan = plan(&rig, sword, uid, None);
    assert_eq!((plan.cost, plan.fee, plan.price()), (200, 30, 230));
    assert_eq!(plan.keeper, Some(forge));
    assert_eq!(plan.rank, "Master");
}

#[test]
fn how_likely_it_works() {
    for (skill, left, chance, botch) in [
        // 60, 75, 85, 95 and 99 for light damage, less 20 for all of it; never below 50.
        (0.0, 99_000, 0.598, 0.15),
        (0.0, 50_000, 0.5, 0.15),
        (0.0, 1_000, 0.5, 0.15),
        (19.0, 90_000, 0.58, 0.15),
        (20.0, 90_000, 0.73, 0.08),
        (40.0, 50_000, 0.75, 0.04),
        (60.0, 50_000, 0.85, 0.02),
        (80.0, 50_000, 0.89, 0.01),
        (100.0, 99_000, 0.988, 0.01),
    ] {
        let (mut rig, sword, anvil) = bench(left);
        rig.skill(skill);
        let plan = plan(&rig, sword, anvil, None);
        let odds = (plan.odds.chance(), plan.odds.botch());
        assert!((odds.0 - chance).abs() < 1e-5, "{skill} {left}: {odds:?}");
        assert!((odds.1 - botch).abs() < 1e-5, "{skill} {left}: {odds:?}");
    }
    // A better place adds five for half as good again; the keeper's skill counts: 99 − 10 + 5.
    let (mut rig, sword, _) = bench(50_000);
    let (_, forge) = rig.spawn("t:forge");
    assert!((plan(&rig, sword, forge, None).odds.chance() - 0.94).abs() < 1e-5);
}

#[test]
fn what_it_takes() {
    for (tier, left, skill, need, hours) in [
        // max(1, 0.3 × 0.5 × 5) = 1; half as much leather, rounded up.
        ("basic", 50_000, 0.0, (1, 1), 1.8),
        ("basic", 50_000, 50.0, (1, 1), 1.2),
        ("basic", 50_000, 100.0, (1, 1), 0.6),
        // 0.3 × 0.95 × 5 = 1.425.
        ("basic", 5_000, 50.0, (2, 1), 1.2),
        ("military", 50_000, 50.0, (2, 1), 1.8),
        ("masterwork", 50_000, 50.0, (2, 1), 3.0),
        ("masterwork", 5_000, 50.0, (3, 2), 3.0),
    ] {
        let (mut rig, sword, anvil) = bench(left);
        rig.set_quality(sword, tier);
        rig.skill(skill);
        let plan = plan(&rig, sword, anvil, None);
        let needs: Vec<u32> = plan.materials.iter().map(|line| line.need).collect();
        assert_eq!((needs[0], needs[1]), need, "{tier} {left}");
        // An hour of the world is a minute.
        assert!(
            (plan.seconds - hours * 60.0).abs() < 1e-2,
            "{tier}: {}",
            plan.seconds
        );
        assert_eq!(plan.tool.is_some(), left < 25_000);
    }
}

#[test]
fn nothing_is_taken_before_the_end() {
    let (mut rig, sword, anvil) = bench(50_000);
    let before = audit(rig.app.world());
    let until = rig.act(&order(sword, anvil)).unwrap().unwrap();
    assert_eq!(rig.refused(&order(sword, anvil)), "busy");
    let now = rig.app.world().resource::<RulesClock>().tick;
    rig.ticks((until - now - 1) as u32);
    assert_eq!(audit(rig.app.world()), before);
    assert_eq!(rig.left(sword), 50_000);
    rig.act(&StopWork).unwrap();
    rig.ticks(500);
    assert_eq!(audit(rig.app.world()), before);
    assert_eq!(rig.left(sword), 50_000);
}

#[test]
fn every_outcome_costs_and_mends_what_it_should() {
    let mut seen = [0; 3];
    // 50 % at the worst: all three come up soon.
    for wait in 0..60 {
        let (mut rig, sword, anvil) = bench(20_000);
        rig.ticks(wait);
        let money = rig.count("coin");
        let hammer = rig
            .bag()
            .iter()
            .find(|item| item.def == def("hammer"))
            .unwrap()
            .uid;
        let outcome = finish(&mut rig, &order(sword, anvil));
        let paid = money - rig.count("coin");
        let lost = (50 - rig.count("iron"), 50 - rig.count("hide"));
        let left = Durability::of(&rig.item(sword));
        let at = match outcome {
            RepairOutcome::Done => {
                assert_eq!(
                    (paid, lost, left.left, left.max),
                    (375, (2, 1), 50_000, 100_000)
                );
                0
            }
            RepairOutcome::Failed => {
                // Half of the price rounded up, half of the materials but at least one.
                assert_eq!(
                    (paid, lost, left.left, left.max),
                    (188, (1, 1), 29_000, 100_000)
                );
                1
            }
            RepairOutcome::Botched => {
                assert_eq!(
                    (paid, lost, left.left, left.max),
                    (375, (2, 1), 20_000, 95_000)
                );
                2
            }
        };
        seen[at] += 1;
        assert_eq!(rig.item(hammer).count, 1, "tools are kept");
        // The thing remembers it.
        let log = rig.app.world().resource::<ItemLog>();
        let last = log.of(sword).next_back().unwrap();
        let line = Note::new(["repaired", "repair_failed", "repair_botched"][at])
            .done(at == 0)
            .left(20_000, left.left)
            .cost(paid)
            .materials([(def("iron"), lost.0 as u32), (def("hide"), lost.1 as u32)]);
        assert_eq!(last.deed, Deed::Noted(Box::new(line)));
        assert_eq!(
            (last.who, log.action_of(last)),
            (Some(rig.me), "inventory.work")
        );
        let work = rig.app.world().get::<Work>(rig.hero).unwrap();
        assert!(work.job.is_none());
        let note = work.last.as_ref().unwrap().note.as_ref().unwrap();
        let code = ["repair_done", "repair_failed", "repair_botched"][at];
        assert_eq!(note.code.as_str(), code);
        assert!(audit(rig.app.world()).twice.is_empty());
        if seen.iter().all(|&n| n > 0) {
            break;
        }
    }
    assert!(seen.iter().all(|&n| n > 0), "{seen:?}");
}

#[test]
fn a_botched_thing_is_never_new_again() {
    let (mut rig, sword, anvil) = bench(50_000);
    let spoilt = Durability {
        left: 80_000,
        max: 90_000,
    };
    rig.set(sword, Some(&spoilt));
    let now = plan(&rig, sword, anvil, None);
    assert_eq!((now.points, now.after.left), (10.0, 90_000));
    rig.set(
        sword,
        Some(&Durability {
            left: 90_000,
            ..spoilt
        }),
    );
    assert_eq!(rig.refused(&order(sword, anvil)), "not_damaged");
}

#[test]
fn what_stands_in_the_way() {
    // No money, no materials, no tool, no place.
    for (without, left, code) in [
        ("coin", 50_000, "insufficient_funds"),
        ("iron", 50_000, "materials_missing"),
        ("hide", 50_000, "materials_missing"),
        ("hammer", 24_999, "tool_missing"),
    ] {
        let (mut rig, sword, anvil) = bench(left);
        let item = rig
            .bag()
            .iter()
            .find(|item| item.def == def(without))
            .unwrap()
            .uid;
        let count = None;
        rig.act(&DestroyItem { item, count }).unwrap();
        assert_eq!(rig.refused(&order(sword, anvil)), code);
        let planned = plan(&rig, sword, anvil, None);
        assert_eq!(
            planned.refusal.unwrap().code.as_str(),
            code,
            "panels are told"
        );
    }
    let (mut rig, sword, anvil) = bench(25_000);
    assert_eq!(plan(&rig, sword, anvil, None).tool, None);
    let nowhere = RepairItem {
        station: None,
        ..order(sword, anvil)
    };
    assert_eq!(rig.refused(&nowhere), "station_missing");
    let me = rig.me;
    assert_eq!(rig.refused(&order(sword, me)), "station_missing");
    let nobody = Uid::new(u64::MAX).unwrap();
    assert_eq!(rig.refused(&order(sword, nobody)), "not_found");
    assert_eq!(rig.refused(&order(nobody, anvil)), "not_found");
    for points in [0, 31, 255] {
        let odd = RepairItem {
            points: Some(points),
            ..order(sword, anvil)
        };
        assert_eq!(rig.refused(&odd), "invalid_amount", "{points}");
    }
    let iron = rig
        .bag()
        .iter()
        .find(|item| item.def == def("iron"))
        .unwrap()
        .uid;
    assert_eq!(rig.refused(&order(iron, anvil)), "not_repairable");
    let whole = rig.give("sword", 1);
    assert_eq!(rig.refused(&order(whole, anvil)), "not_damaged");
    // Wood wants a workbench: the forge is none.
    let shield = rig.give("shield", 1);
    rig.set_left(shield, 50_000);
    let (_, forge) = rig.spawn("t:forge");
    assert_eq!(rig.refused(&order(shield, forge)), "station_missing");
}

#[test]
fn what_changes_meanwhile_is_noticed_and_nothing_is_lost() {
    // The sword is gone.
    let (mut rig, sword, anvil) = bench(50_000);
    let until = rig.act(&order(sword, anvil)).unwrap().unwrap();
    let (item, count) = (sword, None);
    rig.act(&DropItem { item, count }).unwrap();
    let before = audit(rig.app.world());
    rig.ticks(until as u32);
    assert_eq!(audit(rig.app.world()), before);
    // It costs more by now: the sword has suffered.
    let (mut rig, sword, anvil) = bench(31_000);
    let cheap = RepairItem {
        points: Some(20),
        ..order(sword, anvil)
    };
    let until = rig.act(&cheap).unwrap().unwrap();
    rig.set_left(sword, 26_000);
    let before = audit(rig.app.world());
    rig.ticks(until as u32);
    assert_eq!(audit(rig.app.world()), before);
    assert_eq!(rig.left(sword), 26_000);
    let work = rig.app.world().get::<Work>(rig.hero).unwrap();
    let note = work.last.as_ref().unwrap().note.as_ref().unwrap();
    assert_eq!(note.code.as_str(), "price_changed");
}

#[test]
fn the_keeper_is_paid() {
    let (mut rig, sword, _) = bench(50_000);
    let (forge, uid) = rig.spawn("t:forge");
    let before = audit(rig.app.world());
    let outcome = finish(&mut rig, &order(sword, uid));
    let till = rig.app.world().get::<Inventory>(forge).unwrap();
    let expected = if outcome == RepairOutcome::Failed {
        115
    } else {
        230
    };
    assert_eq!(till.count_of(def("coin")), expected);
    let after = audit(rig.app.world());
    assert_eq!(
        after.counts[&def("coin")],
        before.counts[&def("coin")],
        "no coin is lost"
    );
}

#[test]
fn the_most_urgent_comes_first_within_the_budget() {
    let (mut rig, sword, anvil) = bench(60_000);
    let mut damaged = |name: &str, left: u32| {
        let item = rig.give(name, 1);
        rig.set_left(item, left);
        item
    };
    let nearly = damaged("sword", 5_000);
    let urgent = damaged("sword", 20_000);
    let dear = damaged("sword", 45_000);
    let cheap = damaged("sword", 40_000);
    let fine = damaged("sword", 80_000);
    damaged("sword", 100_000);
    rig.set_quality(dear, "masterwork");
    let all = rig.view(|view| recommend(view, Some(anvil), None, &BTreeSet::new()));
    let order: Vec<(Uid, &str)> = all
        .iter()
        .map(|one| (one.plan.item, one.urgency.as_str()))
        .collect();
    let expected = [
        (nearly, "Critical"),
        (urgent, "Urgent"),
        (cheap, "Recommended"),
        (dear, "Recommended"),
        (sword, "Minor"),
        (fine, ""),
    ];
    assert_eq!(order, expected);
    assert!(all.iter().all(|one| one.within));
    assert!(all[2].effect > all[3].effect);
    // 450 + 375 + 300 are 1125; the masterwork's 1050 are too much, the next 300 are not.
    for (budget, within) in [
        (0, [false, false, false, false, false, false]),
        (450, [true, false, false, false, false, false]),
        (1125, [true, true, true, false, false, false]),
        (1500, [true, true, true, false, true, false]),
        (1625, [true, true, true, false, true, true]),
        (u64::MAX, [true; 6]),
    ] {
        let all = rig.view(|view| recommend(view, Some(anvil), Some(budget), &BTreeSet::new()));
        let got: Vec<bool> = all.iter().map(|one| one.within).collect();
        assert_eq!(got, within, "{budget}");
    }
}

#[test]
fn what_comes_back_is_shown_before() {
    let (mut rig, sword, anvil) = bench(20_000);
    let worn = rig.wear(sword);
    rig.ticks(1);
    assert_eq!(rig.stat("attack"), 13.0);
    let planned = plan(&rig, worn, anvil, None);
    let back = rig.view(|view| what_comes_back(view, &planned)).unwrap();
    assert_eq!(back.len(), 1);
    assert_eq!((back[0].before, back[0].after), (13.0, 15.0));
    for _ in 0..20 {
        rig.set_left(worn, 20_000);
        if finish(&mut rig, &order(worn, anvil)) == RepairOutcome::Done {
            rig.ticks(1);
            assert_eq!(rig.stat("attack"), 15.0, "and it comes");
            return;
        }
    }
    panic!("twenty failures");
}

#[test]
fn host_and_client_see_the_same_repair() {
    let (mut rig, sword, anvil) = bench(20_000);
    rig.set_quality(sword, "elite");
    let hero = rig.hero;
    let used = rig.app.world_mut().transact("test", |txn| {
        use_gear(txn, hero, sword, &UseOfGear::default())
    });
    used.unwrap();
    // What a client has is what the host's records say.
    let mut client = Gear::with(packs(&[]));
    let record = snapshot_world(rig.app.world());
    restore_world(client.app.world_mut(), &record);
    *client.app.world_mut().resource_mut::<Authority>() = Authority::Client;
    client.hero = client
        .app
        .world()
        .resource::<UidIndex>()
        .get(rig.me)
        .unwrap();
    let show = |rig: &Gear| {
        let mut all = rig.view(|view| recommend(view, Some(anvil), Some(1000), &BTreeSet::new()));
        // Entities have other numbers there.
        all.iter_mut().for_each(|one| one.plan.keeper = None);
        let item = rig.item(sword);
        let content = rig.content();
        let world = rig.app.world();
        (
            all,
            appraise(&content, &item),
            outlook(world, &content, &item),
        )
    };
    assert_eq!(show(&rig), show(&client));
}

#[test]
fn work_is_known_by_its_name() {
    assert_eq!(Repairing::kind(), DefId::of("equipment.repairing"));
    let rig = Gear::new();
    let texts = rig.app.world().resource::<Texts>();
    assert_eq!(texts.get("work.equipment.repairing"), "Repairing");
}

/// Where coins are not broken, a failure for which nobody has change is refused before the dice
/// fall, or whoever carries the right coin would pay for successes only.
#[test]
fn failures_can_be_paid_for_or_nothing_is_tried() {
    for chance in [0, 100] {
        let pack = packs(&["repair_rules", "trade_rules"]);
        let rules = format!(
            r#"{{ "default": (station: "forge", ranks: [(from: 0, name: "N", success: 1)],
                chance: {chance}, failure: (materials: 1, cost: 0.5)) }}"#
        );
        pack.set("core", "repair_rules/a.ron", rules);
        let trade = r#"{ "default": (break_coins: false) }"#;
        pack.set("core", "trade_rules/a.ron", trade);
        pack.set("t", "items/note.ron", r#"{ "note": (name: "Note") }"#);
        let mut rig = Gear::with(pack.clone());
        let (keeper, forge) = rig.spawn("t:forge");
        let sword = rig.give("sword", 1);
        rig.set_left(sword, 50_000);
        let price = plan(&rig, sword, forge, None).price();
        assert!(price > 2);
        let coins = format!(
            r#"{{ "coins": (name: "Coins", coins: [
                (item: "note", worth: {price}), (item: "coin", worth: 1),
            ]) }}"#
        );
        pack.set("t", "currencies/a.ron", coins);
        rig.app.load_content_now().unwrap();
        rig.give("note", 1);
        let order = order(sword, forge);
        assert_eq!(rig.refused(&order), "no_change", "{chance}");
        rig.give("coin", u32::try_from(price).unwrap());
        assert_eq!(rig.act(&order).unwrap(), None);
        let till: &Inventory = rig.app.world().get(keeper).unwrap();
        assert!(till.iter().next().is_some(), "{chance}: paid in any case");
    }
}
