//! The inventory panel with very many items.

use std::time::Duration;

use bevy_egui::egui::{self, Event, Pos2, RawInput, Rect, vec2};
use wayfarer_benches::{
    Row,
    measure::{millis, percentile, time},
};
use wayfarer_core::prelude::*;
use wayfarer_ui::{
    model::{
        InventoryModel,
        inventory::{CompartmentModel, HolderModel},
        item::ItemRow,
    },
    panels::inventory::{InventoryState, inventory_panel},
    theme,
};

use crate::{Failure, Rows};

const COUNT: u64 = 27_400;
const WARM: usize = 60;
const FRAMES: usize = 600;

fn model() -> Result<InventoryModel, Failure> {
    let def = DefId::of("b:pebble");
    let items = (0..COUNT)
        .map(|n| {
            let uid = Uid::new(n + 2).ok_or("uid")?;
            Ok(ItemRow::new(uid, def, &format!("Pebble {n}"), 1))
        })
        .collect::<Result<_, Failure>>()?;
    let crate_ = CompartmentModel {
        name: "Crate".to_owned(),
        items,
        ..CompartmentModel::default()
    };
    Ok(InventoryModel {
        revision: 1,
        holder: Uid::new(1),
        own: HolderModel {
            compartments: vec![crate_],
        },
        ..InventoryModel::default()
    })
}

/// What a player does in a frame: the pointer wanders over the list and the wheel turns.
fn input(frame: usize) -> RawInput {
    let at = Pos2::new(700.0, 100.0 + (frame % 600) as f32);
    let scroll = Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, if frame % 400 < 200 { -90.0 } else { 70.0 }),
        phase: egui::TouchPhase::Move,
        modifiers: egui::Modifiers::NONE,
    };
    RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
        time: Some(frame as f64 / 60.0),
        events: vec![Event::PointerMoved(at), scroll],
        ..RawInput::default()
    }
}

/// All rows.
pub fn rows() -> Rows {
    let model = model()?;
    let ctx = egui::Context::default();
    theme::apply(&ctx);
    let mut state = InventoryState::default();
    // The last of all is looked up most slowly.
    state.selected = Uid::new(COUNT + 1);
    let mut intents = Vec::new();
    let mut times: Vec<Duration> = Vec::new();
    for frame in 0..WARM + FRAMES {
        let input = input(frame);
        let mut triangles = 0;
        let took = time(|| {
            let output = ctx.run_ui(input, |ui| {
                inventory_panel(ui, &model, &mut state, &mut intents);
            });
            triangles = ctx.tessellate(output.shapes, output.pixels_per_point).len();
        });
        if triangles == 0 {
            return Err("nothing was drawn".into());
        }
        if frame >= WARM {
            times.push(took);
        }
    }
    Ok(vec![Row::at_most(
        "inventory panel with 27 400 items at 1280 x 800, scrolling, one selected: layout and tessellation of a frame, p95",
        millis(percentile(&mut times, 95.0)),
        "ms",
        2.0,
    )])
}
