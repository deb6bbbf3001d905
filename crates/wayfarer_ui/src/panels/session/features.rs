//! The parts of the rules that can be switched off.

use bevy_egui::egui::{self, Ui};
use wayfarer_core::feature::SwitchFeature;

use crate::{
    intent::{Ask, Intent},
    model::{
        Subject,
        features::{FeatureRow, FeaturesModel},
    },
    texts::labels,
};

/// A box for each feature; nothing for who may not switch them.
pub(super) fn features(ui: &mut Ui, model: &FeaturesModel, intents: &mut Vec<Intent>) {
    if !model.may_switch || model.rows.is_empty() {
        return;
    }
    ui.separator();
    ui.strong(labels::FEATURES.get(ui.ctx()));
    ui.weak(labels::FEATURES_HINT.get(ui.ctx()));
    for row in &model.rows {
        show(ui, model, row, intents);
    }
}

fn show(ui: &mut Ui, model: &FeaturesModel, row: &FeatureRow, intents: &mut Vec<Intent>) {
    let subject = Subject::Feature(row.feature);
    ui.horizontal(|ui| {
        let waiting = model.feedback.is_pending(subject);
        let mut on = row.on;
        let checkbox = egui::Checkbox::new(&mut on, row.name.as_str());
        if ui.add_enabled(!waiting, checkbox).changed() {
            let switch = SwitchFeature {
                feature: row.feature.to_owned(),
                on,
            };
            intents.push(Ask::of(&switch).about(subject).into());
        }
        if waiting {
            ui.spinner();
        }
        if let Some(flash) = model.feedback.refusal(subject) {
            ui.colored_label(ui.visuals().error_fg_color, &flash.text);
        }
    });
}
