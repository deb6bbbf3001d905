//! Worn things in lists, tooltips and on the bench.

use wayfarer_core::action::HostWorldExt;
use wayfarer_equipment::{
    durability::{WearCause, wear_out},
    repair::RepairItem,
};

use super::*;
use crate::{
    build::{item_details, repair_model},
    game_panel::{GamePanel, GamePanels},
    intent::Ask,
    model::{Feedback, repair::RepairModel},
    panels::RepairPanel,
};

fn damage(game: &mut Game, amount: u32) -> Uid {
    game.open(Panel::Inventory);
    let sword = game.item("Iron sword").uid;
    let hero = game.hero;
    let world = game.app.world_mut();
    let worn = world.transact("test", |txn| {
        wear_out(txn, hero, sword, amount, WearCause::Other)
    });
    worn.unwrap();
    game.frame();
    sword
}

fn bench(game: &Game) -> RepairModel {
    let (world, hero) = (game.app.world(), game.hero);
    repair_model(
        world,
        hero,
        None,
        None,
        &Default::default(),
        Feedback::default(),
    )
}

#[test]
fn wear_shows_in_the_list_and_the_tooltip() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    assert_eq!(game.item("Iron sword").durability, Some(1.0));
    assert_eq!(game.item("Apple").durability, None);
    let sword = damage(&mut game, 58_000);
    assert_eq!(game.item("Iron sword").durability, Some(0.42));
    let hero = game.hero;
    let details = item_details(game.app.world(), hero, Some(hero), None, sword).unwrap();
    let fact = |name: &str| {
        let mut facts = details.facts.iter();
        let found = facts.find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(fact("When worn"), Some("Speed −1"));
    assert_eq!(fact("Quality"), Some("Fine"));
    assert_eq!(fact("Condition"), Some("Notched, 42 %"));
    assert_eq!(fact("Outlook"), Some("Low, 0.72 days"));
    // In words, and not as the data that it is.
    assert_eq!(fact("durability"), None);
    assert_eq!(fact("usage"), None);
}

#[test]
fn a_click_on_the_bench_repairs() {
    let mut game = Game::new();
    assert!(bench(&game).rows.is_empty());
    let sword = damage(&mut game, 80_000);
    let model = bench(&game);
    assert_eq!(model.rows.len(), 1);
    let row = &model.rows[0];
    assert_eq!((row.name.as_str(), row.percent), ("Iron sword", 20.0));
    assert_eq!((row.urgency.as_str(), row.chance), ("Soon", 100.0));
    assert_eq!((row.refusal.as_ref(), row.within), (None, true));
    let action = RepairItem {
        item: sword,
        station: None,
        points: None,
        extras: false,
    };
    game.want(Ask::of(&action).about(Subject::Item(sword)).into());
    let model = bench(&game);
    assert!(
        model.rows.is_empty(),
        "all of it is restored at once: {model:?}"
    );
    assert_eq!(
        model.last.as_deref(),
        Some("Iron sword is repaired: 100 %.")
    );
}

#[test]
fn the_bench_is_a_panel_and_follows() {
    let mut game = Game::new();
    let names: Vec<&str> = game.app.world().resource::<GamePanels>().names().collect();
    assert!(names.contains(&RepairPanel::NAME));
    game.open(RepairPanel::panel());
    damage(&mut game, 10_000);
    let open = game.app.world().resource::<PanelsOpen>();
    assert!(open.is_open(RepairPanel::panel()));
}
