//! The inventory: compartments, paper doll, an open container, the ground; drag and drop between
//! all of them.

use bevy_egui::egui::{self, Ui};
use wayfarer_core::id::Uid;
use wayfarer_inventory::rules::Search;

use super::{number, search};
use crate::{
    intent::Intent,
    model::{Subject, inventory::InventoryModel},
    texts::labels,
    widgets::empty_state,
};

mod actions;
mod details;
mod doll;
mod drag;
mod grid;
mod hotbar;
mod list;
mod load;
mod row;
mod split;

pub use drag::{Dragged, Source, Target, resolve};

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct InventoryState {
    /// The search as typed.
    pub search: String,
    /// The item that was clicked last.
    pub selected: Option<Uid>,
    /// The item under the pointer.
    pub hovered: Option<Uid>,
    /// The question "how many?".
    pub split: Option<split::SplitDialog>,
    own: list::ListState,
    container: list::ListState,
    ground: list::ListState,
}

impl InventoryState {
    /// The items whose details are wanted.
    pub fn looked_at(&self) -> impl Iterator<Item = Uid> {
        let hovered = self.hovered.filter(|_| self.hovered != self.selected);
        self.selected.into_iter().chain(hovered)
    }
}

/// Everything a part of the panel needs.
pub(crate) struct Cx<'a> {
    pub model: &'a InventoryModel,
    pub state: &'a mut InventoryState,
    pub intents: &'a mut Vec<Intent>,
    pub query: Search,
}

/// The inventory.
pub fn inventory_panel(
    ui: &mut Ui,
    model: &InventoryModel,
    state: &mut InventoryState,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    if model.holder.is_none() {
        empty_state(ui, "…", &labels::NO_CHARACTER.get(&ctx), "");
        return;
    }
    let query = Search::parse(&search(ui, &mut state.search));
    // Known again each frame by the row under the pointer.
    state.hovered = None;
    if state.selected.is_some_and(|uid| model.item(uid).is_none()) {
        state.selected = None;
    }
    let mut cx = Cx {
        model,
        state,
        intents,
        query,
    };
    if let Some(selected) = cx.state.selected {
        egui::Panel::bottom("selected item")
            .resizable(true)
            .default_size(170.0)
            .min_size(70.0)
            .show_inside(ui, |ui| details::selected(ui, selected, &mut cx));
    }
    egui::Panel::bottom("hotbar")
        .resizable(false)
        .show_inside(ui, |ui| hotbar::hotbar(ui, &mut cx));
    egui::Panel::left("doll")
        .resizable(false)
        .show_inside(ui, |ui| {
            load::load_bar(ui, &cx.model.load);
            let area = egui::ScrollArea::vertical().id_salt("doll");
            area.show(ui, |ui| doll::paper_doll(ui, &mut cx));
        });
    let other = model.container.is_some() || !model.ground.is_empty() || !model.nearby.is_empty();
    if other {
        egui::Panel::right("other")
            .resizable(true)
            .default_size(300.0)
            .show_inside(ui, |ui| others(ui, &mut cx));
    }
    egui::CentralPanel::default().show_inside(ui, |ui| own(ui, &mut cx));
    split::dialog(&ctx, &mut cx);
    drag::carry(&ctx, model);
}

fn own(ui: &mut Ui, cx: &mut Cx<'_>) {
    let sections = list::sections(&cx.model.own);
    let mut list_state = std::mem::take(&mut cx.state.own);
    let place = ("own", ui.available_height());
    list::items(ui, place, Source::Own, &sections, &mut list_state, cx);
    cx.state.own = list_state;
}

fn others(ui: &mut Ui, cx: &mut Cx<'_>) {
    let ctx = ui.ctx().clone();
    for (uid, name) in &cx.model.nearby {
        if cx.model.container.as_ref().is_some_and(|c| c.uid == *uid) {
            continue;
        }
        ui.horizontal(|ui| {
            let text = labels::OPEN_CONTAINER.fill(&ctx, &[("name", name)]);
            if ui.button(text).clicked() {
                cx.intents.push(Intent::OpenContainer(*uid));
            }
            refused_here(ui, cx.model, Subject::Holder(*uid));
        });
    }
    if let Some(container) = &cx.model.container {
        ui.horizontal(|ui| {
            ui.strong(&container.name);
            if ui.button(labels::TAKE_ALL.get(&ctx)).clicked() {
                cx.intents.push(Intent::TakeAll(container.uid));
            }
            if ui.button(labels::PUT_MATCHING.get(&ctx)).clicked() {
                cx.intents.push(Intent::PutMatching(container.uid));
            }
            if ui.button(labels::CLOSE.get(&ctx)).clicked() {
                cx.intents.push(Intent::CloseContainer(container.uid));
            }
            refused_here(ui, cx.model, Subject::Holder(container.uid));
        });
        let sections = list::sections(&container.content);
        let source = Source::Container(container.uid);
        let mut list_state = std::mem::take(&mut cx.state.container);
        let height = if cx.model.ground.is_empty() {
            ui.available_height()
        } else {
            ui.available_height() * 0.6
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

fn refused_here(ui: &mut Ui, model: &InventoryModel, subject: Subject) {
    if let Some(flash) = model.feedback.refusal(subject) {
        ui.colored_label(ui.visuals().error_fg_color, &flash.text);
    }
}

/// "3.5 / 10", or "3.5" without a limit.
fn used(gauge: crate::model::inventory::Gauge) -> String {
    match gauge.max {
        Some(max) => format!("{} / {}", number(gauge.used), number(max)),
        None => number(gauge.used),
    }
}

#[cfg(test)]
mod tests;
