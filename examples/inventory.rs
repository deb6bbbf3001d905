//! Items without a window: open a chest, take from it, carry too much.
//!
//! Run with `cargo run --example inventory`.

use bevy::prelude::*;
use wayfarer::core::{content::FolderSource, prelude::*};
use wayfarer::inventory::{actions::create, prelude::*};

const ME: PlayerId = PlayerId::LOCAL;
const PACKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets");

fn main() -> Result<()> {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, InventoryPlugin))
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .add_pack_source(FolderSource::new(PACKS));
    app.load_content_now().map_err(|e| format!("{e:#?}"))?;

    let world = app.world_mut();
    let hero = (Character::new("demo:knight"), Owner(ME));
    let hero = world.spawn(hero).id();
    let chest = (Character::new("demo:oak_chest"), Container::default());
    let chest = world.spawn(chest).id();
    world.run_schedule(RulesTick);
    let [me, from] = [hero, chest].map(|e| world.get::<Identity>(e).map(|id| id.0));
    let container = from.ok_or("no chest")?;

    // Everything goes through actions: refused with a reason, or done altogether.
    let open = OpenContainer { container };
    let refusal = world.act(PlayerId(7), me, &open);
    println!("A stranger acts for the knight: {refusal:?}");
    world.act(ME, me, &open)?;
    let apples = world.get::<Inventory>(chest).and_then(|i| i.iter().next());
    let take = TransferItem {
        from: container,
        item: apples.ok_or("empty")?.uid,
        count: Some(5),
        to: me.ok_or("nobody")?,
        compartment: None,
    };
    world.act(ME, me, &take)?;

    // Loot and rewards come into being with a reason in the ledger.
    let (why, anvil) = (MovementKind::Looted, DefId::of("demo:anvil"));
    world.transact("reward", |txn| create(txn, hero, why, anvil, 1, None))?;
    world.run_schedule(RulesTick);

    let content = &world.resource::<ActiveContent>().0;
    for item in world.get::<Inventory>(hero).iter().flat_map(|i| i.iter()) {
        let def = content.table::<ItemDef>().get(item.def);
        let name = def.map_or("?", |def| def.name.as_str());
        println!("{} × {name}, {:?}", item.count, item.place);
    }
    println!("{:?}", world.get::<Load>(hero));
    Ok(())
}
