//! Effects that find out what things are.

use wayfarer_core::{prelude::*, refusal::Refusal, state::state_hash};
use wayfarer_equipment::{ext::known_steps, prelude::*};
use wayfarer_stats::effects::{Applied, EffectSpec, apply_effect, preview_effect};

use super::rig::{World, def};

fn steps(w: &World, item: Uid) -> u8 {
    let content = &w.world().resource::<ActiveContent>().0;
    known_steps(content, &w.item(item))
}

fn cast(w: &mut World, spec: &EffectSpec) -> Result<Applied, Refusal> {
    let hero = w.hero;
    let world = w.rig.app.world_mut();
    world.transact("test.cast", |txn| apply_effect(txn, hero, spec))
}

fn insight(amount: f32) -> EffectSpec {
    EffectSpec::new(def("insight")).level(amount)
}

#[test]
fn all_that_is_carried_and_not_known() {
    let mut w = World::new();
    let (worn, loose, known) = (w.give("riddle"), w.give("riddle"), w.give("riddle"));
    w.wear(worn, "left");
    w.set_ext(known, &wayfarer_equipment::ext::Identified(3));
    let preview = preview_effect(w.world(), w.hero, &insight(1.9)).unwrap();
    assert_eq!(
        (preview.steps[0].name, preview.steps[0].amount),
        ("equipment.identify", 1.9)
    );
    // Rounded down; what is known stays as it is, and explanations follow at once.
    cast(&mut w, &insight(1.9)).unwrap();
    assert_eq!([worn, loose, known].map(|uid| steps(&w, uid)), [1, 1, 3]);
    cast(&mut w, &insight(9.0)).unwrap();
    assert_eq!([worn, loose, known].map(|uid| steps(&w, uid)), [3, 3, 3]);
    let nothing = cast(&mut w, &insight(1.0)).unwrap_err();
    assert_eq!(nothing.code.as_str(), "nothing_unknown");
}

#[test]
fn it_may_come_to_nothing() {
    let mut w = World::new();
    let ring = w.give("riddle");
    for amount in [0.0, 0.9, -3.0] {
        cast(&mut w, &insight(amount)).unwrap();
        assert_eq!(steps(&w, ring), 0, "{amount}");
    }
    cast(&mut w, &insight(f32::MAX)).unwrap_err();
    cast(&mut w, &insight(300.0)).unwrap();
    assert_eq!(steps(&w, ring), 3);
}

#[test]
fn an_ability_of_a_thing_does_it_for_a_charge() {
    let mut w = World::new();
    let (lens, ring) = (w.give("lens"), w.give("riddle"));
    let look = UseAbility {
        item: lens,
        ability: def("look"),
        target: None,
    };
    w.act(&look).unwrap();
    assert_eq!(steps(&w, ring), 1);
    w.act(&look).unwrap();
    assert_eq!(steps(&w, ring), 2);
    assert_eq!(w.refused(&look), "no_charges");
    // Over nothing no charge is lost.
    let fresh = w.give("lens");
    w.set_ext(ring, &wayfarer_equipment::ext::Identified(3));
    let look = UseAbility {
        item: fresh,
        ..look
    };
    assert_eq!(w.refused(&look), "nothing_unknown");
    w.switch(false);
    let before = state_hash(w.world());
    let off = cast(&mut w, &insight(1.0)).unwrap_err();
    assert_eq!(off.code, Code::FEATURE_DISABLED);
    assert_eq!(state_hash(w.world()), before);
}
