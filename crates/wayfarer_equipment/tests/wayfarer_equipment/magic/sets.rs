//! Sets.

use wayfarer_equipment::{facts::SetBonusChanged, prelude::*};

use super::rig::{World, def};

fn told(w: &mut World) -> Vec<(u8, u8)> {
    let world = w.rig.app.world_mut();
    let mut messages = world.resource_mut::<bevy::prelude::Messages<SetBonusChanged>>();
    let trio = |change: &SetBonusChanged| change.set == def("trio");
    let all = messages
        .drain()
        .filter(trio)
        .map(|change| (change.before, change.after));
    all.collect()
}

#[test]
fn tiers_add_up_and_break_up() {
    let mut w = World::new();
    let (cap, band, sash) = (w.give("cap"), w.give("band"), w.give("sash"));
    w.wear(cap, "head");
    assert_eq!(w.stat("body.guard"), 1.0);
    w.wear(band, "left");
    assert_eq!((w.stat("body.guard"), told(&mut w)), (6.0, vec![(0, 1)]));
    w.wear(sash, "off");
    assert_eq!((w.stat("body.guard"), w.stat("mind.shine")), (16.0, 1.0));
    assert_eq!(told(&mut w), vec![(1, 2)]);
    assert_eq!(w.stat("body.melee"), 6.0, "the other set counts too");
    // A piece that is too worn does not count, and its repair brings it back.
    w.durability(cap, 29);
    assert_eq!((w.stat("body.guard"), w.stat("mind.shine")), (6.0, 0.0));
    let status = set_status(w.world(), w.hero);
    let trio = status.iter().find(|s| s.set == def("trio")).unwrap();
    assert_eq!(
        (trio.counted, trio.tiers, trio.next, trio.restored),
        (2, 1, Some(1), 1)
    );
    assert_eq!(trio.unsound().collect::<Vec<_>>(), [cap]);
    assert!(trio.missing.is_empty());
    w.durability(cap, 30);
    assert_eq!(
        (w.stat("body.guard"), told(&mut w)),
        (16.0, vec![(2, 1), (1, 2)])
    );
    w.take_off("left");
    assert_eq!((w.stat("body.guard"), w.stat("mind.shine")), (6.0, 0.0));
    w.take_off("head");
    w.take_off("off");
    assert_eq!((w.stat("body.guard"), w.stat("body.melee")), (0.0, 5.0));
    assert_eq!(told(&mut w), vec![(2, 1), (1, 0)]);
    let sets = w.world().get::<ActiveSets>(w.hero).unwrap();
    assert_eq!(sets.iter().count(), 0);
}

#[test]
fn doubles_count_where_the_set_says_so() {
    let mut w = World::new();
    let (one, two, cap) = (w.give("band"), w.give("band"), w.give("cap"));
    w.wear(one, "left");
    w.wear(two, "right");
    assert_eq!((w.stat("body.guard"), w.stat("body.melee")), (0.0, 5.0));
    w.wear(cap, "head");
    // Three pieces of cloth; of the trio two, for the bands are one.
    assert_eq!((w.stat("body.guard"), w.stat("body.melee")), (6.0, 6.0));
}

#[test]
fn previews_are_what_comes() {
    let mut w = World::new();
    let (cap, band, sash) = (w.give("cap"), w.give("band"), w.give("sash"));
    w.wear(cap, "head");
    for (item, slot) in [(band, "left"), (sash, "off")] {
        let would = preview_equip(w.world(), w.hero, item, Some(def(slot))).unwrap();
        let sets = set_what_if(w.world(), w.hero, item, Some(def(slot))).unwrap();
        let before = w.stat("body.guard");
        w.wear(item, slot);
        let after = w.stat("body.guard");
        let change = would
            .iter()
            .find(|c| c.stat == wayfarer_stats::StatId::of("t:body.guard"));
        assert_eq!(change.map(|c| (c.before, c.after)), Some((before, after)));
        assert_eq!(sets, set_status(w.world(), w.hero));
    }
    // The sash fits where the band is: the set would lose a piece.
    let would = set_what_if(w.world(), w.hero, sash, Some(def("left"))).unwrap();
    let trio = would.iter().find(|s| s.set == def("trio")).unwrap();
    assert_eq!((trio.tiers, trio.missing.clone()), (1, vec![def("band")]));
    let off = preview_unequip(w.world(), w.hero, def("left")).unwrap();
    let before = w.stat("body.guard");
    w.take_off("left");
    assert_eq!(
        (off[0].before, off[0].after),
        (before, w.stat("body.guard"))
    );
}

#[test]
fn the_bonus_has_a_name_in_explanations() {
    let mut w = World::new();
    let (cap, band) = (w.give("cap"), w.give("band"));
    w.wear(cap, "head");
    w.wear(band, "left");
    w.rig.ticks(1);
    let stat = wayfarer_stats::StatId::of("t:body.guard");
    let why = wayfarer_stats::explain::explain_entity(w.world(), w.hero, stat).unwrap();
    let line = why
        .lines
        .iter()
        .find(|line| line.label == "The trio")
        .unwrap();
    assert_eq!(line.amount, 5.0);
    assert!(line.place.as_deref().unwrap().contains("gear_sets"));
}

#[test]
fn switched_off_and_on_again() {
    let mut w = World::new();
    let (cap, band, sash) = (w.give("cap"), w.give("band"), w.give("sash"));
    let blade = w.give("blade");
    w.lay(blade, "sharp", 80);
    for (item, slot) in [
        (cap, "head"),
        (band, "left"),
        (sash, "off"),
        (blade, "main"),
    ] {
        w.wear(item, slot);
    }
    w.rig.ticks(2);
    let before = (
        w.stat("body.guard"),
        w.stat("body.attack"),
        w.stat("mind.shine"),
    );
    let inputs = |w: &World| {
        let inputs = w.world().get::<wayfarer_stats::inputs::StatInputs>(w.hero);
        inputs.unwrap().modifiers().to_vec()
    };
    let modifiers = inputs(&w);
    let switch = |w: &mut World, on: bool| {
        w.switch(on);
        w.rig.ticks(2);
    };
    switch(&mut w, false);
    assert_eq!(
        (
            w.stat("body.guard"),
            w.stat("body.attack"),
            w.stat("mind.shine")
        ),
        (0.0, 1.0, 0.0)
    );
    switch(&mut w, true);
    assert_eq!(
        (
            w.stat("body.guard"),
            w.stat("body.attack"),
            w.stat("mind.shine")
        ),
        before
    );
    let worn = |all: Vec<wayfarer_stats::modifier::Modifier>, w: &World| {
        let bag = w.bag();
        let own = all.into_iter().filter(|m| bag.get(m.source).is_some());
        own.collect::<Vec<_>>()
    };
    assert_eq!(worn(inputs(&w), &w), worn(modifiers, &w), "to the bit");
}
