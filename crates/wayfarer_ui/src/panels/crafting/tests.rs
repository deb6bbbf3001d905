use egui_kittest::{Harness, kittest::Queryable as _};

use super::*;
use crate::model::feedback::Flash;

type Stage = (CraftingModel, CraftPanel, Vec<Intent>);

fn play(model: CraftingModel) -> Harness<'static, Stage> {
    let mut harness = Harness::builder().with_size([800.0, 500.0]).build_ui_state(
        |ui, (model, state, intents): &mut Stage| crafting_panel(ui, model, state, intents),
        (model, CraftPanel::default(), Vec::new()),
    );
    harness.run();
    harness
}

fn row(id: u32, name: &str, possible: bool) -> RecipeRow {
    RecipeRow {
        recipe: DefId(id),
        name: name.into(),
        possible,
    }
}

fn model() -> CraftingModel {
    CraftingModel {
        here: true,
        recipes: vec![row(1, "Iron sword", true), row(2, "Shield", false)],
        details: Some(RecipeDetails {
            row: row(1, "Iron sword", true),
            makes: "Iron sword".into(),
            description: "Sharp.".into(),
            count: 1,
            materials: vec![("Iron ingot".into(), 5, 3), ("wood".into(), 0, 1)],
            tools: vec![("hammer".into(), true)],
            station: Some(("forge".into(), Some("Bruna's forge".into()))),
            at: wayfarer_core::id::Uid::new(7),
            skill: Some(("crafting".into(), 42.0)),
            chance: 0.655,
            score: Some((29.7, 44.5, 59.4)),
            seconds: 12.0,
            price: "3 gp".into(),
            why_not: None,
        }),
        ..CraftingModel::default()
    }
}

#[test]
fn everything_is_told_before_it_is_begun() {
    let mut harness = play(model());
    harness.get_by_label("Choose a recipe on the left.");
    harness.get_by_label("Iron sword").click();
    harness.run();
    for label in [
        "Makes 1 × Iron sword",
        "Material: 3 × Iron ingot (you have 5)",
        "Material: 1 × wood (you have 0)",
        "Tool: hammer",
        "At: Bruna's forge",
        "Chance of success: 65.5 %",
        "Your skill: crafting 42",
        "Quality: 29.7 to 59.4, on average 44.5",
        "Takes 12 s",
        "Costs 3 gp",
    ] {
        harness.get_by_label(label);
    }
    harness.state_mut().1.times = 4;
    harness.run();
    harness.get_by_label("Make").click();
    harness.run();
    let order = CraftItem {
        recipe: DefId(1),
        times: 4,
        station: wayfarer_core::id::Uid::new(7),
        pick: Vec::new(),
    };
    let asked = Ask::of(&order).about(Subject::Recipe(DefId(1)));
    assert_eq!(harness.state().2, [asked.into()]);
}

#[test]
fn what_can_not_be_made_says_why() {
    let mut sad = model();
    sad.feedback.flashes.push(Flash {
        subject: Subject::Recipe(DefId(1)),
        text: "Somebody was faster.".into(),
        age: std::time::Duration::ZERO,
    });
    if let Some(details) = &mut sad.details {
        details.tools = vec![("saw".into(), false)];
        details.station = Some(("forge".into(), None));
        details.why_not = Some("Not enough wood: 0 of 1.".into());
    }
    let mut harness = play(sad);
    harness.state_mut().1.chosen = Some(DefId(1));
    harness.run();
    harness.get_by_label("Not enough wood: 0 of 1.");
    harness.get_by_label("Somebody was faster.");
    harness.get_by_label("Tool: saw (you have none)");
    harness.get_by_label("At: forge (none near)");
    harness.get_by_label("Make").click();
    harness.run();
    assert_eq!(harness.state().2, [], "and can not be asked for");
}

#[test]
fn work_in_hand_can_be_stopped() {
    let mut busy = model();
    busy.job = Some(JobRow {
        what: "Iron sword".into(),
        share: 0.25,
        left: 9.0,
        more: 3,
    });
    let mut harness = play(busy);
    harness.state_mut().1.chosen = Some(DefId(1));
    harness.run();
    harness.get_by_label("9 s");
    harness.get_by_label("3 more to come");
    harness.get_by_label("Make").click();
    harness.get_by_label("Make").hover();
    harness.run_steps(60);
    harness.get_by_label("Finish or stop what you are doing first.");
    harness.get_by_label("Stop").click();
    harness.run();
    assert_eq!(harness.state().2, [Ask::of(&StopWork).into()]);
}

#[test]
fn the_search_and_empty_hands() {
    let mut harness = play(model());
    harness.state_mut().1.search = "shie".into();
    harness.run();
    harness.get_by_label("Shield");
    assert!(harness.query_by_label("Iron sword").is_none());
    let ignorant = CraftingModel {
        here: true,
        last: Some("Iron sword is done.".into()),
        ..CraftingModel::default()
    };
    let harness = play(ignorant);
    harness.get_by_label("You know no recipes yet. Use a written recipe to learn it.");
    harness.get_by_label("Iron sword is done.");
    play(CraftingModel::default()).get_by_label("There is no character here yet.");
}
