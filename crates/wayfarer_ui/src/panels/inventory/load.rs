use bevy_egui::egui::{self, Ui};

use super::{number, used};
use crate::{
    model::inventory::{Gauge, LoadModel},
    texts::labels,
    theme::{Palette, Tone},
    widgets::{self, Threshold},
};

/// The weight that is carried, and a word before it begins to slow.
pub(super) fn load_bar(ui: &mut Ui, load: &LoadModel) {
    let ctx = ui.ctx().clone();
    let name = labels::LOAD.get(&ctx);
    let Some(max) = load.weight.max else {
        ui.label(format!("{name}: {} kg", number(load.weight.used)));
        return;
    };
    let tone = if load.factor < 1.0 {
        Tone::Bad
    } else if load.warn {
        Tone::Warn
    } else {
        Tone::Good
    };
    let always = Threshold {
        at: f32::NEG_INFINITY,
        tone,
        name: "",
    };
    widgets::load_bar(ui, &name, load.weight.used, max, &[always]);
    let color = Palette::of(&ctx).tone(tone);
    if load.factor < 1.0 {
        let percent = number((load.factor * 100.0).round());
        let text = labels::LOAD_SLOWS.fill(&ctx, &[("speed", &percent)]);
        ui.colored_label(color, text);
    } else if load.warn {
        ui.colored_label(color, labels::LOAD_WARN.get(&ctx));
    }
}

/// A short bar for a compartment; nothing without a limit.
pub(super) fn gauge(ui: &mut Ui, name: &str, gauge: Gauge) {
    let Some(share) = gauge.share() else {
        return;
    };
    let visuals = ui.visuals();
    // egui writes in the colour of what is selected, which is that of a full bar as well.
    let (fill, text) = if share >= 1.0 {
        let fill = visuals.warn_fg_color.gamma_multiply(0.7);
        (fill, visuals.extreme_bg_color)
    } else {
        (visuals.selection.bg_fill, visuals.text_color())
    };
    ui.add(
        egui::ProgressBar::new(share.clamp(0.0, 1.0))
            .desired_width(90.0)
            .desired_height(14.0)
            .fill(fill)
            .text(egui::RichText::new(used(gauge)).small().color(text)),
    )
    .on_hover_text(format!("{name}: {}", used(gauge)));
}
