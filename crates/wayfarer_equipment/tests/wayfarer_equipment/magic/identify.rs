//! Finding out what things are.

use wayfarer_core::prelude::*;
use wayfarer_equipment::{
    ext::{is_known, known_steps},
    identifying::identify,
    prelude::*,
    rules::identify::Aspect,
};
use wayfarer_inventory::naming::display_name;
use wayfarer_stats::{StatId, explain::explain_entity};

use super::rig::{World, def};

fn by(item: Uid, by: IdentifyBy) -> IdentifyItem {
    IdentifyItem { item, by }
}

fn steps(w: &World, item: Uid) -> u8 {
    let content = &w.world().resource::<ActiveContent>().0;
    known_steps(content, &w.item(item))
}

fn sealed(w: &World) -> Vec<bool> {
    let why = explain_entity(w.world(), w.hero, StatId::of("t:body.guard")).unwrap();
    let own = why.lines.iter().filter(|line| line.amount != 0.0);
    own.filter(|line| {
        matches!(
            line.source,
            wayfarer_stats::explain::LineSource::Modifier { .. }
        )
    })
    .map(|line| line.sealed)
    .collect()
}

#[test]
fn what_is_unknown_works_under_seal() {
    let mut w = World::new();
    let ring = w.give("riddle");
    w.lay(ring, "brief", 100);
    assert_eq!(display_name(w.world(), &w.item(ring)), "Strange ring");
    w.rig.equip(w.me, ring, "left").unwrap();
    w.rig.ticks(1);
    assert_eq!(w.stat("body.guard"), 42.0, "it works all the same");
    assert_eq!(sealed(&w), [true, true]);
    let hero = w.hero;
    for (known, seals, name) in [
        (1, vec![false, true], "Ring of riddles"),
        (2, vec![false, false], "Magical ring of riddles"),
        (3, vec![false, false], "Magical ring of riddles"),
    ] {
        assert_eq!(w.rule(|txn| identify(txn, hero, ring, 1)), known);
        w.rig.ticks(1);
        assert_eq!(sealed(&w), seals, "{known}");
        assert_eq!(display_name(w.world(), &w.item(ring)), name);
    }
    let again = w
        .rig
        .app
        .world_mut()
        .transact("t", |txn| identify(txn, hero, ring, 1));
    assert_eq!(again.unwrap_err().code.as_str(), "fully_known");
}

#[test]
fn rising_opens_the_eyes_while_it_is_worn() {
    let mut w = World::new();
    let ring = w.give("riddle");
    w.set_stat("mind.level", 4.0);
    w.rig.ticks(2);
    assert_eq!(steps(&w, ring), 0, "not in the bag");
    w.wear(ring, "left");
    assert_eq!(steps(&w, ring), 1);
    w.set_stat("mind.level", 5.0);
    w.rig.ticks(2);
    assert_eq!(steps(&w, ring), 1);
    w.set_stat("mind.level", 6.0);
    w.rig.ticks(2);
    assert_eq!(steps(&w, ring), 2);
    w.set_stat("mind.level", 99.0);
    w.rig.ticks(2);
    assert_eq!(steps(&w, ring), 2, "the last step never comes by itself");
    w.set_stat("mind.level", 1.0);
    w.rig.ticks(2);
    assert_eq!(steps(&w, ring), 2, "what is known stays known");
}

#[test]
fn scrolls_sages_and_study() {
    let mut w = World::new();
    let ring = w.give("riddle");
    w.give_many("copper", 100);
    let (sage, sage2) = (w.station("t:sage"), w.station("t:sage2"));
    let ask = by(ring, IdentifyBy::Station(sage));
    let plan = identify_odds(w.world(), w.hero, &ask).unwrap();
    assert_eq!((plan.price, plan.steps), (10, 1), "10 + level 1 - tier 1");
    assert_eq!(w.act(&ask).unwrap(), None);
    assert_eq!((steps(&w, ring), w.count("copper")), (1, 90));
    assert_eq!(w.refused(&ask), "beyond_station");
    w.act(&by(ring, IdentifyBy::Station(sage2))).unwrap();
    assert_eq!((steps(&w, ring), w.count("copper")), (2, 90 - 18));

    let other = w.give("riddle");
    let scrolls = w.give_many("scroll", 3);
    w.act(&by(other, IdentifyBy::Helper(scrolls))).unwrap();
    assert_eq!((steps(&w, other), w.count("scroll")), (2, 2));
    w.act(&by(other, IdentifyBy::Helper(scrolls))).unwrap();
    assert_eq!((steps(&w, other), w.count("scroll")), (3, 1));
    assert_eq!(
        w.refused(&by(other, IdentifyBy::Helper(scrolls))),
        "fully_known"
    );

    let third = w.give("riddle");
    let study = by(third, IdentifyBy::Study);
    w.set_stat("mind.lore", 100.0);
    assert_eq!(
        identify_odds(w.world(), w.hero, &study).unwrap().chance,
        1_000_000
    );
    w.act(&study).unwrap().unwrap();
    assert_eq!(steps(&w, third), 0);
    w.rig.ticks(41);
    assert_eq!(steps(&w, third), 1);
    w.set_stat("mind.lore", 0.0);
    w.act(&study).unwrap();
    w.rig.ticks(41);
    assert_eq!(
        (steps(&w, third), w.note().as_str()),
        (1, "identify_failed")
    );
}

#[test]
fn every_refusal() {
    let mut w = World::new();
    let (ring, cap, pebble) = (w.give("riddle"), w.give("cap"), w.give("pebble"));
    let sage = w.station("t:sage");
    let table = w.station("t:table");
    assert_eq!(w.refused(&by(cap, IdentifyBy::Study)), "fully_known");
    assert_eq!(
        w.refused(&by(Uid::new(u64::MAX).unwrap(), IdentifyBy::Study)),
        "not_found"
    );
    assert_eq!(
        w.refused(&by(ring, IdentifyBy::Helper(pebble))),
        "cannot_identify"
    );
    assert_eq!(
        w.refused(&by(ring, IdentifyBy::Helper(ring))),
        "cannot_identify"
    );
    // What tells of others does not tell of itself: it would be used up.
    let talker = w.give("talker");
    let itself = by(talker, IdentifyBy::Helper(talker));
    assert_eq!(w.refused(&itself), "cannot_identify");
    let odds = identify_odds(w.world(), w.hero, &itself);
    assert_eq!(odds.unwrap_err().code.as_str(), "cannot_identify");
    assert_eq!(
        w.refused(&by(ring, IdentifyBy::Station(table))),
        "station_missing"
    );
    assert_eq!(
        w.refused(&by(ring, IdentifyBy::Station(sage))),
        "insufficient_funds"
    );
    let content = w.world().resource::<ActiveContent>().0.clone();
    assert!(!is_known(&content, &w.item(ring), Aspect::Name));
    let ability = UseAbility {
        item: ring,
        ability: def("blink"),
        target: None,
    };
    assert_eq!(w.refused(&ability), "unidentified");
    assert!(list_abilities(w.world(), w.hero, false).is_empty());
    w.switch(false);
    assert_eq!(w.refused(&by(ring, IdentifyBy::Study)), "feature_disabled");
}
