//! Saved, loaded, and seen by others.

use wayfarer_core::{
    prelude::*,
    state::{Viewpoint, audience_hash, restore_world, snapshot_world},
};
use wayfarer_equipment::{
    ext::{Attuned, GivenName, Identified},
    prelude::*,
};

use super::rig::{ANN, World, def};

/// A hero in the middle of everything: work begun, time running, a set worn.
fn in_the_middle() -> (World, Uid) {
    let mut w = World::new();
    let table = w.station("t:table");
    w.give_many("copper", 1000);
    w.give_many("dust", 10);
    w.learn("sharp", 3);
    let (cap, band, wand, ring) = (
        w.give("cap"),
        w.give("band"),
        w.give("wand"),
        w.give("oath"),
    );
    w.lay(cap, "brief", 50);
    w.wear(cap, "head");
    w.wear(band, "left");
    let me = w.me;
    w.set_ext(ring, &Attuned(me));
    w.wear(ring, "right");
    w.act(&UseAbility {
        item: wand,
        ability: def("blink"),
        target: None,
    })
    .unwrap();
    w.rig.ticks(5);
    let blade = w.give("blade");
    w.set_ext(blade, &GivenName("Widow".into()));
    let riddle = w.give("riddle");
    w.set_ext(riddle, &Identified(1));
    w.act(&EnchantItem {
        item: blade,
        enchantment: def("sharp"),
        station: Some(table),
        keeper: false,
    })
    .unwrap();
    w.rig.ticks(20);
    (w, blade)
}

#[test]
fn a_save_in_the_middle_goes_on_as_if_nothing_had_been() {
    let (mut w, blade) = in_the_middle();
    let saved = snapshot_world(w.world());
    let mut later = World::new();
    later.rig.ticks(500);
    let report = restore_world(later.rig.app.world_mut(), &saved);
    assert!(report.problems.is_empty(), "{report:?}");
    later.hero = later.world().resource::<UidIndex>().get(w.me).unwrap();
    later.me = w.me;
    w.rig.ticks(1);
    later.rig.ticks(1);
    assert_eq!(later.rig.hash(), w.rig.hash());
    for ticks in [10, 20, 20] {
        w.rig.ticks(ticks);
        later.rig.ticks(ticks);
        assert_eq!(later.rig.hash(), w.rig.hash(), "after {ticks} more");
        assert_eq!(later.stat("body.guard"), w.stat("body.guard"));
    }
    // The work ends and the cap's warmth runs out; only what the die shows may differ.
    w.rig.ticks(200);
    later.rig.ticks(200);
    for w in [&w, &later] {
        assert_eq!(w.enchants(blade).len(), 1, "the work was finished");
        assert_eq!((w.count("copper"), w.count("dust")), (910, 7));
        assert_eq!(w.lore().of(def("sharp")).applied, 4);
        let shine = w.stat("mind.shine");
        assert_eq!(shine, 2.0, "of the ring and of the wand; the cap's is over");
    }
}

#[test]
fn only_the_owner_knows() {
    let (w, _) = in_the_middle();
    let (mut more, _) = in_the_middle();
    let seen =
        |w: &World, player| audience_hash(w.world(), Viewpoint::Player(player, Role::Player));
    let stranger = PlayerId(77);
    assert_eq!(seen(&more, ANN), seen(&w, ANN));
    more.learn("cold", 0);
    assert_ne!(seen(&more, ANN), seen(&w, ANN));
    assert_eq!(
        seen(&more, stranger),
        seen(&w, stranger),
        "lore is nobody else's business"
    );
}
