//! Changes of bonds are told, to the host and to clients.

use bevy::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_stats::{
    prelude::*,
    relations::{
        self, Reason, RelationChanged, RelationLevelChanged, RelationOp, RelationTierChanged,
    },
};

use crate::{
    common::{GM, tick},
    relations::{axis, bond, pack, patch, start, told},
};
use PatchChange::Set;

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
            );
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
