//! Bonds in a game: game masters, players, undo, saving, a client, reloads.

use bevy::prelude::*;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use wayfarer_core::{
    content::MemorySource,
    ledger::UndoAction,
    prelude::*,
    state::{restore_world, snapshot_world, state_hash},
};
use wayfarer_stats::{
    prelude::*,
    relations::{
        self, Bond, ForgetRelations, PatchRelation, Reason, RelationChanged, RelationLevelChanged,
        RelationOp, RelationTierChanged, Relations, UnknownRelations,
    },
};

use crate::common::{GM, PLAYER, game_with, tick};
use PatchChange::{Add, Clear, Set};

const STATS: &str = r#"{
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

const RELATIONS: &str = r#"{
    "bond": (name: "Bond", set: "ties", decay: { "affinity": (per_hour: 3600) }, log: 3),
}"#;

fn pack() -> MemorySource {
    let pack = crate::common::pack();
    pack.set("t", "stats/all.ron", STATS);
    pack.set("t", "sheets/all.ron", r#"{ "knight": (sets: ["body"]) }"#);
    pack.remove("t", "worlds/all.ron");
    pack.set("t", "relations/all.ron", RELATIONS);
    pack
}

/// A game with a knight of a player and a stone that it knows.
fn start() -> (App, Entity, Uid, Uid) {
    let (mut app, knight, uid) = game_with(pack());
    let stone = app.world_mut().spawn(Character::new("t:stone")).id();
    tick(&mut app, 1);
    let other = app.world().get::<Identity>(stone).unwrap().0;
    (app, knight, uid, other)
}

fn axis(name: &str) -> StatId {
    StatId::of(&format!("t:ties.{name}"))
}

fn bond(other: Uid) -> Bond {
    Bond::of(other, "t:bond")
}

fn patch(holder: Uid, other: Uid, name: &str, change: PatchChange) -> PatchRelation {
    PatchRelation {
        holder,
        bond: bond(other),
        stat: axis(name),
        change,
        note: String::new(),
    }
}

fn value(app: &App, holder: Entity, other: Uid, name: &str) -> f32 {
    relations::value_of(app.world(), holder, bond(other), name).unwrap()
}

fn told<F: Message + Clone>(app: &mut App) -> Vec<F> {
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
    let back = app.world().get::<Relations>(stone).unwrap();
    assert!(back.is_empty(), "a bond is directed");
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
fn changes_are_told_once_after_the_commit() {
    let (mut app, knight, uid, other) = start();
    app.world_mut()
        .transact("test", |txn| {
            let reason = Reason::code("test");
            relations::add(txn, knight, bond(other), axis("affinity"), 50.0, &reason)?;
            relations::add(txn, knight, bond(other), axis("affinity"), 30.0, &reason)?;
            relations::add(txn, knight, bond(other), axis("trust"), 60.0, &reason)?;
            relations::add(txn, knight, bond(other), axis("trust"), 9.0, &reason)?;
            relations::add(txn, knight, bond(other), axis("trust"), -9.0, &reason)
        })
        .unwrap();
    assert_eq!(told::<RelationChanged>(&mut app), [], "with the tick");
    // Ticks count on before changes are told: a twentieth of a second wears off one twentieth.
    tick(&mut app, 1);
    let found: Vec<(StatId, f32, f32)> = told::<RelationChanged>(&mut app)
        .into_iter()
        .inspect(|fact| {
            assert_eq!(
                (fact.entity, fact.other, fact.kind),
                (knight, other, bond(other).kind)
            )
        })
        .map(|fact| (fact.stat, fact.before, fact.after))
        .collect();
    assert_eq!(
        found,
        [
            (axis("affinity"), 0.0, 79.95),
            (axis("trust"), 0.0, 60.0),
            (axis("warmth"), 0.0, 69.975),
        ]
    );
    let tiers = told::<RelationTierChanged>(&mut app);
    assert_eq!(tiers.len(), 1);
    assert_eq!(tiers[0].before.as_deref(), Some("stranger"));
    assert_eq!(tiers[0].after.as_deref(), Some("friend"));
    let levels = told::<RelationLevelChanged>(&mut app);
    assert_eq!(levels.len(), 1);
    assert_eq!(levels[0].after.as_deref(), Some("close"));

    // No stale tier and level when none holds any more.
    let forget = ForgetRelations {
        holder: uid,
        other,
        kind: None,
    };
    assert_eq!(app.world_mut().act(GM, None, &forget), Ok(1));
    assert_eq!(app.world_mut().act(GM, None, &forget), Ok(0));
    tick(&mut app, 1);
    assert_eq!(told::<RelationChanged>(&mut app).len(), 3);
    let tiers = told::<RelationTierChanged>(&mut app);
    assert_eq!(tiers[0].after.as_deref(), Some("stranger"));
    let levels = told::<RelationLevelChanged>(&mut app);
    assert_eq!(levels[0].after, None);
}

#[test]
fn observers_hear_of_changes_too() {
    #[derive(Resource, Default)]
    struct Heard(Vec<(Entity, f32)>);
    let (mut app, knight, uid, other) = start();
    app.init_resource::<Heard>();
    app.world_mut().entity_mut(knight).observe(
        |fact: On<RelationChanged>, mut heard: ResMut<Heard>| {
            heard.0.push((fact.entity, fact.after));
        },
    );
    let action = patch(uid, other, "trust", Set(4.0));
    app.world_mut().act(GM, None, &action).unwrap();
    tick(&mut app, 1);
    let heard = &app.world().resource::<Heard>().0;
    assert_eq!(heard[0], (knight, 4.0));
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

#[test]
fn a_bond_outlives_the_other() {
    let (mut app, knight, uid, other) = start();
    let action = patch(uid, other, "trust", Set(40.0));
    app.world_mut().act(GM, None, &action).unwrap();
    let stone = app.world().resource::<UidIndex>().get(other).unwrap();
    app.world_mut().despawn(stone);
    tick(&mut app, 2);
    assert_eq!(value(&app, knight, other, "trust"), 40.0);
    let more = patch(uid, other, "trust", Add(2.0));
    assert_eq!(app.world_mut().act(GM, None, &more), Ok(42.0));
}

#[test]
fn a_saved_world_remembers_and_time_goes_on() {
    let (mut app, _, uid, other) = start();
    for (name, change) in [("affinity", Set(80.0)), ("trust", Set(60.0))] {
        let action = patch(uid, other, name, change);
        app.world_mut().act(GM, None, &action).unwrap();
    }
    tick(&mut app, 20);
    let (hash, record) = (state_hash(app.world()), snapshot_world(app.world()));
    let now = app.world().resource::<RulesClock>().tick;

    let (mut again, ..) = game_with(pack());
    let report = restore_world(again.world_mut(), &record);
    assert_eq!(report.problems, []);
    again.world_mut().resource_mut::<RulesClock>().tick = now;
    assert_eq!(state_hash(again.world()), hash);
    let knight = again.world().resource::<UidIndex>().get(uid).unwrap();
    assert_eq!(value(&again, knight, other, "affinity"), 79.0);
    tick(&mut again, 20);
    assert_eq!(value(&again, knight, other, "affinity"), 78.0);
    let log = again.world().get::<Relations>(knight).unwrap();
    assert_eq!(log.get(bond(other)).unwrap().log().len(), 2);
    assert_eq!(
        told::<RelationChanged>(&mut again),
        [],
        "loading changes nothing"
    );
}

#[test]
fn saves_from_before_relations_can_have_some() {
    let (app, _, uid, other) = start();
    let mut record = snapshot_world(app.world());
    for entity in &mut record.entities {
        entity.parts.remove("stats.relations");
    }
    let (mut again, ..) = game_with(pack());
    restore_world(again.world_mut(), &record);
    let action = patch(uid, other, "trust", Set(40.0));
    assert_eq!(again.world_mut().act(GM, None, &action), Ok(40.0));
}

#[test]
fn a_client_receives_ops_reads_the_same_and_is_told() {
    let (mut host, knight, uid, other) = start();
    let action = patch(uid, other, "affinity", Set(75.0));
    host.world_mut().act(GM, None, &action).unwrap();
    tick(&mut host, 10);

    let mut client = App::new();
    client
        .add_plugins((MinimalPlugins, StatsPlugin))
        .add_pack_source(pack())
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .insert_resource(Authority::Client);
    client.load_content_now().unwrap();
    let follow = |client: &mut App, host: &App| {
        client.world_mut().resource_mut::<RulesClock>().tick =
            host.world().resource::<RulesClock>().tick;
    };
    // A snapshot, as replication inserts it.
    let bytes = postcard::to_stdvec(host.world().get::<Relations>(knight).unwrap()).unwrap();
    let copy: Relations = postcard::from_bytes(&bytes).unwrap();
    let copy = client.world_mut().spawn(copy).id();
    follow(&mut client, &host);
    client.update();
    assert_eq!(told::<RelationChanged>(&mut client), [], "news of long ago");
    let why = |app: &App, entity| {
        relations::explain_entity(app.world(), entity, bond(other), axis("affinity")).unwrap()
    };
    assert_eq!(why(&client, copy), why(&host, knight));
    assert_eq!(why(&client, copy).why.value, 74.5);

    // A diff, as replication applies it.
    let ops = [
        RelationOp::Record {
            bond: bond(other),
            stored: Some(relations::Stored {
                value: 20.0,
                since: 0,
            }),
            cause: Box::new(relations::RelationCause {
                stat: axis("trust"),
                code: "gift".to_owned(),
                ..why(&host, knight).causes[0].clone()
            }),
            keep: 3,
        },
        RelationOp::SetRelation {
            bond: bond(uid),
            relation: None,
        },
    ];
    for op in &ops {
        let sent = op.clone();
        host.world_mut()
            .transact("test", |txn| txn.op::<Relations>(knight, sent))
            .unwrap();
        let bytes = postcard::to_stdvec(op).unwrap();
        let op: RelationOp = postcard::from_bytes(&bytes).unwrap();
        let mut copy = client.world_mut().get_mut::<Relations>(copy).unwrap();
        copy.apply(&op).unwrap();
        let revision = copy.revision() + 1;
        copy.set_revision(revision);
    }
    tick(&mut host, 1);
    follow(&mut client, &host);
    client.update();
    let rows = |app: &App, entity| app.world().get::<Relations>(entity).cloned();
    assert_eq!(rows(&client, copy), rows(&host, knight));
    let facts = |app: &mut App| -> Vec<(StatId, f32, f32)> {
        let told = told::<RelationChanged>(app).into_iter();
        told.map(|fact| (fact.stat, fact.before, fact.after))
            .collect()
    };
    let here = facts(&mut client);
    assert_eq!(here.len(), 2, "trust and what follows from it");
    assert_eq!(here[0], (axis("trust"), 0.0, 20.0));
    let there = facts(&mut host);
    assert_eq!(there.get(there.len() - 2..), Some(&*here));
}

#[test]
fn content_that_comes_and_goes_loses_nothing() {
    let pack = pack();
    pack.remove("t", "relations/all.ron");
    let (mut app, knight, uid) = game_with(pack.clone());
    assert!(
        app.world().get::<Relations>(knight).is_none(),
        "nothing to remember"
    );
    pack.set("t", "relations/all.ron", RELATIONS);
    app.load_content_now().unwrap();
    let stone = app.world_mut().spawn(Character::new("t:stone")).id();
    tick(&mut app, 1);
    let other = app.world().get::<Identity>(stone).unwrap().0;
    let action = patch(uid, other, "trust", Set(40.0));
    app.world_mut().act(GM, None, &action).unwrap();
    tick(&mut app, 1);
    let before = app.world().get::<Relations>(knight).cloned();

    pack.set("t", "stats/all.ron", STATS.replace("trust", "faith"));
    app.load_content_now().unwrap();
    let lost = |app: &App| app.world().resource::<UnknownRelations>().0.clone();
    let kind = bond(other).kind;
    assert_eq!(
        lost(&app).into_iter().collect::<Vec<_>>(),
        [(kind, Some(axis("trust")))]
    );
    pack.remove("t", "relations/all.ron");
    app.load_content_now().unwrap();
    assert_eq!(lost(&app).into_iter().collect::<Vec<_>>(), [(kind, None)]);
    let refusal = app.world_mut().act(GM, None, &action).unwrap_err();
    assert_eq!(refusal.code.as_str(), "relation_not_configured");
    tick(&mut app, 1);
    assert_eq!(app.world().get::<Relations>(knight).cloned(), before);

    pack.set("t", "stats/all.ron", STATS);
    pack.set("t", "relations/all.ron", RELATIONS);
    app.load_content_now().unwrap();
    assert!(lost(&app).is_empty());
    assert_eq!(
        value(&app, knight, other, "trust"),
        40.0,
        "and it is there again"
    );
}

#[test]
fn old_sessions_are_taken_over_once() {
    let (mut app, knight, _, other) = start();
    let text = format!(
        r#"{{ "npc:{}": {{ "affinity": 75, "trust": 60, "tierId": "friend" }} }}"#,
        other.get()
    );
    let old: relations::legacy::LegacyRelations = ron::from_str(&text).unwrap();
    let mut import = |kind: &str| {
        app.world_mut().transact("game.legacy", |txn| {
            let who = |id: &str| Uid::new(id.parse().ok()?);
            relations::legacy::import(txn, knight, DefId::of(kind), &old, who)
        })
    };
    let refusal = import("t:kinship").unwrap_err();
    assert_eq!(refusal.code.as_str(), "relation_not_configured");
    assert_eq!(import("t:bond"), Ok(vec![]));
    assert_eq!(
        import("t:bond"),
        Ok(vec![relations::legacy::LegacyNote::NotEmpty])
    );
    assert_eq!(value(&app, knight, other, "trust"), 60.0);
}

#[test]
fn any_changes_that_are_taken_back_leave_no_trace() {
    let (mut app, knight, _, other) = start();
    let change = (
        0_u64..3,
        0_usize..4,
        any::<bool>(),
        -150.0_f32..150.0,
        0_u32..3,
    );
    let changes = prop::collection::vec(change, 1..10);
    let mut runner = TestRunner::new(Config::with_cases(64));
    // Each case goes on from what the one before has left.
    let app = std::cell::RefCell::new(&mut app);
    let result = runner.run(&(changes.clone(), changes), |(stay, go)| {
        let mut app = app.borrow_mut();
        let names = ["affinity", "trust", "warmth", "love"];
        let run = |app: &mut App, changes: &[(u64, usize, bool, f32, u32)], keep: bool| {
            let _ = app.world_mut().transact("test", |txn| {
                for &(who, name, adds, amount, _) in changes {
                    let bond = bond(Uid::new(other.get() + who).unwrap());
                    let stat = axis(names[name]);
                    let reason = Reason::note("test");
                    // Refused ones change nothing and stop nothing.
                    let _ = if adds {
                        relations::add(txn, knight, bond, stat, amount, &reason)
                    } else {
                        relations::set(txn, knight, bond, stat, Some(amount), &reason)
                    };
                    if amount > 140.0 {
                        relations::forget(txn, knight, bond.other, None)?;
                    }
                }
                if keep {
                    Ok(())
                } else {
                    Err(Refusal::new(Code::NOT_FOUND))
                }
            });
        };
        run(&mut app, &stay, true);
        let before = state_hash(app.world());
        run(&mut app, &go, false);
        prop_assert_eq!(state_hash(app.world()), before);
        tick(&mut app, stay[0].4);
        Ok(())
    });
    result.unwrap();
}
