//! What may be used up on top of what a repair needs.

use std::collections::BTreeSet;

use wayfarer_core::prelude::*;
use wayfarer_equipment::{ext::Durability, prelude::*};
use wayfarer_inventory::audit::audit;

use crate::gear_rig::{Gear, def, packs};

/// A damaged sword of a quality at a bench, with all that ordinary repairs need.
fn bench(tier: &str, left: u32) -> (Gear, RepairItem) {
    with(Gear::new(), tier, left)
}

fn with(mut rig: Gear, tier: &str, left: u32) -> (Gear, RepairItem) {
    for (name, count) in [("coin", 50_000), ("iron", 50), ("hide", 50), ("hammer", 1)] {
        rig.give(name, count);
    }
    let (_, anvil) = rig.spawn("t:anvil");
    let item = rig.give("sword", 1);
    rig.set_quality(item, tier);
    rig.set_left(item, left);
    let order = RepairItem {
        item,
        station: Some(anvil),
        points: None,
        extras: true,
    };
    (rig, order)
}

fn plan(rig: &Gear, order: &RepairItem) -> RepairPlan {
    rig.view(|view| plan_repair(view, order)).unwrap()
}

#[test]
fn oil_is_for_what_is_made_well() {
    for (tier, offered) in [
        ("basic", false),
        ("military", false),
        ("superior", true),
        ("elite", true),
        ("masterwork", true),
    ] {
        let (mut rig, order) = bench(tier, 50_000);
        let plain = RepairItem {
            extras: false,
            ..order
        };
        let offers = plan(&rig, &plain).offers;
        assert_eq!(offers.len(), usize::from(offered), "{tier}");
        let code = if offered {
            "materials_missing"
        } else {
            "no_extras"
        };
        assert_eq!(rig.refused(&order), code, "{tier}");
        assert_eq!(plan(&rig, &plain).refusal, None, "nobody has to");
    }
}

#[test]
fn it_helps_as_the_rules_say() {
    let (mut rig, order) = bench("superior", 50_000);
    rig.give("oil", 5);
    rig.skill(40.0);
    let plain = plan(
        &rig,
        &RepairItem {
            extras: false,
            ..order
        },
    );
    let fine = plan(&rig, &order);
    assert_eq!((plain.points, fine.points), (30.0, 40.0));
    // 85 - 10 for the damage, and 10 on top.
    assert!((plain.odds.chance() - 0.75).abs() < 1e-5, "{plain:?}");
    assert!((fine.odds.chance() - 0.85).abs() < 1e-5, "{fine:?}");
    assert_eq!(plain.materials.len() + 1, fine.materials.len());
    let oil = fine.materials.last().unwrap();
    assert_eq!(
        (oil.name.as_str(), oil.need, oil.have),
        ("Quality oil", 2, 2)
    );
    assert_eq!((fine.extras, plain.extras), (true, false));
    assert!(fine.cost > plain.cost, "more points cost more");
    // The most is the most: no more than the formula allows.
    rig.skill(100.0);
    rig.set_left(order.item, 99_000);
    assert!(plan(&rig, &order).odds.chance() <= 0.99);
    // Points may be chosen up to what oil makes possible.
    rig.set_left(order.item, 20_000);
    for (points, extras, code) in [
        (40, true, None),
        (41, true, Some("invalid_amount")),
        (31, false, Some("invalid_amount")),
        (0, true, Some("invalid_amount")),
    ] {
        let order = RepairItem {
            points: Some(points),
            extras,
            ..order
        };
        let got = rig.view(|view| plan_repair(view, &order).map(|plan| plan.points));
        let got = got.map_err(|refusal| refusal.code.to_string());
        assert_eq!(got, code.map_or(Ok(f32::from(points)), |c| Err(c.into())));
    }
}

#[test]
fn it_is_used_up_with_the_rest_and_remembered() {
    let (mut rig, order) = bench("superior", 50_000);
    rig.give("oil", 9);
    rig.skill(100.0);
    let before = audit(rig.app.world());
    let until = rig.act(&order).unwrap().unwrap();
    assert_eq!(audit(rig.app.world()), before, "at the end, like the rest");
    let now = rig.app.world().resource::<RulesClock>().tick;
    rig.ticks((until - now) as u32);
    let left = Durability::of(&rig.item(order.item)).left;
    let used = 9 - rig.count("oil");
    // 94 %: planned, or 30 % of it for half of the oil.
    assert!(
        [(90_000, 2), (62_000, 1)].contains(&(left, used)),
        "{left} {used}"
    );
    let log = rig
        .app
        .world()
        .resource::<wayfarer_inventory::history::ItemLog>();
    let last = log.of(order.item).next_back().unwrap();
    let wayfarer_inventory::history::Deed::Noted(note) = &last.deed else {
        panic!("{last:?}");
    };
    assert!(
        note.materials.contains(&(def("oil"), used as u32)),
        "{note:?}"
    );
}

#[test]
fn recommendations_count_it_where_it_is_chosen() {
    let (mut rig, order) = bench("superior", 50_000);
    rig.give("oil", 9);
    let basic = rig.give("sword", 1);
    rig.set_left(basic, 50_000);
    let (one, both) = (
        BTreeSet::from([order.item]),
        BTreeSet::from([order.item, basic]),
    );
    for (chosen, oiled) in [(BTreeSet::new(), 0), (one, 1), (both, 1)] {
        let all = rig.view(|view| recommend(view, order.station, None, &chosen));
        assert_eq!(all.len(), 2);
        let with: Vec<_> = all.iter().filter(|one| one.plan.extras).collect();
        assert_eq!(with.len(), oiled, "{chosen:?}");
        assert!(with.iter().all(|one| one.plan.item == order.item));
    }
}

#[test]
fn mistakes_are_told() {
    for (extras, told) in [
        ("[(material: (tags: []))]", "a material without tags"),
        ("[(material: (tags: [\"oil\"]), chance: 200)]", "chance"),
        ("[(material: (tags: [\"oil\"]), points: -1)]", "points"),
        ("[(material: (tags: [\"oil\"]), from_place: -1)]", "-1"),
    ] {
        let pack = packs(&["repair_rules"]);
        let rules = format!(
            "{{ \"default\": (ranks: [(from: 0, name: \"N\", success: 1)], chance: \"50 + extra\", extras: {extras}) }}"
        );
        pack.set("core", "repair_rules/a.ron", rules);
        let mut app = bevy::prelude::App::new();
        app.add_plugins((bevy::MinimalPlugins, EquipmentPlugin))
            .add_pack_source(pack);
        let errors = app.load_content_now().unwrap_err();
        assert!(errors[0].to_string().contains(told), "{}", errors[0]);
    }
}

/// Rules that ask for no materials at all give nothing away.
#[test]
fn it_never_helps_for_nothing() {
    for (material, named) in [
        (
            r#"(tags: ["quality_oil"], name: "St. Elmo's oil")"#,
            "St. Elmo's oil",
        ),
        (r#"(tags: ["quality_oil"], share: 0)"#, "quality oil"),
    ] {
        let pack = packs(&["repair_rules"]);
        let rules = format!(
            r#"{{ "default": (ranks: [(from: 0, name: "N", success: 1)], chance: "50 + extra",
                max_points: 30, extras: [(material: {material}, chance: 30, points: 10)]) }}"#
        );
        pack.set("core", "repair_rules/a.ron", rules);
        let (mut rig, order) = with(Gear::with(pack), "superior", 50_000);
        let missing = plan(&rig, &order);
        assert_eq!(missing.offers[0].name, named);
        let missing = missing.refusal.expect("there is no oil");
        assert_eq!(missing.code.as_str(), "materials_missing", "{named}");
        assert_eq!(missing.arg("what"), Some(&named.into()));
        rig.give("oil", 3);
        rig.act(&order).unwrap();
        assert_eq!(rig.count("oil"), 2, "{named}");
    }
}
