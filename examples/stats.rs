//! A knight, made stronger by a game master, and why the numbers are what they are.
//!
//! No window: `cargo run --example stats`.

use bevy::prelude::*;
use wayfarer::{core::content::FolderSource, prelude::*};

fn main() {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, RulesPlugins))
        .add_pack_source(FolderSource::new("assets"))
        .insert_resource(ClockMode::Manual { hz: 20.0 });
    if let Err(errors) = app.load_content_now() {
        for error in errors {
            eprintln!("{error}\n");
        }
        return;
    }

    let knight = app.world_mut().spawn(Character::new("demo:knight")).id();
    app.world_mut().run_schedule(RulesTick);
    print(app.world(), knight);

    // Whoever plays alone is the host, and may do what a game master may.
    let Some(&Identity(target)) = app.world().get::<Identity>(knight) else {
        return;
    };
    let stronger = PatchStat {
        target,
        stat: StatId::of("core:attributes.strength"),
        layer: PatchLayer::Base,
        change: PatchChange::Add(4.0),
    };
    match app.world_mut().act(PlayerId::LOCAL, None, &stronger) {
        Ok(strength) => println!("\nStrength is now {strength}.\n"),
        Err(refusal) => eprintln!("refused: {refusal}"),
    }
    app.world_mut().run_schedule(RulesTick);
    print(app.world(), knight);
}

/// Prints where a few of the knight's numbers come from.
fn print(world: &World, knight: Entity) {
    for name in [
        "attributes.strength",
        "combat.attack",
        "movement.carry_limit",
    ] {
        let stat = StatId::of(&format!("core:{name}"));
        if let Some(why) = explain_entity(world, knight, stat) {
            println!("{why}");
        }
    }
}
