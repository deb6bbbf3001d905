//! The pack in `docs/items.md` loads beside the shipped ones, and its people have what it says.

use bevy::prelude::*;
use wayfarer_core::{
    content::{FolderSource, MemorySource},
    prelude::*,
};
use wayfarer_equipment::prelude::*;
use wayfarer_inventory::prelude::*;

/// The RON blocks of the page, by the path in their first line.
fn pack() -> MemorySource {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/items.md");
    let page = std::fs::read_to_string(page).unwrap();
    let source = MemorySource::new();
    let mut blocks = 0;
    for block in page.split("```ron\n").skip(1) {
        let (block, _) = block.split_once("```").unwrap();
        let (path, _) = block.strip_prefix("// ").unwrap().split_once('\n').unwrap();
        let (pack, path) = path.split_once('/').unwrap();
        source.set(pack, path, block);
        blocks += 1;
    }
    assert_eq!(blocks, 14);
    source
}

#[test]
fn the_pack_of_the_guide_works() {
    let assets = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets");
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, EquipmentPlugin))
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .add_pack_source(FolderSource::new(assets))
        .add_pack_source(pack());
    let content = app.load_content_now().unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", errors.join("\n"));
    });
    let rules = RepairRulesDef::in_force(&content).unwrap();
    assert_eq!(rules.extras.len(), 2);
    assert_eq!(rules.ranks.len(), 5, "what is not named stays");

    let prentice = Character::new("mill:prentice");
    let world = app.world_mut();
    let entity = world.spawn((prentice, Owner(PlayerId::LOCAL))).id();
    world.run_schedule(RulesTick);
    let look = world.get::<WornLook>(entity).unwrap();
    let head = look.worn_in(DefId::of("core:head"));
    assert_eq!(head, Some(DefId::of("mill:cap")));
    let bag = world.get::<Inventory>(entity).unwrap();
    assert_eq!(bag.iter().count(), 3, "a cap, a peel and a purse");
}
