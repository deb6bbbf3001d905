use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    prelude::*,
    state::{
        DirtyRecords, EntityRecord, RestoreReport, StateError, UnknownParts, decode_old,
        encode_new, restore_entity, restore_world, snapshot_entity, snapshot_world,
    },
};

use super::purse::{ANN, BEN, Purse, app, pay, uid};

#[test]
fn a_restored_world_has_the_same_hash() {
    let mut app = app();
    app.world_mut().act(ANN, Some(uid(1)), &pay(7)).unwrap();
    let saved = snapshot_world(app.world());
    let hash = state_hash(app.world());
    let mut other = super::purse::app();
    assert_ne!(state_hash(other.world()), hash);
    let report = restore_world(other.world_mut(), &saved);
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    assert_eq!(report.restored, 2);
    assert_eq!(state_hash(other.world()), hash);
}

#[test]
fn only_what_changed_is_dirty() {
    let mut app = app();
    app.world_mut().resource_mut::<DirtyRecords>().take();
    let _ = app.world_mut().act(ANN, Some(uid(1)), &pay(0));
    assert!(app.world().resource::<DirtyRecords>().is_empty());
    app.world_mut().act(ANN, Some(uid(1)), &pay(1)).unwrap();
    let (changed, removed) = app.world_mut().resource_mut::<DirtyRecords>().take();
    assert_eq!(changed.into_iter().collect::<Vec<_>>(), [uid(1), uid(2)]);
    assert!(removed.is_empty());
}

#[test]
fn a_part_of_a_missing_plugin_is_kept() {
    let mut app = app();
    let entity = app.world().resource::<UidIndex>().get(uid(1)).unwrap();
    let mut record = snapshot_entity(app.world(), entity).unwrap();
    let alien = record.parts["test.purse"].clone();
    record.parts.insert("mod.pet".into(), alien.clone());
    let mut report = RestoreReport::default();
    restore_entity(app.world_mut(), &record, &mut report);
    assert_eq!(report.unknown["mod.pet"], 1);
    let again = snapshot_entity(app.world(), entity).unwrap();
    assert_eq!(again.parts["mod.pet"], alien, "written back unchanged");
}

#[test]
fn a_damaged_part_is_reported_and_the_rest_loads() {
    let mut app = app();
    let entity = app.world().resource::<UidIndex>().get(uid(1)).unwrap();
    let mut record = snapshot_entity(app.world(), entity).unwrap();
    record.parts.get_mut("test.purse").unwrap().bytes.clear();
    app.world_mut()
        .entity_mut(entity)
        .remove::<(Owner, Purse)>();
    let mut report = RestoreReport::default();
    restore_entity(app.world_mut(), &record, &mut report);
    assert!(matches!(
        report.problems.as_slice(),
        [(Some(u), StateError::Damaged { name, .. })] if *u == uid(1) && name == "test.purse"
    ));
    assert_eq!(app.world().get::<Owner>(entity), Some(&Owner(ANN)));
    let kept = app.world().get::<UnknownParts>(entity).unwrap();
    assert!(kept.0.contains_key("test.purse"));
}

/// Version 1 of a component, as it was.
#[derive(Serialize, Deserialize)]
struct FameV1 {
    points: u8,
}

/// Version 2 counts in tenths.
#[derive(Component, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Fame {
    tenths: u32,
    title: String,
}

#[test]
fn old_versions_migrate_and_newer_ones_are_refused() {
    let mut app = app();
    app.register_state::<Fame>("test.fame", 2, Audience::Public)
        .migrate_bytes(1, |old| {
            let old: FameV1 = decode_old(old)?;
            encode_new(&Fame {
                tenths: u32::from(old.points) * 10,
                title: String::new(),
            })
        });
    // Frozen bytes of version 1: do not regenerate.
    let record = |version, bytes: &[u8]| EntityRecord {
        uid: uid(2),
        parts: [(
            "test.fame".to_owned(),
            wayfarer_core::state::Part {
                version,
                bytes: serde_bytes::ByteBuf::from(bytes.to_vec()),
            },
        )]
        .into(),
    };
    let mut report = RestoreReport::default();
    let entity = restore_entity(app.world_mut(), &record(1, &[42]), &mut report);
    let fame = app.world().get::<Fame>(entity).unwrap();
    assert_eq!(fame.tenths, 420);
    restore_entity(app.world_mut(), &record(3, &[42]), &mut report);
    assert!(matches!(
        &report.problems[..],
        [(
            _,
            StateError::FromTheFuture {
                found: 3,
                known: 2,
                ..
            }
        )]
    ));
}

#[test]
fn audiences_hash_what_they_know() {
    use wayfarer_core::state::{Viewpoint, audience_hash};
    let mut app = app();
    let of =
        |app: &App, player| audience_hash(app.world(), Viewpoint::Player(player, Role::Player));
    let (ann, ben) = (of(&app, ANN), of(&app, BEN));
    assert_ne!(ann, ben, "each sees another purse");
    // Only Ann's own purse changes: Ben learns nothing.
    let entity = app.world().resource::<UidIndex>().get(uid(1)).unwrap();
    app.world_mut().entity_mut(entity).insert(Purse::of(3));
    assert_ne!(of(&app, ANN), ann);
    assert_eq!(of(&app, BEN), ben);
}

/// What the host throws next: for a rule of its own, and for one that somebody began.
fn throws(app: &mut App) -> Vec<u32> {
    use wayfarer_core::formula::Roller;
    let mut fallen = Vec::new();
    for on_behalf in [false, true] {
        let throw = |txn: &mut Txn<'_>| {
            let mut dice = txn.dice("test");
            let fallen: Vec<u32> = (0..8).map(|_| dice.die(1000)).collect();
            txn.keep_rolls(&dice);
            Ok(fallen)
        };
        let world = app.world_mut();
        fallen.extend(match on_behalf {
            true => world.transact_for("test.throw", uid(1), throw).unwrap(),
            false => world.transact("test.throw", throw).unwrap(),
        });
    }
    fallen
}

#[test]
fn after_loading_the_dice_fall_as_they_would_have() {
    let mut played = app();
    let first = throws(&mut played);
    assert_ne!(throws(&mut played), first, "each rule has its own");
    let saved = snapshot_world(played.world());
    let mut loaded = app();
    let report = restore_world(loaded.world_mut(), &saved);
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    assert_eq!(throws(&mut loaded), throws(&mut played));
    // Saves that were written before this was kept load as well.
    let mut old = saved.clone();
    assert!(old.resources.remove("core.host_serials").is_some());
    let mut loaded = app();
    let report = restore_world(loaded.world_mut(), &old);
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    assert_eq!(throws(&mut loaded), first, "they begin from the start");
}
