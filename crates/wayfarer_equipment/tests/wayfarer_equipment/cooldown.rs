//! Slots stay locked for a while, to the tick.

use wayfarer_core::{
    prelude::*,
    refusal::Arg,
    state::{restore_world, snapshot_world},
};
use wayfarer_equipment::prelude::*;

use crate::rig::{Rig, def};

#[test]
fn the_boundary_tick() {
    // 2 s at 20 Hz are 40 ticks; the greataxe asks for 5 s, which is more.
    for (thing, slot, ticks) in [
        ("sword", "main", 40),
        ("greataxe", "main", 100),
        ("helm", "head", 40),
    ] {
        let mut rig = Rig::new();
        let (hero, me) = rig.hero();
        let item = rig.give(hero, thing, 1, 0);
        rig.equip(me, item, slot).unwrap();
        let off = UnequipItem {
            slot: def(slot),
            compartment: None,
        };
        let refusal = rig.refused(me, &off);
        assert_eq!(refusal.code.as_str(), "equip_locked");
        assert_eq!(
            refusal.arg("remaining"),
            Some(&Arg::Number(ticks as f32 / 20.0))
        );
        rig.ticks(ticks - 1);
        let refusal = rig.refused(me, &off);
        assert_eq!(
            refusal.arg("remaining"),
            Some(&Arg::Number(0.05)),
            "one tick before"
        );
        assert_eq!(cooldown_left(rig.app.world(), hero, def(slot)), 0.05);
        rig.ticks(1);
        assert_eq!(cooldown_left(rig.app.world(), hero, def(slot)), 0.0);
        rig.act(me, &off)
            .unwrap_or_else(|r| panic!("at exactly the tick it may be: {r}"));
        rig.check(hero);
    }
}

#[test]
fn taking_off_and_putting_on_can_not_get_round_it() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let great = rig.give(hero, "greataxe", 1, 0);
    let shield = rig.give(hero, "shield", 1, 0);
    rig.equip(me, great, "main").unwrap();
    // The off hand is locked with it.
    assert_eq!(rig.try_equip(hero, me, shield, "off"), "equip_locked");
    rig.ticks(99);
    assert_eq!(rig.try_equip(hero, me, shield, "off"), "equip_locked");
    rig.ticks(1);
    assert_eq!(rig.try_equip(hero, me, shield, "off"), "ok");
    assert_eq!(rig.worn(hero, "main"), None, "the axe had to go");
    // The slot that the axe left is locked too.
    assert_eq!(rig.try_equip(hero, me, great, "main"), "equip_locked");
    rig.check(hero);
}

#[test]
fn what_remains_survives_a_restart() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let sword = rig.give(hero, "sword", 1, 0);
    rig.equip(me, sword, "main").unwrap();
    rig.ticks(15);
    let saved = snapshot_world(rig.app.world());

    let mut later = Rig::new();
    later.ticks(500);
    let report = restore_world(later.app.world_mut(), &saved);
    assert!(report.problems.is_empty(), "{report:?}");
    let again = later.app.world().resource::<UidIndex>().get(me).unwrap();
    assert_eq!(
        cooldown_left(later.app.world(), again, def("main")),
        25.0 / 20.0
    );
    later.ticks(1);
    rig.ticks(1);
    assert_eq!(later.hash(), rig.hash());
    later.check(again);
    assert_eq!(later.stat(again, "attack"), 5.0);
}

#[test]
fn passed_locks_are_forgotten_and_paused_ones_wait() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero();
    let helm = rig.give(hero, "helm", 1, 0);
    let sword = rig.give(hero, "sword", 1, 0);
    rig.equip(me, helm, "head").unwrap();
    rig.app.world_mut().resource_mut::<Paused>().0 = true;
    rig.ticks(100);
    assert_eq!(cooldown_left(rig.app.world(), hero, def("head")), 2.0);
    rig.app.world_mut().resource_mut::<Paused>().0 = false;
    rig.ticks(40);
    rig.equip(me, sword, "main").unwrap();
    let equipment = rig.app.world().get::<Equipment>(hero).unwrap();
    let locked: Vec<DefId> = equipment.locks().map(|(slot, _)| slot).collect();
    assert_eq!(locked, [def("main")]);
}
