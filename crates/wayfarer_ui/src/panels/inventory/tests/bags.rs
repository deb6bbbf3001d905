//! Bags, cells, the overflow, favourites and the hotbar.

use wayfarer_inventory::rules::{ROTATED, Shape};

use super::*;
use crate::model::inventory::CellsModel;

/// A sack with a gem in it, a board of cells, and something that has overflowed.
fn packed() -> Stage {
    let mut stage = stage();
    let compartments = &mut stage.model.own.compartments;
    compartments[0].items.push(item(40, "Sack", 1));
    let pocket = CompartmentModel {
        place: Place::Inside {
            bag: uid(40),
            pocket: 0,
        },
        name: "Sack: Inside".into(),
        depth: 1,
        items: vec![item(41, "Gem", 1)],
        ..CompartmentModel::default()
    };
    compartments.insert(1, pocket);
    let mut plank = item(42, "Plank", 1);
    plank.shape = Shape {
        width: 3,
        height: 1,
        rotates: true,
    };
    plank.position = 4;
    compartments.push(CompartmentModel {
        place: Place::In(2),
        name: "Board".into(),
        cells: Some(CellsModel {
            columns: 4,
            count: 12,
            slots: false,
        }),
        items: vec![plank],
        ..CompartmentModel::default()
    });
    compartments.push(CompartmentModel {
        place: Place::Overflow,
        name: "No room".into(),
        items: vec![item(43, "Anvil", 1)],
        ..CompartmentModel::default()
    });
    stage.model.hotbar = vec![None; 10];
    stage
}

#[test]
fn things_are_dragged_into_bags() {
    let mut harness = play(packed());
    harness.get_by_label("Gem");
    drag(&mut harness, "Iron sword", "⏷ Sack: Inside (1)", false);
    let wanted = Intent::Move {
        item: uid(10),
        compartment: Place::Inside {
            bag: uid(40),
            pocket: 0,
        },
        before: None,
    };
    assert_eq!(harness.state().intents, [wanted]);
}

#[test]
fn what_overflowed_comes_out_and_nothing_goes_in() {
    let mut harness = play(packed());
    drag(&mut harness, "Iron sword", "⏷ No room (1)", false);
    assert_eq!(harness.state().intents, []);
    drag(&mut harness, "Anvil", "⏷ Belt (0)", false);
    let wanted = Intent::Move {
        item: uid(43),
        compartment: Place::In(1),
        before: None,
    };
    assert_eq!(harness.state().intents, [wanted]);
}

#[test]
fn things_are_put_into_cells_and_turned() {
    let mut harness = play(packed());
    assert!(
        harness.query_by_label("Board, 1, 2").is_none(),
        "the plank lies there"
    );
    drag(&mut harness, "Iron sword", "Board, 4, 2", false);
    let put = |item, position| Intent::Put {
        item: uid(item),
        compartment: Place::In(2),
        position,
    };
    assert_eq!(harness.state().intents, [put(10, 7)]);
    harness.state_mut().intents.clear();
    harness.get_by_label("Plank").click();
    harness.run();
    harness.get_by_label("Turn").click();
    harness.run();
    assert_eq!(harness.state().intents, [put(42, 4 | ROTATED)]);
    harness.state_mut().intents.clear();
    harness.state_mut().state.selected = None;
    // A thing that is turned stays so when it is dragged, and stands in the cells it takes.
    harness.state_mut().model.own.compartments[3].items[0].position = ROTATED;
    harness.state_mut().model.revision += 1;
    harness.run();
    for row in 1..=3 {
        let label = format!("Board, 1, {row}");
        assert!(harness.query_by_label(&label).is_none(), "{label}");
    }
    harness.get_by_label("Board, 2, 1");
    drag(&mut harness, "Plank", "Board, 3, 1", false);
    assert_eq!(harness.state().intents, [put(42, 2 | ROTATED)]);
}

/// A mistake elsewhere must not make a thing invisible.
#[test]
fn what_lies_in_no_cell_is_listed() {
    let mut stage = packed();
    let mut lost = item(44, "Lost coin", 1);
    lost.position = 99;
    stage.model.own.compartments[3].items.push(lost);
    let mut harness = play(stage);
    drag(&mut harness, "Lost coin", "Board, 4, 2", false);
    let put = Intent::Put {
        item: uid(44),
        compartment: Place::In(2),
        position: 7,
    };
    assert_eq!(harness.state().intents, [put]);
}

#[test]
fn favourites_have_a_star() {
    let mut stage = packed();
    stage.model.own.compartments[0].items[0].favourite = true;
    let mut harness = play(stage);
    harness.get_by_label("Iron sword ★").click();
    harness.run();
    harness.get_by_label("No longer a favourite").click();
    harness.run();
    let wanted = Intent::Mark {
        item: uid(10),
        favourite: false,
    };
    assert_eq!(harness.state().intents, [wanted]);
    harness.state_mut().state.selected = None;
    harness.state_mut().state.search = "*".into();
    harness.run();
    harness.get_by_label("Iron sword ★");
    assert!(harness.query_by_label("Gem").is_none());
}

#[test]
fn the_hotbar_is_filled_used_and_emptied() {
    let mut stage = packed();
    stage.model.hotbar[1] = Some(uid(10));
    let mut harness = play(stage);
    drag(&mut harness, "Apple ×5", "Slot 1", false);
    harness.get_by_label("Slot 2: Iron sword").click();
    harness.run();
    harness.get_by_label("Slot 2: Iron sword").click_secondary();
    harness.run();
    harness.get_by_label("Empty the slot").click();
    harness.run();
    let set = |slot, item: Option<u64>| Intent::SetHotbar {
        slot,
        item: item.map(uid),
    };
    let equip = Intent::Equip {
        item: uid(10),
        slot: None,
    };
    let wanted = [set(0, Some(11)), equip, set(1, None)];
    assert_eq!(harness.state().intents, wanted);
}

#[test]
fn the_search_knows_tags_and_numbers() {
    let mut stage = packed();
    let sword = &mut stage.model.own.compartments[0].items[0];
    sword.tags = ["weapon".into()].into();
    sword.weight = 3.5;
    stage.state.search = "#weapon weight>3".into();
    let mut harness = play(stage);
    harness.get_by_label("Iron sword");
    assert!(harness.query_by_label("Plank").is_none());
    // What lies in cells is found, too.
    harness.state_mut().state.search = "plank".into();
    harness.run();
    harness.get_by_label("Plank");
    assert!(
        harness.query_by_label("Board, 1, 1").is_none(),
        "a list now"
    );
}
