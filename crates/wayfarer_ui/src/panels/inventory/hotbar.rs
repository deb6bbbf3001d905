//! What is at hand: ten slots that things are dragged onto and used from.

use bevy_egui::egui::{self, Ui};

use super::{Cx, actions, drag::Target, list::drop_here, row};
use crate::{intent::Intent, texts::labels};

/// The slots, 1 to 9 and then 0, as on a keyboard.
pub(super) fn hotbar(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.horizontal_wrapped(|ui| {
        for (slot, uid) in (0u8..).zip(cx.model.hotbar.iter()) {
            show(ui, slot, *uid, cx);
        }
    });
}

fn show(ui: &mut Ui, slot: u8, uid: Option<wayfarer_core::id::Uid>, cx: &mut Cx<'_>) {
    let ctx = ui.ctx().clone();
    let digit = (slot + 1) % 10;
    let item = uid.and_then(|uid| cx.model.item(uid));
    let short = item.map(row::initials).unwrap_or_default();
    let text = format!("{digit} {short}");
    let button = egui::Button::new(text).min_size(egui::vec2(44.0, 24.0));
    let response = ui.add(button);
    let label = match item {
        Some(item) => {
            let name = row::title(item);
            labels::HOTBAR_SLOT.fill(&ctx, &[("slot", &digit), ("name", &name)])
        }
        None => labels::HOTBAR_EMPTY.fill(&ctx, &[("slot", &digit)]),
    };
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, label.as_str()));
    if let Some(item) = item {
        let source = actions::source_of(cx.model, item.uid);
        if response.clicked()
            && item.blocked.is_none()
            && let Some(source) = source
        {
            cx.intents.extend(actions::primary(cx.model, item, source));
        }
        response.clone().on_hover_text(&label).context_menu(|ui| {
            if ui.button(labels::CLEAR_SLOT.get(&ctx)).clicked() {
                cx.intents.push(Intent::SetHotbar { slot, item: None });
                ui.close();
            }
        });
    }
    drop_here(ui, &response, Some(Target::Hotbar(slot)), cx);
}
