//! Equipment without a window: preview, put on, wait for the slot, take off.
//!
//! Run with `cargo run --example equipment`.

use bevy::prelude::*;
use wayfarer::core::{content::FolderSource, prelude::*};
use wayfarer::equipment::prelude::*;
use wayfarer::inventory::actions::create;
use wayfarer::stats::api::{display_name, value};

const ME: PlayerId = PlayerId::LOCAL;
const PACKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets");

fn main() -> Result<()> {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, EquipmentPlugin))
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .add_pack_source(FolderSource::new(PACKS));
    let content = app.load_content_now().map_err(|e| format!("{e:#?}"))?;

    let world = app.world_mut();
    let hero = world.spawn((Character::new("demo:knight"), Owner(ME))).id();
    world.run_schedule(RulesTick);
    let me = world.get::<Identity>(hero).map(|id| id.0);
    let (why, axe) = (MovementKind::Granted, DefId::of("demo:greataxe"));
    let made = world.transact("gift", |txn| create(txn, hero, why, axe, 1, None))?;
    let item = *made.first().ok_or("nothing was made")?;
    show(world, "With sword and shield", hero);

    // What if? Nothing is touched.
    for change in preview_equip(world, hero, item, None)? {
        let stat = display_name(&content, change.stat);
        println!("  {stat}: {} would be {}", change.before, change.after);
    }
    // It takes both hands: sword and shield go into the bag.
    world.act(ME, me, &EquipItem { item, slot: None })?;
    show(world, "With the greataxe", hero);

    let slot = DefId::of("core:main_hand");
    let off = UnequipItem {
        slot,
        compartment: None,
    };
    if let Err(refusal) = world.act(ME, me, &off) {
        let texts = world.resource::<Texts>();
        println!("At once: {}", texts.refusal(&refusal, &content));
    }
    while cooldown_left(world, hero, slot) > 0.0 {
        world.run_schedule(RulesTick);
    }
    world.act(ME, me, &off)?;
    show(world, "Three seconds later", hero);
    Ok(())
}

fn show(world: &World, title: &str, hero: Entity) {
    let attack = value(world, hero, "core:combat.attack");
    let look = world.get::<WornLook>(hero);
    println!("{title}: attack {attack:?}, {look:?}");
}
