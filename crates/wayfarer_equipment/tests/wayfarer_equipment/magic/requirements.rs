//! What things ask of their wearer.

use wayfarer_core::refusal::Arg;
use wayfarer_stats::effects::{EffectSpec, apply_effect};

use super::rig::World;

#[test]
fn level_people_and_deeds() {
    let mut w = World::new();
    let banner = w.give("banner");
    let (hero, me) = (w.hero, w.me);
    let be = |w: &mut World, what: &str| {
        w.rule(|txn| apply_effect(txn, hero, &EffectSpec::named(what)));
    };
    assert_eq!(w.rig.try_equip(hero, me, banner, "off"), "level_gate");
    w.set_stat("mind.level", 2.0);
    assert_eq!(w.rig.try_equip(hero, me, banner, "off"), "class_gate");
    be(&mut w, "t:knighted");
    assert_eq!(w.rig.try_equip(hero, me, banner, "off"), "quest_gate");
    be(&mut w, "t:banished");
    assert_eq!(w.rig.try_equip(hero, me, banner, "off"), "class_gate");
    w.rule(|txn| wayfarer_stats::effects::remove_all(txn, hero, super::rig::def("banished")));
    be(&mut w, "t:proved");
    assert_eq!(w.rig.try_equip(hero, me, banner, "off"), "ok");
}

#[test]
fn the_refusal_names_what_is_missing() {
    let mut w = World::new();
    let banner = w.give("banner");
    w.set_stat("mind.level", 2.0);
    let slot = Some(super::rig::def("off"));
    let refusal = w
        .act(&wayfarer_equipment::actions::EquipItem { item: banner, slot })
        .unwrap_err();
    let tag = refusal.arg("tag").unwrap();
    assert_eq!(tag, &Arg::Text("Of the order".into()));
}
