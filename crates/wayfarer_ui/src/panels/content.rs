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

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable as _};

    use super::*;

    type Stage = (ContentModel, ContentState, Vec<Intent>);

    fn play(model: ContentModel) -> Harness<'static, Stage> {
        let mut harness = Harness::builder().with_size([700.0, 500.0]).build_ui_state(
            |ui, (model, state, intents): &mut Stage| content_panel(ui, model, state, intents),
            (model, ContentState::default(), Vec::new()),
        );
        harness.run();
        harness
    }

    fn broken() -> ContentModel {
        let error = Finding {
            error: true,
            code: "unknown-field".into(),
            message: "unknown field `wieght`".into(),
            place: "demo/items/a.ron:2:12".into(),
            snippet: "\"sword\": (wieght: 3),\n          ^^^^^^".into(),
            help: Some("did you mean `weight`?".into()),
            notes: vec!["in `demo:sword`".into()],
        };
        let warning = Finding {
            message: "nobody uses this".into(),
            ..Finding::default()
        };
        ContentModel {
            state: ContentHealth::OldActive,
            revision: 3,
            findings: vec![error, warning],
            ..ContentModel::default()
        }
    }

    #[test]
    fn errors_show_place_snippet_and_help() {
        let harness = play(broken());
        harness.get_by_label("Content failed: old content still active (revision 3).");
        harness.get_by_label("demo/items/a.ron:2:12");
        harness.get_by_label("\"sword\": (wieght: 3),\n          ^^^^^^");
        harness.get_by_label("Help: did you mean `weight`?");
    }

    #[test]
    fn warnings_can_be_hidden_and_errors_searched() {
        let mut harness = play(broken());
        harness.get_by_label("Errors only").click();
        harness.run();
        assert!(harness.query_by_label("nobody uses this").is_none());
        harness.state_mut().1.search = "nobody".into();
        harness.run();
        harness.get_by_label("Nothing found.");
    }

    #[test]
    fn reload_is_asked_for() {
        let mut harness = play(ContentModel::default());
        harness.get_by_label("Reload").click();
        harness.run();
        assert_eq!(harness.state().2, [Intent::ReloadContent]);
    }
}
