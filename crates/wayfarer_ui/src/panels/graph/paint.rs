//! Drawing the graph.

use bevy_egui::egui::{
    Align2, Color32, FontId, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo,
    WidgetType,
    ecolor::Hsva,
    epaint::{CubicBezierShape, PathStroke},
    vec2,
};

use super::{GraphState, place::Placed};
use crate::{
    intent::Intent,
    model::graph::{GraphModel, GraphNode},
    texts::labels,
    theme::Palette,
};

/// Below this size names cannot be read and are left out.
const READABLE: f32 = 0.45;

/// Draws what is in view and asks what is pointed at.
pub(super) fn paint(
    ui: &mut Ui,
    rect: Rect,
    model: &GraphModel,
    state: &GraphState,
    placed: &Placed,
    intents: &mut Vec<Intent>,
) {
    let palette = Palette::of(ui.ctx());
    let to_screen = state.to_screen(rect.min);
    let view = ui.clip_rect();
    ui.painter().rect_filled(rect, 4, palette.sunken);
    // In view: position, place, response.
    let mut shown: Vec<(usize, Rect, Response)> = Vec::new();
    for (at, place) in placed.nodes.iter().enumerate() {
        let Some(node) = place.map(&to_screen).filter(|node| node.intersects(view)) else {
            continue;
        };
        let id = ui.id().with(("stat", at));
        shown.push((
            at,
            node,
            ui.interact(node.intersect(view), id, Sense::click()),
        ));
    }
    let pointed = shown.iter().find(|(_, _, response)| response.hovered());
    let pointed = pointed.map(|(at, ..)| *at);
    edges(ui, placed, pointed, &to_screen, &palette, state.zoom);
    if state.zoom >= READABLE {
        heads(ui, model, placed, &to_screen, state.zoom);
    }
    for (at, place, response) in shown {
        let Some(node) = model.graph.nodes.get(at) else {
            continue;
        };
        let near = pointed.is_none_or(|other| {
            other == at || node.reads.contains(&other) || node.read_by.contains(&other)
        });
        paint_node(ui, (at, node, place), model, state.zoom, (near, &palette));
        behave(response, (at, node), model, intents);
    }
}

/// One colour for each set; the golden angle keeps neighbours apart.
fn color_of(set: usize) -> Color32 {
    let hue = (set as f32 * 0.618_034).fract();
    Hsva::new(hue, 0.45, 0.75, 1.0).into()
}

fn edges(
    ui: &Ui,
    placed: &Placed,
    pointed: Option<usize>,
    to_screen: &impl Fn(Rect) -> Rect,
    palette: &Palette,
    zoom: f32,
) {
    let view = ui.clip_rect();
    let place = |at: usize| placed.nodes.get(at).copied().flatten().map(to_screen);
    for (from, to) in &placed.edges {
        let Some((start, end)) = place(*from).zip(place(*to)) else {
            continue;
        };
        let (start_at, end_at) = (start.right_center(), end.left_center());
        if !Rect::from_two_pos(start_at, end_at)
            .expand(2.0)
            .intersects(view)
        {
            continue;
        }
        let stroke = match pointed {
            Some(at) if at == *to => Stroke::new(2.0, palette.good),
            Some(at) if at == *from => Stroke::new(2.0, palette.accent),
            Some(_) => Stroke::new(1.0, palette.border.gamma_multiply(0.35)),
            None => Stroke::new(1.0, palette.border),
        };
        let bend = vec2(((end_at.x - start_at.x) / 2.0).max(20.0 * zoom), 0.0);
        let points = [start_at, start_at + bend, end_at - bend, end_at];
        let curve = CubicBezierShape::from_points_stroke(
            points,
            false,
            Color32::TRANSPARENT,
            PathStroke::from(stroke),
        );
        ui.painter().add(Shape::CubicBezier(curve));
    }
}

fn heads(
    ui: &Ui,
    model: &GraphModel,
    placed: &Placed,
    to_screen: &impl Fn(Rect) -> Rect,
    zoom: f32,
) {
    let font = font(zoom);
    for (place, set) in &placed.heads {
        let at = to_screen(Rect::from_min_size(*place, vec2(1.0, 1.0))).min;
        let Some(name) = model.graph.sets.get(*set) else {
            continue;
        };
        if ui.clip_rect().expand(200.0).contains(at) {
            ui.painter()
                .text(at, Align2::LEFT_TOP, name, font.clone(), color_of(*set));
        }
    }
}

/// Whole sizes only: each one is a set of glyphs of its own.
fn font(zoom: f32) -> FontId {
    FontId::proportional((12.0 * zoom).round().max(1.0))
}

fn paint_node(
    ui: &Ui,
    (at, node, place): (usize, &GraphNode, Rect),
    model: &GraphModel,
    zoom: f32,
    (near, palette): (bool, &Palette),
) {
    let painter = ui.painter();
    let color = color_of(node.set);
    let fade = if near { 1.0 } else { 0.3 };
    painter.rect(
        place,
        4.0 * zoom,
        palette.raised.gamma_multiply(fade),
        Stroke::new(1.0, color.gamma_multiply(fade)),
        StrokeKind::Inside,
    );
    if zoom < READABLE {
        return;
    }
    let value = model.values.get(at).map_or("", |value| value.text.as_str());
    let inner = place.shrink2(vec2(5.0 * zoom, 0.0));
    let text = palette.accent.gamma_multiply(fade);
    let right = inner.right_center();
    let value = painter.text(right, Align2::RIGHT_CENTER, value, font(zoom), text);
    let mut free = inner;
    free.max.x = value.left() - 4.0;
    let painter = painter.with_clip_rect(free.intersect(ui.clip_rect()));
    let text = palette.text.gamma_multiply(fade);
    let left = inner.left_center();
    painter.text(left, Align2::LEFT_CENTER, &node.name, font(zoom), text);
}

fn behave(
    response: Response,
    (at, node): (usize, &GraphNode),
    model: &GraphModel,
    intents: &mut Vec<Intent>,
) {
    let value = model.values.get(at).cloned().unwrap_or_default();
    response.widget_info(|| {
        let mut spoken = format!("{}: {}", node.name, value.text);
        if let Some(tier) = &value.tier {
            spoken += &format!(", {tier}");
        }
        WidgetInfo::labeled(WidgetType::Button, true, spoken)
    });
    if response.clicked()
        && let Some(character) = model.viewed.uid
    {
        intents.push(Intent::InspectStat {
            character,
            stat: node.id,
        });
    }
    response.on_hover_ui(|ui| {
        let ctx = ui.ctx().clone();
        ui.strong(&node.name);
        ui.weak(&node.key);
        match &value.tier {
            Some(tier) => ui.label(format!("{} – {tier}", value.text)),
            None => ui.label(&value.text),
        };
        for formula in &node.formulas {
            ui.monospace(labels::FORMULA.fill(&ctx, &[("formula", formula)]));
        }
        for (label, nodes) in [
            (labels::READS, &node.reads),
            (labels::READ_BY, &node.read_by),
        ] {
            if !nodes.is_empty() {
                let names = nodes.iter().filter_map(|at| model.graph.nodes.get(*at));
                let names: Vec<&str> = names.map(|node| node.name.as_str()).collect();
                ui.label(label.fill(&ctx, &[("names", &names.join(", "))]));
            }
        }
    });
}
