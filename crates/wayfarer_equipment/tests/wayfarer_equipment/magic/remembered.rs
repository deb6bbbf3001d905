//! What things remember of what was done to them.

use wayfarer_core::prelude::*;
use wayfarer_equipment::{durability::WearCause, prelude::*};
use wayfarer_inventory::{
    actions::AskHistory,
    history::{Deed, ItemLog, Note},
};

use super::rig::{Numbers, World, def};

/// The notes of a thing, the oldest first, as the log has them.
fn notes(w: &World, item: Uid) -> Vec<Note> {
    let log = w.world().resource::<ItemLog>();
    log.of(item)
        .filter_map(|line| match &line.deed {
            Deed::Noted(note) => Some((**note).clone()),
            Deed::Went(_) => None,
        })
        .collect()
}

fn ready(numbers: &Numbers) -> (World, Uid, Uid) {
    let mut w = World::with(numbers);
    let table = w.station("t:table");
    let blade = w.give("blade");
    w.give_many("copper", 1000);
    w.give_many("dust", 50);
    w.learn("sharp", 0);
    (w, blade, table)
}

fn lay(w: &mut World, item: Uid, table: Uid) {
    let ask = EnchantItem {
        item,
        enchantment: def("sharp"),
        station: Some(table),
        keeper: false,
    };
    w.act(&ask).unwrap();
    w.rig.ticks(101);
}

#[test]
fn enchanting_and_lifting() {
    let (mut w, blade, table) = ready(&Numbers::default());
    lay(&mut w, blade, table);
    let lift = RemoveEnchantment {
        item: blade,
        enchantment: def("sharp"),
        station: Some(table),
    };
    w.act(&lift).unwrap();
    w.rig.ticks(1);
    let sharp = def("sharp");
    assert_eq!(
        notes(&w, blade),
        [
            Note::new("enchanted")
                .about(sharp)
                .cost(100)
                .materials([(def("dust"), 3)]),
            Note::new("enchantment_lifted").about(sharp).cost(10),
        ]
    );
    // Players are told the same, the newest first.
    let told = w.act(&AskHistory { item: blade }).unwrap();
    let Deed::Noted(note) = &told[0].deed else {
        panic!("{told:?}");
    };
    assert_eq!(
        (note.what.as_str(), told[0].who.as_str()),
        ("enchantment_lifted", "Hero")
    );
    let texts = w.world().resource::<Texts>();
    assert_eq!(texts.get("history.enchantment_lifted"), "{about} taken off");
}

#[test]
fn failures_are_remembered_as_such() {
    for (lose, materials) in [("1", vec![(def("dust"), 3)]), ("0", vec![])] {
        let (mut w, blade, table) = ready(&Numbers {
            chance: "0",
            lose,
            ..Numbers::default()
        });
        lay(&mut w, blade, table);
        let line = Note::new("enchant_failed")
            .done(false)
            .about(def("sharp"))
            .cost(50)
            .materials(materials);
        assert_eq!(notes(&w, blade), [line]);
    }
}

#[test]
fn taking_apart_is_the_last_line() {
    let mut w = World::with(&Numbers {
        learn: "0",
        edges: ["0", "0", "1"],
        least_critical: "0.000001",
        ..Numbers::default()
    });
    let blade = w.give("blade");
    w.lay(blade, "sharp", 80);
    let ask = DisenchantItem {
        item: blade,
        enchantment: def("sharp"),
        station: None,
    };
    w.act(&ask).unwrap();
    w.rig.ticks(1);
    let line = Note::new("taken_apart").done(false).about(def("sharp"));
    assert_eq!(notes(&w, blade), [line]);
    let log = w.world().resource::<ItemLog>();
    let last = log.of(blade).next_back().unwrap();
    assert_eq!(last.deed, Deed::Went(MovementKind::Destroyed));
}

#[test]
fn finding_out_is_remembered_with_its_price() {
    let mut w = World::new();
    let ring = w.give("riddle");
    w.give_many("copper", 100);
    let scroll = w.give("scroll");
    let sage = w.station("t:sage");
    let by = |by| IdentifyItem { item: ring, by };
    w.act(&by(IdentifyBy::Station(sage))).unwrap();
    w.set_stat("mind.lore", 0.0);
    w.act(&by(IdentifyBy::Study)).unwrap();
    w.rig.ticks(41);
    w.act(&by(IdentifyBy::Helper(scroll))).unwrap();
    w.rig.ticks(1);
    assert_eq!(
        notes(&w, ring),
        [
            Note::new("identified").cost(10),
            Note::new("identify_failed").done(false),
            Note::new("identified").materials([(def("scroll"), 1)]),
        ]
    );
}

#[test]
fn only_wear_that_shows_is_a_line() {
    let mut w = World::new();
    let blade = w.give("blade");
    let hero = w.hero;
    let mut wear = |percent: u32| {
        let cause = WearCause::Other;
        w.rule(|txn| {
            wayfarer_equipment::durability::wear_out(txn, hero, blade, percent * 1000, cause)
        });
        w.rig.ticks(1);
        notes(&w, blade)
    };
    assert_eq!(wear(40), [], "still sound");
    assert_eq!(wear(40), []);
    let broken = Note::new("worn_down").done(false).left(20_000, 5_000);
    assert_eq!(wear(15), std::slice::from_ref(&broken));
    let gone = Note::new("broken").done(false).left(5_000, 0);
    assert_eq!(wear(15), [broken, gone]);
}
