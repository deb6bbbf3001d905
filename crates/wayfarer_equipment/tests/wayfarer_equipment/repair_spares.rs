//! What a repair does not use up by itself, and what does not mend itself.

use wayfarer_core::prelude::*;
use wayfarer_equipment::prelude::*;
use wayfarer_inventory::{actions::create, cling::Bound, prelude::*};

use crate::gear_rig::{Gear, def, packs};

/// A smith with a badly damaged sword at an anvil, and hides; no iron, no tool.
fn smith() -> (Gear, RepairItem) {
    let pack = packs(&[]);
    pack.set(
        "t",
        "items/more.ron",
        r#"{ "maul": (name: "Maul", weight: 1, tags: ["master_tools"]),
             "bracket": (name: "Bracket", max_stack: 9, tags: ["master_tools", "material", "metal"]),
             "relic": (name: "Relic", max_stack: 9, quest: true, tags: ["material", "metal"]),
             "pan": (name: "Pan", tags: ["material", "metal"], container: ["till"]) }"#,
    );
    pack.set(
        "t",
        "gear/more.ron",
        r#"{ "maul": (slots: ["core:main_hand"], material: "core:metal", wear: "tool") }"#,
    );
    let mut rig = Gear::with(pack);
    rig.give("coin", 50_000);
    rig.give("hide", 50);
    let (_, anvil) = rig.spawn("t:anvil");
    let sword = rig.give("sword", 1);
    rig.set_left(sword, 20_000);
    let order = RepairItem {
        item: sword,
        station: Some(anvil),
        points: None,
        extras: false,
    };
    (rig, order)
}

/// Nobody mends the hammer with the hammer.
#[test]
fn no_tool_mends_itself() {
    let (mut rig, order) = smith();
    rig.give("iron", 50);
    let maul = rig.give("maul", 1);
    rig.set_left(maul, 20_000);
    let mend = RepairItem {
        item: maul,
        ..order
    };
    assert_eq!(rig.refused(&mend), "tool_missing");
    rig.wear(maul);
    assert_eq!(rig.refused(&mend), "tool_missing", "nor in the hand");
    let plan = rig.view(|view| plan_repair(view, &mend));
    assert_eq!(plan.unwrap().tool, Some(("master_tools".to_owned(), None)));
    // It mends a sword, and another mends it.
    let tool = |rig: &Gear, item| {
        let order = RepairItem { item, ..mend };
        let plan = rig.view(|view| plan_repair(view, &order));
        plan.unwrap().tool.and_then(|(_, tool)| tool)
    };
    assert_eq!(tool(&rig, order.item), Some(maul));
    let hammer = rig.give("hammer", 1);
    assert_eq!(tool(&rig, maul), Some(hammer));
    rig.act(&mend).unwrap();
}

#[test]
fn what_is_dear_is_not_melted_down() {
    type Keep = fn(&mut Gear, Uid);
    let favourite: Keep = |rig, item| {
        let favourite = true;
        rig.act(&MarkItem { item, favourite }).unwrap();
    };
    let bind: Keep = |rig, item| rig.set(item, Some(&Bound(rig.me)));
    let fill: Keep = |rig, bag| {
        let (hero, pocket) = (rig.hero, 0);
        let place = Some(Place::Inside { bag, pocket });
        let world = rig.app.world_mut();
        let done = world.transact("test.fill", |txn| {
            let kind = MovementKind::Granted;
            create(txn, hero, kind, def("robe"), 1, place)
        });
        done.unwrap();
    };
    let nothing: Keep = |_, _| {};
    for (name, count, left, keep) in [
        ("iron", 9, 20_000, favourite),
        ("iron", 9, 20_000, bind),
        ("relic", 9, 20_000, nothing),
        // The tool for it is of metal as well.
        ("bracket", 9, 20_000, nothing),
        ("pan", 1, 50_000, fill),
    ] {
        let (mut rig, order) = smith();
        rig.set_left(order.item, left);
        if name != "bracket" {
            rig.give("hammer", 1);
        }
        let item = rig.give(name, count);
        keep(&mut rig, item);
        let plan = rig.view(|view| plan_repair(view, &order));
        let plan = plan.unwrap();
        assert_eq!(plan.materials[0].have, 0, "{name}");
        let refused = plan.refusal.unwrap();
        assert_eq!(refused.code.as_str(), "only_spared", "{name}");
        let shown = rig.view(|view| {
            let item = view.item(item).unwrap();
            view.def(item).unwrap().name.clone()
        });
        assert_eq!(refused.arg("item"), Some(&shown.into()), "it is named");
        assert_eq!(rig.refused(&order), "only_spared");
        // With iron beside it, that is taken.
        let iron = iron_apart(&mut rig);
        let (kept, had) = (rig.item(item).count, rig.item(iron).count);
        rig.act(&order).unwrap();
        rig.ticks(6000);
        assert_eq!(rig.item(item).count, kept, "{name} stays");
        assert!(rig.item(iron).count < had, "{name}");
    }
}

/// Iron in a stack of its own.
fn iron_apart(rig: &mut Gear) -> Uid {
    let before: Vec<Uid> = rig.bag().iter().map(|item| item.uid).collect();
    // What there is already is filled up to the full stack.
    rig.give("iron", 9 + 91 * u32::from(rig.count("iron") > 0));
    let new = rig.bag().iter().find(|item| !before.contains(&item.uid));
    new.unwrap().uid
}
