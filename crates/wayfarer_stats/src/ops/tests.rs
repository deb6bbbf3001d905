#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;
use crate::{
    inputs::{MAX_CONDITION_BYTES, MAX_MODIFIERS_PER_STAT},
    modifier::ModifierKind,
    test_content::{modifier, stat, uid},
};

fn kinds() -> impl Strategy<Value = ModifierKind> {
    prop::sample::select(vec![
        ModifierKind::Override,
        ModifierKind::Flat,
        ModifierKind::Increased,
        ModifierKind::More,
        ModifierKind::Floor,
        ModifierKind::Cap,
    ])
}

fn stats() -> impl Strategy<Value = StatId> {
    prop::sample::select(vec![
        "body.strength",
        "body.agility",
        "body.health",
        "body.gone",
    ])
    .prop_map(stat)
}

fn modifiers(source: u64) -> impl Strategy<Value = Vec<Modifier>> {
    let one = (
        stats(),
        kinds(),
        any::<f32>(),
        -2_i16..3,
        0_u16..6,
        prop::option::of(prop::sample::select(vec!["strength > 5", "agility <", ""])),
        prop::option::of(prop::sample::select(vec!["t:magic", "t:help", "t:gone"])),
    );
    let one = one.prop_map(
        move |(stat, kind, amount, priority, index, when, bonus)| Modifier {
            priority,
            index,
            when: when.map(str::to_owned),
            bonus: bonus.map(DefId::of),
            ..Modifier::new(stat, kind, amount, uid(source))
        },
    );
    prop::collection::vec(one, 0..5)
}

/// Any op, sensible or not.
pub(crate) fn any_op() -> impl Strategy<Value = StatOp> {
    let value = || prop::option::of(prop_oneof![any::<f32>(), -5_f32..120.0]);
    prop_oneof![
        (stats(), value()).prop_map(|(stat, value)| StatOp::SetBase { stat, value }),
        (stats(), value()).prop_map(|(stat, value)| StatOp::SetRuntime { stat, value }),
        prop::collection::vec((stats(), any::<f32>()), 0..4).prop_map(StatOp::SetRuntimes),
        (stats(), value(), 0_u64..100).prop_map(|(stat, value, since)| StatOp::SetResource {
            stat,
            current: value.map(|value| Current { value, since }),
        }),
        (1_u64..4, prop::option::of(0_u64..9)).prop_map(|(source, until)| StatOp::SetExpiry {
            source: uid(source),
            until,
        }),
        prop::option::of(Just(DefId(9))).prop_map(StatOp::SetWorld),
        (1_u64..4).prop_flat_map(|source| modifiers(source).prop_map(move |modifiers| {
            StatOp::SetModifiers {
                source: uid(source),
                modifiers,
            }
        })),
        (1_u64..4, 1_u64..4, modifiers(1), modifiers(3)).prop_map(|(one, two, first, second)| {
            StatOp::SetModifiersOf {
                sources: vec![uid(one), uid(two)],
                modifiers: [second, first].concat(),
            }
        }),
    ]
}

fn bytes(inputs: &StatInputs) -> Vec<u8> {
    postcard::to_stdvec(inputs).unwrap()
}

proptest! {
    #[test]
    fn an_inverse_restores_every_byte(
        before in prop::collection::vec(any_op(), 0..12),
        ops in prop::collection::vec(any_op(), 0..12),
    ) {
        let mut inputs = StatInputs::new(None, []);
        for op in &before {
            let _ = inputs.apply(op);
        }
        let start = bytes(&inputs);
        let mut undo = Vec::new();
        for op in &ops {
            let untouched = bytes(&inputs);
            match inputs.apply(op) {
                Ok(inverse) => undo.push(inverse),
                Err(_) => prop_assert_eq!(bytes(&inputs), untouched, "a refused op did something"),
            }
        }
        // Redo is the inverse of the inverse, to the byte as well.
        let end = bytes(&inputs);
        let mut redo = Vec::new();
        for op in undo.iter().rev() {
            redo.push(inputs.apply(op).unwrap());
        }
        prop_assert_eq!(bytes(&inputs), start);
        for op in redo.iter().rev() {
            inputs.apply(op).unwrap();
        }
        prop_assert_eq!(bytes(&inputs), end);
    }

    #[test]
    fn ops_and_inputs_survive_the_wire(ops in prop::collection::vec(any_op(), 0..12)) {
        let (mut here, mut there) = (StatInputs::new(None, []), StatInputs::new(None, []));
        for op in &ops {
            let sent: StatOp = postcard::from_bytes(&postcard::to_stdvec(op).unwrap()).unwrap();
            prop_assert_eq!(here.apply(op).is_ok(), there.apply(&sent).is_ok());
        }
        prop_assert_eq!(bytes(&here), bytes(&there));
        let loaded: StatInputs = postcard::from_bytes(&bytes(&here)).unwrap();
        prop_assert_eq!(&loaded, &here);
        prop_assert!(loaded.is_pending(), "loaded inputs have to be settled");
    }

    #[test]
    fn several_sources_at_once_are_one_after_the_other(
        before in prop::collection::vec(any_op(), 0..12),
        (first, second) in (modifiers(1), modifiers(2)),
    ) {
        let mut inputs = StatInputs::new(None, []);
        for op in &before {
            let _ = inputs.apply(op);
        }
        let mut each = inputs.clone();
        let ops = [(1, &first), (2, &second)].map(|(source, modifiers)| StatOp::SetModifiers {
            source: uid(source),
            modifiers: modifiers.clone(),
        });
        let done = ops.iter().all(|op| each.apply(op).is_ok());
        let both = StatOp::SetModifiersOf {
            sources: vec![uid(1), uid(2)],
            modifiers: [second, first].concat(),
        };
        prop_assert_eq!(inputs.apply(&both).is_ok(), done);
        if done {
            prop_assert_eq!(bytes(&inputs), bytes(&each));
        }
    }

    #[test]
    fn garbage_is_refused_or_read_but_never_panics(garbage in prop::collection::vec(any::<u8>(), 0..64)) {
        let mut inputs = StatInputs::new(None, []);
        if let Ok(op) = postcard::from_bytes::<StatOp>(&garbage) {
            let _ = inputs.apply(&op);
        }
        let _ = postcard::from_bytes::<StatInputs>(&garbage);
    }
}

#[test]
fn one_change_is_nine_bytes() {
    for op in [
        StatOp::SetBase {
            stat: stat("body.strength"),
            value: Some(17.0),
        },
        StatOp::SetRuntime {
            stat: stat("body.strength"),
            value: None,
        },
    ] {
        assert_eq!(postcard::to_stdvec(&op).unwrap().len(), 9, "{op:?}");
    }
}

#[test]
fn what_is_no_number_or_too_much_is_refused() {
    let mut inputs = StatInputs::new(None, []);
    let strength = stat("body.strength");
    let source = uid(1);
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let value = Some(bad);
        let of = |m: Modifier| StatOp::SetModifiers {
            source,
            modifiers: vec![m],
        };
        for op in [
            StatOp::SetBase {
                stat: strength,
                value,
            },
            StatOp::SetRuntimes(vec![(strength, bad)]),
            StatOp::SetResource {
                stat: strength,
                current: Some(Current {
                    value: bad,
                    since: 0,
                }),
            },
            of(modifier("body.strength", ModifierKind::Flat, bad, 1)),
        ] {
            assert!(inputs.apply(&op).is_err(), "{op:?}");
        }
    }
    let flat = |index, source| Modifier {
        index,
        ..modifier("body.strength", ModifierKind::Flat, 1.0, source)
    };
    let long = Modifier {
        when: Some("1".repeat(MAX_CONDITION_BYTES + 1)),
        ..flat(0, 1)
    };
    for modifiers in [
        vec![flat(0, 1), flat(0, 1)],
        vec![flat(0, 2)],
        vec![long],
        (0..=MAX_MODIFIERS as u16).map(|i| flat(i, 1)).collect(),
    ] {
        assert!(
            inputs
                .apply(&StatOp::SetModifiers { source, modifiers })
                .is_err()
        );
    }
    let full = (0..MAX_MODIFIERS_PER_STAT as u16).map(|i| flat(i, 1));
    for (sources, modifiers) in [
        ([1, 1], vec![flat(0, 1)]),
        ([2, 1], vec![flat(0, 1)]),
        ([1, 2], vec![flat(0, 3)]),
        ([1, 2], vec![flat(0, 2), flat(1, 1), flat(0, 2)]),
        ([1, 2], full.chain([flat(0, 2)]).collect()),
    ] {
        let sources = sources.map(uid).to_vec();
        let op = StatOp::SetModifiersOf { sources, modifiers };
        assert!(inputs.apply(&op).is_err(), "{op:?}");
    }
    assert_eq!(inputs, StatInputs::new(None, []));
}

#[test]
fn damaged_inputs_are_not_loaded() {
    let twice = (
        Vec::<DefId>::new(),
        None::<DefId>,
        None::<DefId>,
        vec![(stat("a"), 1.0_f32), (stat("a"), 2.0)],
        Vec::<(StatId, f32)>::new(),
        Vec::<(StatId, Current)>::new(),
        Vec::<Modifier>::new(),
        Vec::<(Uid, u64)>::new(),
        0_u32,
    );
    let bytes = postcard::to_stdvec(&twice).unwrap();
    assert!(postcard::from_bytes::<StatInputs>(&bytes).is_err());
    let mut endless = twice;
    endless.3 = vec![(stat("a"), f32::NAN)];
    let bytes = postcard::to_stdvec(&endless).unwrap();
    assert!(postcard::from_bytes::<StatInputs>(&bytes).is_err());
}
