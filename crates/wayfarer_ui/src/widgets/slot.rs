//! A square that holds an item, or nothing.

use std::f32::consts::{FRAC_PI_2, TAU};

use bevy_egui::egui::{
    Align2, Color32, CornerRadius, FontId, Id, LayerId, Mesh, Order, Painter, Rect, Response,
    Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType, vec2,
};

use crate::theme::Palette;

/// What lies in a slot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SlotContent {
    /// A letter, symbol or very short name drawn large.
    pub short: String,
    /// The full name, for screen readers.
    pub name: String,
    /// How many; drawn when above one.
    pub count: u32,
    /// Colour of the item, such as its rarity's.
    pub tint: Color32,
    /// Share of the cooldown that is still to wait, 0 (ready) to 1 (just used).
    pub cooldown: f32,
    /// Why the item cannot be used now; greys it and is shown to whom it hovers.
    pub disabled: Option<String>,
}

/// A square of `size` points with an item, or an empty one.
///
/// A filled slot can be clicked and dragged: give the response its payload with
/// [`Response::dnd_set_drag_payload`]; while dragged, the item is drawn under the pointer. Every
/// slot can be a goal: ask the response for [`Response::dnd_release_payload`].
pub fn item_slot(ui: &mut Ui, content: Option<&SlotContent>, size: f32) -> Response {
    let sense = if content.is_some() {
        Sense::click_and_drag()
    } else {
        Sense::click()
    };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), sense);
    if ui.is_rect_visible(rect) {
        frame(ui, rect, &response, content);
        if let Some(content) = content {
            // What is being dragged is under the pointer; its place shows a shadow of it.
            let opacity = if response.dragged() { 0.35 } else { 1.0 };
            item(ui.painter(), rect, content, opacity);
        }
    }
    if let Some(content) = content
        && response.dragged()
        && let Some(pointer) = ui.ctx().pointer_interact_pos()
    {
        let layer = LayerId::new(Order::Tooltip, Id::new("wayfarer dragged item"));
        let ghost = Rect::from_center_size(pointer, rect.size());
        item(&ui.ctx().layer_painter(layer), ghost, content, 0.9);
    }
    response.widget_info(|| {
        let usable = content.is_none_or(|content| content.disabled.is_none());
        WidgetInfo::labeled(
            WidgetType::Button,
            ui.is_enabled() && usable,
            spoken(content),
        )
    });
    match content.and_then(|content| content.disabled.as_deref()) {
        Some(reason) => response.on_hover_text(reason),
        None => response,
    }
}

fn spoken(content: Option<&SlotContent>) -> String {
    let Some(content) = content else {
        return String::from("Empty slot");
    };
    let mut text = content.name.clone();
    if content.count > 1 {
        text = format!("{text}, {}", content.count);
    }
    if waiting(content) > 0.0 {
        text = format!("{text}, {:.0} % to wait", waiting(content) * 100.0);
    }
    if let Some(reason) = &content.disabled {
        text = format!("{text}, not usable: {reason}");
    }
    text
}

/// The cooldown, forced into 0 to 1.
fn waiting(content: &SlotContent) -> f32 {
    if content.cooldown.is_finite() {
        content.cooldown.clamp(0.0, 1.0)
    } else {
        0.0
    }
}

fn frame(ui: &Ui, rect: Rect, response: &Response, content: Option<&SlotContent>) {
    let palette = Palette::of(ui.ctx());
    let corner = CornerRadius::same(6);
    let ground = if response.hovered() {
        palette.hovered
    } else {
        palette.sunken
    };
    let wanted = response.contains_pointer() || response.has_focus();
    let line = if wanted {
        Stroke::new(2.0, palette.border_strong)
    } else {
        // The tint on the frame tells rarities apart even where the letter is small.
        content.map_or(Stroke::new(1.0, palette.border), |content| {
            Stroke::new(1.5, content.tint.gamma_multiply(0.7))
        })
    };
    ui.painter()
        .rect(rect, corner, ground, line, StrokeKind::Inside);
}

fn item(painter: &Painter, rect: Rect, content: &SlotContent, opacity: f32) {
    let palette = Palette::of(painter.ctx());
    let strength = if content.disabled.is_some() { 0.4 } else { 1.0 } * opacity;
    let size = rect.height();
    let font = FontId::proportional(
        size * if content.short.chars().count() > 2 {
            0.26
        } else {
            0.44
        },
    );
    painter.with_clip_rect(rect).text(
        rect.center(),
        Align2::CENTER_CENTER,
        &content.short,
        font,
        content.tint.gamma_multiply(strength),
    );
    pie(painter, rect.shrink(2.0), waiting(content), opacity);
    if content.count > 1 {
        let text = content.count.to_string();
        let font = FontId::proportional((size * 0.26).max(10.0));
        let galley = painter.layout_no_wrap(text, font, palette.text.gamma_multiply(opacity));
        let corner = rect.right_bottom() - galley.size() - vec2(4.0, 2.0);
        let plate = Rect::from_min_size(corner, galley.size()).expand2(vec2(2.0, 0.0));
        painter.rect_filled(plate, 3, palette.sunken.gamma_multiply(0.85 * opacity));
        painter.galley(corner, galley, palette.text);
    }
    if content.disabled.is_some() {
        let inner = rect.shrink(6.0);
        let line = Stroke::new(1.5, palette.bad.gamma_multiply(0.8 * opacity));
        painter.line_segment([inner.left_bottom(), inner.right_top()], line);
    }
}

/// Veils the part of a slot that is still to wait; it shrinks clockwise from the top.
fn pie(painter: &Painter, rect: Rect, waiting: f32, opacity: f32) {
    if waiting <= 0.0 {
        return;
    }
    let middle = rect.center();
    let radius = rect.size().length() / 2.0;
    // Light, because the slot's ground is nearly black already.
    let color = Palette::of(painter.ctx())
        .text
        .gamma_multiply(0.28 * opacity);
    let steps = (waiting * 32.0).ceil().max(1.0) as u32;
    let mut mesh = Mesh::default();
    mesh.colored_vertex(middle, color);
    for step in 0..=steps {
        let turn = (1.0 - waiting) + waiting * step as f32 / steps as f32;
        let direction = Vec2::angled(turn * TAU - FRAC_PI_2);
        mesh.colored_vertex(middle + direction * radius, color);
    }
    for step in 0..steps {
        mesh.add_triangle(0, step + 1, step + 2);
    }
    painter.with_clip_rect(rect).add(Shape::mesh(mesh));
}

#[cfg(test)]
mod tests;
