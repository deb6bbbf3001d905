//! The stat inspector: what the template, the world, the character, the moment and the modifiers
//! say, and what comes out. Game masters change values here.

use bevy_egui::egui::{self, RichText, Ui};

use super::{found, number, search, sheet::why};
use crate::{
    intent::{Intent, StatPatch},
    model::{
        Subject,
        inspector::{InspectorModel, InspectorRow},
    },
    texts::labels,
};

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct InspectorState {
    /// The search as typed.
    pub search: String,
    /// The stat that is looked at.
    pub selected: Option<wayfarer_core::id::DefId>,
    /// The new value as typed.
    pub value: String,
}

/// The stats of one entity, layer by layer.
pub fn inspector_panel(
    ui: &mut Ui,
    model: &InspectorModel,
    state: &mut InspectorState,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    let query = ui
        .horizontal(|ui| {
            targets(ui, model, intents);
            search(ui, &mut state.search)
        })
        .inner;
    ui.separator();
    let selected = state
        .selected
        .and_then(|id| model.rows.iter().find(|row| row.id == id));
    if let Some(row) = selected {
        egui::Panel::bottom("stat")
            .resizable(true)
            .default_size(190.0)
            .min_size(60.0)
            .show_inside(ui, |ui| {
                let area = egui::ScrollArea::vertical().id_salt("stat");
                area.auto_shrink(false).show(ui, |ui| {
                    edit(ui, model, row, state, intents);
                    why(ui, &row.breakdown);
                });
            });
    }
    let rows: Vec<&InspectorRow> = model
        .rows
        .iter()
        .filter(|row| found(&query, &[&row.name]))
        .collect();
    if rows.is_empty() {
        ui.weak(labels::NOTHING_FOUND.get(&ctx));
        return;
    }
    egui::ScrollArea::both().auto_shrink(false).show(ui, |ui| {
        egui::Grid::new("layers").striped(true).show(ui, |ui| {
            for label in [
                labels::STAT,
                labels::LAYER_TEMPLATE,
                labels::LAYER_WORLD,
                labels::LAYER_BASE,
                labels::LAYER_RUNTIME,
                labels::LAYER_MODIFIERS,
                labels::VALUE,
            ] {
                ui.weak(label.get(&ctx));
            }
            ui.end_row();
            for row in rows {
                let chosen = state.selected == Some(row.id);
                let name = ui.selectable_label(chosen, &row.name);
                if name.clicked() {
                    state.selected = (!chosen).then_some(row.id);
                    state.value = number(row.value).replace('−', "-");
                }
                name.on_hover_ui(|ui| why(ui, &row.breakdown));
                for layer in [row.template, row.world, row.base, row.runtime] {
                    ui.label(layer.map_or_else(|| "·".to_owned(), number));
                }
                ui.label(row.modifiers.to_string());
                ui.label(RichText::new(number(row.value)).strong());
                ui.end_row();
            }
        });
    });
}

fn targets(ui: &mut Ui, model: &InspectorModel, intents: &mut Vec<Intent>) {
    let name = model
        .targets
        .iter()
        .find(|(uid, _)| Some(*uid) == model.target)
        .map_or("–", |(_, name)| name);
    egui::ComboBox::from_id_salt("target")
        .selected_text(name)
        .show_ui(ui, |ui| {
            for (uid, name) in &model.targets {
                let text = format!("{name} {uid}");
                if ui
                    .selectable_label(Some(*uid) == model.target, text)
                    .clicked()
                {
                    intents.push(Intent::Inspect(*uid));
                }
            }
        });
}

fn edit(
    ui: &mut Ui,
    model: &InspectorModel,
    row: &InspectorRow,
    state: &mut InspectorState,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    ui.strong(&row.name);
    let Some(character) = model.target.filter(|_| model.may_edit) else {
        return;
    };
    let subject = Subject::Stat(row.id);
    let mut patch = |patch| {
        intents.push(Intent::PatchStat {
            character,
            stat: row.id,
            patch,
        });
    };
    ui.horizontal(|ui| {
        let label = ui.label(labels::NEW_VALUE.get(&ctx));
        ui.add(egui::TextEdit::singleline(&mut state.value).desired_width(80.0))
            .labelled_by(label.id);
        let value = state.value.trim().replace(',', ".").parse::<f32>();
        let value = value.ok().filter(|value| value.is_finite());
        let ready = value.is_some() && !model.feedback.is_pending(subject);
        for (label, make) in [
            (labels::SET_BASE, StatPatch::Base as fn(_) -> _),
            (labels::SET_RUNTIME, StatPatch::Runtime as fn(_) -> _),
        ] {
            let button = egui::Button::new(label.get(&ctx));
            if ui.add_enabled(ready, button).clicked() {
                patch(make(value));
            }
        }
        for (label, layer, cleared) in [
            (labels::CLEAR_BASE, row.base, StatPatch::Base(None)),
            (labels::CLEAR_RUNTIME, row.runtime, StatPatch::Runtime(None)),
        ] {
            let button = egui::Button::new(label.get(&ctx));
            if ui.add_enabled(layer.is_some(), button).clicked() {
                patch(cleared);
            }
        }
        if model.feedback.is_pending(subject) {
            ui.spinner();
        }
    });
    if let Some(flash) = model.feedback.refusal(subject) {
        ui.colored_label(ui.visuals().error_fg_color, &flash.text);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable as _};
    use wayfarer_core::id::{DefId, Uid};

    use super::*;

    type Stage = (InspectorModel, InspectorState, Vec<Intent>);

    fn play(may_edit: bool) -> Harness<'static, Stage> {
        let uid = Uid::new(5).unwrap();
        let model = InspectorModel {
            target: Some(uid),
            targets: vec![(uid, "Sir Bors".into())],
            may_edit,
            rows: vec![InspectorRow {
                id: DefId(1),
                name: "core:attributes.strength".into(),
                template: Some(14.0),
                base: Some(16.0),
                modifiers: 2,
                value: 18.0,
                ..InspectorRow::default()
            }],
            ..InspectorModel::default()
        };
        let mut harness = Harness::builder().with_size([900.0, 600.0]).build_ui_state(
            |ui, (model, state, intents): &mut Stage| inspector_panel(ui, model, state, intents),
            (model, InspectorState::default(), Vec::new()),
        );
        harness.run();
        harness
    }

    #[test]
    fn layers_stand_side_by_side() {
        let harness = play(false);
        for label in ["14", "16", "18", "2"] {
            harness.get_by_label(label);
        }
    }

    #[test]
    fn a_game_master_changes_a_stat() {
        let mut harness = play(true);
        harness.get_by_label("core:attributes.strength").click();
        harness.run();
        harness.state_mut().1.value = "20,5".into();
        harness.run();
        harness.get_by_label("Set runtime").click();
        harness.run();
        harness.get_by_label("Clear base").click();
        harness.run();
        // There is none to clear.
        harness.get_by_label("Clear runtime").click();
        harness.run();
        let patch = |patch| Intent::PatchStat {
            character: Uid::new(5).unwrap(),
            stat: DefId(1),
            patch,
        };
        let wanted = [
            patch(StatPatch::Runtime(Some(20.5))),
            patch(StatPatch::Base(None)),
        ];
        assert_eq!(harness.state().2, wanted);
        harness.state_mut().1.value = "lots".into();
        harness.run();
        harness.get_by_label("Set base").click();
        harness.run();
        assert_eq!(harness.state().2.len(), 2, "no number, no request");
    }

    #[test]
    fn others_only_look() {
        let mut harness = play(false);
        harness.get_by_label("core:attributes.strength").click();
        harness.run();
        assert!(harness.query_by_label("Set base").is_none());
    }
}
