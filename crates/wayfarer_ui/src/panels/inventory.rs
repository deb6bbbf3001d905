//! The inventory: compartments, paper doll, an open container, the ground; drag and drop between
//! all of them.

use bevy_egui::egui::{self, Ui};
use wayfarer_core::id::Uid;
use wayfarer_inventory::rules::Search;

use super::{number, search};
use crate::{
    intent::Intent, model::inventory::InventoryModel, texts::labels, widgets::empty_state,
};

mod actions;
mod coins;
mod details;
mod doll;
mod drag;
mod grid;
mod hotbar;
mod list;
mod load;
mod other;
mod rename;
mod row;
mod share;
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
    /// The question "what shall it be called?".
    pub rename: Option<rename::RenameDialog>,
    /// The question "how many coins?".
    pub exchange: Option<coins::ExchangeDialog>,
    /// Who is to get a share, while that is being chosen.
    pub share: Option<share::Sharing>,
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

    /// The item under the pointer; the one that was clicked last if there is none.
    pub fn pointed_at(&self) -> Option<Uid> {
        self.hovered.or(self.selected)
    }

    /// Whether a question stands there that has the keyboard.
    pub fn asks(&self) -> bool {
        self.split.is_some() || self.rename.is_some() || self.exchange.is_some()
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
            coins::purse(ui, &mut cx);
            let area = egui::ScrollArea::vertical().id_salt("doll");
            area.show(ui, |ui| doll::paper_doll(ui, &mut cx));
        });
    let other = model.container.is_some() || !model.ground.is_empty() || !model.nearby.is_empty();
    if other {
        egui::Panel::right("other")
            .resizable(true)
            .default_size(300.0)
            .show_inside(ui, |ui| other::others(ui, &mut cx));
    }
    egui::CentralPanel::default().show_inside(ui, |ui| own(ui, &mut cx));
    split::dialog(&ctx, &mut cx);
    rename::dialog(&ctx, &mut cx);
    coins::dialog(&ctx, &mut cx);
    drag::carry(&ctx, model);
}

fn own(ui: &mut Ui, cx: &mut Cx<'_>) {
    let sections = list::sections(&cx.model.own);
    let mut list_state = std::mem::take(&mut cx.state.own);
    let place = ("own", ui.available_height());
    list::items(ui, place, Source::Own, &sections, &mut list_state, cx);
    cx.state.own = list_state;
}

/// A button that says when it is pointed at why it cannot be pressed; whether it was.
fn button_or_why(ui: &mut Ui, text: &str, refusal: Option<&str>) -> bool {
    let response = ui.add_enabled(refusal.is_none(), egui::Button::new(text));
    let clicked = response.clicked();
    if let Some(refusal) = refusal {
        response.on_disabled_hover_text(refusal);
    }
    clicked
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
