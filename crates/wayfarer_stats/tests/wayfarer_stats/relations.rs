//! Bonds in a game: what game masters may do and players may not, the log, undo.

use bevy::prelude::*;
use wayfarer_core::{content::MemorySource, ledger::UndoAction, prelude::*, state::state_hash};
use wayfarer_stats::{
    prelude::*,
    relations::{self, Reason, RelationChanged},
};

use crate::common::{GM, PLAYER, game_with, tick};
use PatchChange::{Add, Clear, Set};

pub const STATS: &str = r#"{
    "ties": (name: "Ties", stats: {
        "affinity": (name: "Affinity", tiers: [
            (id: "stranger", min: 0, name: "Stranger"),
            (id: "friend", min: 60, name: "Friend"),
        ]),
        "trust": (name: "Trust"),
        "warmth": (name: "Warmth", formula: "(affinity + trust) / 2"),
    }, levels: [
        (id: "close", name: "Close", when: [
            (stat: "affinity", min: 70), (stat: "trust", min: 60),
        ]),
    ]),
    "body": (name: "Body", stats: { "strength": (name: "Strength") }),
}"#;

pub const RELATIONS: &str = r#"{
    "bond": (name: "Bond", set: "ties", decay: { "affinity": (per_hour: 3600) }, log: 3),
}"#;

pub fn pack() -> MemorySource {
    let pack = crate::common::pack();
    pack.set("t", "stats/all.ron", STATS);
    pack.set("t", "sheets/all.ron", r#"{ "knight": (sets: ["body"]) }"#);
    pack.remove("t", "worlds/all.ron");
    pack.set("t", "relations/all.ron", RELATIONS);
    pack
}

/// A game with a knight of a player and a stone that it knows.
pub fn start() -> (App, Entity, Uid, Uid) {
    let (mut app, knight, uid) = game_with(pack());
    let stone = app.world_mut().spawn(Character::new("t:stone")).id();
    tick(&mut app, 1);
    let other = app.world().get::<Identity>(stone).unwrap().0;
    (app, knight, uid, other)
}

pub fn axis(name: &str) -> StatId {
    StatId::of(&format!("t:ties.{name}"))
}

pub fn bond(other: Uid) -> Bond {
    Bond::of(other, "t:bond")
}

pub fn patch(holder: Uid, other: Uid, name: &str, change: PatchChange) -> PatchRelation {
    PatchRelation {
        holder,
        bond: bond(other),
        stat: axis(name),
        change,
        note: String::new(),
    }
}

pub fn value(app: &App, holder: Entity, other: Uid, name: &str) -> f32 {
    relations::value_of(app.world(), holder, bond(other), name).unwrap()
}

pub fn told<F: Message + Clone>(app: &mut App) -> Vec<F> {
    let mut messages = app.world_mut().resource_mut::<Messages<F>>();
    messages.drain().collect()
}

#[test]
fn a_game_master_patches_and_is_told_the_value() {
    let (mut app, knight, uid, other) = start();
    for (name, change, expected) in [
        ("affinity", Set(75.0), 75.0),
        ("trust", Set(60.0), 60.0),
        ("affinity", Add(10.0), 85.0),
        ("affinity", Add(100.0), 100.0),
        ("affinity", Add(-500.0), 0.0),
        ("affinity", Add(1e38), 100.0),
        ("affinity", Set(-3.0), 0.0),
        ("trust", Add(0.0), 60.0),
        ("warmth", Set(9.0), 9.0),
        ("warmth", Clear, 30.0),
        ("trust", Clear, 0.0),
    ] {
        let action = patch(uid, other, name, change);
        let answer = app.world_mut().act(GM, None, &action);
        assert_eq!(answer, Ok(expected), "{name} {change:?}");
        assert_eq!(value(&app, knight, other, name), expected);
    }
    let known = app.world().get::<Relations>(knight).unwrap();
    let relation = known.get(bond(other)).unwrap();
    assert_eq!(relation.values(), [], "all is as by default");
    assert_eq!(relation.log().len(), 3, "the log is bounded");
    let stone = app.world().resource::<UidIndex>().get(other).unwrap();
    let back = app.world().get::<Relations>(stone);
    assert!(back.is_none(), "a bond is directed");
}

#[test]
fn the_log_knows_who_and_why() {
    let (mut app, knight, uid, other) = start();
    let mut action = patch(uid, other, "trust", Add(200.0));
    action.note = "pulled him out of the river".to_owned();
    app.world_mut().act(GM, None, &action).unwrap();
    let witness = Uid::new(77).unwrap();
    let reason = Reason {
        code: "gift",
        witnesses: &[witness; 12],
        origin: Some(DefId::of("t:book")),
        ..Reason::default()
    };
    app.world_mut()
        .transact("game.gift", |txn| {
            relations::add(txn, knight, bond(other), axis("affinity"), 5.0, &reason)
        })
        .unwrap();
    let now = app.world().resource::<RulesClock>().tick;
    let known = app.world().get::<Relations>(knight).unwrap();
    let [first, second] = known.get(bond(other)).unwrap().log() else {
        panic!("two causes");
    };
    assert_eq!((first.tick, first.player, first.actor), (now, GM, None));
    assert_eq!(first.code, "relations.patch");
    assert_eq!(first.note, "pulled him out of the river");
    assert_eq!(first.amount, 100.0, "what it came to, not what was asked");
    assert_eq!((second.code.as_str(), second.amount), ("gift", 5.0));
    assert_eq!(second.witnesses, [witness; 8]);
    assert_eq!(second.origin, Some(DefId::of("t:book")));
    assert_eq!(second.player, PlayerId::LOCAL);
}

#[test]
fn a_refusal_leaves_everything_as_it_is() {
    let (mut app, knight, uid, other) = start();
    let good = patch(uid, other, "affinity", Set(16.0));
    app.world_mut().act(GM, None, &good).unwrap();
    let nobody = Uid::new(999).unwrap();
    let mut strange = good.clone();
    strange.bond.kind = DefId::of("t:kinship");
    let mut wordy = good.clone();
    wordy.note = "n".repeat(129);
    let before = state_hash(app.world());
    for (player, action, code) in [
        (PLAYER, good.clone(), "not_authorised"),
        (PlayerId(1234), good.clone(), "not_authorised"),
        (GM, patch(nobody, other, "affinity", Set(1.0)), "not_found"),
        (GM, patch(uid, nobody, "affinity", Set(1.0)), "not_found"),
        (
            GM,
            patch(uid, uid, "affinity", Set(1.0)),
            "relation_with_itself",
        ),
        (
            GM,
            patch(uid, other, "affinity", Set(f32::NAN)),
            "invalid_amount",
        ),
        (
            GM,
            patch(uid, other, "affinity", Add(f32::INFINITY)),
            "invalid_amount",
        ),
        (
            GM,
            patch(uid, other, "love", Set(1.0)),
            "stat_definition_not_configured",
        ),
        (GM, strange, "relation_not_configured"),
        (GM, wordy, "text_too_long"),
    ] {
        let refusal = app.world_mut().act(player, None, &action).unwrap_err();
        assert_eq!(refusal.code.as_str(), code, "{action:?}");
        assert_eq!(state_hash(app.world()), before, "{action:?}");
    }
    let forget = ForgetRelations {
        holder: uid,
        other,
        kind: None,
    };
    let refusal = app.world_mut().act(PLAYER, None, &forget).unwrap_err();
    assert_eq!(refusal.code.as_str(), "not_authorised");
    // A rule that fails half way.
    let half = app.world_mut().transact("test", |txn| {
        let reason = Reason::code("gift");
        relations::add(txn, knight, bond(other), axis("trust"), 5.0, &reason)?;
        relations::set(txn, knight, bond(nobody), axis("trust"), Some(5.0), &reason)?;
        relations::forget(txn, knight, other, None)?;
        relations::add(txn, knight, bond(other), axis("love"), 5.0, &reason)
    });
    assert!(half.is_err());
    assert_eq!(state_hash(app.world()), before);
    tick(&mut app, 1);
    told::<RelationChanged>(&mut app);
    tick(&mut app, 1);
    assert_eq!(
        told::<RelationChanged>(&mut app),
        [],
        "nothing has happened"
    );
}

#[test]
fn every_refusal_has_a_sentence() {
    let (app, ..) = start();
    let texts = app.world().resource::<Texts>();
    for code in [
        "relation_not_configured",
        "relation_with_itself",
        "too_many_relations",
        "text_too_long",
    ] {
        let key = format!("refusal.{code}");
        assert_ne!(texts.get(&key), key);
    }
}

#[test]
fn a_game_masters_change_can_be_undone() {
    let (mut app, knight, uid, other) = start();
    let act = |app: &mut App, name: &str, change| {
        let action = patch(uid, other, name, change);
        app.world_mut().act(GM, None, &action).unwrap();
        app.world()
            .resource::<Ledger>()
            .iter()
            .last()
            .unwrap()
            .sequence
    };
    // More than the log keeps, so that an undo has to bring something back.
    let sequences: Vec<u64> = (0..4)
        .map(|i| act(&mut app, "trust", Add(10.0 + i as f32)))
        .collect();
    let rows = |app: &App| -> Vec<u8> {
        let relations = app.world().get::<Relations>(knight).unwrap();
        let rows: Vec<_> = relations.iter().collect();
        postcard::to_stdvec(&rows).unwrap()
    };
    let before = rows(&app);
    let sequence = act(&mut app, "trust", Add(5.0));
    let undo = |app: &mut App, sequence| app.world_mut().act(GM, None, &UndoAction { sequence });
    assert!(
        undo(&mut app, sequences[0]).is_err(),
        "others came after it"
    );
    tick(&mut app, 1);
    told::<RelationChanged>(&mut app);
    undo(&mut app, sequence).unwrap();
    assert_eq!(rows(&app), before);
    tick(&mut app, 1);
    let facts = told::<RelationChanged>(&mut app);
    assert_eq!((facts[0].before, facts[0].after), (51.0, 46.0));

    let forget = ForgetRelations {
        holder: uid,
        other,
        kind: Some(bond(other).kind),
    };
    app.world_mut().act(GM, None, &forget).unwrap();
    let sequence = app
        .world()
        .resource::<Ledger>()
        .iter()
        .last()
        .unwrap()
        .sequence;
    undo(&mut app, sequence).unwrap();
    assert_eq!(rows(&app), before);
    tick(&mut app, 1);
    assert_eq!(value(&app, knight, other, "trust"), 46.0);
}
