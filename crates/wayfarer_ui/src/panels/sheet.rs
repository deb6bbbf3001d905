//! The character sheet: every stat by set, with what it is called, and why it is what it is.

use bevy_egui::egui::{self, RichText, Ui};

use super::{found, number, search};
use crate::{
    intent::Intent,
    model::sheet::{SheetModel, StatRow},
    texts::labels,
    theme::Tone,
    widgets::{BreakdownRow, Threshold, breakdown, empty_state, load_bar, stat_row},
};

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct SheetState {
    /// The search as typed.
    pub search: String,
}

/// The character sheet. Pointing at a stat explains it.
pub fn sheet_panel(
    ui: &mut Ui,
    model: &SheetModel,
    state: &mut SheetState,
    _intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    if model.name.is_empty() {
        empty_state(ui, "…", &labels::NO_CHARACTER.get(&ctx), "");
        return;
    }
    ui.heading(&model.name);
    if !model.description.is_empty() {
        ui.weak(&model.description);
    }
    let query = search(ui, &mut state.search);
    egui::ScrollArea::vertical()
        .auto_shrink(false)
        .show(ui, |ui| {
            let mut any = false;
            for set in &model.sets {
                // A hit in the set's title shows the whole set.
                let whole = found(&query, &[&set.name]);
                let stats: Vec<&StatRow> = set
                    .stats
                    .iter()
                    .filter(|stat| whole || found(&query, &[&stat.name]))
                    .collect();
                if stats.is_empty() {
                    continue;
                }
                any = true;
                let mut title = match &set.level {
                    Some(level) => {
                        labels::SET_LEVEL.fill(&ctx, &[("set", &set.name), ("level", level)])
                    }
                    None => set.name.clone(),
                };
                for (label, value) in &set.labels {
                    title += " · ";
                    if label.is_empty() {
                        title += value;
                    } else {
                        title +=
                            &labels::SET_LABEL.fill(&ctx, &[("label", label), ("value", value)]);
                    }
                }
                egui::CollapsingHeader::new(RichText::new(title).strong())
                    .id_salt(&set.name)
                    .default_open(true)
                    // What was searched for is not hidden in a closed section.
                    .open((!query.is_empty()).then_some(true))
                    .show(ui, |ui| {
                        for stat in stats {
                            row(ui, stat);
                        }
                    });
            }
            if !any {
                ui.weak(labels::NOTHING_FOUND.get(&ctx));
            }
        });
}

fn row(ui: &mut Ui, stat: &StatRow) {
    let response = match stat.resource {
        Some(resource) => {
            let mut name = stat.name.clone();
            if resource.per_second != 0.0 {
                let rate = number(resource.per_second);
                name += &labels::PER_SECOND.fill(ui.ctx(), &[("rate", &rate)]);
            }
            let (current, max) = (resource.current, resource.max);
            load_bar(ui, &name, current, max, &running_out(max))
        }
        None => stat_row(
            ui,
            &stat.name,
            &stat.text,
            stat.tier.as_deref().unwrap_or(""),
        ),
    };
    response.on_hover_ui(|ui| {
        ui.strong(&stat.name);
        if !stat.description.is_empty() {
            ui.weak(&stat.description);
        }
        why(ui, &stat.breakdown);
    });
}

/// The explanation of a value, if there is one.
pub(super) fn why(ui: &mut Ui, rows: &[BreakdownRow]) {
    if !rows.is_empty() {
        breakdown(ui, rows);
    }
}

/// The colours of something that is used up: a quarter left is the moment to notice.
pub(super) fn running_out(max: f32) -> [Threshold<'static>; 3] {
    let from = |share: f32, tone| Threshold {
        at: max * share,
        tone,
        name: "",
    };
    [
        from(f32::NEG_INFINITY, Tone::Bad),
        from(0.25, Tone::Warn),
        from(0.5, Tone::Good),
    ]
}

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable as _};

    use super::*;
    use crate::model::sheet::{ResourceModel, SetModel};

    type Stage = (SheetModel, SheetState, Vec<Intent>);

    fn play(model: SheetModel) -> Harness<'static, Stage> {
        let mut harness = Harness::builder().with_size([500.0, 600.0]).build_ui_state(
            |ui, (model, state, intents): &mut Stage| sheet_panel(ui, model, state, intents),
            (model, SheetState::default(), Vec::new()),
        );
        harness.run();
        harness
    }

    fn model() -> SheetModel {
        let strength = StatRow {
            id: wayfarer_core::id::DefId(1),
            name: "Strength".into(),
            value: 16.0,
            text: "16".into(),
            tier: Some("strong".into()),
            breakdown: vec![
                BreakdownRow {
                    source: "Template".into(),
                    operation: "=".into(),
                    amount: "14".into(),
                    running: "14".into(),
                    place: "demo/sheets/knight.ron:3:9".into(),
                    not_counted: None,
                },
                BreakdownRow {
                    source: "Old ring".into(),
                    not_counted: Some("Belt counts".into()),
                    ..BreakdownRow::default()
                },
            ],
            ..StatRow::default()
        };
        let health = StatRow {
            id: wayfarer_core::id::DefId(2),
            name: "Health".into(),
            text: "30".into(),
            resource: Some(ResourceModel {
                current: 12.0,
                max: 30.0,
                per_second: 0.5,
            }),
            ..StatRow::default()
        };
        SheetModel {
            name: "Sir Bors".into(),
            sets: vec![
                SetModel {
                    name: "Attributes".into(),
                    level: Some("seasoned".into()),
                    labels: vec![
                        ("Bearing".into(), "Upright".into()),
                        (String::new(), "Quiet".into()),
                    ],
                    stats: vec![strength],
                },
                SetModel {
                    name: "Vitals".into(),
                    stats: vec![health],
                    ..SetModel::default()
                },
            ],
            ..SheetModel::default()
        }
    }

    #[test]
    fn stats_stand_in_their_sets() {
        let harness = play(model());
        harness.get_by_label("Attributes – seasoned · Bearing: Upright · Quiet");
        harness.get_by_label("Strength: 16, strong");
        harness.get_by_label("Health (0.5/s): 12 of 30");
    }

    #[test]
    fn pointing_at_a_stat_explains_it() {
        let mut harness = play(model());
        harness.get_by_label_contains("Strength").hover();
        for _ in 0..30 {
            harness.step();
        }
        harness.get_by_label("Old ring");
        harness.get_by_label_contains("Belt counts");
        harness.get_by_label_contains("demo/sheets/knight.ron:3:9");
    }

    #[test]
    fn the_search_finds_stats_and_sets() {
        let mut harness = play(model());
        harness.state_mut().1.search = "heal".into();
        harness.run();
        harness.get_by_label("Health (0.5/s): 12 of 30");
        assert!(harness.query_by_label_contains("Strength").is_none());
        harness.state_mut().1.search = "attrib".into();
        harness.run();
        harness.get_by_label_contains("Strength");
        harness.state_mut().1.search = "xyz".into();
        harness.run();
        harness.get_by_label("Nothing found.");
    }

    #[test]
    fn without_a_character_it_says_so() {
        play(SheetModel::default()).get_by_label("There is no character here yet.");
    }
}
