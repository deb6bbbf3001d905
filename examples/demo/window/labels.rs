//! Names over heads and things, drawn flat on the screen.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use wayfarer::prelude::*;

use crate::{
    scene::{figure::FIGURE_LABEL_HEIGHT, items::ITEM_LABEL_HEIGHT},
    window::{Stage, bridge::Me},
};

/// How near one must be to read what lies on the ground, metres.
const READABLE: f32 = 3.2;

pub fn plugin(app: &mut App) {
    app.add_systems(
        EguiPrimaryContextPass,
        draw.run_if(in_state(Stage::Playing)),
    );
}

type Named<'a> = (Entity, &'a DisplayName, &'a Position, Has<Container>);

fn draw(
    mut contexts: EguiContexts,
    cameras: Query<(&Camera, &GlobalTransform), With<Camera3d>>,
    me: Res<Me>,
    content: Res<ActiveContent>,
    people: Query<Named>,
    items: Query<(&WorldItem, &Position)>,
) -> Result {
    let Some((camera, view)) = cameras.iter().next() else {
        return Ok(());
    };
    let here = me
        .entity
        .and_then(|entity| people.get(entity).ok())
        .map(|(_, _, position, _)| *position);
    let near = |position: &Position| here.is_some_and(|h| h.distance(*position) <= READABLE);
    let painter = contexts
        .ctx_mut()?
        .layer_painter(egui::LayerId::background());
    let write = |position: &Position, height: f32, text: &str, strong: bool| {
        let point = Vec3::new(position.x, position.y + height, position.z);
        let Ok(at) = camera.world_to_viewport(view, point) else {
            return;
        };
        let font = egui::FontId::proportional(if strong { 16.0 } else { 14.0 });
        let colour = if strong {
            egui::Color32::from_rgb(255, 244, 214)
        } else {
            egui::Color32::from_rgb(232, 226, 206)
        };
        let layout = painter.layout_no_wrap(text.to_owned(), font, colour);
        let rect = egui::Rect::from_center_size(
            egui::pos2(at.x, at.y),
            layout.size() + egui::vec2(12.0, 5.0),
        );
        painter.rect_filled(rect, 6.0, egui::Color32::from_black_alpha(120));
        painter.galley(rect.min + egui::vec2(6.0, 2.5), layout, colour);
    };
    for (entity, name, position, container) in &people {
        // A chest is named when one stands before it; people always are.
        if !container || near(position) {
            let height = if container { 1.25 } else { FIGURE_LABEL_HEIGHT };
            write(position, height, &name.0, Some(entity) == me.entity);
        }
    }
    for (lying, position) in &items {
        if near(position) {
            let def = content.0.table::<ItemDef>().get(lying.item.def);
            let name = def.map_or("something unknown", |def| def.name.as_str());
            let text = match lying.item.count {
                1 => name.to_owned(),
                count => format!("{name} ×{count}"),
            };
            write(position, ITEM_LABEL_HEIGHT, &text, false);
        }
    }
    Ok(())
}
