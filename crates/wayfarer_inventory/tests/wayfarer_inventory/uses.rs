//! Potions, salves, and what refuses them.

use wayfarer_core::prelude::*;
use wayfarer_inventory::prelude::*;
use wayfarer_stats::effects::ActiveEffects;

use crate::rig::{ANN, BOB, Rig};

fn using(item: Uid, target: Option<Uid>) -> UseItem {
    UseItem { item, target }
}

fn strength(rig: &Rig, entity: bevy::prelude::Entity) -> f32 {
    wayfarer_stats::api::value(rig.app.world(), entity, "t:body.strength").unwrap()
}

#[test]
fn a_potion_works_and_is_used_up() {
    let mut rig = Rig::new();
    let (hero, uid) = rig.hero(ANN);
    let potion = rig.give(hero, "potion", 3, 0);
    for left in [2, 1] {
        rig.act(ANN, uid, &using(potion, None)).unwrap();
        assert_eq!(rig.count(hero, "potion"), left);
    }
    assert_eq!(strength(&rig, hero), 12.0);
    let effects = rig.app.world().get::<ActiveEffects>(hero).unwrap();
    let blush = effects.iter().next().unwrap();
    assert_eq!((blush.stacks, blush.source), (2, Some(uid)));
    // The second of its effects is refused: nothing happens and nothing is used up.
    let refused = rig.refused(ANN, uid, &using(potion, Some(uid)));
    assert_eq!(refused.code.as_str(), "effect_stack_limit");
    rig.check_conserved();
}

#[test]
fn a_salve_is_for_friends_who_are_near_and_stays() {
    let mut rig = Rig::new();
    let (hero, uid) = rig.hero(ANN);
    let (friend, other) = rig.hero(BOB);
    let salve = rig.give(hero, "salve", 1, 0);
    let potion = rig.give(hero, "potion", 1, 0);
    let place = |rig: &mut Rig, entity: bevy::prelude::Entity, x: f32| {
        let mut entity = rig.app.world_mut().entity_mut(entity);
        entity.insert(Position::ground(x, 0.0));
    };
    place(&mut rig, hero, 0.0);
    place(&mut rig, friend, 50.0);
    let refused = rig.refused(ANN, uid, &using(salve, Some(other)));
    assert_eq!(refused.code.as_str(), "out_of_reach");
    place(&mut rig, friend, 1.0);
    rig.act(ANN, uid, &using(salve, Some(other))).unwrap();
    assert_eq!((strength(&rig, hero), strength(&rig, friend)), (10.0, 11.0));
    assert_eq!(rig.count(hero, "salve"), 1);
    let refused = rig.refused(ANN, uid, &using(potion, Some(other)));
    assert_eq!(refused.code.as_str(), "not_for_others");
    rig.check_conserved();
}

#[test]
fn what_cannot_be_used_is_refused_with_its_reason() {
    let mut rig = Rig::new();
    let (hero, uid) = rig.hero(ANN);
    let (friend, _) = rig.hero(BOB);
    let rock = rig.give(hero, "rock", 1, 0);
    let theirs = rig.give(friend, "potion", 1, 0);
    let nobody = Uid::new(u64::MAX).unwrap();
    for (action, code) in [
        (using(rock, None), "not_usable"),
        (using(theirs, None), "not_found"),
        (using(nobody, None), "not_found"),
        (using(rock, Some(nobody)), "not_found"),
    ] {
        assert_eq!(
            rig.refused(ANN, uid, &action).code.as_str(),
            code,
            "{action:?}"
        );
    }
    assert_eq!(
        rig.refused(BOB, uid, &using(rock, None)).code,
        Code::NOT_OWNER
    );
}
