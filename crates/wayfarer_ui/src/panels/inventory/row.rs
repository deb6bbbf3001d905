use bevy_egui::egui::{
    self, Align2, Color32, FontId, Painter, Pos2, Rect, Response, Sense, Shape, Ui, pos2, vec2,
};

use super::{
    Cx, actions,
    details::about,
    drag::{Dragged, Source},
    number,
};
use crate::{
    model::{
        Subject,
        feedback::{FLASH, Flash},
        item::{Cooldown, ItemRow, Now},
    },
    texts::labels,
    theme::{Palette, Rarity},
};

/// Height of a row.
pub(super) const HEIGHT: f32 = 26.0;

/// "Apple ×3"; favourites have a star.
pub(super) fn title(item: &ItemRow) -> String {
    let mut title = item.name.to_string();
    if item.count != 1 {
        title += &format!(" ×{}", item.count);
    }
    if item.favourite {
        title += " ★";
    }
    title
}

/// One item in a list: click selects, double click uses, right click offers, dragging takes it
/// along.
pub(super) fn item_row(ui: &mut Ui, item: &ItemRow, source: Source, cx: &mut Cx<'_>) -> Response {
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let id = ui.id().with(("item", item.uid));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let selected = cx.state.selected == Some(item.uid);
    paint(ui, rect, &response, item, selected, cx);
    behave(ui, &response, item, source, cx);
    response
}

/// What an item does wherever it is shown.
pub(super) fn behave(
    ui: &Ui,
    response: &Response,
    item: &ItemRow,
    source: Source,
    cx: &mut Cx<'_>,
) {
    let selected = cx.state.selected == Some(item.uid);
    response.widget_info(|| {
        let label = spoken(item, cx);
        egui::WidgetInfo::selected(egui::WidgetType::Button, true, selected, label)
    });
    handle(ui, response, item, source, cx);
}

/// The same for a part of an item that is not named a second time.
pub(super) fn handle(
    ui: &Ui,
    response: &Response,
    item: &ItemRow,
    source: Source,
    cx: &mut Cx<'_>,
) {
    if response.drag_started() {
        let ask = item.count > 1 && ui.input(|input| input.modifiers.shift);
        response.dnd_set_drag_payload(Dragged {
            item: item.uid,
            source,
            ask,
        });
    }
    let enter = response.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if response.double_clicked() || enter {
        // What can not be used now says so when it is pointed at; asking would only be refused.
        if item.blocked.is_none() {
            cx.intents.extend(actions::primary(cx.model, item, source));
        }
    } else if response.clicked() {
        cx.state.selected = Some(item.uid);
    }
    if response.hovered() {
        cx.state.hovered = Some(item.uid);
    }
    let model = cx.model;
    let response = response.clone().on_hover_ui(|ui| {
        ui.strong(title(item));
        about(ui, model, item);
        if item.max_stack == 1 && !model.history_key.is_empty() {
            let key = [("key", &model.history_key as &dyn std::fmt::Display)];
            ui.weak(labels::HISTORY_KEY.fill(ui.ctx(), &key));
        }
    });
    response.context_menu(|ui| {
        if actions::buttons(ui, item, source, cx) {
            ui.close();
        }
        if ui.button(labels::INSPECT.get(ui.ctx())).clicked() {
            cx.state.selected = Some(item.uid);
            ui.close();
        }
    });
}

/// The row as a screen reader says it.
fn spoken(item: &ItemRow, cx: &Cx<'_>) -> String {
    let mut text = title(item);
    let refusal = cx.model.feedback.refusal(Subject::Item(item.uid));
    let reason = item.blocked.as_deref();
    for more in refusal.map(|f| f.text.as_str()).into_iter().chain(reason) {
        text += ", ";
        text += more;
    }
    text
}

fn paint(ui: &Ui, rect: Rect, response: &Response, item: &ItemRow, selected: bool, cx: &Cx<'_>) {
    let visuals = ui.visuals();
    let painter = ui.painter_at(rect);
    let flash = cx.model.feedback.refusal(Subject::Item(item.uid));
    if selected {
        painter.rect_filled(rect, 3, visuals.selection.bg_fill);
    } else if response.hovered() {
        painter.rect_filled(rect, 3, visuals.widgets.hovered.weak_bg_fill);
    }
    if response.has_focus() {
        let stroke = visuals.selection.stroke;
        painter.rect_stroke(rect, 3, stroke, egui::StrokeKind::Inside);
    }
    if let Some(flash) = flash {
        painter.rect_filled(rect, 3, red(ui, flash));
    }
    let pending = cx.model.feedback.is_pending(Subject::Item(item.uid));
    let dim = item.blocked.is_some() || pending;
    let color = tint(&Palette::of(ui.ctx()), item);
    let color = if dim {
        color.gamma_multiply(0.5)
    } else {
        color
    };
    let picture = Rect::from_min_size(rect.min + vec2(3.0, 2.0), egui::Vec2::splat(HEIGHT - 4.0));
    icon(&painter, picture, item, color, visuals.extreme_bg_color);
    if let Some(wait) = item.cooldown {
        cooldown(&painter, picture, wait, cx.model.now);
    }
    let font = FontId::proportional(14.0);
    let small = FontId::proportional(11.0);
    let middle = rect.center().y;
    // What is said in words stands where the weight would be: it matters more.
    let right = flash
        .map(|flash| (flash.text.as_str(), visuals.error_fg_color))
        .or_else(|| Some((&**item.blocked.as_ref()?, visuals.warn_fg_color)));
    let right_edge = pos2(rect.right() - 6.0, middle);
    let taken = match right {
        Some((text, color)) => {
            painter.text(right_edge, Align2::RIGHT_CENTER, text, small.clone(), color)
        }
        None if pending => painter.text(right_edge, Align2::RIGHT_CENTER, "…", font.clone(), color),
        None => {
            let text = format!("{} kg", number(item.weight));
            let weak = visuals.weak_text_color();
            painter.text(right_edge, Align2::RIGHT_CENTER, text, small.clone(), weak)
        }
    };
    let name = painter.with_clip_rect(rect.with_max_x(taken.left() - 4.0));
    let at = pos2(picture.right() + 6.0, middle);
    name.text(at, Align2::LEFT_CENTER, title(item), font, color);
    if let Some(durability) = item.durability {
        wear(&painter, picture, durability, visuals);
    }
}

/// What was refused a moment ago is red, and less and less so.
pub(super) fn red(ui: &Ui, flash: &Flash) -> Color32 {
    let left = 1.0 - flash.age.as_secs_f32() / FLASH.as_secs_f32();
    let red = ui.visuals().error_fg_color;
    red.gamma_multiply(0.35 * left.max(0.0))
}

/// The first letters, as a picture until the game has pictures.
pub(super) fn initials(item: &ItemRow) -> String {
    let words = item.name.split_whitespace();
    words
        .filter_map(|word| word.chars().next())
        .take(2)
        .collect()
}

/// The colour of an item's rarity.
pub(super) fn tint(palette: &Palette, item: &ItemRow) -> Color32 {
    let rarity = match &*item.rarity {
        "uncommon" => Rarity::Uncommon,
        "rare" => Rarity::Rare,
        "epic" => Rarity::Epic,
        "legendary" => Rarity::Legendary,
        _ => Rarity::Common,
    };
    palette.rarity(rarity)
}

pub(super) fn icon(painter: &Painter, rect: Rect, item: &ItemRow, text: Color32, fill: Color32) {
    painter.rect_filled(rect, 4, fill);
    let font = FontId::proportional(rect.height() * 0.5);
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        initials(item),
        font,
        text,
    );
}

/// A line under the picture: how whole the item is.
pub(super) fn wear(painter: &Painter, rect: Rect, durability: f32, visuals: &egui::Visuals) {
    let durability = durability.clamp(0.0, 1.0);
    let color = if durability < 0.25 {
        visuals.error_fg_color
    } else {
        visuals.weak_text_color()
    };
    let end = rect.left() + rect.width() * durability;
    painter.hline(rect.left()..=end, rect.bottom(), (2.0, color));
}

/// A pie over the picture that shrinks with the wait, and the seconds in its middle.
pub(super) fn cooldown(painter: &Painter, rect: Rect, wait: Cooldown, now: Now) {
    let Some((seconds, share)) = wait.left(now) else {
        return;
    };
    let shade = Color32::from_black_alpha(150);
    let painter = painter.with_clip_rect(painter.clip_rect().intersect(rect));
    // Beyond the corners; the clip makes it a square.
    let radius = rect.width();
    for piece in pie(rect.center(), radius, share) {
        painter.add(Shape::convex_polygon(piece, shade, egui::Stroke::NONE));
    }
    let text = if seconds < 10.0 {
        format!("{seconds:.1}")
    } else {
        format!("{seconds:.0}")
    };
    let font = FontId::proportional(rect.height() * 0.45);
    let center = rect.center();
    painter.text(center, Align2::CENTER_CENTER, text, font, Color32::WHITE);
}

/// The part `share` of a disc, as convex pieces, from the top against the clock, so that it
/// empties with the clock.
fn pie(center: Pos2, radius: f32, share: f32) -> Vec<Vec<Pos2>> {
    const STEPS: usize = 16;
    let whole = share.clamp(0.0, 1.0) * std::f32::consts::TAU;
    let point = |step: usize| {
        let angle = std::f32::consts::TAU - whole * step as f32 / STEPS as f32;
        center + vec2(angle.sin(), -angle.cos()) * radius
    };
    (0..STEPS)
        .map(|step| vec![center, point(step), point(step + 1)])
        .collect()
}
