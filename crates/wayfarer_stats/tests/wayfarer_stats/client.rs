//! A client computes the same from what it receives.

use bevy::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_stats::prelude::*;

use crate::common::*;

#[test]
fn a_client_settles_what_it_receives_with_the_same_code() {
    let (mut host, knight, uid) = game();
    let source = Uid::new(500).unwrap();
    let op = StatOp::SetModifiers {
        source,
        modifiers: vec![Modifier {
            when: Some("strength > 10".to_owned()),
            ..Modifier::new(stat("luck"), ModifierKind::Flat, 4.1, source)
        }],
    };
    let sent = op.clone();
    host.world_mut()
        .transact("test", |txn| txn.op::<StatInputs>(knight, sent))
        .unwrap();
    host.world_mut()
        .act(
            GM,
            None,
            &patch(uid, "strength", PatchLayer::Base, PatchChange::Set(17.0)),
        )
        .unwrap();
    tick(&mut host, 1);

    let mut client = App::new();
    client
        .add_plugins((MinimalPlugins, StatsPlugin))
        .add_pack_source(pack())
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .insert_resource(Authority::Client);
    client.load_content_now().unwrap();
    // A snapshot, as replication inserts it.
    let bytes = postcard::to_stdvec(host.world().get::<StatInputs>(knight).unwrap()).unwrap();
    let inputs: StatInputs = postcard::from_bytes(&bytes).unwrap();
    let copy = client.world_mut().spawn(inputs).id();
    client.update();
    let all = |app: &App, entity| -> Vec<(StatId, u32)> {
        let values = app.world().get::<StatValues>(entity).unwrap();
        values
            .iter()
            .map(|(stat, value)| (stat, value.to_bits()))
            .collect()
    };
    assert_eq!(all(&client, copy), all(&host, knight));
    assert!(
        client.world().get::<PublicStats>(copy).is_none(),
        "the host's to write"
    );

    // A diff, as replication applies it.
    let op = StatOp::remove_modifiers(source);
    host.world_mut()
        .transact("test", |txn| txn.op::<StatInputs>(knight, op.clone()))
        .unwrap();
    tick(&mut host, 1);
    client
        .world_mut()
        .get_mut::<StatInputs>(copy)
        .unwrap()
        .apply(&op)
        .unwrap();
    client.update();
    assert_eq!(all(&client, copy), all(&host, knight));

    // The same explanation on both sides.
    let why = |app: &App, entity| explain_entity(app.world(), entity, stat("luck")).unwrap();
    assert_eq!(why(&client, copy), why(&host, knight));

    // Nobody decides: nothing is computed.
    client.insert_resource(Authority::None);
    let op = StatOp::SetBase {
        stat: stat("luck"),
        value: Some(9.0),
    };
    client
        .world_mut()
        .get_mut::<StatInputs>(copy)
        .unwrap()
        .apply(&op)
        .unwrap();
    client.update();
    assert_eq!(settled(&client, copy, "luck"), 0.0);
}
