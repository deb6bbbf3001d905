//! What is wrong with the content, and whether the old content is still active.

use bevy_egui::egui::{self, Color32, RichText, Ui};

use super::{found, good, search};
use crate::{
    intent::Intent,
    model::content::{ContentHealth, ContentModel, Finding},
    texts::labels,
};

/// More findings than this are counted, not shown: the first ones are the ones to mend.
const SHOWN: usize = 200;

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct ContentState {
    /// The search as typed.
    pub search: String,
    /// Whether warnings are hidden.
    pub errors_only: bool,
}

/// The content errors.
pub fn content_panel(
    ui: &mut Ui,
    model: &ContentModel,
    state: &mut ContentState,
    intents: &mut Vec<Intent>,
) {
    banner(ui, model);
    let query = ui
        .horizontal(|ui| {
            if ui.button(labels::RELOAD.get(ui.ctx())).clicked() {
                intents.push(Intent::ReloadContent);
            }
            let query = search(ui, &mut state.search);
            ui.checkbox(&mut state.errors_only, labels::ERRORS_ONLY.get(ui.ctx()));
            query
        })
        .inner;
    ui.separator();
    let mut found = model
        .findings
        .iter()
        .filter(|f| !state.errors_only || f.error)
        .filter(|f| found(&query, &[&f.message, &f.place, &f.code]));
    egui::ScrollArea::vertical()
        .auto_shrink(false)
        .show(ui, |ui| {
            let mut shown = 0;
            for finding in found.by_ref().take(SHOWN) {
                shown += 1;
                show(ui, finding);
            }
            let more = found.count();
            if more > 0 {
                ui.weak(labels::AND_MORE.fill(ui.ctx(), &[("count", &more)]));
            } else if shown == 0 {
                ui.weak(labels::NOTHING_FOUND.get(ui.ctx()));
            }
        });
}

fn banner(ui: &mut Ui, model: &ContentModel) {
    let ctx = ui.ctx().clone();
    let (color, text) = match model.state {
        ContentHealth::Loading => (
            ui.visuals().weak_text_color(),
            labels::CONTENT_LOADING.get(&ctx).into_owned(),
        ),
        ContentHealth::Good => {
            let time = format!("{:.1}", model.load_ms);
            let args: [(&str, &dyn std::fmt::Display); 2] =
                [("revision", &model.revision), ("ms", &time)];
            (good(ui), labels::CONTENT_GOOD.fill(&ctx, &args))
        }
        ContentHealth::OldActive => (
            ui.visuals().warn_fg_color,
            labels::CONTENT_OLD.fill(&ctx, &[("revision", &model.revision)]),
        ),
        ContentHealth::Failed => (
            ui.visuals().error_fg_color,
            labels::CONTENT_FAILED.get(&ctx).into_owned(),
        ),
    };
    ui.label(RichText::new(text).color(color).strong());
    if !model.packs.is_empty() {
        let packs: Vec<String> = model
            .packs
            .iter()
            .map(|(name, version)| format!("{name} {version}"))
            .collect();
        ui.weak(packs.join(" · "));
    }
}

fn show(ui: &mut Ui, finding: &Finding) {
    let color = if finding.error {
        ui.visuals().error_fg_color
    } else {
        ui.visuals().warn_fg_color
    };
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&finding.message).color(color).strong());
            ui.weak(&finding.code);
        });
        if !finding.place.is_empty() {
            ui.horizontal(|ui| {
                ui.monospace(&finding.place);
                if ui.small_button(labels::COPY.get(ui.ctx())).clicked() {
                    ui.ctx().copy_text(finding.place.clone());
                }
            });
        }
        if !finding.snippet.is_empty() {
            let text = RichText::new(&finding.snippet).monospace();
            egui::Frame::new()
                .fill(ui.visuals().code_bg_color)
                .inner_margin(4)
                .show(ui, |ui| {
                    // A caret under the wrong character is worse than a long line.
                    ui.add(egui::Label::new(text).extend());
                });
        }
        if let Some(help) = &finding.help {
            let text = labels::HELP.fill(ui.ctx(), &[("help", help)]);
            ui.label(RichText::new(text).color(help_color(ui)));
        }
        for note in &finding.notes {
            ui.weak(note);
        }
    });
}

fn help_color(ui: &Ui) -> Color32 {
    ui.visuals().hyperlink_color
}
