//! Switched off, everything stays stored and nothing works; switched on, all is as it was.

use wayfarer_core::{
    feature::{Features, SwitchFeature},
    prelude::*,
    state::{restore_world, snapshot_world},
};
use wayfarer_equipment::{FEATURE, prelude::*, repair::RepairItem};
use wayfarer_inventory::prelude::*;
use wayfarer_stats::inputs::StatInputs;

use crate::gear_rig::Gear;

fn switch(rig: &mut Gear, on: bool) -> Result<bool, Refusal> {
    let feature = FEATURE.to_owned();
    rig.host(&SwitchFeature { feature, on })
}

fn dressed() -> (Gear, Vec<Uid>) {
    let mut rig = Gear::new();
    let items = ["sword", "plate", "ring"].map(|name| {
        let item = rig.give(name, 1);
        rig.wear(item)
    });
    rig.set_quality(items[0], "elite");
    rig.set_left(items[1], 40_000);
    rig.ticks(1);
    (rig, items.to_vec())
}

/// Everything that stats and items are made of, as bytes; not how often they have changed.
fn bytes(rig: &Gear) -> (Vec<u8>, Vec<u8>, Vec<u32>) {
    let world = rig.app.world();
    let inputs = world.get::<StatInputs>(rig.hero).unwrap();
    let items: Vec<&Item> = rig.bag().iter().collect();
    let stats = ["attack", "guard", "speed"];
    (
        postcard::to_stdvec(inputs.modifiers()).unwrap(),
        postcard::to_stdvec(&items).unwrap(),
        stats.map(|name| rig.stat(name).to_bits()).to_vec(),
    )
}

#[test]
fn off_and_on_is_bit_identical() {
    let (mut rig, _) = dressed();
    let before = bytes(&rig);
    assert_eq!(switch(&mut rig, false), Ok(true));
    assert_eq!(switch(&mut rig, false), Ok(false));
    rig.ticks(1);
    assert_eq!(
        (rig.stat("attack"), rig.stat("guard"), rig.stat("speed")),
        (10.0, 0.0, 30.0)
    );
    let off = bytes(&rig);
    assert_eq!(off.1, before.1, "everything stored stays");
    assert_eq!(switch(&mut rig, true), Ok(true));
    rig.ticks(1);
    assert_eq!(bytes(&rig), before);
}

#[test]
fn nothing_of_it_can_be_done_meanwhile() {
    let (mut rig, items) = dressed();
    let helm = rig.give("robe", 1);
    switch(&mut rig, false).unwrap();
    rig.ticks(1);
    let slot = DefId::of("core:main_hand");
    assert_eq!(
        rig.refused(&EquipItem {
            item: helm,
            slot: None
        }),
        "feature_disabled"
    );
    let compartment = None;
    assert_eq!(
        rig.refused(&UnequipItem { slot, compartment }),
        "feature_disabled"
    );
    let to = DefId::of("core:off_hand");
    assert_eq!(
        rig.refused(&SwapSlots { from: slot, to }),
        "feature_disabled"
    );
    let repair = RepairItem {
        item: items[1],
        station: None,
        points: None,
        extras: false,
    };
    assert_eq!(rig.refused(&repair), "feature_disabled");
    // Panels say the same; so does the game master hear it.
    let checked = check_equip(rig.app.world(), rig.hero, helm, None);
    assert_eq!(checked.unwrap_err().code, Code::FEATURE_DISABLED);
    let refusal = rig
        .host(&EquipItem {
            item: helm,
            slot: None,
        })
        .unwrap_err();
    assert_eq!(refusal.code, Code::FEATURE_DISABLED);
    // Nothing wears.
    let left = rig.left(items[0]);
    rig.app.world_mut().trigger(CombatRoundEnded {
        combat: 1,
        round: 1,
        participants: vec![Participant::new(rig.me)],
    });
    rig.ticks(1);
    assert_eq!(rig.left(items[0]), left);
    // What the others do goes on.
    let (item, count) = (helm, None);
    rig.act(&DropItem { item, count }).unwrap();
}

#[test]
fn only_game_masters_switch_what_there_is() {
    let (mut rig, _) = dressed();
    let off = |feature: &str| SwitchFeature {
        feature: feature.to_owned(),
        on: false,
    };
    assert_eq!(rig.refused(&off(FEATURE)), "not_authorised");
    assert_eq!(rig.host(&off("gravity")).unwrap_err().code, Code::NOT_FOUND);
    assert!(
        rig.app
            .world()
            .resource::<Features>()
            .off()
            .next()
            .is_none()
    );
}

#[test]
fn it_is_saved_and_undone() {
    let (mut rig, _) = dressed();
    let before = bytes(&rig);
    switch(&mut rig, false).unwrap();
    rig.ticks(1);
    let record = snapshot_world(rig.app.world());
    let mut other = Gear::new();
    restore_world(other.app.world_mut(), &record);
    other.me = rig.me;
    other.hero = other
        .app
        .world()
        .resource::<UidIndex>()
        .get(rig.me)
        .unwrap();
    other.ticks(1);
    assert_eq!(other.stat("attack"), 10.0);
    assert!(!other.app.world().resource::<Features>().is_on(FEATURE));
    switch(&mut other, true).unwrap();
    other.ticks(1);
    assert_eq!(bytes(&other), before);
}

#[test]
fn a_save_in_which_it_was_on_works_where_it_is_off() {
    let (mut rig, _) = dressed();
    let before = bytes(&rig);
    let record = snapshot_world(rig.app.world());
    switch(&mut rig, false).unwrap();
    rig.ticks(1);
    restore_world(rig.app.world_mut(), &record);
    rig.hero = rig.app.world().resource::<UidIndex>().get(rig.me).unwrap();
    rig.ticks(1);
    assert_eq!(bytes(&rig), before);
}

/// The panel's question about taking off has the answer that the action has.
#[test]
fn asking_whether_it_comes_off_is_as_good_as_trying() {
    let (mut rig, _) = dressed();
    let [hand, back] = ["core:main_hand", "core:back"].map(DefId::of);
    let same = |rig: &mut Gear, slot, expected: &str| {
        let asked = check_unequip(rig.app.world(), rig.hero, slot).map_err(|r| r.code.to_string());
        assert_eq!(asked, Err(expected.to_owned()));
        let compartment = None;
        assert_eq!(rig.refused(&UnequipItem { slot, compartment }), expected);
    };
    same(&mut rig, back, "slot_empty");
    switch(&mut rig, false).unwrap();
    same(&mut rig, hand, "feature_disabled");
    switch(&mut rig, true).unwrap();
    assert_eq!(check_unequip(rig.app.world(), rig.hero, hand), Ok(()));
    let slot = hand;
    let compartment = None;
    rig.act(&UnequipItem { slot, compartment }).unwrap();
    same(&mut rig, hand, "slot_empty");
    let item = rig.give("shield", 1);
    rig.act(&EquipItem { item, slot: None }).unwrap();
    same(&mut rig, DefId::of("core:off_hand"), "equip_locked");
}
