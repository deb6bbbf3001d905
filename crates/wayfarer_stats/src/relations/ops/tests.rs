#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use wayfarer_core::id::{DefId, PlayerId};

use super::*;
use crate::{
    relations::{
        MAX_CODE_BYTES, MAX_NOTE_BYTES, MAX_WITNESSES,
        tests::{axis, bond, cause},
    },
    test_content::uid,
};

fn any_stored() -> impl Strategy<Value = Option<Stored>> {
    let value = prop_oneof![9 => -20.0_f32..120.0, 1 => any::<f32>()];
    prop::option::of((value, 0_u64..100).prop_map(|(value, since)| Stored { value, since }))
}

fn any_bond() -> impl Strategy<Value = Bond> {
    let kinds = prop::sample::select(vec!["t:bond", "t:rivalry", "t:gone"]);
    (1_u64..4, kinds).prop_map(|(other, kind)| Bond::of(uid(other), kind))
}

fn any_cause() -> impl Strategy<Value = RelationCause> {
    let names = prop::sample::select(vec!["affinity", "trust", "gone"]);
    let lengths = (0_usize..MAX_NOTE_BYTES + 3, 0_usize..MAX_WITNESSES + 2);
    (
        0_u64..50,
        names,
        -9.0_f32..9.0,
        lengths,
        prop::option::of(0_u32..9),
    )
        .prop_map(
            |(tick, name, amount, (note, witnesses), origin)| RelationCause {
                note: "n".repeat(note),
                witnesses: (1..=witnesses as u64).map(uid).collect(),
                origin: origin.map(DefId),
                player: PlayerId(tick),
                actor: (tick % 2 == 0).then(|| uid(5)),
                ..cause(tick, name, amount)
            },
        )
}

/// Any op, sensible or not.
fn any_op() -> impl Strategy<Value = RelationOp> {
    let relation = (
        prop::collection::vec(
            (
                prop::sample::select(vec!["affinity", "trust"]),
                any_stored(),
            ),
            0..3,
        ),
        prop::collection::vec(any_cause(), 0..3),
    );
    let relation = relation.prop_map(|(values, log)| {
        let values = values.into_iter();
        let values = values.filter_map(|(name, stored)| Some((axis(name), stored?)));
        Box::new(Relation {
            log,
            ..Relation::new(values)
        })
    });
    prop_oneof![
        8 => (any_bond(), any_stored(), any_cause(), 0_u16..6).prop_map(
            |(bond, stored, cause, keep)| RelationOp::Record {
                bond,
                stored,
                cause: Box::new(cause),
                keep,
            }
        ),
        1 => (any_bond(), any_stored(), any_stored(), any_cause(), prop::collection::vec(any_cause(), 0..3))
            .prop_map(|(bond, stored, found, cause, forgotten)| RelationOp::TakeBack {
                bond,
                stored,
                found,
                cause: Box::new(cause),
                forgotten,
            }),
        2 => (any_bond(), prop::option::of(relation))
            .prop_map(|(bond, relation)| RelationOp::SetRelation { bond, relation }),
    ]
}

fn bytes(relations: &Relations) -> Vec<u8> {
    postcard::to_stdvec(relations).unwrap()
}

proptest! {
    #[test]
    fn an_inverse_restores_every_byte(
        before in prop::collection::vec(any_op(), 0..16),
        ops in prop::collection::vec(any_op(), 0..16),
    ) {
        let mut relations = Relations::default();
        for op in &before {
            let _ = relations.apply(op);
        }
        let start = bytes(&relations);
        let mut undo = Vec::new();
        for op in &ops {
            let untouched = bytes(&relations);
            match relations.apply(op) {
                Ok(inverse) => undo.push(inverse),
                Err(_) => prop_assert_eq!(bytes(&relations), untouched, "a refused op did something"),
            }
        }
        // Redo is the inverse of the inverse, to the byte as well.
        let end = bytes(&relations);
        let mut redo = Vec::new();
        for op in undo.iter().rev() {
            redo.push(relations.apply(op).unwrap());
        }
        prop_assert_eq!(bytes(&relations), start);
        for op in redo.iter().rev() {
            relations.apply(op).unwrap();
        }
        prop_assert_eq!(bytes(&relations), end);
    }

    #[test]
    fn ops_and_relations_survive_the_wire(ops in prop::collection::vec(any_op(), 0..16)) {
        let (mut here, mut there) = (Relations::default(), Relations::default());
        for op in &ops {
            let sent: RelationOp = postcard::from_bytes(&postcard::to_stdvec(op).unwrap()).unwrap();
            prop_assert_eq!(here.apply(op).is_ok(), there.apply(&sent).is_ok());
        }
        prop_assert_eq!(bytes(&here), bytes(&there));
        let loaded: Relations = postcard::from_bytes(&bytes(&here)).unwrap();
        prop_assert_eq!(&loaded, &here, "what was accepted can be loaded");
    }

    #[test]
    fn garbage_is_refused_or_read_but_never_panics(garbage in prop::collection::vec(any::<u8>(), 0..64)) {
        let mut relations = Relations::default();
        if let Ok(op) = postcard::from_bytes::<RelationOp>(&garbage) {
            let _ = relations.apply(&op);
        }
        let _ = postcard::from_bytes::<Relations>(&garbage);
    }

    #[test]
    fn a_log_never_grows_beyond_its_bound(
        ticks in prop::collection::vec(any::<u64>(), 1..40),
        keep in 1_u16..9,
    ) {
        let mut relations = Relations::default();
        for tick in &ticks {
            relations.apply(&record(*tick, 1.0, keep)).unwrap();
        }
        let log = relations.get(bond(7)).unwrap().log();
        let kept = ticks.len().min(usize::from(keep));
        let newest = &ticks[ticks.len() - kept..];
        prop_assert!(log.iter().map(|cause| &cause.tick).eq(newest));
    }
}

fn record(tick: u64, value: f32, keep: u16) -> RelationOp {
    RelationOp::Record {
        bond: bond(7),
        stored: Some(Stored { value, since: tick }),
        cause: Box::new(cause(tick, "affinity", value)),
        keep,
    }
}

#[test]
fn what_is_no_number_or_too_much_is_refused() {
    let mut relations = Relations::default();
    let with = |change: fn(&mut RelationCause)| {
        let mut cause = cause(0, "affinity", 1.0);
        change(&mut cause);
        RelationOp::Record {
            bond: bond(7),
            stored: None,
            cause: Box::new(cause),
            keep: 4,
        }
    };
    let endless = Stored {
        value: f32::INFINITY,
        since: 0,
    };
    for op in [
        record(0, f32::NAN, 4),
        record(0, 1.0, 0),
        record(0, 1.0, MAX_LOG as u16 + 1),
        with(|cause| cause.amount = f32::NAN),
        with(|cause| cause.code = "c".repeat(MAX_CODE_BYTES + 1)),
        with(|cause| cause.note = "n".repeat(MAX_NOTE_BYTES + 1)),
        with(|cause| cause.witnesses = (1..=MAX_WITNESSES as u64 + 1).map(uid).collect()),
        RelationOp::SetRelation {
            bond: bond(7),
            relation: Some(Box::new(Relation::new([(axis("affinity"), endless)]))),
        },
    ] {
        assert!(relations.apply(&op).is_err(), "{op:?}");
        assert_eq!(relations, Relations::default());
    }
    for other in 1..=MAX_RELATIONS as u64 {
        let op = RelationOp::Record {
            bond: bond(other),
            stored: None,
            cause: Box::new(cause(0, "affinity", 1.0)),
            keep: 4,
        };
        relations.apply(&op).unwrap();
    }
    let one_more = RelationOp::Record {
        bond: bond(MAX_RELATIONS as u64 + 1),
        stored: None,
        cause: Box::new(cause(0, "affinity", 1.0)),
        keep: 4,
    };
    assert!(relations.apply(&one_more).is_err());
    assert!(
        relations.apply(&record(0, 1.0, 4)).is_ok(),
        "one that is known"
    );
}

#[test]
fn only_the_newest_change_can_be_taken_back() {
    let mut relations = Relations::default();
    let first = relations.apply(&record(1, 10.0, 4)).unwrap();
    let second = relations.apply(&record(2, 20.0, 4)).unwrap();
    let before = relations.clone();
    assert!(relations.apply(&first).is_err(), "the second would be lost");
    assert_eq!(relations, before);
    relations.apply(&second).unwrap();
    relations.apply(&first).unwrap();
    assert_eq!(relations, Relations::default());
}

#[test]
fn damaged_relations_are_not_loaded() {
    let good = Relation::new([(
        axis("affinity"),
        Stored {
            value: 1.0,
            since: 0,
        },
    )]);
    let mut twice = good.clone();
    twice.values.push(twice.values[0]);
    let mut endless = good.clone();
    endless.values[0].1.value = f32::NAN;
    let mut long = good.clone();
    long.log = vec![cause(0, "affinity", 1.0); MAX_LOG + 1];
    let row = |relation: &Relation| (bond(7), relation.clone());
    for (rows, loads) in [
        (vec![row(&good)], true),
        (vec![row(&good), row(&good)], false),
        (vec![row(&twice)], false),
        (vec![row(&endless)], false),
        (vec![row(&long)], false),
        (vec![row(&Relation::default())], false),
        (vec![(bond(8), good.clone()), row(&good)], false),
    ] {
        let bytes = postcard::to_stdvec(&(rows, 0_u32)).unwrap();
        assert_eq!(postcard::from_bytes::<Relations>(&bytes).is_ok(), loads);
    }
}

#[test]
fn a_change_without_words_is_small_on_the_wire() {
    let length = postcard::to_stdvec(&record(100_000, 40.0, 64))
        .unwrap()
        .len();
    assert!(length <= 48, "{length} bytes");
}
