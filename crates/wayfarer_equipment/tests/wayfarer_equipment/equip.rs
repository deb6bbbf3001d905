//! Putting on and taking off: the slot matrix, the order of checks, what it does.

use wayfarer_core::prelude::*;
use wayfarer_equipment::prelude::*;
use wayfarer_inventory::prelude::*;
use wayfarer_stats::{StatId, explain::explain_entity};

use crate::rig::{Rig, def};

const THINGS: [&str; 9] = [
    "sword", "axe", "greataxe", "shield", "torch", "helm", "crown", "ring", "rock",
];
const SLOTS: [&str; 6] = ["main", "off", "head", "left", "right", "nowhere"];

#[test]
fn every_thing_in_every_slot() {
    for thing in THINGS {
        for slot in SLOTS {
            let mut rig = Rig::new();
            let (hero, me) = rig.hero();
            let item = rig.give(hero, thing, 1, 0);
            let expected = match (thing, slot) {
                ("axe", "main") | ("crown", "head") => "skill_gate",
                ("sword", "main" | "off")
                | ("greataxe", "main")
                | ("shield" | "torch", "off")
                | ("helm", "head")
                | ("ring", "left" | "right") => "ok",
                _ => "illegal_slot",
            };
            assert_eq!(
                rig.try_equip(hero, me, item, slot),
                expected,
                "{thing} in {slot}"
            );
            assert_eq!(rig.worn(hero, slot).is_some(), expected == "ok");
            rig.check(hero);
        }
    }
}

#[test]
fn reasons_come_in_their_order() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let axe = rig.give(hero, "axe", 1, 0);
    let helm = rig.give(hero, "helm", 1, 0);
    let nobody = Uid::new(12_345).unwrap();
    assert_eq!(rig.try_equip(hero, me, nobody, "main"), "item_not_found");
    assert_eq!(
        rig.try_equip(hero, me, axe, "head"),
        "illegal_slot",
        "before the skill"
    );
    let gate = rig.equip(me, axe, "main").unwrap_err();
    assert_eq!(gate.code.as_str(), "skill_gate");
    let text = {
        let content = rig.app.world().resource::<ActiveContent>().0.clone();
        rig.app.world().resource::<Texts>().refusal(&gate, &content)
    };
    assert_eq!(text, "This needs Melee 10; yours is 5.");
    // Two rings teach enough to lift the axe; the skill is asked before the lock.
    for slot in ["left", "right"] {
        let ring = rig.give(hero, "ring", 1, 0);
        assert_eq!(rig.try_equip(hero, me, ring, slot), "ok");
    }
    assert_eq!(rig.try_equip(hero, me, axe, "main"), "ok");
    let other = rig.give(hero, "axe", 1, 0);
    assert_eq!(rig.try_equip(hero, me, other, "main"), "equip_locked");
    assert_eq!(
        rig.try_equip(hero, me, helm, "head"),
        "ok",
        "other slots are free"
    );
    assert_eq!(rig.try_equip(hero, me, helm, "head"), "same_place");
    rig.check(hero);
}

#[test]
fn a_missing_definition_can_not_be_put_on_but_taken_off() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let helm = rig.give(hero, "helm", 1, 0);
    let other = rig.give(hero, "helm", 1, 0);
    rig.equip(me, helm, "head").unwrap();
    assert_eq!(rig.stat(hero, "guard"), 1.0);
    rig.ticks(41);
    let without = |text: String| -> String {
        text.lines()
            .filter(|line| !line.contains("\"helm\""))
            .collect::<Vec<_>>()
            .join("\n")
    };
    use wayfarer_core::content::PackSource;
    for file in rig.pack.read().unwrap() {
        if file.text.contains("\"helm\"") {
            rig.pack.set(file.pack, file.path, without(file.text));
        }
    }
    rig.app.load_content_now().unwrap();
    rig.ticks(1);
    assert_eq!(
        rig.try_equip(hero, me, other, "head"),
        "template_unavailable"
    );
    assert_eq!(
        rig.stat(hero, "guard"),
        0.0,
        "what no pack says has no effect"
    );
    rig.act(
        me,
        &UnequipItem {
            slot: def("head"),
            compartment: None,
        },
    )
    .unwrap();
    assert_eq!(rig.worn(hero, "head"), None);
    rig.check(hero);
}

#[test]
fn things_do_what_they_say_only_while_worn() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let sword = rig.give(hero, "sword", 1, 0);
    let before = rig.stat(hero, "attack").to_bits();
    rig.equip(me, sword, "main").unwrap();
    assert_eq!(rig.stat(hero, "attack"), 5.0);
    rig.ticks(1);
    let why = explain_entity(rig.app.world(), hero, StatId::of("t:body.attack")).unwrap();
    let line = why.lines.iter().find(|line| line.label == "Sword").unwrap();
    assert!(
        line.place.as_ref().unwrap().contains("gear/a.ron"),
        "{line:?}"
    );
    // What is worn can not be dropped or moved away.
    for refusal in [
        rig.refused(
            me,
            &DropItem {
                item: sword,
                count: None,
            },
        ),
        rig.refused(
            me,
            &MoveItem {
                item: sword,
                to: Place::In(0),
                before: None,
            },
        ),
        rig.refused(
            me,
            &DestroyItem {
                item: sword,
                count: None,
            },
        ),
    ] {
        assert_eq!(refusal.code.as_str(), "worn");
    }
    rig.ticks(40);
    rig.act(
        me,
        &UnequipItem {
            slot: def("main"),
            compartment: None,
        },
    )
    .unwrap();
    assert_eq!(rig.stat(hero, "attack").to_bits(), before, "to the bit");
    assert_eq!(rig.bag(hero).get(sword).unwrap().place, Place::In(0));
    rig.check(hero);
}

#[test]
fn taking_off() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let off = |slot: &str, compartment: Option<u8>| UnequipItem {
        slot: def(slot),
        compartment: compartment.map(Place::In),
    };
    for slot in ["main", "nowhere"] {
        assert_eq!(
            rig.refused(me, &off(slot, None)).code.as_str(),
            "slot_empty"
        );
    }
    let shield = rig.give(hero, "shield", 1, 0);
    rig.equip(me, shield, "off").unwrap();
    assert_eq!(
        rig.refused(me, &off("off", None)).code.as_str(),
        "equip_locked"
    );
    rig.ticks(40);
    rig.give(hero, "rock", 10, 0);
    assert_eq!(
        rig.refused(me, &off("off", Some(0))).code.as_str(),
        "exceeds_bulk"
    );
    assert_eq!(
        rig.refused(me, &off("off", Some(9))).code.as_str(),
        "not_found"
    );
    rig.act(me, &off("off", None)).unwrap();
    assert_eq!(
        rig.bag(hero).get(shield).unwrap().place,
        Place::In(1),
        "the pouch has room"
    );
    rig.equip(me, shield, "off").unwrap();
    rig.ticks(40);
    rig.give(hero, "ring", 1, 1);
    rig.give(hero, "helm", 1, 1);
    assert_eq!(
        rig.refused(me, &off("off", None)).code.as_str(),
        "insufficient_space"
    );
    rig.check(hero);
}

#[test]
fn of_a_stack_one_is_put_on() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let torches = rig.give(hero, "torch", 3, 0);
    let worn = rig
        .act(
            me,
            &EquipItem {
                item: torches,
                slot: None,
            },
        )
        .unwrap();
    assert_ne!(worn, torches);
    assert_eq!(rig.worn(hero, "off"), Some(worn));
    assert_eq!(rig.bag(hero).get(torches).unwrap().count, 2);
    rig.check(hero);
}

#[test]
fn without_a_slot_the_best_is_chosen() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let rings: Vec<Uid> = (0..3).map(|_| rig.give(hero, "ring", 1, 0)).collect();
    for (ring, slot) in [(rings[0], "left"), (rings[1], "right")] {
        rig.act(
            me,
            &EquipItem {
                item: ring,
                slot: None,
            },
        )
        .unwrap();
        assert_eq!(rig.worn(hero, slot), Some(ring));
    }
    let third = EquipItem {
        item: rings[2],
        slot: None,
    };
    assert_eq!(rig.refused(me, &third).code.as_str(), "equip_locked");
    rig.ticks(40);
    rig.act(me, &third).unwrap();
    assert_eq!(rig.worn(hero, "left"), Some(rings[2]));
    rig.check(hero);
}

#[test]
fn previews_are_what_happens() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let sword = rig.give(hero, "sword", 1, 0);
    let shield = rig.give(hero, "shield", 1, 0);
    let great = rig.give(hero, "greataxe", 1, 0);
    rig.equip(me, sword, "main").unwrap();
    rig.equip(me, shield, "off").unwrap();
    rig.ticks(40);
    let before = rig.hash();
    let changes = preview_equip(rig.app.world(), hero, great, None).unwrap();
    assert_eq!(rig.hash(), before, "nothing is touched");
    let change = |name: &str| {
        let stat = StatId::of(&format!("t:body.{name}"));
        changes
            .iter()
            .find(|c| c.stat == stat)
            .map(|c| (c.before, c.after))
    };
    assert_eq!(change("attack"), Some((5.0, 11.0)));
    assert_eq!(change("guard"), Some((2.0, 0.0)), "the shield goes");
    rig.equip(me, great, "main").unwrap();
    assert_eq!(
        (rig.stat(hero, "attack"), rig.stat(hero, "guard")),
        (11.0, 0.0)
    );
    let refusal = preview_unequip(rig.app.world(), hero, def("main")).unwrap_err();
    assert_eq!(refusal.code.as_str(), "equip_locked");
    rig.check(hero);
}

#[test]
fn kits_are_worn_from_the_beginning() {
    let mut rig = Rig::new();
    let (guard, me) = rig.spawn("t:guard");
    assert_eq!(rig.stat(guard, "attack"), 11.0);
    assert_eq!(rig.stat(guard, "melee"), 15.0);
    assert_eq!(rig.bag(guard).in_compartment(0).count(), 1);
    assert!(
        rig.app
            .world()
            .get::<Equipment>(guard)
            .unwrap()
            .locks()
            .next()
            .is_none()
    );
    rig.check(guard);
    rig.act(
        me,
        &UnequipItem {
            slot: def("left"),
            compartment: None,
        },
    )
    .unwrap();

    let (chest, chest_uid) = {
        let world = rig.app.world_mut();
        let entity = world
            .spawn((Character::new("t:chest"), Container::default(), Owner(ANN)))
            .id();
        rig.ticks(1);
        (entity, rig.app.world().get::<Identity>(entity).unwrap().0)
    };
    use crate::rig::ANN;
    assert!(
        rig.app.world().get::<Equipment>(chest).is_none(),
        "chests wear nothing"
    );
    let helm = rig.give(chest, "helm", 1, 0);
    let refusal = rig.refused(
        chest_uid,
        &EquipItem {
            item: helm,
            slot: None,
        },
    );
    assert_eq!(refusal.code.as_str(), "no_slots");
}

#[test]
fn somebody_elses_things_stay_theirs() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let (other, them) = rig.hero();
    let helm = rig.give(hero, "helm", 1, 0);
    assert_eq!(rig.try_equip(other, them, helm, "head"), "item_not_found");
    let stranger = PlayerId(7);
    rig.app
        .world_mut()
        .resource_mut::<Players>()
        .arrive(stranger, "X", Role::Player);
    let action = EquipItem {
        item: helm,
        slot: None,
    };
    let refusal = rig
        .app
        .world_mut()
        .act(stranger, Some(me), &action)
        .unwrap_err();
    assert_eq!(refusal.code.as_str(), "not_owner");
}

#[test]
fn plugins_can_come_in_any_order_and_twice() {
    use bevy::prelude::*;
    let mut app = App::new();
    app.add_plugins((
        MinimalPlugins,
        EquipmentPlugin,
        InventoryPlugin,
        EquipmentPlugin,
    ))
    .insert_resource(ClockMode::Manual { hz: 20.0 })
    .add_pack_source(crate::rig::pack());
    app.load_content_now().unwrap();
    let hero = app.world_mut().spawn(Character::new("t:guard")).id();
    app.world_mut().run_schedule(RulesTick);
    assert_eq!(app.world().get::<WornLook>(hero).unwrap().0.len(), 3);
}
