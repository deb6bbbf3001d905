//! What the dead leave behind.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{ledger::MovementKind, prelude::*};
use wayfarer_inventory::{
    ItemOp, facts::RemainsLeft, prelude::*, remains::leave_grave, rules::ROTATED,
};
use wayfarer_stats::{StatId, damage::ResourceDepleted};

use crate::{
    making::with,
    rig::{ANN, Rig, def},
};

#[derive(Resource, Default)]
struct Graves(Vec<Entity>);

fn rig() -> Rig {
    let mut rig = with(|app| {
        app.init_resource::<Graves>().add_observer(
            |left: On<RemainsLeft>, mut graves: ResMut<Graves>| {
                graves.0.push(left.container);
            },
        );
    });
    rig.pack.set(
        "t",
        "characters/remains.ron",
        r#"{ "goblin": (name: "Goblin"), "bones": (name: "Bones"), "ghost": (name: "Ghost") }"#,
    );
    rig.pack.set(
        "t",
        "kits/remains.ron",
        r#"{
            "goblin": (
                compartments: ["backpack"],
                items: [(item: "iron", count: 3), (item: "idol"), (item: "blade")],
                remains: (
                    resource: "body.strength", leaves: "bones",
                    loot: (table: "crate", level: "body.strength - 8"),
                ),
            ),
            "bones": (compartments: ["crate"]),
            "ghost": (
                compartments: ["backpack"],
                remains: (resource: "body.strength", leaves: "bones"),
            ),
        }"#,
    );
    rig.app.load_content_now().expect("the pack is sound");
    rig
}

fn fall(rig: &mut Rig, entity: Entity, resource: &str, by: Option<Uid>) {
    let world = rig.app.world_mut();
    let told = world.transact("test.blow", |txn| {
        txn.emit(ResourceDepleted {
            entity,
            stat: StatId::of(resource),
            by,
            cause: Arc::from("test"),
        });
        Ok(())
    });
    told.unwrap();
    rig.app.world_mut().flush();
}

fn graves(rig: &Rig) -> Vec<Entity> {
    rig.app.world().resource::<Graves>().0.clone()
}

#[test]
fn a_goblin_leaves_what_it_had_and_more() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    let goblin = (Character::new("t:goblin"), Position::ground(1.0, 0.0));
    let (goblin, _) = rig.spawn(goblin);
    let blade = rig
        .bag(goblin)
        .iter()
        .find(|i| i.def == def("blade"))
        .unwrap()
        .uid;
    let wear = rig.app.world_mut().transact("test.wear", |txn| {
        let place = Place::Worn(def("hand"));
        txn.op::<Inventory>(
            goblin,
            ItemOp::Move {
                uid: blade,
                place,
                order: 0,
            },
        )
    });
    wear.unwrap();
    fall(&mut rig, goblin, "t:body.speed", Some(me));
    assert_eq!(graves(&rig), [], "that is not what it lives by");
    fall(&mut rig, goblin, "t:body.strength", Some(me));
    let [grave] = graves(&rig)[..] else {
        panic!("one grave");
    };
    assert!(rig.app.world().get_entity(goblin).is_err(), "it is gone");
    let world = rig.app.world();
    assert_eq!(world.get::<DisplayName>(grave).unwrap().0, "Bones (Goblin)");
    assert_eq!(
        *world.get::<Position>(grave).unwrap(),
        Position::ground(1.0, 0.0)
    );
    assert!(
        rig.bag(grave).get(blade).is_some(),
        "what it wore too, by the same uid"
    );
    assert_eq!((rig.count(grave, "iron"), rig.count(grave, "idol")), (3, 0));
    // Strength 10 is level 2: 20 pennies and two dice.
    assert!((22..=32).contains(&rig.count(grave, "penny")));
    rig.tick();
    rig.check_conserved();
    let bones = rig.uid(grave);
    rig.act(ANN, me, &OpenContainer { container: bones })
        .unwrap();
    let take = TransferItem {
        from: bones,
        item: blade,
        count: None,
        to: me,
        compartment: None,
    };
    rig.act(ANN, me, &take).unwrap();
    assert!(rig.bag(hero).get(blade).is_some());
    // What a story needs went with its owner, and the ledger says so.
    let ledger = rig.app.world().resource::<Ledger>();
    let idol = ledger
        .iter()
        .flat_map(|e| &e.movements)
        .rfind(|m| m.def == def("idol"));
    assert_eq!(idol.unwrap().kind, MovementKind::OwnerGone);
    rig.check_conserved();
}

#[test]
fn players_keep_what_they_wear_and_what_they_need() {
    let mut rig = rig();
    let ghost = (Character::new("t:ghost"), Owner(ANN));
    let (ghost, _) = rig.spawn(ghost);
    fall(&mut rig, ghost, "t:body.strength", None);
    let empty = graves(&rig)[0];
    assert!(
        rig.app.world().get_entity(empty).is_err(),
        "nothing is left where there was nothing"
    );
    let worn = rig.give(ghost, "sword", 1, 0);
    rig.give(ghost, "idol", 1, 0);
    let rocks = rig.give(ghost, "rock", 7, 0);
    let wear = rig.app.world_mut().transact("test.wear", |txn| {
        let place = Place::Worn(def("hand"));
        txn.op::<Inventory>(
            ghost,
            ItemOp::Move {
                uid: worn,
                place,
                order: 0,
            },
        )
    });
    wear.unwrap();
    fall(&mut rig, ghost, "t:body.strength", None);
    let grave = graves(&rig)[1];
    assert_eq!(
        rig.bag(grave).iter().map(|i| i.uid).collect::<Vec<_>>(),
        [rocks]
    );
    assert_eq!(
        (rig.count(ghost, "sword"), rig.count(ghost, "idol")),
        (1, 1)
    );
    rig.tick();
    rig.check_conserved();
}

#[test]
fn a_bag_goes_with_all_that_is_in_it() {
    let mut rig = rig();
    rig.pack.set(
        "t",
        "items/remains.ron",
        r#"{ "holdall": (name: "Holdall", container: ["crate"]) }"#,
    );
    rig.app.load_content_now().expect("the pack is sound");
    let (hero, _) = rig.hero(ANN);
    let put = |rig: &mut Rig, name: &str, bag: Uid| {
        let world = rig.app.world_mut();
        let place = Some(Place::Inside { bag, pocket: 0 });
        let made = world.transact("test.give", |txn| {
            wayfarer_inventory::actions::create(
                txn,
                hero,
                MovementKind::Granted,
                def(name),
                1,
                place,
            )
        });
        made.unwrap()[0]
    };
    let (outer, other) = (
        rig.give(hero, "holdall", 1, 0),
        rig.give(hero, "holdall", 1, 0),
    );
    let inner = put(&mut rig, "holdall", outer);
    let rock = put(&mut rig, "rock", inner);
    put(&mut rig, "idol", other);
    let left = rig
        .app
        .world_mut()
        .transact("test.grave", |txn| leave_grave(txn, hero, "t:bones", false));
    let (_, grave) = left.unwrap();
    let bag = rig.bag(grave);
    assert_eq!(
        (bag.len(), bag.get(rock).unwrap().place.bag()),
        (3, Some(inner))
    );
    assert_eq!(rig.count(hero, "holdall"), 1, "the one with the idol stays");
    rig.tick();
    rig.check_conserved();
    let nowhere = rig.app.world_mut().transact("test.grave", |txn| {
        leave_grave(txn, hero, "t:nonsense", false)
    });
    assert_eq!(nowhere.unwrap_err().code, Code::TEMPLATE_UNAVAILABLE);
}

#[test]
fn mistakes_about_remains_are_told() {
    for (text, code) in [
        (
            r#"(resource: "body.nonsense", leaves: "bones")"#,
            "unknown-stat",
        ),
        (
            r#"(resource: "body.strength", leaves: "nonsense")"#,
            "unknown-reference",
        ),
        (r#"(resource: "body.strength", leaves: "hollow")"#, "no-kit"),
    ] {
        let mut rig = rig();
        let kit = format!(r#"{{ "hollow": (compartments: ["crate"], remains: {text}) }}"#);
        let kit = if code == "no-kit" {
            kit.replace("hollow\": (", "ghost2\": (")
        } else {
            kit
        };
        rig.pack.set("t", "kits/x.ron", &kit);
        rig.pack
            .set("t", "characters/x.ron", r#"{ "hollow": (name: "Hollow") }"#);
        let errors = rig.app.load_content_now().unwrap_err();
        assert!(
            errors.iter().any(|error| error.code == code),
            "{text}: {errors:#?}"
        );
    }
}

/// A grave may have cells: each thing gets its own, and what has none left is in the overflow.
#[test]
fn things_lie_in_the_cells_of_a_grave() {
    let mut rig = rig();
    rig.pack.set(
        "t",
        "kits/remains.ron",
        r#"{ "goblin": (
                compartments: ["backpack"],
                items: [(item: "plank"), (item: "plank"), (item: "blade"), (item: "plank"), (item: "plank")],
                remains: (resource: "body.strength", leaves: "bones"),
            ),
            "bones": (compartments: ["board"]) }"#,
    );
    rig.app.load_content_now().unwrap();
    let (goblin, _) = rig.spawn((Character::new("t:goblin"), Position::ground(1.0, 0.0)));
    fall(&mut rig, goblin, "t:body.strength", None);
    let grave = graves(&rig)[0];
    let mut places: Vec<(Place, u32)> = rig
        .bag(grave)
        .iter()
        .map(|item| (item.place, item.order))
        .collect();
    places.sort_unstable();
    // Four columns, three rows: three planks lie, one stands beside them; the blade has no cell.
    let board = [0, 4, 8, ROTATED | 3].map(|cell| (Place::In(0), cell));
    assert_eq!(places[..4], board);
    assert_eq!(places[4].0, Place::Overflow);
    rig.check_conserved();
}
