//! The packs that are shipped.

use std::collections::BTreeSet;

use bevy::prelude::*;
use wayfarer_core::{
    content::FolderSource,
    dice::{DiceStream, WorldSeed},
    prelude::*,
};
use wayfarer_inventory::{
    content::{RecipeDef, ShopDef},
    craft::score_odds,
    currency::coins_for,
    loot::{LootContext, odds, roll},
    prelude::*,
};

#[test]
fn the_shipped_packs_load_and_kits_are_given() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets");
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, InventoryPlugin))
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .add_pack_source(FolderSource::new(folder));
    let content = app.load_content_now().unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", errors.join("\n"));
    });
    for (name, max_bulk) in [("backpack", 50.0), ("belt", 10.0), ("craft_bag", 30.0)] {
        let def = content
            .table::<CompartmentDef>()
            .get_by_name(&format!("core:{name}"));
        let bulk = def.and_then(|def| def.max_bulk.as_ref());
        assert_eq!(
            bulk.map(|bulk| bulk.eval(|_| 0.0)),
            Some(max_bulk),
            "{name}"
        );
    }
    for (name, weight, bulk, stack) in [
        ("iron_sword", 3.5, 2.0, 1),
        ("wooden_shield", 2.0, 3.0, 1),
        ("leather_armor", 5.0, 4.0, 1),
        ("healing_potion", 0.1, 1.0, 10),
        ("anvil", 85.0, 25.0, 1),
        ("rock", 0.5, 1.0, 10),
        ("coin", 0.005, 0.001, 1000),
    ] {
        let def = content
            .table::<ItemDef>()
            .get_by_name(&format!("demo:{name}"))
            .unwrap();
        assert_eq!(
            (def.weight, def.bulk, def.max_stack),
            (weight, bulk, stack),
            "{name}"
        );
    }
    for def in content.table::<ItemDef>() {
        assert!(
            !def.description.is_empty(),
            "{} has a description",
            def.name()
        );
        assert!(!def.icon.is_empty(), "{} has a look", def.name());
    }

    for kit in content.table::<KitDef>() {
        let character = Character::new(kit.name().to_owned());
        let entity = app.world_mut().spawn(character).id();
        app.world_mut().run_schedule(RulesTick);
        let inventory = app.world().get::<Inventory>(entity).unwrap();
        let mut wanted: u64 = kit.items.iter().map(|line| u64::from(line.count)).sum();
        // Merchants come with goods and a till as well, and there is room for all of it.
        if let Some(shop) = content.table::<ShopDef>().get(kit.id()) {
            let stock = shop.stock.iter().map(|line| u64::from(line.most()));
            let till = coins_for(&content, shop.till).into_iter();
            wanted += stock.sum::<u64>() + till.map(|(_, count)| count).sum::<u64>();
        }
        let has: u64 = inventory.iter().map(|item| u64::from(item.count)).sum();
        assert_eq!(has, wanted, "{}", kit.name());
    }
}

/// Every loot table gives what it can give, and only that; every recipe can be tried by a beginner
/// and by a master.
#[test]
fn the_shipped_tables_and_recipes_hold_what_they_say() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets");
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, InventoryPlugin))
        .add_pack_source(FolderSource::new(folder));
    let content = app.load_content_now().unwrap();
    for table in content.table::<LootTableDef>() {
        let mut possible: BTreeSet<DefId> = BTreeSet::new();
        for level in [0.0, 1.0, 3.0, 10.0, 20.0] {
            let ctx = LootContext::of_level(level);
            let odds = odds(&content, table.id(), &ctx);
            for (item, odds) in &odds {
                assert!(odds.chance > 0.0 && odds.chance <= 1.0 + 1e-9 && odds.mean > 0.0);
                assert!(content.table::<ItemDef>().get(*item).is_some());
            }
            for cause in 0..500_u32 {
                let mut dice = DiceStream::new(WorldSeed(1), &cause.to_le_bytes(), "loot");
                for drop in roll(&content, table.id(), &ctx, &mut dice) {
                    assert!(odds.contains_key(&drop.def), "{}", table.name());
                }
            }
            possible.extend(odds.keys());
        }
        for item in table.entries.iter().filter_map(|entry| entry.item.as_ref()) {
            assert!(
                possible.contains(&item.id()),
                "{} in {}",
                item,
                table.name()
            );
        }
    }
    for recipe in content.table::<RecipeDef>() {
        for (skill, station) in [(0.0, 0.1), (50.0, 1.0), (100.0, 10.0)] {
            let chance = recipe.chance.eval(&[skill, recipe.difficulty, station]);
            assert!(
                chance > 0.0 && chance <= 1.0,
                "{} at {skill}",
                recipe.name()
            );
            assert!(recipe.seconds.eval(&[skill]) >= 0.0, "{}", recipe.name());
            let faces = score_odds(recipe, skill, station).unwrap_or_default();
            assert!(
                faces.windows(2).all(|pair| pair[0] <= pair[1]),
                "{}",
                recipe.name()
            );
        }
    }
}
