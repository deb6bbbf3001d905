//! What would suit somebody better.

use wayfarer_core::{prelude::*, state::state_hash};
use wayfarer_equipment::prelude::*;

use crate::gear_rig::Gear;

/// The best that somebody has learned decides: 50 of a skill is level 6.
fn at_level(rig: &mut Gear, level: u32) {
    rig.skill((level.saturating_sub(1) * 10) as f32);
}

fn told(rig: &Gear) -> Vec<(Uid, String, Option<Uid>)> {
    let content = rig.content();
    let before = state_hash(rig.app.world());
    let all = upgrades(rig.app.world(), rig.hero);
    assert_eq!(state_hash(rig.app.world()), before, "advice only");
    all.into_iter()
        .map(|one| {
            let quality = content.name_of(one.quality).unwrap().to_owned();
            (one.item, quality, one.better.map(|(uid, _)| uid))
        })
        .collect()
}

#[test]
fn a_level_calls_for_a_quality() {
    let mut rig = Gear::new();
    let sword = rig.give("sword", 1);
    let sword = rig.wear(sword);
    for (level, quality) in [
        (1, None),
        (4, None),
        (5, Some("core:military")),
        (7, Some("core:military")),
        (8, Some("core:superior")),
        (10, Some("core:elite")),
        (11, Some("core:elite")),
    ] {
        at_level(&mut rig, level);
        let expected: Vec<_> = quality
            .iter()
            .map(|quality| (sword, (*quality).to_owned(), None))
            .collect();
        assert_eq!(told(&rig), expected, "{level}");
    }
    let from = upgrades(rig.app.world(), rig.hero)[0].from_level;
    assert_eq!(from, 10.0);
    rig.set_quality(sword, "elite");
    assert_eq!(told(&rig), [], "it suits");
    let mut features = rig.app.world_mut().resource_mut::<Features>();
    features.switch("equipment", false);
    assert_eq!(told(&rig), []);
}

#[test]
fn what_is_carried_and_better_in_everything_is_named() {
    let mut rig = Gear::new();
    let sword = rig.give("sword", 1);
    let sword = rig.wear(sword);
    at_level(&mut rig, 6);
    let alike = rig.give("sword", 1);
    let better = |rig: &Gear| told(rig)[0].2;
    assert_eq!(better(&rig), None, "another of the same is no gain");
    let plate = rig.give("plate", 1);
    assert_eq!(better(&rig), None, "a plate is no weapon");
    rig.wear(plate);
    // Its bonus grows with the quality, its malus does not shrink: attack up, speed as it was.
    rig.set_quality(alike, "military");
    let all = upgrades(rig.app.world(), rig.hero);
    let of_sword = all.iter().find(|one| one.item == sword).unwrap();
    let (found, changes) = of_sword.better.clone().unwrap();
    assert_eq!(found, alike);
    let up = changes.iter().all(|change| change.after > change.before);
    assert!(up && !changes.is_empty(), "{changes:?}");
    // The best of several.
    let best = rig.give("sword", 1);
    rig.set_quality(best, "masterwork");
    assert_eq!(better(&rig), Some(best));
    // What may not be put on is not named: it is too worn.
    rig.set_left(best, 5_000);
    assert_eq!(better(&rig), Some(alike));
    // Put on, it is what the level calls for, and there is nothing more to say of the hand.
    rig.wear(alike);
    let all = told(&rig);
    assert!(all.iter().all(|(item, ..)| *item != alike), "{all:?}");
}
