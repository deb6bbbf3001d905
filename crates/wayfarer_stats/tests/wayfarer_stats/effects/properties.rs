//! Whatever is added and removed, in whatever order: the exact value comes back.

use proptest::prelude::*;
use wayfarer_core::{ledger::UndoAction, state::state_hash};
use wayfarer_stats::{
    effects::{remove_all, remove_effect},
    values::StatValues,
};

use super::*;

const LASTING: [&str; 14] = [
    "strong",
    "frozen",
    "antimagic",
    "ward",
    "venom",
    "pile",
    "few",
    "grudge",
    "arrow",
    "stunned",
    "paralyzed",
    "oath",
    "soaked",
    "burning",
];

fn bits(app: &App, entity: Entity) -> Vec<u32> {
    let values = app.world().get::<StatValues>(entity).unwrap();
    values.iter().map(|(_, value)| value.to_bits()).collect()
}

/// The modifiers in `StatInputs` are exactly those of the effects that are there.
fn consistent(app: &App, entity: Entity) {
    let inputs = app
        .world()
        .get::<wayfarer_stats::inputs::StatInputs>(entity)
        .unwrap();
    let effects = effects(app, entity);
    for modifier in inputs.modifiers() {
        let of = effects
            .iter()
            .find(|effect| effect.uid == modifier.source)
            .unwrap();
        assert_eq!(of.suppressed, modifier.marks.suppressed, "{of:?}");
    }
    for effect in &effects {
        if let Some(parent) = effect.parent {
            assert!(
                effects.iter().any(|other| other.uid == parent),
                "an orphan: {effect:?}"
            );
        }
    }
    assert_eq!(tags(app, entity), tags_now(app.world(), entity));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_is_added_and_removed_leaves_no_trace(
        added in proptest::collection::vec((0..LASTING.len(), 0_u64..4, 0_u32..3), 1..24),
        order in proptest::collection::vec(any::<proptest::sample::Index>(), 24),
    ) {
        let (mut app, knight, _) = effect_game();
        let before = bits(&app, knight);
        for (which, source, ticks) in added {
            let spec = spec(LASTING[which]).level(which as f32 * 0.37);
            let spec = match Uid::new(source) {
                Some(source) => spec.by(source),
                None => spec,
            };
            // Refused or not.
            let _ = give(&mut app, knight, &spec);
            tick(&mut app, ticks);
            consistent(&app, knight);
        }
        let mut picks = order.into_iter();
        loop {
            let there = effects(&app, knight);
            if there.is_empty() {
                break;
            }
            let at = picks.next().map_or(0, |pick| pick.index(there.len()));
            let uid = there[at].uid;
            app.world_mut().transact("test", |txn| remove_effect(txn, knight, uid)).unwrap();
            consistent(&app, knight);
        }
        tick(&mut app, 1);
        let inputs = app.world().get::<wayfarer_stats::inputs::StatInputs>(knight).unwrap();
        prop_assert!(inputs.modifiers().is_empty());
        // Burning may have hurt; everything that is no resource is as it was.
        let health = app.world().get::<StatValues>(knight).unwrap();
        let health_at = health.iter().position(|(id, _)| id == stat("health")).unwrap();
        let (mut before, mut after) = (before, bits(&app, knight));
        before.remove(health_at);
        after.remove(health_at);
        prop_assert_eq!(before, after);
    }

    #[test]
    fn the_order_of_application_makes_no_difference_to_values(
        mut some in proptest::sample::subsequence(vec!["strong", "pile", "few", "oath", "tired"], 1..5),
        seed in any::<u64>(),
    ) {
        let total = |names: &[&str]| {
            let (mut app, knight, _) = effect_game();
            for name in names {
                give(&mut app, knight, &spec(name)).unwrap();
            }
            tick(&mut app, 1);
            bits(&app, knight)
        };
        let one = total(&some);
        let count = some.len();
        some.rotate_left(seed as usize % count);
        if seed % 3 == 0 {
            some.reverse();
        }
        prop_assert_eq!(one, total(&some));
    }
}

#[test]
fn undo_takes_an_effect_back() {
    let (mut app, knight, uid) = effect_game();
    tick(&mut app, 1);
    let before = bits(&app, knight);
    app.world_mut().act(GM, None, &ask(uid, "frozen")).unwrap();
    let sequence = app
        .world()
        .resource::<Ledger>()
        .iter()
        .last()
        .unwrap()
        .sequence;
    app.world_mut()
        .act(GM, None, &UndoAction { sequence })
        .unwrap();
    tick(&mut app, 1);
    assert_eq!(bits(&app, knight), before);
    assert!(effects(&app, knight).is_empty());
    consistent(&app, knight);
    let hash = state_hash(app.world());
    app.world_mut()
        .transact("test", |txn| remove_all(txn, knight, DefId::of("t:frozen")))
        .unwrap();
    assert_eq!(state_hash(app.world()), hash);
}
