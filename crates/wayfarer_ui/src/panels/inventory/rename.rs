//! A name of one's own for a thing.

use bevy_egui::egui::{self, Context, Ui};
use wayfarer_core::id::Uid;
use wayfarer_equipment::{
    prelude::RenameItem,
    rules::names::{BadName, checked_name},
};

use super::Cx;
use crate::{
    intent::Ask,
    model::{Subject, inventory::NamingModel},
    texts::labels,
};

/// The question "what shall it be called?".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenameDialog {
    /// The thing.
    item: Option<Uid>,
    /// The name as typed.
    pub name: String,
    /// The field has had the keyboard: from then on the player decides where it is.
    shown: bool,
    /// The host was asked; the answer decides whether the question is over.
    sent: bool,
}

impl RenameDialog {
    /// Asks about a thing that is called `name` now.
    pub fn new(item: Uid, name: &str) -> Self {
        Self {
            item: Some(item),
            name: name.to_owned(),
            shown: false,
            sent: false,
        }
    }

    /// What would be asked for: `None` is the usual name.
    ///
    /// # Errors
    /// What is wrong with the name.
    fn wish(&self, rules: &NamingModel) -> Result<Option<String>, BadName> {
        if self.name.trim().is_empty() {
            return Ok(None);
        }
        checked_name(&self.name, rules.most, &rules.letters).map(Some)
    }
}

/// The dialog, while it is open.
pub(super) fn dialog(ctx: &Context, cx: &mut Cx<'_>) {
    let Some(mut dialog) = cx.state.rename.take() else {
        return;
    };
    let Some(item) = dialog.item.and_then(|uid| cx.model.item(uid)) else {
        // Gone while the question stood.
        return;
    };
    let subject = Subject::Item(item.uid);
    let waiting = cx.model.feedback.is_pending(subject);
    let refused = cx.model.feedback.refusal(subject);
    if dialog.sent && !waiting {
        if refused.is_none() {
            return;
        }
        dialog.sent = false;
    }
    let wish = dialog.wish(&cx.model.naming);
    let mut done = None;
    let modal = egui::Modal::new(egui::Id::new("rename")).show(ctx, |ui| {
        ui.set_width(300.0);
        ui.heading(labels::RENAME_WHAT.fill(ctx, &[("name", &item.name)]));
        let label = ui.label(labels::RENAME_NAME.get(ctx));
        let field = egui::TextEdit::singleline(&mut dialog.name).desired_width(f32::INFINITY);
        let field = ui.add(field).labelled_by(label.id);
        if !std::mem::replace(&mut dialog.shown, true) {
            field.request_focus();
        }
        letters(ui, &dialog.name, &cx.model.naming);
        ui.weak(labels::RENAME_EMPTY.get(ctx));
        if let Err(bad) = wish {
            ui.colored_label(ui.visuals().warn_fg_color, why(ctx, bad, &cx.model.naming));
        } else if let Some(flash) = refused {
            ui.colored_label(ui.visuals().error_fg_color, &flash.text);
        }
        ui.horizontal(|ui| {
            let button = egui::Button::new(labels::OK.get(ctx));
            if ui.add_enabled(wish.is_ok() && !waiting, button).clicked() {
                done = Some(true);
            }
            if ui.button(labels::CANCEL.get(ctx)).clicked() {
                done = Some(false);
            }
            if waiting {
                ui.spinner();
            }
        });
    });
    let enter = ctx.input(|input| input.key_pressed(egui::Key::Enter));
    if enter && done.is_none() && wish.is_ok() && !waiting {
        done = Some(true);
    } else if modal.should_close() {
        done = done.or(Some(false));
    }
    match (done, wish) {
        (Some(false), _) => return,
        (Some(true), Ok(name)) => {
            let action = RenameItem {
                item: item.uid,
                name,
            };
            cx.intents.push(Ask::of(&action).about(subject).into());
            dialog.sent = true;
        }
        _ => {}
    }
    cx.state.rename = Some(dialog);
}

/// How many letters it has, and may have.
fn letters(ui: &mut Ui, name: &str, rules: &NamingModel) {
    let count = name.trim().chars().count();
    let text = labels::RENAME_LETTERS.fill(ui.ctx(), &[("count", &count), ("max", &rules.most)]);
    if count > rules.most {
        ui.colored_label(ui.visuals().warn_fg_color, text);
    } else {
        ui.weak(text);
    }
}

fn why(ctx: &Context, bad: BadName, rules: &NamingModel) -> String {
    match bad {
        // Nothing at all means the usual name.
        BadName::Empty => labels::RENAME_EMPTY.get(ctx).into_owned(),
        BadName::TooLong => labels::RENAME_TOO_LONG.fill(ctx, &[("max", &rules.most)]),
        BadName::Letter(letter) => labels::RENAME_LETTER.fill(ctx, &[("letter", &letter)]),
    }
}
