//! Names over heads and things, drawn flat on the screen.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use wayfarer::prelude::*;

use crate::{
    places::panel_of,
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

/// How high above its foot the name of a place stands, metres.
const PLACE_LABEL_HEIGHT: f32 = 1.5;

type Named<'a> = (
    Entity,
    &'a DisplayName,
    &'a Position,
    Has<Container>,
    Has<Owner>,
    Option<&'a Character>,
);

fn draw(
    mut contexts: EguiContexts,
    cameras: Query<(&Camera, &GlobalTransform), With<Camera3d>>,
    me: Res<Me>,
    content: Res<ActiveContent>,
    people: Query<Named>,
    items: Query<(&WorldItem, &Position)>,
    feelings: Query<&StatValues>,
) -> Result {
    let Some((camera, view)) = cameras.iter().next() else {
        return Ok(());
    };
    let here = me
        .entity
        .and_then(|entity| people.get(entity).ok())
        .map(|(_, _, position, ..)| *position);
    let near = |position: &Position| here.is_some_and(|h| h.distance(*position) <= READABLE);
    let painter = contexts
        .ctx_mut()?
        .layer_painter(egui::LayerId::background());
    let mut written: Vec<egui::Rect> = Vec::new();
    let mut write = |position: &Position, height: f32, text: &str, strong: bool| {
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
        let mut rect = egui::Rect::from_center_size(
            egui::pos2(at.x, at.y),
            layout.size() + egui::vec2(12.0, 5.0),
        );
        // What would stand on another name stands above it.
        for other in &written {
            if other.intersects(rect) {
                rect = rect.translate(egui::vec2(0.0, other.top() - rect.bottom() - 2.0));
            }
        }
        written.push(rect);
        painter.rect_filled(rect, 6.0, egui::Color32::from_black_alpha(120));
        painter.galley(rect.min + egui::vec2(6.0, 2.5), layout, colour);
    };
    // The own name first: it is the one that never gives way.
    let own = me.entity.and_then(|entity| people.get(entity).ok());
    let others = people
        .iter()
        .filter(|(entity, ..)| Some(*entity) != me.entity);
    for (entity, name, position, container, owned, character) in own.into_iter().chain(others) {
        // Chests and places are named when one stands before them; people always are.
        if owned || near(position) {
            let lives_here =
                character.is_some_and(|character| panel_of(character.template()).is_some());
            let height = match (owned || lives_here, container) {
                (true, _) => FIGURE_LABEL_HEIGHT,
                (false, true) => 1.25,
                (false, false) => PLACE_LABEL_HEIGHT,
            };
            let mine = Some(entity) == me.entity;
            let mood = feelings.get(entity).ok().and_then(mood).filter(|_| mine);
            let text = mood.map(|mood| format!("{}, {}", name.0, mood.to_lowercase()));
            write(position, height, text.as_deref().unwrap_or(&name.0), mine);
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

/// What the rules call the mood somebody is in, if they have a word for it.
fn mood(values: &StatValues) -> Option<&str> {
    let level = values.level(DefId::of("life:mood"))?;
    Some(level.name.as_str())
}
