//! What stands on the screen while one plays: name, bars, load, messages, keys, what is near.

use bevy_egui::egui::{self, Align2, RichText, Ui, vec2};

use super::{number, sheet::running_out};
use crate::{
    intent::Intent,
    model::hud::{HudModel, Toast, ToastKind},
    texts::labels,
    theme::Tone,
    widgets,
};

/// How long a message stays.
pub const TOAST: std::time::Duration = std::time::Duration::from_secs(5);
/// The last part of a message's life, in which it fades.
const FADE: f32 = 1.0;

/// What the HUD remembers.
#[derive(Clone, Debug, Default)]
pub struct HudState {
    /// Whether the key hints are hidden.
    pub hide_hints: bool,
}

/// The HUD, over the whole of `ui`. It takes clicks on the prompt only.
pub fn hud(ui: &mut Ui, model: &HudModel, state: &mut HudState, intents: &mut Vec<Intent>) {
    let screen = ui.max_rect();
    let ctx = ui.ctx().clone();
    let area = |name: &'static str, align: Align2, offset: egui::Vec2| {
        egui::Area::new(ui.id().with(name))
            .order(egui::Order::Background)
            .constrain_to(screen)
            .anchor(align, offset)
    };
    area("hud status", Align2::LEFT_BOTTOM, vec2(12.0, -12.0))
        .interactable(false)
        .show(&ctx, |ui| status(ui, model));
    if !state.hide_hints && !model.hints.is_empty() {
        area("hud hints", Align2::RIGHT_BOTTOM, vec2(-12.0, -12.0))
            .interactable(false)
            .show(&ctx, |ui| hints(ui, model));
    }
    if let Some(prompt) = &model.prompt {
        area("hud prompt", Align2::CENTER_BOTTOM, vec2(0.0, -96.0)).show(&ctx, |ui| {
            let text = if model.prompt_key.is_empty() {
                prompt.text.clone()
            } else {
                format!("[{}] {}", model.prompt_key, prompt.text)
            };
            // One line: the area knows its width only after it was drawn once.
            let button = egui::Button::new(RichText::new(text).strong())
                .wrap_mode(egui::TextWrapMode::Extend);
            if ui.add(button).clicked() {
                intents.push(Intent::Interact(prompt.target));
            }
        });
    }
    // Over the windows: what is said is said about what was clicked in one.
    area("hud toasts", Align2::CENTER_TOP, vec2(0.0, 16.0))
        .order(egui::Order::Foreground)
        .interactable(false)
        .show(&ctx, |ui| {
            ui.vertical_centered(|ui| {
                if let Some(banner) = &model.banner {
                    let text = RichText::new(banner).color(ui.visuals().warn_fg_color);
                    egui::Frame::popup(ui.style()).show(ui, |ui| ui.label(text.strong()));
                }
                for shown in &model.toasts {
                    toast(ui, shown);
                }
            });
        });
}

fn status(ui: &mut Ui, model: &HudModel) {
    if model.name.is_empty() {
        return;
    }
    egui::Frame::popup(ui.style()).show(ui, |ui| {
        ui.strong(&model.name);
        ui.set_width(190.0);
        for bar in &model.bars {
            let colors = running_out(bar.max);
            widgets::load_bar(ui, &bar.name, bar.current.round(), bar.max, &colors);
        }
        if let Some(load) = model.load {
            let percent = number((load.share * 100.0).round());
            let (color, text) = if load.factor < 1.0 {
                let slow = number((load.factor * 100.0).round());
                let args: [(&str, &dyn std::fmt::Display); 2] =
                    [("percent", &percent), ("speed", &slow)];
                let text = labels::LOAD_SLOW.fill(ui.ctx(), &args);
                (ui.visuals().error_fg_color, text)
            } else {
                let text = labels::LOAD_NEAR.fill(ui.ctx(), &[("percent", &percent)]);
                (ui.visuals().warn_fg_color, text)
            };
            ui.colored_label(color, text);
        }
    });
}

fn hints(ui: &mut Ui, model: &HudModel) {
    // On a frame of its own: what lies behind may be as light as the text.
    egui::Frame::popup(ui.style()).show(ui, |ui| {
        egui::Grid::new("hints").num_columns(2).show(ui, |ui| {
            for (key, what) in &model.hints {
                ui.monospace(RichText::new(key).strong());
                ui.label(what);
                ui.end_row();
            }
        });
    });
}

fn toast(ui: &mut Ui, toast: &Toast) {
    let left = TOAST.saturating_sub(toast.age).as_secs_f32();
    let opacity = (left / FADE).clamp(0.0, 1.0);
    if opacity <= 0.0 {
        return;
    }
    let tone = match toast.kind {
        ToastKind::Fact => Tone::Plain,
        ToastKind::Refusal => Tone::Bad,
        ToastKind::Warning => Tone::Warn,
    };
    let mut text = toast.text.clone();
    if toast.times > 1 {
        text = format!("{text} ×{}", toast.times);
    }
    ui.scope(|ui| {
        ui.set_opacity(opacity);
        widgets::toast(ui, tone, &text);
    });
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable as _};
    use wayfarer_core::id::Uid;

    use super::*;
    use crate::model::hud::{BarModel, LoadHint, Prompt};

    type Stage = (HudModel, HudState, Vec<Intent>);

    fn play(model: HudModel) -> Harness<'static, Stage> {
        let mut harness = Harness::builder().with_size([900.0, 600.0]).build_ui_state(
            |ui, (model, state, intents): &mut Stage| hud(ui, model, state, intents),
            (model, HudState::default(), Vec::new()),
        );
        harness.run();
        harness
    }

    #[test]
    fn everything_worth_knowing_is_there() {
        let harness = play(HudModel {
            name: "Sir Bors".into(),
            bars: vec![BarModel {
                name: "Health".into(),
                current: 4.0,
                max: 30.0,
                ..BarModel::default()
            }],
            load: Some(LoadHint {
                share: 1.1,
                factor: 0.45,
            }),
            hints: vec![("I".into(), "Inventory".into())],
            toasts: vec![Toast {
                text: "Too heavy.".into(),
                times: 3,
                ..Toast::default()
            }],
            banner: Some("Content failed".into()),
            ..HudModel::default()
        });
        harness.get_by_label("Sir Bors");
        harness.get_by_label("Health: 4 of 30");
        harness.get_by_label("Overloaded (110 %): 45 % speed");
        harness.get_by_label("Inventory");
        harness.get_by_label("Note: Too heavy. ×3");
        harness.get_by_label("Content failed");
    }

    #[test]
    fn the_prompt_is_clicked() {
        let chest = Uid::new(9).unwrap();
        let mut harness = play(HudModel {
            prompt: Some(Prompt {
                text: "Open the chest".into(),
                target: chest,
            }),
            prompt_key: "E".into(),
            ..HudModel::default()
        });
        harness.get_by_label("[E] Open the chest").click();
        harness.run();
        assert_eq!(harness.state().2, [Intent::Interact(chest)]);
    }
}
