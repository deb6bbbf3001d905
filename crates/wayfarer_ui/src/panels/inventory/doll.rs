use bevy_egui::egui::{
    self, Align2, DragAndDrop, FontId, Rect, Sense, StrokeKind, Ui, pos2, vec2,
};

use super::{
    Cx,
    drag::{Dragged, Source, Target},
    list::drop_here,
    row,
};
use crate::{
    model::{Subject, inventory::SlotModel},
    panels::good,
    texts::labels,
};

/// Size of the doll.
const SIZE: egui::Vec2 = vec2(210.0, 330.0);
/// Side of a slot.
const SLOT: f32 = 46.0;

/// The slots where they are on the body.
pub(super) fn paper_doll(ui: &mut Ui, cx: &mut Cx<'_>) {
    let (rect, _) = ui.allocate_exact_size(SIZE, Sense::hover());
    body(ui, rect);
    let dragged = DragAndDrop::payload::<Dragged>(ui.ctx());
    let slots = dragged.and_then(|dragged| {
        let item = cx.model.item(dragged.item)?;
        Some(item.slots.clone())
    });
    for slot in &cx.model.doll {
        let fits = slots.as_ref().map(|slots| slots.contains(&slot.id));
        show(ui, rect, slot, fits, cx);
    }
    ui.weak(labels::DOLL_HELP.get(ui.ctx()));
}

/// A figure, so that the slots stand on something.
fn body(ui: &Ui, rect: Rect) {
    let color = ui.visuals().faint_bg_color;
    let at = |x: f32, y: f32| pos2(rect.left() + rect.width() * x, rect.top() + rect.height() * y);
    let painter = ui.painter();
    painter.circle_filled(at(0.5, 0.13), rect.width() * 0.11, color);
    for (from, to) in [
        ((0.32, 0.24), (0.68, 0.58)),
        ((0.16, 0.25), (0.28, 0.58)),
        ((0.72, 0.25), (0.84, 0.58)),
        ((0.33, 0.60), (0.47, 0.97)),
        ((0.53, 0.60), (0.67, 0.97)),
    ] {
        let limb = Rect::from_two_pos(at(from.0, from.1), at(to.0, to.1));
        painter.rect_filled(limb, 10, color);
    }
}

fn place(doll: Rect, anchor: [f32; 2]) -> Rect {
    let inner = doll.shrink(SLOT / 2.0 + 2.0);
    let [x, y] = anchor.map(|at| if at.is_finite() { at.clamp(0.0, 1.0) } else { 0.5 });
    let center = pos2(
        inner.left() + inner.width() * x,
        inner.top() + inner.height() * y,
    );
    Rect::from_center_size(center, egui::Vec2::splat(SLOT))
}

/// `fits`: whether the dragged item may go here; `None` while nothing is dragged.
fn show(ui: &Ui, doll: Rect, slot: &SlotModel, fits: Option<bool>, cx: &mut Cx<'_>) {
    let rect = place(doll, slot.anchor);
    let id = ui.id().with(("slot", slot.id));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let visuals = ui.visuals();
    let painter = ui.painter();
    let style = if response.hovered() {
        &visuals.widgets.hovered
    } else {
        &visuals.widgets.inactive
    };
    painter.rect_filled(rect, 6, style.weak_bg_fill);
    let stroke = match fits {
        Some(true) => egui::Stroke::new(2.0, good(ui)),
        _ => visuals.widgets.noninteractive.bg_stroke,
    };
    painter.rect_stroke(rect, 6, stroke, StrokeKind::Inside);
    let weak = visuals.weak_text_color();
    let small = FontId::proportional(10.0);
    match (&slot.worn, &slot.covered) {
        (Some(item), _) => {
            let color = visuals.text_color();
            row::icon(painter, rect.shrink(4.0), item, color, visuals.faint_bg_color);
            row::behave(ui, &response, item, Source::Worn(slot.id), cx);
        }
        (None, covered) => {
            let text = covered.as_ref().unwrap_or(&slot.name);
            let galley = painter.layout(text.clone(), small, weak, SLOT - 6.0);
            let at = Align2::CENTER_CENTER
                .anchor_size(rect.center(), galley.size())
                .min;
            painter.galley(at, galley, weak);
            response.widget_info(|| {
                let label = format!("{} ({text})", slot.name);
                egui::WidgetInfo::labeled(egui::WidgetType::Other, true, label)
            });
        }
    }
    if fits == Some(false) {
        painter.rect_filled(rect, 6, visuals.panel_fill.gamma_multiply(0.6));
    }
    if let Some(wait) = slot.cooldown {
        row::cooldown(painter, rect, wait, cx.model.now);
    }
    if let Some(flash) = cx.model.feedback.refusal(Subject::Slot(slot.id)) {
        let red = visuals.error_fg_color;
        painter.rect_stroke(rect, 6, (2.0, red), StrokeKind::Outside);
        let text = painter.layout(flash.text.clone(), FontId::proportional(11.0), red, 150.0);
        let at = Align2::CENTER_TOP.anchor_size(rect.center_bottom(), text.size());
        painter.rect_filled(at.rect_in(doll).expand(2.0), 3, visuals.window_fill);
        painter.galley(at.rect_in(doll).min, text, red);
    }
    drop_here(ui, &response, Some(Target::Slot(slot.id)), cx);
}

/// Keeps a text on the doll.
trait RectIn {
    fn rect_in(self, outer: Rect) -> Rect;
}

impl RectIn for Rect {
    fn rect_in(self, outer: Rect) -> Rect {
        let dx = (outer.left() - self.left()).max(0.0) - (self.right() - outer.right()).max(0.0);
        let dy = -(self.bottom() - outer.bottom()).max(0.0);
        self.translate(vec2(dx, dy))
    }
}
