//! The stats of a character as a picture: what follows from what. Each stands right of all that it
//! follows from.

use bevy_egui::egui::{self, Pos2, Rect, Sense, Ui, Vec2, vec2};

use super::viewed::viewed;
use crate::{intent::Intent, model::graph::GraphModel, texts::labels};

mod paint;
mod place;
#[cfg(test)]
mod tests;

use place::Placed;

/// How far one can zoom, in both directions.
const ZOOM: std::ops::RangeInclusive<f32> = 0.1..=3.0;

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct GraphState {
    /// Whether stats that neither follow from others nor count for others are left out.
    pub connected_only: bool,
    /// How far the picture is moved, in points.
    pub pan: Vec2,
    /// How large it is; 0 until it was fitted into its window.
    pub zoom: f32,
    /// Where everything stands, computed once for each graph.
    placed: Option<Placed>,
}

impl GraphState {
    /// Where everything stands. Computed again only for another graph.
    fn place(&mut self, model: &GraphModel) -> Placed {
        let wanted = (model.graph.revision, self.connected_only);
        match self.placed.take() {
            Some(placed) if placed.of == wanted => placed,
            _ => {
                self.zoom = 0.0;
                place::place(&model.graph, self.connected_only)
            }
        }
    }

    /// The whole picture in a rectangle.
    fn fit(&mut self, size: Vec2, into: Rect) {
        let share = (into.size() / size.max(vec2(1.0, 1.0))).min_elem();
        self.zoom = share.clamp(0.25, 1.0);
        self.pan = Vec2::splat(8.0);
    }

    fn to_screen(&self, origin: Pos2) -> impl Fn(Rect) -> Rect + use<> {
        let (pan, zoom) = (self.pan, self.zoom);
        move |rect: Rect| {
            let place = |at: Pos2| origin + pan + at.to_vec2() * zoom;
            Rect::from_min_max(place(rect.min), place(rect.max))
        }
    }
}

/// The stats and what follows from what. Pointing at one explains it, a click inspects it.
pub fn graph_panel(
    ui: &mut Ui,
    model: &GraphModel,
    state: &mut GraphState,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    if !viewed(ui, &model.viewed, intents) {
        return;
    }
    ui.horizontal(|ui| {
        ui.checkbox(&mut state.connected_only, labels::CONNECTED_ONLY.get(&ctx));
        if ui.button(labels::WHOLE.get(&ctx)).clicked() {
            state.zoom = 0.0;
        }
        ui.weak(labels::GRAPH_HINT.get(&ctx));
    });
    let size = ui.available_size().max(vec2(50.0, 50.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::drag());
    let placed = state.place(model);
    if state.zoom <= 0.0 {
        state.fit(placed.size, rect);
    }
    state.pan += response.drag_delta();
    zoom(ui, rect, state);
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt("graph"));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    paint::paint(&mut child, rect, model, state, &placed, intents);
    state.placed = Some(placed);
}

/// The wheel changes the size; what is under the pointer stays there.
fn zoom(ui: &Ui, rect: Rect, state: &mut GraphState) {
    let pointer = ui.input(|input| input.pointer.hover_pos());
    let Some(pointer) = pointer.filter(|at| rect.contains(*at) && ui.rect_contains_pointer(rect))
    else {
        return;
    };
    let factor =
        ui.input(|input| input.zoom_delta() * (input.smooth_scroll_delta().y * 0.003).exp());
    if factor == 1.0 || !factor.is_finite() {
        return;
    }
    let new = (state.zoom * factor).clamp(*ZOOM.start(), *ZOOM.end());
    let under = (pointer - rect.min - state.pan) / state.zoom;
    state.pan = pointer - rect.min - under * new;
    state.zoom = new;
}
