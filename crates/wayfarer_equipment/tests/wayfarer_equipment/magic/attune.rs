//! Attuning.

use wayfarer_core::prelude::*;
use wayfarer_equipment::prelude::*;
use wayfarer_inventory::prelude::*;

use super::rig::{World, def};

#[test]
fn nothing_before_attuning_all_after() {
    let mut w = World::new();
    let ring = w.give("oath");
    w.wear(ring, "left");
    assert_eq!((w.stat("body.guard"), w.stat("mind.shine")), (0.0, 0.0));
    let blink = UseAbility {
        item: ring,
        ability: def("blink"),
        target: None,
    };
    assert_eq!(w.refused(&blink), "not_attuned");
    assert_eq!(check_attune(w.world(), w.hero, ring), Ok(()));
    w.act(&AttuneItem { item: ring }).unwrap().unwrap();
    assert_eq!(w.stat("body.guard"), 0.0, "it takes its time");
    w.rig.ticks(21);
    assert_eq!((w.stat("body.guard"), w.stat("mind.shine")), (3.0, 1.0));
    assert_eq!(w.refused(&AttuneItem { item: ring }), "already_attuned");
    w.act(&UnattuneItem { item: ring }).unwrap();
    assert_eq!((w.stat("body.guard"), w.stat("mind.shine")), (0.0, 0.0));
    assert_eq!(w.refused(&UnattuneItem { item: ring }), "not_attuned");
}

#[test]
fn only_so_many_at_once() {
    let mut w = World::new();
    let (one, two, vow) = (w.give("oath"), w.give("oath"), w.give("vow"));
    w.act(&AttuneItem { item: one }).unwrap();
    w.rig.ticks(21);
    assert_eq!(w.refused(&AttuneItem { item: two }), "attunement_full");
    assert_eq!(w.refused(&AttuneItem { item: vow }), "level_gate");
    w.set_stat("mind.lore", 50.0);
    w.act(&AttuneItem { item: two }).unwrap();
    w.rig.ticks(21);
    let cap = w.give("cap");
    assert_eq!(w.refused(&AttuneItem { item: cap }), "not_attunable");
    // What is given away makes room, and means nothing to who gets it.
    let (guard, other) = w.rig.spawn("t:guard");
    w.act(&TransferItem {
        from: w.me,
        item: one,
        count: None,
        to: other,
        compartment: None,
    })
    .unwrap();
    w.rig.equip(other, one, "left").unwrap_or(one);
    let guards = wayfarer_stats::api::value(w.world(), guard, "t:body.guard");
    assert_eq!(guards, Some(0.0));
    let third = w.give("oath");
    w.act(&AttuneItem { item: third }).unwrap();
    w.rig.ticks(21);
    assert_eq!(
        w.refused(&AttuneItem {
            item: Uid::new(u64::MAX).unwrap()
        }),
        "not_found"
    );
}

/// Laying a thing aside makes room for another, and it may not come back to be one too many.
#[test]
fn what_comes_back_counts_again() {
    let mut w = World::new();
    let (one, two) = (w.give("oath"), w.give("oath"));
    w.act(&AttuneItem { item: one }).unwrap();
    w.rig.ticks(21);
    let (_, other) = w.rig.spawn("t:guard");
    let hand = |from, to| TransferItem {
        from,
        item: one,
        count: None,
        to,
        compartment: None,
    };
    w.act(&hand(w.me, other)).unwrap();
    w.act(&AttuneItem { item: two }).unwrap();
    w.rig.ticks(21);
    let on = |item| EquipItem { item, slot: None };
    w.act(&on(two)).unwrap();
    w.rig.ticks(41);
    w.act(&hand(other, w.me)).unwrap();
    let guard = w.stat("body.guard");
    assert_eq!(w.refused(&on(one)), "attunement_full");
    w.act(&UnattuneItem { item: two }).unwrap();
    w.act(&on(one)).unwrap();
    assert_eq!(w.stat("body.guard"), guard, "one works, the other not");
}
