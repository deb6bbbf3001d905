use bevy_egui::egui::{self, RichText, Ui};
use wayfarer_core::id::Uid;

use super::{Cx, actions, number, row};
use crate::{
    model::{Subject, inventory::InventoryModel, item::ItemRow},
    panels::change_color,
    texts::labels,
};

/// The item that was clicked: its buttons and everything about it.
pub(super) fn selected(ui: &mut Ui, uid: Uid, cx: &mut Cx<'_>) {
    let Some((item, source)) = cx.model.item(uid).zip(actions::source_of(cx.model, uid)) else {
        return;
    };
    ui.horizontal_wrapped(|ui| {
        ui.strong(row::title(item));
        if cx.model.feedback.is_pending(Subject::Item(uid)) {
            ui.spinner();
        }
        actions::buttons(ui, item, source, cx);
        if ui.small_button(labels::CLOSE.get(ui.ctx())).clicked() {
            cx.state.selected = None;
        }
    });
    let model = cx.model;
    egui::ScrollArea::vertical()
        .id_salt("details")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| facts(ui, model, item));
                ui.add_space(24.0);
                ui.vertical(|ui| changes(ui, model, item));
            });
        });
}

/// Everything about an item: tooltip and pane show the same.
pub(super) fn about(ui: &mut Ui, model: &InventoryModel, item: &ItemRow) {
    facts(ui, model, item);
    changes(ui, model, item);
}

fn facts(ui: &mut Ui, model: &InventoryModel, item: &ItemRow) {
    let ctx = ui.ctx().clone();
    if let Some(flash) = model.feedback.refusal(Subject::Item(item.uid)) {
        ui.colored_label(ui.visuals().error_fg_color, &flash.text);
    }
    if let Some(reason) = &item.blocked {
        ui.colored_label(ui.visuals().warn_fg_color, &**reason);
    }
    if let Some((seconds, _)) = item.cooldown.and_then(|wait| wait.left(model.now)) {
        let seconds = format!("{seconds:.1}");
        ui.weak(labels::READY_IN.fill(&ctx, &[("seconds", &seconds)]));
    }
    let args: [(&str, &dyn std::fmt::Display); 2] = [
        ("weight", &number(item.weight)),
        ("bulk", &number(item.bulk)),
    ];
    ui.weak(labels::WEIGHT_AND_BULK.fill(&ctx, &args));
    if item.value > 0.0 {
        let value = number(item.value);
        ui.weak(labels::WORTH.fill(&ctx, &[("value", &value)]));
    }
    let Some(details) = model.details_of(item.uid) else {
        return;
    };
    if !details.description.is_empty() {
        ui.label(RichText::new(&details.description).italics());
    }
    egui::Grid::new("facts").num_columns(2).show(ui, |ui| {
        for (name, value) in &details.facts {
            ui.weak(name);
            ui.label(value);
            ui.end_row();
        }
    });
}

/// What would be other if the item were put on, or taken off.
fn changes(ui: &mut Ui, model: &InventoryModel, item: &ItemRow) {
    let Some(details) = model.details_of(item.uid) else {
        return;
    };
    if !details.replaces.is_empty() {
        let names = details.replaces.join(", ");
        ui.weak(labels::REPLACES.fill(ui.ctx(), &[("names", &names)]));
    }
    // What blocks the item is said above already.
    if let Some(refusal) = &details.refusal
        && item.blocked.is_none()
    {
        ui.colored_label(ui.visuals().warn_fg_color, refusal);
    }
    egui::Grid::new("changes").num_columns(3).show(ui, |ui| {
        for change in &details.changes {
            let color = change_color(ui, change.better);
            ui.label(&change.stat);
            let (before, after) = (number(change.before), number(change.after));
            ui.colored_label(color, format!("{before} ➡ {after}"));
            let difference = change.after - change.before;
            let sign = if difference > 0.0 { "+" } else { "" };
            ui.colored_label(color, format!("{sign}{}", number(difference)));
            ui.end_row();
        }
    });
}
