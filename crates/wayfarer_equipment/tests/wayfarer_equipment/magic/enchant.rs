//! Laying enchantments on things, and taking them off.

use wayfarer_core::{prelude::*, refusal::Arg};
use wayfarer_equipment::prelude::*;
use wayfarer_inventory::{prelude::*, work::Work};

use super::rig::{Numbers, World, def};

fn on(item: Uid, name: &str, station: Uid) -> EnchantItem {
    EnchantItem {
        item,
        enchantment: def(name),
        station: Some(station),
        keeper: false,
    }
}

/// Who knows how, has what it takes, and stands at the table.
fn ready(numbers: &Numbers) -> (World, Uid, Uid) {
    let mut w = World::with(numbers);
    let table = w.station("t:table");
    let blade = w.give("blade");
    w.give_many("copper", 1000);
    w.give_many("dust", 50);
    w.learn("sharp", 0);
    (w, blade, table)
}

#[test]
fn it_takes_time_and_is_paid_at_the_end() {
    let (mut w, blade, table) = ready(&Numbers::default());
    w.wear(blade, "main");
    assert_eq!(w.stat("body.attack"), 5.0);
    let ask = on(blade, "sharp", table);
    let plan = enchant_odds(w.world(), w.hero, &ask).unwrap();
    assert_eq!((plan.share(), plan.price, plan.seconds), (1.0, 100, 5.0));
    assert_eq!(plan.materials[0].need, 3);
    let until = w.act(&ask).unwrap().unwrap();
    assert_eq!(until, w.tick() + 100);
    assert_eq!(
        (w.count("copper"), w.count("dust")),
        (1000, 50),
        "nothing is taken yet"
    );
    assert_eq!(w.refused(&ask), "busy");
    w.rig.ticks(99);
    assert_eq!(w.enchants(blade).len(), 0, "one tick before");
    w.rig.ticks(1);
    let laid = w.enchants(blade);
    assert_eq!(laid.len(), 1);
    assert!((75..=85).contains(&laid[0].power), "{laid:?}");
    assert_eq!((laid[0].stability, laid[0].by), (90, Some(w.me)));
    assert_eq!((w.count("copper"), w.count("dust")), (900, 47));
    assert_eq!(w.lore().of(def("sharp")).applied, 1);
    assert_eq!(w.note(), "enchant_done");
    // Worn meanwhile: (1 + 4 + 10 × power) × (1 + 0.5 × power).
    let share = f32::from(laid[0].power) / 100.0;
    let expected = (5.0 + 10.0 * share) * (1.0 + 0.5 * share);
    assert!((w.stat("body.attack") - expected).abs() < 1e-3);
    w.take_off("main");
    assert_eq!(w.stat("body.attack"), 1.0);
}

#[test]
fn who_stops_or_walks_off_loses_nothing() {
    let (mut w, blade, table) = ready(&Numbers::default());
    w.act(&on(blade, "sharp", table)).unwrap();
    w.rig.ticks(50);
    w.act(&StopWork).unwrap();
    w.rig.ticks(100);
    assert_eq!(
        (w.count("copper"), w.count("dust"), w.enchants(blade).len()),
        (1000, 50, 0)
    );
    // What is gone in between is noticed at the end, and nothing is half done.
    w.act(&on(blade, "sharp", table)).unwrap();
    let dust = w
        .bag()
        .iter()
        .find(|item| item.def == def("dust"))
        .unwrap()
        .uid;
    w.act(&DestroyItem {
        item: dust,
        count: None,
    })
    .unwrap();
    w.rig.ticks(110);
    let work = w.world().get::<Work>(w.hero).unwrap().last.clone().unwrap();
    assert!(!work.done);
    assert_eq!(work.note.unwrap().code.as_str(), "missing_materials");
    assert_eq!((w.count("copper"), w.enchants(blade).len()), (1000, 0));
}

#[test]
fn failing_costs_what_was_said() {
    for (lose, dust) in [("0", 50), ("1", 47)] {
        let numbers = Numbers {
            chance: "0",
            lose,
            ..Numbers::default()
        };
        let (mut w, blade, table) = ready(&numbers);
        w.lay(blade, "cold", 50);
        // One of its places is taken; a fine one has two more.
        let blade = {
            let fine = w.give("fine_blade");
            w.lay(fine, "cold", 50);
            let _ = blade;
            fine
        };
        let ask = on(blade, "sharp", table);
        let plan = enchant_odds(w.world(), w.hero, &ask).unwrap();
        assert_eq!((plan.share(), plan.failed_price), (0.0, 50));
        w.act(&ask).unwrap();
        w.rig.ticks(110);
        assert_eq!((w.count("copper"), w.count("dust")), (950, dust), "{lose}");
        let left = w.enchants(blade);
        assert_eq!(
            (left.len(), left[0].stability),
            (1, 60),
            "the others were shaken"
        );
        assert_eq!(w.lore().of(def("sharp")).applied, 0);
    }
}

#[test]
fn the_shaken_fall_silent_and_can_be_made_firm_again() {
    let (mut w, blade, table) = ready(&Numbers::default());
    w.lay(blade, "sharp", 100);
    let mut all = w.enchants(blade);
    all[0].stability = 0;
    w.set_ext(blade, &wayfarer_equipment::ext::Enchants(all));
    w.wear(blade, "main");
    assert_eq!(w.stat("body.attack"), 5.0, "it does nothing");
    // The only place is taken, by itself.
    let ask = on(blade, "sharp", table);
    assert!(enchant_odds(w.world(), w.hero, &ask).unwrap().renews);
    w.act(&ask).unwrap();
    w.rig.ticks(110);
    let all = w.enchants(blade);
    assert_eq!(
        (all.len(), all[0].stability, all[0].power),
        (1, 90, 100),
        "the stronger power stays"
    );
    assert_eq!(w.stat("body.attack"), 15.0 * 1.5);
    assert_eq!(w.refused(&ask), "enchant_limit");
}

#[test]
fn practice_makes_it_cheaper_and_stronger() {
    for (applied, mastery, price, middle) in
        [(0, 1, 100, 80.0), (2, 2, 90, 90.0), (99, 3, 80, 100.0)]
    {
        let (mut w, blade, table) = ready(&Numbers::default());
        w.learn("sharp", applied);
        let plan = enchant_odds(w.world(), w.hero, &on(blade, "sharp", table)).unwrap();
        assert_eq!(
            (plan.mastery, plan.price, plan.power.middle),
            (mastery, price, middle)
        );
        let sum: f32 = plan.power.distribution().iter().map(|p| p.1).sum();
        assert!((sum - 1.0).abs() < 1e-5);
    }
}

#[test]
fn a_keeper_does_it_for_money() {
    let (mut w, blade, _) = ready(&Numbers::default());
    let mage = w.station("t:mage");
    let paid = |name| EnchantItem {
        keeper: true,
        ..on(blade, name, mage)
    };
    let ask = paid("cold");
    assert_eq!(
        w.refused(&on(blade, "cold", mage)),
        "not_learned",
        "by one's own hand"
    );
    let plan = enchant_odds(w.world(), w.hero, &ask).unwrap();
    assert!(plan.keeper, "the customer knows nothing of it");
    assert_eq!(plan.price, 1, "no cost, and the fee of 1 + 0");
    let sharp = enchant_odds(w.world(), w.hero, &paid("sharp")).unwrap();
    // Half the price and time for double the efficiency, and the fee on top.
    assert_eq!((sharp.price, sharp.seconds), (50 + 51, 2.5));
    w.act(&ask).unwrap();
    assert_eq!(w.enchants(blade).len(), 1);
    assert_eq!(
        w.lore().of(def("cold")).applied,
        0,
        "nobody learns from paying"
    );
}

#[test]
fn every_refusal() {
    let (mut w, blade, table) = ready(&Numbers::default());
    let nowhere = EnchantItem {
        item: blade,
        enchantment: def("sharp"),
        station: None,
        keeper: false,
    };
    let nobody = EnchantItem {
        keeper: true,
        ..on(blade, "sharp", table)
    };
    assert_eq!(w.refused(&nobody), "no_keeper");
    assert_eq!(w.refused(&nowhere), "station_missing");
    let sage = w.station("t:sage");
    assert_eq!(w.refused(&on(blade, "sharp", sage)), "station_missing");
    assert_eq!(
        w.refused(&on(blade, "no_such", table)),
        "unknown_enchantment"
    );
    assert_eq!(
        w.refused(&on(Uid::new(u64::MAX).unwrap(), "sharp", table)),
        "not_found"
    );
    assert_eq!(w.refused(&on(blade, "cold", table)), "not_learned");
    let pebbles = w.give_many("pebble", 2);
    assert_eq!(w.refused(&on(pebbles, "sharp", table)), "one_at_a_time");
    let cap = w.give("cap");
    assert_eq!(w.refused(&on(cap, "sharp", table)), "not_enchantable");
    w.learn("cold", 0);
    let pebble = w.rig.give(w.hero, "scroll", 1, 0);
    assert_eq!(w.refused(&on(pebble, "cold", table)), "not_enchantable");
    let riddle = w.give("riddle");
    assert_eq!(w.refused(&on(riddle, "cold", table)), "unidentified");
    w.learn("high", 0);
    assert_eq!(w.refused(&on(blade, "high", table)), "enchant_skill");
    w.set_stat("mind.lore", 30.0);
    assert_eq!(w.refused(&on(blade, "high", table)), "quality_too_low");
    let hero = w.hero;
    w.rule(|txn| {
        let mut lore = txn.get::<EnchantLore>(hero).unwrap().clone();
        lore.known.remove(&def("sharp"));
        txn.set(hero, lore)
    });
    assert_eq!(w.refused(&on(blade, "high", table)), "enchant_prerequisite");
    w.learn("sharp", 0);
    w.durability(blade, 49);
    assert_eq!(w.refused(&on(blade, "sharp", table)), "too_worn");
    w.durability(blade, 50);
    w.lay(blade, "hot", 50);
    assert_eq!(w.refused(&on(blade, "cold", table)), "enchant_exclusive");
    let refusal = w.rig.refused(w.me, &on(blade, "sharp", table));
    assert_eq!(refusal.code.as_str(), "no_enchant_slot");
    assert_eq!(refusal.arg("max"), Some(&Arg::Number(1.0)));
    let fine = w.give("fine_blade");
    w.lay(fine, "cold", 50);
    assert_eq!(w.refused(&on(fine, "cold", table)), "enchant_limit");
    let fresh = w.give("blade");
    let coins = w
        .bag()
        .iter()
        .find(|item| item.def == def("copper"))
        .unwrap()
        .uid;
    w.act(&DestroyItem {
        item: coins,
        count: Some(950),
    })
    .unwrap();
    assert_eq!(w.refused(&on(fresh, "sharp", table)), "insufficient_funds");
    let dust = w
        .bag()
        .iter()
        .find(|item| item.def == def("dust"))
        .unwrap()
        .uid;
    w.act(&DestroyItem {
        item: dust,
        count: Some(48),
    })
    .unwrap();
    assert_eq!(w.refused(&on(fresh, "sharp", table)), "missing_materials");
    let mage = w.station("t:mage");
    w.switch(false);
    assert_eq!(w.refused(&on(fresh, "sharp", mage)), "feature_disabled");
}

#[test]
fn lifting_one() {
    let (mut w, blade, table) = ready(&Numbers::default());
    w.lay(blade, "sharp", 100);
    w.wear(blade, "main");
    assert_eq!(w.stat("body.attack"), 22.5);
    let ask = RemoveEnchantment {
        item: blade,
        enchantment: def("sharp"),
        station: Some(table),
    };
    let cold = RemoveEnchantment {
        enchantment: def("cold"),
        ..ask
    };
    assert_eq!(w.refused(&cold), "not_enchanted");
    assert_eq!(
        w.refused(&RemoveEnchantment {
            station: None,
            ..ask
        }),
        "station_missing"
    );
    w.set_stat("mind.lore", 0.0);
    assert_eq!(w.refused(&ask), "enchant_skill");
    w.set_stat("mind.lore", 20.0);
    assert_eq!(remove_price(w.world(), w.hero, &ask).unwrap().price, 10);
    w.act(&ask).unwrap();
    assert_eq!((w.stat("body.attack"), w.count("copper")), (5.0, 990));
    assert!(w.enchants(blade).is_empty());
    let plain = w.give("blade");
    assert_eq!(
        w.item(blade).exts().count(),
        w.item(plain).exts().count(),
        "no trace is left"
    );
}

#[test]
fn time_runs_out_worn_or_not() {
    let mut w = World::new();
    let (cap, other) = (w.give("cap"), w.give("cap"));
    w.lay(cap, "brief", 50);
    w.lay(other, "brief", 50);
    w.rig.equip(w.me, cap, "head").unwrap();
    assert_eq!((w.stat("body.guard"), w.stat("mind.shine")), (21.0, 0.5));
    w.rig.ticks(198);
    assert_eq!(w.stat("body.guard"), 21.0);
    w.rig.ticks(4);
    assert_eq!((w.stat("body.guard"), w.stat("mind.shine")), (1.0, 0.0));
    assert!(w.enchants(cap).is_empty(), "it is swept off");
    w.take_off("head");
    w.wear(other, "head");
    assert_eq!(w.stat("body.guard"), 1.0, "it was over in the bag too");
}

#[test]
fn uses_are_used_up() {
    use wayfarer_equipment::durability::{UseOfGear, use_gear};
    let mut w = World::new();
    let cap = w.give("cap");
    w.lay(cap, "hot", 100);
    let blade = w.give("blade");
    w.lay(blade, "hot", 100);
    w.wear(blade, "main");
    let hero = w.hero;
    assert_eq!(w.enchants(blade)[0].uses, Some(2));
    // It gives an ability, so striking does not use it up; only the ability does.
    w.rule(|txn| use_gear(txn, hero, blade, &UseOfGear::default()));
    assert_eq!(w.enchants(blade)[0].uses, Some(2));
    let (_, other) = w.rig.spawn("t:guard");
    let ask = UseAbility {
        item: blade,
        ability: def("bolt"),
        target: Some(other),
    };
    w.act(&ask).unwrap();
    assert_eq!(w.enchants(blade)[0].uses, Some(1));
    assert_eq!(w.enchants(blade)[0].triggered, Some(w.tick()));
    assert_eq!(w.stat("body.attack"), 7.0);
    w.rig.ticks(101);
    w.act(&ask).unwrap();
    assert!(w.enchants(blade).is_empty());
    assert_eq!(w.stat("body.attack"), 5.0);
    assert_eq!(w.refused(&ask), "no_such_ability");
}

/// Coins that are a material do not pay as well; that is found out before the dice fall, however
/// they would fall.
#[test]
fn coins_are_used_up_or_pay() {
    for (chance, laid, left) in [("0", 0, 800), ("1", 1, 0)] {
        let (mut w, blade, table) = ready(&Numbers {
            chance,
            lose: "0",
            ..Numbers::default()
        });
        let gilded = r#"{ "gilded": (name: "Gilding", grade: "low", school: "war", cost: 600,
            materials: [(item: "copper", count: 500)]) }"#;
        w.rig.pack.set("t", "enchantments/b.ron", gilded);
        w.rig.app.load_content_now().unwrap();
        w.learn("gilded", 0);
        let ask = on(blade, "gilded", table);
        assert_eq!(w.refused(&ask), "insufficient_funds", "{chance}");
        w.give_many("copper", 100);
        w.act(&ask).unwrap();
        w.rig.ticks(1);
        assert_eq!((w.enchants(blade).len(), w.count("copper")), (laid, left));
    }
}
