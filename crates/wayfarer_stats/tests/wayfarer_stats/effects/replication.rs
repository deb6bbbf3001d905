//! What the owner's client knows, and what strangers see.

use wayfarer_core::{aggregate::Aggregate, state::state_hash};
use wayfarer_stats::effects::{PublicEffects, preview_effect, preview_removal};

use super::*;

#[test]
fn a_client_derives_the_same_tags() {
    let (mut host, knight, _) = effect_game();
    give(&mut host, knight, &spec("frozen")).unwrap();
    tick(&mut host, 1);
    let mut client = App::new();
    client
        .add_plugins((MinimalPlugins, wayfarer_stats::StatsPlugin))
        .add_pack_source(effect_pack())
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .insert_resource(Authority::Client);
    client.load_content_now().unwrap();
    let world = host.world();
    let copied = |bytes: &[u8]| postcard::from_bytes::<ActiveEffects>(bytes).unwrap();
    let bytes = postcard::to_stdvec(world.get::<ActiveEffects>(knight).unwrap()).unwrap();
    let inputs = world
        .get::<wayfarer_stats::inputs::StatInputs>(knight)
        .unwrap()
        .clone();
    let copy = client.world_mut().spawn((inputs, copied(&bytes))).id();
    client.update();
    assert!(has_tag(&client, copy, "condition.dazed"));
    assert!(
        has_tag(&client, copy, "living"),
        "nature is content, known to both"
    );
    let effect = effects(&host, knight)[0].uid;
    let op = wayfarer_stats::effects::EffectOp::Take(effect);
    client
        .world_mut()
        .get_mut::<ActiveEffects>(copy)
        .unwrap()
        .apply(&op)
        .unwrap();
    client.update();
    assert!(!has_tag(&client, copy, "condition.dazed"));
    assert!(
        client.world().get::<PublicEffects>(copy).is_none(),
        "the host's to write"
    );
}

#[test]
fn strangers_see_what_is_public() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("strong")).unwrap();
    give(&mut app, knight, &spec("burning")).unwrap();
    let seen = |app: &App| -> Vec<_> {
        app.world()
            .get::<PublicEffects>(knight)
            .unwrap()
            .iter()
            .collect()
    };
    assert_eq!(seen(&app), [(DefId::of("t:burning"), 1)]);
    give(&mut app, knight, &spec("soaked")).unwrap();
    assert!(seen(&app).is_empty(), "what is suppressed is not seen");
}

#[test]
fn previews_tell_what_then_happens() {
    let (mut app, knight, _) = effect_game();
    give(&mut app, knight, &spec("pile")).unwrap();
    tick(&mut app, 1);
    for name in ["strong", "pile", "frozen", "few", "training"] {
        let preview = preview_effect(app.world(), knight, &spec(name)).unwrap();
        let before = state_hash(app.world());
        assert_eq!(state_hash(app.world()), before);
        if name == "training" {
            assert!(preview.changes.is_empty(), "steps are not previewed");
            continue;
        }
        give(&mut app, knight, &spec(name)).unwrap();
        tick(&mut app, 1);
        for change in &preview.changes {
            let now = wayfarer_stats::api::value_of(app.world(), knight, change.stat);
            assert_eq!(now, Some(change.after), "{name}: {change:?}");
        }
        assert!(!preview.changes.is_empty(), "{name}");
    }
    let frozen = effects(&app, knight)
        .into_iter()
        .find(|e| e.def == DefId::of("t:frozen"))
        .unwrap();
    let preview = preview_removal(app.world(), knight, frozen.uid).unwrap();
    let after = preview
        .changes
        .iter()
        .find(|change| change.stat == stat("strength"))
        .unwrap();
    assert_eq!(after.after, 18.0, "strong is still there");
    let refused = preview_effect(app.world(), knight, &spec("nothing")).unwrap_err();
    assert_eq!(refused.code.as_str(), "unknown_effect");
}
