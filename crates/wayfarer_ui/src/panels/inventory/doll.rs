use std::sync::Arc;

use bevy_egui::egui::{
    self, Align2, Color32, DragAndDrop, FontId, Galley, Painter, Rect, Sense, StrokeKind, Ui,
    UiBuilder, pos2, vec2,
};

use super::{
    Cx,
    drag::{Dragged, Source, Target},
    list::drop_here,
    row,
};
use crate::{
    model::{Subject, inventory::SlotModel},
    texts::labels,
    theme::Palette,
    widgets::{SlotContent, item_slot},
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
    let at = |x: f32, y: f32| {
        pos2(
            rect.left() + rect.width() * x,
            rect.top() + rect.height() * y,
        )
    };
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
    let [x, y] = anchor.map(|at| {
        if at.is_finite() {
            at.clamp(0.0, 1.0)
        } else {
            0.5
        }
    });
    let center = pos2(
        inner.left() + inner.width() * x,
        inner.top() + inner.height() * y,
    );
    Rect::from_center_size(center, egui::Vec2::splat(SLOT))
}

/// `fits`: whether the dragged item may go here; `None` while nothing is dragged.
fn show(ui: &mut Ui, doll: Rect, slot: &SlotModel, fits: Option<bool>, cx: &mut Cx<'_>) {
    let rect = place(doll, slot.anchor);
    let palette = Palette::of(ui.ctx());
    let waits = slot
        .cooldown
        .is_some_and(|wait| wait.left(cx.model.now).is_some());
    let content = slot.worn.as_ref().map(|item| SlotContent {
        // The seconds stand there meanwhile.
        short: if waits {
            String::new()
        } else {
            row::initials(item)
        },
        name: item.name.to_string(),
        count: item.count,
        tint: row::tint(&palette, item),
        ..SlotContent::default()
    });
    let at = UiBuilder::new().max_rect(rect).id_salt(("slot", slot.id));
    let response = item_slot(&mut ui.new_child(at), content.as_ref(), SLOT);
    let painter = ui.painter();
    match &slot.worn {
        Some(item) => row::behave(ui, &response, item, Source::Worn(slot.id), cx),
        None => {
            let text = slot.covered.as_ref().unwrap_or(&slot.name);
            let galley = small_text(painter, text, palette.muted);
            let at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
            painter.galley(at.min, galley, palette.muted);
            response.widget_info(|| {
                let label = format!("{} ({text})", slot.name);
                egui::WidgetInfo::labeled(egui::WidgetType::Other, true, label)
            });
        }
    }
    match fits {
        Some(true) => {
            painter.rect_stroke(rect, 6, (2.0, palette.good), StrokeKind::Outside);
        }
        Some(false) => {
            painter.rect_filled(rect, 6, palette.window.gamma_multiply(0.6));
        }
        None => {}
    }
    if let Some(wait) = slot.cooldown {
        row::cooldown(painter, rect, wait, cx.model.now);
    }
    if let Some(flash) = cx.model.feedback.refusal(Subject::Slot(slot.id)) {
        painter.rect_stroke(rect, 6, (2.0, palette.bad), StrokeKind::Outside);
        let font = FontId::proportional(12.0);
        let text = painter.layout(flash.text.clone(), font, palette.bad, 150.0);
        let plate = Align2::CENTER_TOP
            .anchor_size(rect.center_bottom() + vec2(0.0, 4.0), text.size())
            .rect_in(doll);
        painter.rect_filled(plate.expand(3.0), 3, palette.sunken);
        painter.galley(plate.min, text, palette.bad);
    }
    drop_here(ui, &response, Some(Target::Slot(slot.id)), cx);
}

/// The name of an empty slot: between its words it may be broken, within a word it becomes smaller.
fn small_text(painter: &Painter, text: &str, color: Color32) -> Arc<Galley> {
    const USUAL: f32 = 10.0;
    let room = SLOT - 6.0;
    let width = |word: &str| {
        let font = FontId::proportional(USUAL);
        painter
            .layout_no_wrap(word.to_owned(), font, color)
            .size()
            .x
    };
    let widest = text.split_whitespace().map(width).fold(room, f32::max);
    // Rounded down: a hair too wide would be broken all the same.
    let size = (USUAL * room / widest * 4.0).floor() / 4.0;
    let font = FontId::proportional(size.max(6.0));
    painter.layout(text.to_owned(), font, color, room)
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
