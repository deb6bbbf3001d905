//! Effects that last as long as something is worn.

use wayfarer_stats::effects::{ActiveEffects, remove_effect};

use super::rig::{World, def};

fn glows(w: &World) -> usize {
    let effects = w.world().get::<ActiveEffects>(w.hero);
    effects.map_or(0, |effects| effects.of(def("glow")).count())
}

#[test]
fn the_stronger_of_two_counts_and_the_other_takes_over() {
    let mut w = World::new();
    let (one, two) = (w.give("band"), w.give("band"));
    w.lay(one, "brief", 40);
    w.lay(two, "brief", 90);
    w.rig.equip(w.me, one, "left").unwrap();
    assert_eq!((w.stat("mind.shine"), glows(&w)), (0.4, 1));
    w.rig.equip(w.me, two, "right").unwrap();
    assert_eq!((w.stat("mind.shine"), glows(&w)), (0.9, 1));
    w.rig.ticks(40);
    w.take_off("right");
    assert_eq!((w.stat("mind.shine"), glows(&w)), (0.4, 1));
    w.take_off("left");
    assert_eq!((w.stat("mind.shine"), glows(&w)), (0.0, 0));
}

#[test]
fn broken_things_give_nothing() {
    let mut w = World::new();
    let cap = w.give("cap");
    w.lay(cap, "brief", 100);
    w.rig.equip(w.me, cap, "head").unwrap();
    assert_eq!((w.stat("body.guard"), glows(&w)), (41.0, 1));
    w.durability(cap, 9);
    assert_eq!((w.stat("body.guard"), glows(&w)), (0.0, 0));
    w.durability(cap, 10);
    assert_eq!((w.stat("body.guard"), glows(&w)), (41.0, 1));
}

#[test]
fn effects_of_others_are_left_alone() {
    let mut w = World::new();
    let hero = w.hero;
    let spec = wayfarer_stats::effects::EffectSpec::named("t:glow").level(2.0);
    w.rule(|txn| wayfarer_stats::effects::apply_effect(txn, hero, &spec));
    let cap = w.give("cap");
    w.wear(cap, "head");
    w.take_off("head");
    assert_eq!(glows(&w), 1, "a spell is no hat");
    // The same effect from a thing stands beside it, and goes with the thing.
    w.lay(cap, "brief", 50);
    w.wear(cap, "head");
    assert_eq!((w.stat("mind.shine"), glows(&w)), (2.5, 2));
    w.rule(|txn| wayfarer_stats::effects::apply_effect(txn, hero, &spec));
    assert_eq!(glows(&w), 2, "a second spell joins the first, not the hat");
    w.take_off("head");
    assert_eq!((w.stat("mind.shine"), glows(&w)), (2.0, 1));
}

/// A game master takes away what the hat does while it is worn; then the hat wanders.
#[test]
fn an_effect_that_was_removed_under_its_thing_comes_and_goes_with_it() {
    let mut w = World::new();
    let cap = w.give("cap");
    w.lay(cap, "brief", 50);
    w.wear(cap, "head");
    assert_eq!(glows(&w), 1);
    let effects = w.world().get::<ActiveEffects>(w.hero).unwrap();
    let glow = effects.of(def("glow")).next().unwrap().uid;
    let hero = w.hero;
    w.rule(|txn| remove_effect(txn, hero, glow));
    w.rig.ticks(2);
    let left = glows(&w);
    // Taken off, nothing of it stays; put on, it is there once, whatever was done before.
    w.take_off("head");
    assert_eq!((w.stat("mind.shine"), glows(&w)), (0.0, 0), "after {left}");
    w.rig.ticks(60);
    w.wear(cap, "head");
    assert_eq!((w.stat("mind.shine"), glows(&w)), (0.5, 1));
}
