//! Sharing out, whose loot it is, and order in an open container.

use wayfarer_inventory::actions::{SetLootRights, ShareOut, Spot};

use super::*;
use crate::{
    intent::Ask,
    model::inventory::{RightsModel, SharerModel},
};

fn sharer(raw: u64, name: &str, looks_in: Option<bool>) -> SharerModel {
    SharerModel {
        uid: uid(raw),
        name: name.into(),
        looks_in,
    }
}

/// Ann, whose panel this is, Bob and Cy at an open chest.
fn three() -> Stage {
    let mut stage = stage();
    let mut chest = chest();
    chest.people = vec![
        sharer(1, "Ann", Some(true)),
        sharer(3, "Bob", Some(true)),
        sharer(4, "Cy", Some(false)),
    ];
    stage.model.container = Some(chest);
    stage
}

fn shared(among: &[u64]) -> Intent {
    let share = ShareOut {
        container: uid(2),
        among: among.iter().copied().map(uid).collect(),
    };
    let ask = Ask::of(&share).about(Subject::Holder(uid(2)));
    ask.done("Chest: shared out").into()
}

#[track_caller]
fn is_disabled(harness: &Harness<'static, Stage>, label: &str) -> bool {
    harness.get_by_label(label).accesskit_node().is_disabled()
}

#[test]
fn loot_is_shared_among_those_who_are_chosen() {
    let mut harness = play(three());
    harness.get_by_label("Share out …").click();
    harness.run();
    // Everybody is in; Cy has not looked in yet.
    harness.get_by_label("Cy has not opened it.");
    assert!(is_disabled(&harness, "Share out"));
    harness.get_by_label("Cy").click();
    harness.run();
    harness.get_by_label("Share out").click();
    harness.run();
    assert_eq!(harness.state().intents, [shared(&[1, 3])]);
    assert!(harness.query_by_label("Bob").is_none(), "it is done");
}

#[test]
fn sharing_out_needs_somebody_and_something() {
    let mut harness = play(three());
    harness.get_by_label("Share out …").click();
    harness.run();
    for name in ["Ann", "Bob", "Cy"] {
        harness.get_by_label(name).click();
        harness.run();
    }
    harness.get_by_label("Choose who gets a share.");
    harness.get_by_label("Share out").click();
    harness.run();
    assert_eq!(harness.state().intents, []);
    harness.get_by_label("Bob").click();
    let chest = harness.state_mut().model.container.as_mut().unwrap();
    chest.content.compartments[0].items.clear();
    harness.state_mut().model.revision += 1;
    harness.run();
    harness.get_by_label("It is empty.");
    assert!(is_disabled(&harness, "Share out"));
    assert!(is_disabled(&harness, "Take all"));
    // Alone there is nobody to share with.
    let mut alone = three();
    alone.model.container.as_mut().unwrap().people.truncate(1);
    let harness = play(alone);
    assert!(is_disabled(&harness, "Share out …"));
}

/// A client is not told who else looks in: it asks, and the host says who is missing.
#[test]
fn where_nobody_knows_the_host_decides() {
    let mut stage = three();
    for who in &mut stage.model.container.as_mut().unwrap().people {
        who.looks_in = None;
    }
    let mut harness = play(stage);
    harness.get_by_label("Share out …").click();
    harness.run();
    harness.get_by_label("Share out").click();
    harness.run();
    assert_eq!(harness.state().intents, [shared(&[1, 3, 4])]);
}

fn rights(mine: bool) -> RightsModel {
    RightsModel {
        names: vec!["Bob".into(), "Cy".into()],
        mine,
        until: 340,
    }
}

#[test]
fn loot_of_others_says_whose_it_is_and_for_how_long() {
    let mut stage = three();
    let container = stage.model.container.as_mut().unwrap();
    container.rights = Some(rights(false));
    let mut closed = NearbyContainer::new(uid(5), "Sack");
    closed.rights = Some(rights(false));
    let mut locked = NearbyContainer::new(uid(6), "Strongbox");
    locked.refusal = Some("It is not yours.".into());
    stage.model.nearby = vec![closed, locked];
    stage.model.now = Now {
        tick: 100,
        hz: 20.0,
    };
    stage.state.selected = Some(uid(20));
    let mut harness = play(stage);
    harness.get_by_label("Bob, Cy may take from it, for 12 s more.");
    let shut = [
        "Take all",
        "Store matching things",
        "Share out …",
        "Take",
        "Take some …",
    ];
    for label in shut.into_iter().chain(["Open Sack", "Open Strongbox"]) {
        assert!(is_disabled(&harness, label), "{label}");
        harness.get_by_label(label).click();
    }
    harness.run();
    assert_eq!(harness.state().intents, []);
    // When the time is over, everybody may; what belongs to somebody stays theirs.
    harness.state_mut().model.now.tick = 340;
    harness.run();
    for label in shut.into_iter().chain(["Open Sack"]) {
        assert!(!is_disabled(&harness, label), "{label}");
    }
    assert!(is_disabled(&harness, "Open Strongbox"));
    assert!(
        harness
            .query_by_label_contains("may take from it")
            .is_none()
    );
    // Whose it is may take at once; the words stay, for the others.
    harness.state_mut().model.now.tick = 100;
    let container = harness.state_mut().model.container.as_mut().unwrap();
    container.rights = Some(rights(true));
    harness.run();
    harness.get_by_label("Bob, Cy may take from it, for 12 s more.");
    assert!(!is_disabled(&harness, "Take all"));
}

#[test]
fn a_game_master_keeps_loot_for_some() {
    let mut harness = play(three());
    harness.get_by_label("Share out …").click();
    harness.run();
    assert!(harness.query_by_label("Only they may take").is_none());
    harness.state_mut().model.master = true;
    harness.run();
    harness.get_by_label("Ann").click();
    harness.run();
    harness.get_by_label("Only they may take").click();
    harness.run();
    let kept = SetLootRights {
        container: uid(2),
        among: vec![uid(3), uid(4)],
        seconds: 60.0,
    };
    let asked = Ask::of(&kept).about(Subject::Holder(uid(2)));
    assert_eq!(harness.state().intents, [asked.into()]);
}

#[test]
fn things_are_put_in_order_in_an_open_chest() {
    let mut stage = three();
    let chest = &mut stage.model.container.as_mut().unwrap().content;
    chest.compartments[0].items.push(item(21, "Pearl", 1));
    let mut plank = item(22, "Plank", 1);
    plank.shape = wayfarer_inventory::rules::Shape {
        width: 3,
        height: 1,
        rotates: true,
    };
    chest.compartments.push(CompartmentModel {
        place: Place::In(1),
        name: "Shelf".into(),
        cells: Some(crate::model::inventory::CellsModel {
            columns: 4,
            count: 8,
            slots: false,
        }),
        items: vec![plank],
        ..CompartmentModel::default()
    });
    let mut harness = play(stage);
    drag(&mut harness, "Pearl", "Gem ×3", false);
    drag(&mut harness, "Gem ×3", "Shelf, 2, 2", true);
    drag(&mut harness, "Plank", "⏷ Inside (2)", false);
    let wish = |item, compartment: u8, at| Intent::Rearrange {
        holder: uid(2),
        item: uid(item),
        compartment: Place::In(compartment),
        at,
    };
    let wanted = [
        wish(21, 0, Spot::Before(uid(20))),
        wish(20, 1, Spot::Cell(5)),
        wish(22, 0, Spot::End),
    ];
    assert_eq!(harness.state().intents, wanted);
    harness.state_mut().intents.clear();
    harness.get_by_label("Plank").click();
    harness.run();
    harness.get_by_label("Turn").click();
    harness.run();
    let turned = Spot::Cell(wayfarer_inventory::rules::ROTATED);
    assert_eq!(harness.state().intents, [wish(22, 1, turned)]);
}
