//! What is not the character's own: containers near, the open one, the ground.

use bevy_egui::egui::Ui;

use super::{Cx, Source, button_or_why, list, row::HEIGHT, share};
use crate::{
    intent::Intent,
    model::{
        Subject,
        inventory::{ContainerModel, InventoryModel, RightsModel},
    },
    panels::viewed::time_words,
    texts::labels,
};

/// Containers that can be opened, the open one with what is in it, and the ground.
pub(super) fn others(ui: &mut Ui, cx: &mut Cx<'_>) {
    let ctx = ui.ctx().clone();
    nearby(ui, cx);
    if let Some(container) = &cx.model.container {
        head(ui, container, cx);
        let sections = list::sections(&container.content);
        let source = Source::Container(container.uid);
        let mut list_state = std::mem::take(&mut cx.state.container);
        let height = if cx.model.ground.is_empty() {
            ui.available_height()
        } else {
            // The ground takes what its few things need, the container everything else.
            let all = ui.available_height();
            let most = (all * 0.4).max(3.0 * HEIGHT);
            all - cx.state.ground.height().clamp(3.0 * HEIGHT, most)
        };
        let place = ("container", height);
        list::items(ui, place, source, &sections, &mut list_state, cx);
        cx.state.container = list_state;
    }
    if !cx.model.ground.is_empty() {
        let title = labels::GROUND.get(&ctx);
        let sections = [list::Section::bare(&title, &cx.model.ground)];
        let mut list_state = std::mem::take(&mut cx.state.ground);
        let place = ("ground", ui.available_height());
        list::items(ui, place, Source::Ground, &sections, &mut list_state, cx);
        cx.state.ground = list_state;
    }
}

fn nearby(ui: &mut Ui, cx: &mut Cx<'_>) {
    for near in &cx.model.nearby {
        if cx
            .model
            .container
            .as_ref()
            .is_some_and(|c| c.uid == near.uid)
        {
            continue;
        }
        let theirs = near.rights.as_ref();
        let theirs = theirs.and_then(|rights| forbidden(ui, cx.model, rights));
        let refusal = near.refusal.clone().or(theirs);
        ui.horizontal_wrapped(|ui| {
            let text = labels::OPEN_CONTAINER.fill(ui.ctx(), &[("name", &near.name)]);
            if button_or_why(ui, &text, refusal.as_deref()) {
                cx.intents.push(Intent::OpenContainer(near.uid));
            }
            refused_here(ui, cx.model, Subject::Holder(near.uid));
        });
    }
}

/// Its name, whose things these are, and what can be done with all of them.
fn head(ui: &mut Ui, container: &ContainerModel, cx: &mut Cx<'_>) {
    let ctx = ui.ctx().clone();
    ui.strong(&container.name);
    if let Some(words) = container
        .rights
        .as_ref()
        .and_then(|rights| in_words(ui, cx.model, rights))
    {
        ui.colored_label(ui.visuals().warn_fg_color, words);
    }
    let rights = container.rights.as_ref();
    let theirs = rights.and_then(|rights| forbidden(ui, cx.model, rights));
    let empty = container.content.items().next().is_none();
    let empty = empty.then(|| labels::CONTAINER_EMPTY.get(&ctx).into_owned());
    ui.horizontal_wrapped(|ui| {
        let refusal = theirs.as_ref().or(empty.as_ref());
        let text = labels::TAKE_ALL.get(&ctx);
        if button_or_why(ui, &text, refusal.map(String::as_str)) {
            cx.intents.push(Intent::TakeAll(container.uid));
        }
        let text = labels::PUT_MATCHING.get(&ctx);
        if button_or_why(ui, &text, theirs.as_deref()) {
            cx.intents.push(Intent::PutMatching(container.uid));
        }
        share::toggle(ui, container, theirs.as_deref(), cx);
        if ui.button(labels::CLOSE.get(&ctx)).clicked() {
            cx.intents.push(Intent::CloseContainer(container.uid));
        }
        refused_here(ui, cx.model, Subject::Holder(container.uid));
    });
    share::chooser(ui, container, theirs.as_deref(), cx);
}

/// Who may take, and for how long still; nothing when everybody may.
fn in_words(ui: &Ui, model: &InventoryModel, rights: &RightsModel) -> Option<String> {
    let time = time_words(ui.ctx(), rights.left(model.now)?);
    if rights.names.is_empty() {
        return Some(labels::RIGHTS_NOBODY.fill(ui.ctx(), &[("time", &time)]));
    }
    let names = rights.names.join(", ");
    let args: [(&str, &dyn std::fmt::Display); 2] = [("names", &names), ("time", &time)];
    Some(labels::RIGHTS.fill(ui.ctx(), &args))
}

/// Why the player may not take; nothing when they may.
pub(super) fn forbidden(ui: &Ui, model: &InventoryModel, rights: &RightsModel) -> Option<String> {
    let words = in_words(ui, model, rights);
    words.filter(|_| !rights.mine && !model.master)
}

/// Why the player may not take from the container that is open.
pub(super) fn forbidden_here(ui: &Ui, model: &InventoryModel) -> Option<String> {
    let rights = model.container.as_ref()?.rights.as_ref()?;
    forbidden(ui, model, rights)
}

fn refused_here(ui: &mut Ui, model: &InventoryModel, subject: Subject) {
    if let Some(flash) = model.feedback.refusal(subject) {
        ui.colored_label(ui.visuals().error_fg_color, &flash.text);
    }
}
