//! Quality and condition: the numbers that are shipped, every boundary, and what they do.

use wayfarer_core::prelude::*;
use wayfarer_equipment::{
    condition::{band_of, counts_for_set, may_enchant, may_equip, may_use, penalty_of},
    content::*,
    ext::{Durability, Quality, quality_of, rarity_of},
    prelude::*,
};
use wayfarer_inventory::{Item, value::appraise};
use wayfarer_stats::inputs::StatInputs;

use crate::gear_rig::{Gear, packs};

fn sword(left: u32) -> Item {
    let max = 100_000;
    let item = Item::new(Uid::new(9).unwrap(), DefId::of("t:sword"), 1);
    item.with_ext(&Durability { left, max })
}

#[test]
fn five_tiers_are_shipped() {
    let content = Gear::new().content();
    let tiers = QualityDef::in_order(&content);
    let got: Vec<_> = tiers
        .iter()
        .map(|q| {
            let price = (q.repair.base, q.repair.per_point);
            (
                q.name.as_str(),
                q.value_factor,
                q.stat_factor,
                q.uses_until_broken,
                price,
            )
        })
        .collect();
    let expected = [
        ("Basic", 1.0, 1.0, 168.0, (500.0, 5.0)),
        ("Military", 1.5, 1.15, 336.0, (750.0, 8.0)),
        ("Superior", 2.0, 1.3, 504.0, (1000.0, 10.0)),
        ("Elite", 2.5, 1.45, 672.0, (1250.0, 15.0)),
        ("Masterwork", 3.0, 1.6, 840.0, (1500.0, 20.0)),
    ];
    assert_eq!(got, expected);
    let wear: Vec<_> = tiers
        .iter()
        .map(|q| (q.variance, q.critical_factor, q.fails_below, q.wear_factor))
        .collect();
    assert_eq!(wear[0], (0.3, 2.0, Some(5.0), 1.0));
    assert_eq!(wear[1], (0.25, 1.8, Some(3.0), 0.7));
    assert_eq!(wear[4], (0.2, 1.5, Some(1.0), 0.5));
    // The better, the more of everything: each tier has its entry.
    for pair in tiers.windows(2) {
        assert!(pair[0].stat_factor < pair[1].stat_factor);
        assert!(pair[0].repair_material_factor <= pair[1].repair_material_factor);
        assert!(pair[0].variance >= pair[1].variance);
        assert!(pair[0].from_score < pair[1].from_score);
    }
}

#[test]
fn rarities_are_shipped() {
    let content = Gear::new().content();
    let got: Vec<_> = RarityDef::in_order(&content)
        .iter()
        .map(|r| {
            (
                r.name.as_str(),
                r.value_factor,
                r.enchant_slots,
                r.max_effects,
            )
        })
        .collect();
    let expected = [
        ("Common", 1.0, 1, 0),
        ("Uncommon", 2.0, 1, 1),
        ("Rare", 5.0, 2, 2),
        ("Epic", 15.0, 3, 3),
        ("Legendary", 50.0, 4, 5),
    ];
    assert_eq!(got, expected);
    for (level, expected) in [
        (0.0, [0.6, 0.25, 0.12, 0.025, 0.005]),
        (10.0, [0.4, 0.25, 0.22, 0.075, 0.025]),
        // Nothing is less likely than never.
        (40.0, [0.0, 0.25, 0.52, 0.225, 0.085]),
    ] {
        let chances = RarityDef::chances(&content, level);
        let sum: f64 = chances.iter().map(|(_, chance)| chance).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{level}");
        let all: f64 = expected.iter().sum();
        for ((def, chance), wanted) in chances.iter().zip(expected) {
            let wanted: f64 = wanted / all;
            assert!(
                (chance - wanted).abs() < 1e-6,
                "{} at {level}: {chance}",
                def.name
            );
        }
    }
}

#[test]
fn a_file_of_three_tiers_works_as_well() {
    let pack = packs(&["qualities"]);
    pack.set(
        "core",
        "qualities/three.ron",
        r#"{
            "basic": (name: "Basic", order: 0, uses_until_broken: 168, variance: 0.3, repair: (base: 500, per_point: 5)),
            "military": (name: "Military", order: 1, stat_factor: 1.3, value_factor: 3, uses_until_broken: 336, wear_factor: 0.7),
            "noble": (name: "Noble", order: 2, stat_factor: 1.6, value_factor: 6, uses_until_broken: 672, wear_factor: 0.5),
        }"#,
    );
    let mut rig = Gear::with(pack);
    let item = rig.give("sword", 1);
    let worn = rig.wear(item);
    for (tier, attack, worth) in [
        ("basic", 15.0, 100),
        ("military", 17.0, 300),
        ("noble", 18.0, 600),
    ] {
        rig.set_quality(worn, tier);
        rig.ticks(1);
        assert_eq!(rig.stat("attack"), attack, "{tier}");
        assert_eq!(
            appraise(&rig.content(), &rig.item(worn)).total,
            worth,
            "{tier}"
        );
    }
    // A tier that is there no more counts as the usual one.
    rig.set_quality(worn, "masterwork");
    let content = rig.content();
    let item = rig.item(worn);
    assert_eq!(quality_of(&content, &item).unwrap().name, "Basic");
    assert_eq!(
        item.ext::<Quality>(),
        Some(Quality(DefId::of("core:masterwork")))
    );
}

#[test]
fn every_band_has_its_boundary() {
    let content = Gear::new().content();
    for (left, name, penalty) in [
        (100_000, "Perfect", 0.0),
        (99_999, "Excellent", 0.0),
        (90_000, "Excellent", 0.0),
        (89_999, "Good", 0.0),
        (75_000, "Good", 0.0),
        (74_999, "Worn", 0.1),
        (50_000, "Worn", 0.1),
        (49_999, "Damaged", 0.25),
        (25_000, "Damaged", 0.25),
        (24_999, "Badly damaged", 0.5),
        (10_000, "Badly damaged", 0.5),
        (9_999, "Broken", 1.0),
        (0, "Broken", 1.0),
    ] {
        let item = sword(left);
        assert_eq!(band_of(&content, &item).unwrap().name, name, "{left}");
        assert_eq!(penalty_of(&content, &item), penalty, "{left}");
    }
    let rules = ConditionDef::in_force(&content).unwrap();
    for (percent, name) in [
        (9.999, Some("Critical")),
        (10.0, Some("Urgent")),
        (24.999, Some("Urgent")),
        (25.0, Some("Recommended")),
        (49.999, Some("Recommended")),
        (50.0, Some("Minor")),
        (74.999, Some("Minor")),
        (75.0, None),
    ] {
        let urgency = rules.urgency(percent).map(|(_, step)| step.name.as_str());
        assert_eq!(urgency, name, "{percent}");
    }
}

#[test]
fn every_gate_has_its_boundary() {
    let content = Gear::new().content();
    let military = |left| sword(left).with_ext(&Quality(DefId::of("core:military")));
    for (open, closed, gate) in [
        (10_000, 9_999, may_equip as fn(&Content, &Item) -> bool),
        (5_000, 4_999, may_use),
        (50_000, 49_999, may_enchant),
        (30_000, 29_999, counts_for_set),
    ] {
        assert!(gate(&content, &sword(open)), "{open}");
        assert!(!gate(&content, &sword(closed)), "{closed}");
    }
    // Better things fail later.
    assert!(may_use(&content, &military(3_000)) && !may_use(&content, &military(2_999)));
    // The action obeys.
    let mut rig = Gear::new();
    let item = rig.give("sword", 1);
    let put_on = EquipItem { item, slot: None };
    rig.set_left(item, 9_999);
    assert_eq!(rig.refused(&put_on), "too_worn");
    let checked = check_equip(rig.app.world(), rig.hero, item, None);
    assert_eq!(checked.unwrap_err().code.as_str(), "too_worn");
    rig.set_left(item, 10_000);
    rig.act(&put_on).unwrap();
}

#[test]
fn things_do_what_quality_and_condition_leave() {
    // The base of attack is 10, the sword gives 5.
    for (tier, left, attack) in [
        ("basic", 100_000, 15.0),
        ("basic", 75_000, 15.0),
        // 4.5 goes up.
        ("basic", 74_999, 15.0),
        // 3.75 goes up; truncated it would be 13.
        ("basic", 49_999, 14.0),
        // 2.5 goes up.
        ("basic", 24_999, 13.0),
        ("basic", 9_999, 10.0),
        ("basic", 0, 10.0),
        // 5 × 1.15 = 5.75.
        ("military", 100_000, 16.0),
        // 5 × 1.15 × 0.75 = 4.3125.
        ("military", 30_000, 14.0),
        // 5 × 1.3 = 6.5; × 0.9 = 5.85.
        ("superior", 100_000, 17.0),
        ("superior", 60_000, 16.0),
        ("masterwork", 100_000, 18.0),
        ("masterwork", 20_000, 14.0),
        ("masterwork", 5_000, 10.0),
    ] {
        let mut rig = Gear::new();
        let item = rig.give("sword", 1);
        let worn = rig.wear(item);
        rig.set_quality(worn, tier);
        rig.set_left(worn, left);
        rig.ticks(1);
        assert_eq!(rig.stat("attack"), attack, "{tier} at {left}");
        // What worsens is neither made worse by quality nor better by wear.
        assert_eq!(rig.stat("speed"), 29.0, "{tier} at {left}");
    }
}

#[test]
fn shares_factors_and_floors_are_scaled_too() {
    let mut rig = Gear::new();
    let things = ["plate", "ring", "robe"].map(|name| {
        let item = rig.give(name, 1);
        rig.wear(item)
    });
    // 30 × (1 + 0.5) × 1.5.
    assert_eq!((rig.stat("speed"), rig.stat("guard")), (67.5, 10.0));
    let [plate, ring, robe] = things;
    rig.set_left(plate, 30_000);
    rig.set_left(ring, 20_000);
    rig.ticks(1);
    // 30 × (1 + 0.375) × (1 + 0.25); 10 × 0.75 goes up.
    assert_eq!((rig.stat("speed"), rig.stat("guard")), (51.5625, 8.0));
    rig.set_left(plate, 0);
    rig.ticks(1);
    assert_eq!(rig.stat("guard"), 3.0, "the floor of the robe");
    rig.set_left(robe, 100);
    rig.ticks(1);
    assert_eq!(rig.stat("guard"), 0.0);
}

#[test]
fn nothing_counts_twice() {
    let mut rig = Gear::new();
    let item = rig.give("sword", 1);
    let before = rig.stat("attack");
    let worn = rig.wear(item);
    // The sources add a weapon's bonus to the sum and to the weapon, and lay a second penalty on
    // what is below 75 % on top of the table.
    rig.set_left(worn, 60_000);
    rig.ticks(1);
    assert_eq!(rig.stat("attack"), before + 5.0, "once, and 4.5 goes up");
    let inputs = rig.app.world().get::<StatInputs>(rig.hero).unwrap();
    assert_eq!(
        inputs.modifiers_of(worn).count(),
        2,
        "one for each line of the definition"
    );
    // Laid down again and again it stays the same.
    let hero = rig.hero;
    for _ in 0..3 {
        let world = rig.app.world_mut();
        let done = world.transact("test", |txn| {
            wayfarer_equipment::total::refresh(txn, hero, worn)
        });
        done.unwrap();
        rig.ticks(1);
    }
    assert_eq!(rig.stat("attack"), before + 5.0);
    // The base is not touched: taken off, everything is as it was.
    let slot = DefId::of("core:main_hand");
    let compartment = None;
    rig.act(&UnequipItem { slot, compartment }).unwrap();
    rig.ticks(1);
    assert_eq!(rig.stat("attack"), before);
}

#[test]
fn worth_follows_quality_rarity_and_condition() {
    let mut rig = Gear::new();
    let item = rig.give("sword", 1);
    let worth = |rig: &Gear| appraise(&rig.content(), &rig.item(item)).total;
    assert_eq!(worth(&rig), 100);
    rig.set_quality(item, "masterwork");
    assert_eq!(worth(&rig), 300);
    rig.set_rarity(item, "legendary");
    assert_eq!(worth(&rig), 15_000);
    rig.set_left(item, 50_000);
    assert_eq!(worth(&rig), 7_500);
    let content = rig.content();
    let lines = appraise(&content, &rig.item(item)).lines;
    let labels: Vec<&str> = lines.iter().map(|line| line.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "Sword",
            "Quality: Masterwork",
            "Rarity: Legendary",
            "Condition: Worn"
        ]
    );
    assert!(
        lines[1]
            .place
            .as_deref()
            .unwrap()
            .starts_with("core/qualities/tiers.ron:")
    );
    rig.set_left(item, 0);
    assert_eq!(worth(&rig), 0);
    assert_eq!(
        rarity_of(&content, &rig.item(item)).unwrap().name,
        "Legendary"
    );
}

#[test]
fn new_things_carry_nothing_and_stack() {
    let mut rig = Gear::new();
    let item = rig.give("sword", 1);
    assert_eq!(rig.item(item).exts().count(), 0);
    rig.set_left(item, 50_000);
    rig.set_left(item, 100_000);
    assert_eq!(rig.item(item).exts().count(), 0, "as good as new is new");
    // What a tampered save says is kept within bounds.
    let item = sword(u32::MAX);
    assert_eq!(Durability::of(&item).percent(), 100.0);
}
