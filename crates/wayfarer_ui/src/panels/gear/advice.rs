//! What would suit the wearer better.

use bevy_egui::egui::Ui;

use crate::{
    model::gear::UpgradeLine,
    panels::{good, number, viewed::changes},
    texts::labels,
    widgets::section,
};

/// The section with advice; none when everything suits.
pub(super) fn show(ui: &mut Ui, lines: &[UpgradeLine]) {
    if lines.is_empty() {
        return;
    }
    let title = labels::GEAR_ADVICE.get(ui.ctx());
    section(ui, &title, |ui| {
        for line in lines {
            let level = number(line.level);
            ui.label(labels::GEAR_WITHIN_REACH.fill(
                ui.ctx(),
                &[
                    ("item", &line.name),
                    ("quality", &line.quality),
                    ("level", &level),
                ],
            ));
            if let Some((name, rows)) = &line.better {
                let text = labels::GEAR_BETTER.fill(ui.ctx(), &[("item", name)]);
                ui.colored_label(good(ui), text);
                changes(ui, rows);
            }
        }
    });
}
