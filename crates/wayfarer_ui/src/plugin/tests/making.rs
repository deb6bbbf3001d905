//! Recipes and histories, from the panels through the door and back.

use wayfarer_inventory::actions::{AskHistory, CraftItem, StopWork};

use super::*;
use crate::{
    build::{crafting_model, history_model},
    game_panel::{GamePanel, GamePanels},
    intent::Ask,
    model::crafting::CraftingModel,
    panels::{crafting::CraftPanel, history::HistoryPanel},
};

fn jam() -> DefId {
    DefId::of("core:jam")
}

fn crafting(game: &Game) -> CraftingModel {
    crafting_model(game.app.world(), game.hero, Some(jam()), None)
}

fn make(times: u32) -> Intent {
    let order = CraftItem {
        recipe: jam(),
        times,
        station: None,
        pick: Vec::new(),
    };
    Ask::of(&order).about(Subject::Recipe(jam())).into()
}

#[test]
fn jam_is_made_and_the_work_is_seen() {
    let mut game = Game::new();
    game.open(CraftPanel::panel());
    let mut panels = game.app.world_mut().resource_mut::<GamePanels>();
    panels.state::<CraftPanel>().unwrap().chosen = Some(jam());
    game.frame();
    let shown = crafting(&game);
    assert!(shown.here && shown.recipes[0].possible && shown.job.is_none());
    let details = shown.details.unwrap();
    assert_eq!(details.materials, [("Apple".to_owned(), 2, 2)]);
    assert_eq!((details.chance, details.seconds), (1.0, 1.0));
    assert_eq!((details.why_not, details.price.as_str()), (None, ""));

    game.want(make(2));
    game.frame();
    let job = crafting(&game).job.unwrap();
    assert_eq!((job.what.as_str(), job.more), ("Jam", 1));
    assert!(job.share > 0.0 && job.left < 1.0, "{job:?}");
    // Once more while it is being made: the answer shows where it was asked for.
    game.want(make(1));
    let answers = game.app.world().resource::<Answers>();
    let flash = answers.feedback().refusal(Subject::Recipe(jam())).unwrap();
    assert_eq!(flash.text, "Finish or stop what you are doing first.");
    for _ in 0..25 {
        game.frame();
    }
    let shown = crafting(&game);
    assert_eq!(shown.job, None, "no apples for a second");
    assert_eq!(
        shown.last.as_deref(),
        Some("This takes 2 × Apple; you have 1.")
    );
    let details = shown.details.unwrap();
    assert_eq!(details.materials, [("Apple".to_owned(), 1, 2)]);
    assert_eq!(
        details.why_not.as_deref(),
        Some("This takes 2 × Apple; you have 1.")
    );
    assert!(!shown.recipes[0].possible);
    game.open(Panel::Inventory);
    assert_eq!((game.item("Gem").count, game.item("Apple").count), (1, 1));
    game.want(Ask::of(&StopWork).into());
}

#[test]
fn a_sword_tells_where_it_has_been() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    game.open(HistoryPanel::panel());
    let item = game.item("Iron sword").uid;
    game.want(Intent::Drop { item, count: None });
    game.want(Intent::PickUp {
        item,
        count: None,
        compartment: None,
    });
    let before = history_model(game.app.world(), game.hero, None, None);
    let names: Vec<&str> = before
        .things
        .iter()
        .map(|(_, name)| name.as_str())
        .collect();
    assert_eq!(names, ["Great axe", "Iron sword"], "apples have no history");
    assert_eq!(before.lines, None);
    game.want(
        Ask::of(&AskHistory { item })
            .about(Subject::Item(item))
            .into(),
    );
    let told = game
        .app
        .world()
        .resource::<Answers>()
        .receipt::<AskHistory>();
    let model = history_model(game.app.world(), game.hero, None, told);
    let lines: Vec<_> = model
        .lines
        .unwrap()
        .into_iter()
        .map(|row| (row.what, row.from, row.to))
        .collect();
    let line = |what: &str, from: &str, to: &str| (what.to_owned(), from.to_owned(), to.to_owned());
    assert_eq!(
        lines,
        [
            line("picked up", "on the ground", "Hero"),
            line("dropped", "Hero", "on the ground"),
            line("there from the beginning", "", "Hero"),
        ]
    );
}
