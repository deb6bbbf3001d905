//! What others fell into, each as a test.

use wayfarer_core::state::{restore_world, snapshot_world};
use wayfarer_stats::effects::{EffectOp, EffectSpec, apply_effect};

use crate::common::*;
use bevy::prelude::*;
use wayfarer_core::{aggregate::Aggregate, content::MemorySource, prelude::*};
use wayfarer_stats::prelude::*;

fn trap_pack() -> MemorySource {
    let pack = pack();
    pack.set(
        "t",
        "effects/all.ron",
        r#"{
            "half": (name: "Half", lasts: Forever, stacking: (by: Each),
                modifiers: [(stat: "t:body.strength", more: 0.5)]),
            "one": (name: "One", lasts: Forever, stacking: (by: Each),
                modifiers: [(stat: "t:body.luck", flat: "1")]),
            "burst": (name: "Burst", lasts: Seconds("60"),
                on_apply: [Add(stat: "t:body.health", amount: "-5")],
                modifiers: [(stat: "t:body.luck", flat: 3)]),
            "zero": (name: "Nothing", lasts: Forever,
                modifiers: [(stat: "t:body.luck", flat: "1 / (effect.level - 1)")]),
            "huge": (name: "Huge", lasts: Forever, stacking: (by: Each), modifiers: [
                (stat: "t:body.strength_mod", flat: 3e38), (stat: "t:body.strength_mod", more: 9),
            ]),
        }"#,
    );
    pack
}

fn give(app: &mut App, entity: Entity, name: &str) -> Uid {
    use wayfarer_stats::effects::Applied;
    let spec = EffectSpec::named(&format!("t:{name}"));
    let applied = app
        .world_mut()
        .transact("test", |txn| apply_effect(txn, entity, &spec));
    match applied.unwrap() {
        Applied::New(uid) => uid,
        other => panic!("{other:?}"),
    }
}

/// GAS: multipliers are summed with a bias, so that two halves make zero.
#[test]
fn two_halves_make_a_quarter() {
    let (mut app, knight, _) = game_with(trap_pack());
    give(&mut app, knight, "half");
    give(&mut app, knight, "half");
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 3.5);
}

/// dnd5e: +1 and +1 are joined as texts and make +11.
#[test]
fn one_and_one_make_two_even_as_formulas() {
    let (mut app, knight, _) = game_with(trap_pack());
    give(&mut app, knight, "one");
    give(&mut app, knight, "one");
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "luck"), 2.0);
}

/// An effect is removed in the same tick in which its bearer changes in other ways, and twice.
#[test]
fn removing_what_is_gone_is_refused_and_changes_nothing() {
    let (mut app, knight, uid) = game_with(trap_pack());
    let one = give(&mut app, knight, "one");
    let half = give(&mut app, knight, "half");
    let gone = app.world_mut().transact("test", |txn| {
        wayfarer_stats::effects::remove_effect(txn, knight, one)?;
        wayfarer_stats::effects::remove_effect(txn, knight, half)
    });
    gone.unwrap();
    let before = state_hash(app.world());
    for effect in [one, half] {
        let remove = RemoveEffect {
            target: uid,
            which: WhichEffects::One(effect),
        };
        let refused = app.world_mut().act(GM, None, &remove).unwrap_err();
        assert_eq!(refused.code.as_str(), "no_such_effect");
    }
    assert_eq!(state_hash(app.world()), before);
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
}

/// A late joiner, and a loaded game, see what lasts with the right time left, and not the first
/// burst once more.
#[test]
fn late_joiners_see_what_lasts_and_not_the_burst() {
    let (mut app, knight, uid) = game_with(trap_pack());
    give(&mut app, knight, "burst");
    tick(&mut app, 40);
    let health = value(&app, knight, "health");
    assert!(health > 17.0, "it came back a little");
    let until = app
        .world()
        .get::<ActiveEffects>(knight)
        .unwrap()
        .iter()
        .next()
        .unwrap()
        .until;

    let record = snapshot_world(app.world());
    let (mut late, _, _) = game_with(trap_pack());
    restore_world(late.world_mut(), &record);
    tick(&mut late, 1);
    tick(&mut app, 1);
    let copy = late.world().resource::<UidIndex>().get(uid).unwrap();
    assert_eq!(value(&late, copy, "health"), value(&app, knight, "health"));
    let effects = late.world().get::<ActiveEffects>(copy).unwrap();
    assert_eq!(effects.iter().next().unwrap().until, until);
}

/// A client that is sent nonsense refuses it instead of showing it.
#[test]
fn nonsense_from_the_wire_is_refused() {
    let (mut app, knight, _) = game_with(trap_pack());
    give(&mut app, knight, "one");
    let sound = app.world().get::<ActiveEffects>(knight).unwrap().clone();
    let effect = sound.iter().next().unwrap().clone();
    let mut wrong = vec![effect.clone(); 4];
    wrong[0].level = f32::NAN;
    wrong[1].stacks = 0;
    wrong[2].live = vec![(stat("luck"), f32::INFINITY)];
    wrong[3].numbers = vec![(String::new(), 0.0); 99];
    for effect in wrong {
        let mut effects = sound.clone();
        let put = EffectOp::Put(Box::new(effect));
        assert!(effects.apply(&put).is_err());
        assert_eq!(effects, sound);
    }
    let bytes = postcard::to_stdvec(&sound).unwrap();
    for cut in 0..bytes.len() {
        let _ = postcard::from_bytes::<ActiveEffects>(&bytes[..cut]);
        let mut damaged = bytes.clone();
        damaged[cut] ^= 0xff;
        let _ = postcard::from_bytes::<ActiveEffects>(&damaged);
    }
}

/// NaN and infinities from formulas have a defined result: 0 of a formula, the limits of a stat.
#[test]
fn formulas_without_a_result() {
    let (mut app, knight, _) = game_with(trap_pack());
    give(&mut app, knight, "zero");
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "luck"), 0.0, "1 / 0 is 0");
    give(&mut app, knight, "huge");
    give(&mut app, knight, "huge");
    tick(&mut app, 1);
    let value = settled(&app, knight, "strength_mod");
    assert_eq!(value, f32::MAX, "finite");
    assert!(settled(&app, knight, "max_health").is_finite());
}
