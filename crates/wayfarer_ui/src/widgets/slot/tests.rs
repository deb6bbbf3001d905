#![allow(clippy::unwrap_used, reason = "tests")]

use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use super::*;

fn sword() -> SlotContent {
    SlotContent {
        short: "S".into(),
        name: "Sword".into(),
        count: 1,
        tint: Color32::WHITE,
        ..SlotContent::default()
    }
}

#[test]
fn names_tell_what_is_in_it() {
    for (content, expected) in [
        (None, "Empty slot"),
        (Some(sword()), "Sword"),
        (
            Some(SlotContent {
                count: 12,
                ..sword()
            }),
            "Sword, 12",
        ),
        (
            Some(SlotContent {
                cooldown: 0.5,
                ..sword()
            }),
            "Sword, 50 % to wait",
        ),
        (
            Some(SlotContent {
                disabled: Some("you are stunned".into()),
                ..sword()
            }),
            "Sword, not usable: you are stunned",
        ),
    ] {
        let harness = Harness::new_ui(move |ui| {
            item_slot(ui, content.as_ref(), 48.0);
        });
        harness.get_by_label(expected);
    }
}

#[test]
fn odd_cooldowns_are_forced_into_range() {
    for (cooldown, expected) in [(f32::NAN, 0.0), (-1.0, 0.0), (7.0, 1.0), (0.25, 0.25)] {
        let content = SlotContent {
            cooldown,
            ..sword()
        };
        assert_eq!(waiting(&content), expected);
        let mut harness = Harness::new_ui(move |ui| {
            item_slot(ui, Some(&content), 48.0);
        });
        harness.run();
    }
}

#[test]
fn an_unusable_item_is_announced_as_such() {
    let content = SlotContent {
        disabled: Some("broken".into()),
        ..sword()
    };
    let harness = Harness::new_ui(move |ui| {
        item_slot(ui, Some(&content), 48.0);
    });
    let node = harness.get_by_label("Sword, not usable: broken");
    assert!(node.accesskit_node().is_disabled());
}

#[test]
fn a_click_is_seen() {
    let mut harness = Harness::new_ui_state(
        |ui, clicked: &mut bool| *clicked |= item_slot(ui, Some(&sword()), 48.0).clicked(),
        false,
    );
    harness.get_by_label("Sword").click();
    harness.run();
    assert!(*harness.state());
}

#[test]
fn an_item_can_be_dragged_to_another_slot() {
    let mut harness = Harness::new_ui_state(
        |ui, landed: &mut Option<u32>| {
            item_slot(ui, Some(&sword()), 48.0).dnd_set_drag_payload(7_u32);
            ui.add_space(60.0);
            let goal = item_slot(ui, None, 48.0);
            if let Some(payload) = goal.dnd_release_payload::<u32>() {
                *landed = Some(*payload);
            }
        },
        None,
    );
    let from = harness.get_by_label("Sword").rect().center();
    let to = harness.get_by_label("Empty slot").rect().center();
    harness.hover_at(from);
    harness.run();
    harness.drag_at(from);
    harness.run();
    harness.hover_at(from + vec2(0.0, 30.0));
    harness.run();
    harness.hover_at(to);
    harness.run();
    harness.drop_at(to);
    harness.run();
    assert_eq!(*harness.state(), Some(7));
}
