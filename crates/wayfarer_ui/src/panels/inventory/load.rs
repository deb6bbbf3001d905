use bevy_egui::egui::{self, Color32, Ui};

use super::{number, used};
use crate::{
    model::inventory::{Gauge, LoadModel},
    texts::labels,
};

/// The weight that is carried, and a word before it begins to slow.
pub(super) fn load_bar(ui: &mut Ui, load: &LoadModel) {
    let ctx = ui.ctx().clone();
    let text = labels::LOAD.fill(&ctx, &[("load", &used(load.weight))]);
    let Some(share) = load.weight.share() else {
        ui.label(text);
        return;
    };
    let color = color(ui, load);
    ui.add(
        egui::ProgressBar::new(share.clamp(0.0, 1.0))
            .desired_width(200.0)
            .fill(color)
            .text(text),
    );
    if load.factor < 1.0 {
        let percent = number((load.factor * 100.0).round());
        let text = labels::LOAD_SLOWS.fill(&ctx, &[("speed", &percent)]);
        ui.colored_label(ui.visuals().error_fg_color, text);
    } else if load.warn {
        ui.colored_label(ui.visuals().warn_fg_color, labels::LOAD_WARN.get(&ctx));
    }
}

fn color(ui: &Ui, load: &LoadModel) -> Color32 {
    if load.factor < 1.0 {
        ui.visuals().error_fg_color.gamma_multiply(0.7)
    } else if load.warn {
        ui.visuals().warn_fg_color.gamma_multiply(0.7)
    } else {
        ui.visuals().selection.bg_fill
    }
}

/// A short bar for a compartment; nothing without a limit.
pub(super) fn gauge(ui: &mut Ui, name: &str, gauge: Gauge) {
    let Some(share) = gauge.share() else {
        return;
    };
    let full = share >= 1.0;
    let fill = if full {
        ui.visuals().warn_fg_color.gamma_multiply(0.7)
    } else {
        ui.visuals().selection.bg_fill
    };
    ui.add(
        egui::ProgressBar::new(share.clamp(0.0, 1.0))
            .desired_width(90.0)
            .desired_height(14.0)
            .fill(fill)
            .text(egui::RichText::new(used(gauge)).small()),
    )
    .on_hover_text(format!("{name}: {}", used(gauge)));
}
