//! What can be done with things.

use wayfarer_core::{prelude::*, refusal::Arg};
use wayfarer_equipment::{abilities::in_combat, prelude::*};
use wayfarer_stats::effects::{ActiveEffects, EffectSpec, apply_effect};

use super::rig::{World, def};

fn with(item: Uid, ability: &str, target: Option<Uid>) -> UseAbility {
    UseAbility {
        item,
        ability: def(ability),
        target,
    }
}

#[test]
fn it_costs_hits_and_waits() {
    let mut w = World::new();
    let wand = w.give("wand");
    let (guard, other) = w.rig.spawn("t:guard");
    w.rig.equip(w.me, wand, "main").unwrap();
    let bolt = with(wand, "bolt", Some(other));
    // Whoever has just put it on has to wait until the slot is free: 2 s.
    let refusal = w.rig.refused(w.me, &bolt);
    assert_eq!(refusal.code.as_str(), "equip_locked");
    assert_eq!(refusal.arg("remaining"), Some(&Arg::Number(2.0)));
    w.rig.ticks(39);
    assert_eq!(w.refused(&bolt), "equip_locked");
    w.rig.ticks(1);
    w.act(&bolt).unwrap();
    assert_eq!(
        w.stat("mind.breath"),
        30.0 - 11.0,
        "10 and one for the level"
    );
    let effects = w.world().get::<ActiveEffects>(guard).unwrap();
    let scar = effects.iter().next().unwrap();
    assert_eq!((scar.source, scar.level), (Some(w.me), 1.0));
    let refusal = w.rig.refused(w.me, &bolt);
    assert_eq!(refusal.code.as_str(), "ability_cooldown");
    assert_eq!(refusal.arg("remaining"), Some(&Arg::Number(5.0)));
    // The other ability of the same thing does not wait.
    w.act(&with(wand, "blink", None)).unwrap();
    w.rig.ticks(99);
    assert_eq!(w.refused(&bolt), "ability_cooldown");
    w.rig.ticks(1);
    w.act(&bolt).unwrap();
    w.rig.ticks(100);
    assert_eq!(
        w.refused(&bolt),
        "insufficient",
        "8 are left, 11 are needed"
    );
}

#[test]
fn the_wait_stays_with_the_thing() {
    let mut w = World::new();
    let wand = w.give("wand");
    w.act(&with(wand, "blink", None)).unwrap();
    let (_, other) = w.rig.spawn("t:guard");
    let give = wayfarer_inventory::prelude::TransferItem {
        from: w.me,
        item: wand,
        count: None,
        to: other,
        compartment: None,
    };
    w.act(&give).unwrap();
    let blink = with(wand, "blink", None);
    assert_eq!(
        w.rig.refused(other, &blink).code.as_str(),
        "ability_cooldown"
    );
}

#[test]
fn targets_and_places() {
    let mut w = World::new();
    let wand = w.give("wand");
    let (_, other) = w.rig.spawn("t:guard");
    assert_eq!(w.refused(&with(wand, "bolt", Some(other))), "not_worn");
    w.act(&with(wand, "blink", None)).unwrap();
    w.rig.ticks(60);
    assert_eq!(w.refused(&with(wand, "blink", Some(other))), "wrong_target");
    w.wear(wand, "main");
    assert_eq!(w.refused(&with(wand, "bolt", None)), "wrong_target");
    assert_eq!(w.refused(&with(wand, "rage", None)), "no_such_ability");
    assert_eq!(
        w.refused(&with(wand, "bolt", Some(Uid::new(u64::MAX).unwrap()))),
        "not_found"
    );
    assert_eq!(
        w.refused(&with(Uid::new(u64::MAX).unwrap(), "bolt", None)),
        "not_found"
    );
    w.durability(wand, 4);
    assert_eq!(w.refused(&with(wand, "bolt", Some(other))), "too_worn");
    w.durability(wand, 5);
    // Somebody who walks out of reach is not hit.
    let entity = w.world().resource::<UidIndex>().get(other).unwrap();
    let far = Position::ground(1000.0, 0.0);
    w.rig.app.world_mut().entity_mut(entity).insert(far);
    let hero = w.hero;
    w.rig
        .app
        .world_mut()
        .entity_mut(hero)
        .insert(Position::ground(0.0, 0.0));
    assert_eq!(w.refused(&with(wand, "bolt", Some(other))), "out_of_reach");
    w.switch(false);
    assert_eq!(w.refused(&with(wand, "blink", None)), "feature_disabled");
}

#[test]
fn in_combat_and_out_of_it() {
    let mut w = World::new();
    let shield = w.give("shield_of_moods");
    w.wear(shield, "off");
    let names = |w: &World, combat| {
        let all = list_abilities(w.world(), w.hero, combat);
        let names: Vec<_> = all
            .iter()
            .map(|view| (view.ability, view.refusal.is_none()))
            .collect();
        names
    };
    assert_eq!(names(&w, false), [(def("rest"), true)]);
    assert_eq!(names(&w, true), [(def("rage"), true)]);
    assert_eq!(w.refused(&with(shield, "rage", None)), "only_in_combat");
    w.act(&with(shield, "rest", None)).unwrap();
    let hero = w.hero;
    w.rule(|txn| apply_effect(txn, hero, &EffectSpec::named("t:anger")));
    let content = w.world().resource::<ActiveContent>().0.clone();
    assert!(in_combat(w.world(), &content, hero));
    assert_eq!(w.refused(&with(shield, "rest", None)), "not_in_combat");
    w.act(&with(shield, "rage", None)).unwrap();
}

#[test]
fn charges_are_used() {
    let mut w = World::new();
    let sparkler = w.give("sparkler");
    w.wear(sparkler, "off");
    let (_, other) = w.rig.spawn("t:guard");
    let spark = with(sparkler, "spark", Some(other));
    w.act(&spark).unwrap();
    w.act(&spark).unwrap();
    assert_eq!(w.refused(&spark), "no_charges");
    let listed = list_abilities(w.world(), w.hero, false);
    let refusal = listed[0].refusal.as_ref().unwrap();
    assert_eq!(refusal.code.as_str(), "no_charges");
}

#[test]
fn a_refused_effect_takes_nothing() {
    let mut w = World::new();
    let wand = w.give("wand");
    w.wear(wand, "main");
    // A chest has no stats: the effect is refused, and the cost comes back.
    let (_, chest) = w.rig.spawn("t:chest");
    let before = w.stat("mind.breath");
    w.refused(&with(wand, "bolt", Some(chest)));
    assert_eq!(w.stat("mind.breath"), before);
}

#[test]
fn enchantments_bring_abilities_as_strong_as_they_are() {
    let mut w = World::new();
    let cap = w.give("cap");
    w.lay(cap, "hot", 40);
    w.wear(cap, "head");
    let listed = list_abilities(w.world(), w.hero, true);
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].item, listed[0].ability), (cap, def("bolt")));
    let (guard, other) = w.rig.spawn("t:guard");
    w.act(&with(cap, "bolt", Some(other))).unwrap();
    let effects = w.world().get::<ActiveEffects>(guard).unwrap();
    assert_eq!(effects.iter().next().unwrap().level, 0.4);
    let listed = list_abilities(w.world(), w.hero, true);
    assert_eq!(listed[0].remaining, 5.0);
}
