//! The examples of `docs/effects.md` load, and do what the page says.

use bevy::prelude::*;
use wayfarer_core::{content::MemorySource, prelude::*};
use wayfarer_stats::{
    effects::{EffectSpec, apply_effect},
    prelude::*,
};

use crate::packs::shipped_with;

/// The RON blocks of the page, by the path in their first line.
fn pack() -> MemorySource {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/effects.md");
    let page = std::fs::read_to_string(page).unwrap();
    let pack = MemorySource::new();
    pack.set(
        "my",
        "pack.ron",
        r#"(name: "my", version: "1", depends: ["core", "demo"])"#,
    );
    let mut blocks = 0;
    for block in page.split("```ron\n").skip(1) {
        let (block, _) = block.split_once("```").unwrap();
        let (path, _) = block.strip_prefix("// ").unwrap().split_once('\n').unwrap();
        pack.set("my", path, block);
        blocks += 1;
    }
    assert_eq!(blocks, 5);
    let sheet = r#"{ "monk": (sets: ["core:attributes", "core:resources", "core:movement"], tags: ["living"]) }"#;
    pack.set("my", "sheets/monk.ron", sheet);
    pack.set(
        "my",
        "characters/monk.ron",
        r#"{ "monk": (name: "Monk"), "campfire": (name: "Fire") }"#,
    );
    pack
}

fn run(app: &mut App, ticks: u32) {
    for _ in 0..ticks {
        app.world_mut().run_schedule(RulesTick);
    }
}

#[test]
fn the_effects_of_the_guide_do_what_it_says() {
    let mut app = shipped_with(pack());
    let monk = app
        .world_mut()
        .spawn((Character::new("my:monk"), Position::default()))
        .id();
    run(&mut app, 1);
    let give = |app: &mut App, name: &str| {
        let spec = EffectSpec::named(&format!("my:{name}")).level(2.0);
        app.world_mut()
            .transact("test", |txn| apply_effect(txn, monk, &spec))
            .map(drop)
    };
    let value =
        |app: &App, name: &str| wayfarer_stats::api::value(app.world(), monk, name).unwrap();
    give(&mut app, "strength_of_the_bear").unwrap();
    run(&mut app, 1);
    assert_eq!(value(&app, "strength"), 14.0);
    give(&mut app, "dead_magic").unwrap();
    run(&mut app, 1);
    assert_eq!(value(&app, "strength"), 10.0);
    // A ward is magic too.
    run(&mut app, 100);
    assert_eq!(value(&app, "strength"), 14.0);

    give(&mut app, "venom").unwrap();
    run(&mut app, 45);
    assert!(value(&app, "health") < 100.0);
    give(&mut app, "draught").unwrap();
    give(&mut app, "ward").unwrap();
    assert_eq!(
        give(&mut app, "venom").unwrap_err().code.as_str(),
        "effect_immune"
    );

    give(&mut app, "smite").unwrap();
    let refused = give(&mut app, "smite").unwrap_err();
    assert_eq!(refused.code.as_str(), "effect_blocked");
    give(&mut app, "stunned").unwrap();
    run(&mut app, 1);
    assert_eq!(value(&app, "speed"), 0.0);

    let fire = app
        .world_mut()
        .spawn((Character::new("my:campfire"), Position::ground(1.0, 0.0)))
        .id();
    run(&mut app, 10);
    let warm = app.world().get::<PublicEffects>(monk).unwrap();
    assert!(warm.has(DefId::of("my:warmth")));
    let from = app.world().get::<Identity>(fire).unwrap().0;
    let me = app.world().get::<Identity>(monk).unwrap().0;
    let effect = DefId::of("my:draught");
    let accept = AcceptEffect { from, effect };
    app.world_mut()
        .act(PlayerId::LOCAL, Some(me), &accept)
        .unwrap();
}
