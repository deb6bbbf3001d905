//! The action log: who asked for what, what became of it, by which dice; undo for game masters.

use bevy_egui::egui::{self, RichText, Sense, Ui, UiBuilder};

use super::{found, search};
use crate::{
    intent::Intent,
    model::{
        Subject,
        log::{LogEntry, LogModel, MetricsModel},
    },
    texts::labels,
};

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct LogState {
    /// The search as typed.
    pub search: String,
    /// Whether only refused requests are shown.
    pub refused_only: bool,
    /// The entry that is looked at, by its sequence.
    pub selected: Option<u64>,
    cache: Filtered,
}

/// Indexes of the entries that the filter leaves, the latest first.
#[derive(Clone, Debug, Default)]
struct Filtered {
    query: String,
    refused_only: bool,
    /// First and last sequence and number of entries that were looked at.
    of: (u64, u64, usize),
    rows: Vec<usize>,
}

/// The action log.
pub fn log_panel(ui: &mut Ui, model: &LogModel, state: &mut LogState, intents: &mut Vec<Intent>) {
    let ctx = ui.ctx().clone();
    if !model.complete {
        ui.weak(labels::LOG_OWN.get(&ctx));
    }
    if let Some(metrics) = &model.metrics {
        show_metrics(ui, metrics);
    }
    let query = ui
        .horizontal(|ui| {
            let query = search(ui, &mut state.search);
            ui.checkbox(&mut state.refused_only, labels::REFUSED_ONLY.get(&ctx));
            query
        })
        .inner;
    filter(model, state, query);
    ui.separator();
    let selected = state
        .selected
        .and_then(|sequence| model.entries.iter().find(|e| e.sequence == sequence));
    if let Some(entry) = selected {
        egui::Panel::bottom("log entry")
            .resizable(true)
            .default_size(130.0)
            .min_size(60.0)
            .show_inside(ui, |ui| {
                egui::ScrollArea::vertical()
                    .id_salt("log entry")
                    .auto_shrink(false)
                    .show(ui, |ui| details(ui, model, entry, state, intents));
            });
    }
    let height = ui.text_style_height(&egui::TextStyle::Body);
    let rows = std::mem::take(&mut state.cache.rows);
    egui::ScrollArea::vertical().auto_shrink(false).show_rows(
        ui,
        height,
        rows.len(),
        |ui, range| {
            for &index in rows.get(range).unwrap_or_default() {
                if let Some(entry) = model.entries.get(index) {
                    line(ui, entry, height, state);
                }
            }
        },
    );
    if rows.is_empty() {
        ui.weak(labels::NOTHING_FOUND.get(&ctx));
    }
    state.cache.rows = rows;
}

fn filter(model: &LogModel, state: &mut LogState, query: String) {
    let sequence = |entry: Option<&LogEntry>| entry.map_or(0, |e| e.sequence);
    let of = (
        sequence(model.entries.front()),
        sequence(model.entries.back()),
        model.entries.len(),
    );
    let cache = &mut state.cache;
    if cache.of == of && cache.query == query && cache.refused_only == state.refused_only {
        return;
    }
    cache.rows.clear();
    let latest_first = model.entries.iter().enumerate().rev();
    cache.rows.extend(
        latest_first
            .filter(|(_, e)| !state.refused_only || e.refusal.is_some())
            .filter(|(_, e)| {
                let refusal = e.refusal.as_deref().unwrap_or_default();
                found(&query, &[&e.action, &e.who, &e.actor, &e.payload, refusal])
            })
            .map(|(index, _)| index),
    );
    cache.of = of;
    cache.query = query;
    cache.refused_only = state.refused_only;
}

/// One line; a click opens the entry.
fn line(ui: &mut Ui, entry: &LogEntry, height: f32, state: &mut LogState) {
    let size = egui::vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let selected = state.selected == Some(entry.sequence);
    if selected || response.hovered() {
        let fill = if selected {
            ui.visuals().selection.bg_fill
        } else {
            ui.visuals().widgets.hovered.weak_bg_fill
        };
        ui.painter().rect_filled(rect, 2, fill);
    }
    let answer = entry.refusal.as_deref().unwrap_or("✔");
    let color = if entry.refusal.is_some() {
        ui.visuals().error_fg_color
    } else {
        super::good(ui)
    };
    let mut row = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(egui::Layout::left_to_right(egui::Align::Center)),
    );
    // The response has a label of its own; a label on each cell would read everything twice.
    let cells = [
        (entry.tick.to_string(), 60.0),
        (entry.who.clone(), 90.0),
        (entry.actor.clone(), 110.0),
        (entry.action.clone(), 150.0),
    ];
    for (text, width) in cells {
        cell(&mut row, RichText::new(text), width);
    }
    cell(&mut row, RichText::new(answer).color(color), 220.0);
    let rest = row.available_width();
    cell(&mut row, RichText::new(&entry.payload).weak(), rest);
    response.widget_info(|| {
        let label = format!("{} {}: {answer}", entry.sequence, entry.action);
        egui::WidgetInfo::selected(egui::WidgetType::Button, true, selected, label)
    });
    if response.clicked() {
        state.selected = (!selected).then_some(entry.sequence);
    }
}

fn cell(ui: &mut Ui, text: RichText, width: f32) {
    let size = egui::vec2(width.max(0.0), ui.available_height());
    ui.allocate_ui_with_layout(
        size,
        egui::Layout::left_to_right(egui::Align::Center),
        |ui| {
            ui.set_min_size(size);
            let label = egui::Label::new(text).truncate().selectable(false);
            ui.add(label);
        },
    );
}

fn details(
    ui: &mut Ui,
    model: &LogModel,
    entry: &LogEntry,
    state: &mut LogState,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    ui.horizontal(|ui| {
        ui.strong(format!("#{} {}", entry.sequence, entry.action));
        if !entry.took.is_zero() {
            ui.weak(format!("{} µs", entry.took.as_micros()));
        }
        if model.may_undo && entry.can_undo && entry.refusal.is_none() {
            let sequence = entry.sequence;
            let pending = model.feedback.is_pending(Subject::Entry(sequence));
            let button = egui::Button::new(labels::UNDO.get(&ctx));
            if ui.add_enabled(!pending, button).clicked() {
                intents.push(Intent::Undo { sequence });
            }
        }
        if ui.small_button(labels::CLOSE.get(&ctx)).clicked() {
            state.selected = None;
        }
    });
    if let Some(flash) = model.feedback.refusal(Subject::Entry(entry.sequence)) {
        ui.colored_label(ui.visuals().error_fg_color, &flash.text);
    }
    if !entry.payload.is_empty() {
        ui.add(egui::Label::new(RichText::new(&entry.payload).monospace()).wrap());
    }
    if let Some(refusal) = &entry.refusal {
        ui.colored_label(ui.visuals().error_fg_color, refusal);
    }
    if !entry.rolls.is_empty() {
        ui.label(labels::ROLLS.fill(&ctx, &[("rolls", &entry.rolls)]));
    }
    for movement in &entry.movements {
        ui.weak(movement);
    }
}

fn show_metrics(ui: &mut Ui, metrics: &MetricsModel) {
    let ctx = ui.ctx().clone();
    let args: [(&str, &dyn std::fmt::Display); 6] = [
        ("received", &metrics.received),
        ("applied", &metrics.applied),
        ("refused", &metrics.refused),
        ("repeated", &metrics.repeated),
        ("limited", &metrics.rate_limited),
        ("malformed", &metrics.malformed),
    ];
    let summary = labels::METRICS.fill(&ctx, &args);
    egui::CollapsingHeader::new(summary)
        .id_salt("metrics")
        .show(ui, |ui| {
            egui::Grid::new("actions").striped(true).show(ui, |ui| {
                for label in [
                    labels::METRICS_ACTION,
                    labels::METRICS_COUNT,
                    labels::METRICS_REFUSED,
                    labels::METRICS_MEAN,
                    labels::METRICS_SLOWEST,
                ] {
                    ui.weak(label.get(&ctx));
                }
                ui.end_row();
                for (name, count, refused, mean, slowest) in &metrics.actions {
                    ui.label(name);
                    ui.label(count.to_string());
                    ui.label(refused.to_string());
                    ui.label(format!("{} µs", mean.as_micros()));
                    ui.label(format!("{} µs", slowest.as_micros()));
                    ui.end_row();
                }
            });
        });
}

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable as _};

    use super::*;

    type Stage = (LogModel, LogState, Vec<Intent>);

    fn play(model: LogModel) -> Harness<'static, Stage> {
        let mut harness = Harness::builder().with_size([900.0, 500.0]).build_ui_state(
            |ui, (model, state, intents): &mut Stage| log_panel(ui, model, state, intents),
            (model, LogState::default(), Vec::new()),
        );
        harness.run();
        harness
    }

    fn model() -> LogModel {
        let entry = |sequence, action: &str, refusal: Option<&str>| LogEntry {
            sequence,
            tick: sequence * 10,
            who: "Anna".into(),
            action: action.into(),
            payload: "EquipItem { item: #7 }".into(),
            refusal: refusal.map(str::to_owned),
            rolls: "d20: 17".into(),
            can_undo: refusal.is_none(),
            ..LogEntry::default()
        };
        LogModel {
            complete: true,
            may_undo: true,
            entries: [
                entry(1, "equipment.equip", None),
                entry(2, "inventory.drop", Some("Too far away.")),
            ]
            .into(),
            metrics: Some(MetricsModel {
                received: 2,
                applied: 1,
                refused: 1,
                ..MetricsModel::default()
            }),
            ..LogModel::default()
        }
    }

    #[test]
    fn an_entry_opens_and_is_undone() {
        let mut harness = play(model());
        harness.get_by_label_contains("2 requests: 1 done, 1 refused");
        harness.get_by_label("1 equipment.equip: ✔").click();
        harness.run();
        harness.get_by_label("Dice: d20: 17");
        harness.get_by_label("Undo").click();
        harness.run();
        assert_eq!(harness.state().2, [Intent::Undo { sequence: 1 }]);
    }

    #[test]
    fn refused_entries_can_not_be_undone() {
        let mut harness = play(model());
        harness
            .get_by_label("2 inventory.drop: Too far away.")
            .click();
        harness.run();
        assert!(harness.query_by_label("Undo").is_none());
    }

    #[test]
    fn the_log_filters() {
        let mut harness = play(model());
        harness.get_by_label("Refused only").click();
        harness.run();
        assert!(harness.query_by_label("1 equipment.equip: ✔").is_none());
        harness.get_by_label("2 inventory.drop: Too far away.");
        harness.state_mut().1.refused_only = false;
        harness.state_mut().1.search = "EQUIPMENT".into();
        harness.run();
        harness.get_by_label("1 equipment.equip: ✔");
        assert!(harness.query_by_label_contains("inventory.drop").is_none());
    }

    #[test]
    fn a_client_knows_its_own_requests_only() {
        let harness = play(LogModel::default());
        harness.get_by_label("Only your own requests; the host has the whole log.");
    }
}
