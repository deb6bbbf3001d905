//! Recipes: what is missing, how likely it works, and the work in hand.

use bevy_egui::egui::{self, DragValue, ProgressBar, RichText, Ui};
use wayfarer_core::id::DefId;
use wayfarer_inventory::{
    Inventory,
    actions::{CraftItem, MAX_TIMES, StopWork},
    craft::Recipes,
    work::Work,
};
use wayfarer_stats::inputs::StatInputs;

use super::{change_color, found, number, search, viewed::time_words};
use crate::{
    build::{KeyMaker, can_craft, crafting_model},
    game_panel::{GamePanel, PanelScene},
    intent::{Ask, Intent},
    model::{
        Subject,
        crafting::{CraftingModel, JobRow, RecipeDetails, RecipeRow},
    },
    texts::{Label, labels},
    widgets::empty_state,
};

/// The panel of recipes, and what it remembers.
#[derive(Clone, Debug)]
pub struct CraftPanel {
    /// The search as typed.
    pub search: String,
    /// The recipe that is looked at.
    pub chosen: Option<DefId>,
    /// How many are to be made.
    pub times: u32,
}

impl Default for CraftPanel {
    fn default() -> Self {
        Self {
            search: String::new(),
            chosen: None,
            times: 1,
        }
    }
}

impl GamePanel for CraftPanel {
    const NAME: &'static str = "crafting";
    const TITLE: Label = labels::ACTION_CRAFTING;
    type Model = CraftingModel;

    fn depends(&self, scene: &PanelScene<'_>, key: &mut KeyMaker<'_>) {
        let now = scene.now();
        // Where one stands decides which places are near; a moment later is soon enough.
        let moments = (now.tick as f64 / now.hz * 4.0) as u64;
        key.also(self.chosen).also(moments);
        if let Some(local) = scene.local {
            key.changed::<Inventory>(local)
                .changed::<Work>(local)
                .changed::<Recipes>(local)
                .changed::<StatInputs>(local);
        }
    }

    fn model(&self, scene: &PanelScene<'_>) -> CraftingModel {
        let Some(local) = scene.local.filter(|&local| can_craft(scene.world, local)) else {
            return CraftingModel::default();
        };
        let visited = scene.visited().map(|(uid, _)| uid);
        let mut model = crafting_model(scene.world, local, self.chosen, visited);
        model.feedback = scene.feedback();
        model
    }

    fn show(&mut self, ui: &mut Ui, model: &CraftingModel, intents: &mut Vec<Intent>) {
        crafting_panel(ui, model, self, intents);
    }
}

/// The recipes of a character, the work in hand above them.
pub fn crafting_panel(
    ui: &mut Ui,
    model: &CraftingModel,
    state: &mut CraftPanel,
    intents: &mut Vec<Intent>,
) {
    if !model.here {
        ui.weak(labels::NO_CHARACTER.get(ui.ctx()));
        return;
    }
    if let Some(job) = &model.job {
        in_hand(ui, job, intents);
        ui.separator();
    } else if let Some(last) = &model.last {
        ui.label(last);
        ui.separator();
    }
    if model.recipes.is_empty() {
        let ctx = ui.ctx().clone();
        let hint = labels::CRAFT_NONE_HINT.get(&ctx);
        empty_state(ui, "…", &labels::CRAFT_NONE.get(&ctx), &hint);
        return;
    }
    egui::Panel::left("recipes")
        .resizable(true)
        .default_size(200.0)
        .show_inside(ui, |ui| list(ui, model, state));
    egui::CentralPanel::default().show_inside(ui, |ui| chosen(ui, model, state, intents));
}

/// The recipe that was chosen.
fn chosen(ui: &mut Ui, model: &CraftingModel, state: &mut CraftPanel, intents: &mut Vec<Intent>) {
    let details = model
        .details
        .as_ref()
        .filter(|details| Some(details.row.recipe) == state.chosen);
    match details {
        Some(details) => {
            egui::ScrollArea::vertical()
                .id_salt("recipe")
                .auto_shrink(false)
                .show(ui, |ui| recipe(ui, model, details, state, intents));
        }
        None => {
            ui.weak(labels::CRAFT_CHOOSE.get(ui.ctx()));
        }
    }
}

fn in_hand(ui: &mut Ui, job: &JobRow, intents: &mut Vec<Intent>) {
    ui.horizontal_wrapped(|ui| {
        ui.strong(&job.what);
        ui.weak(time_words(ui.ctx(), job.left));
        if job.more > 0 {
            ui.weak(labels::CRAFT_MORE.fill(ui.ctx(), &[("count", &job.more)]));
        }
        if ui.button(labels::CRAFT_STOP.get(ui.ctx())).clicked() {
            intents.push(Ask::of(&StopWork).into());
        }
    });
    ui.add(ProgressBar::new(job.share).show_percentage());
}

fn list(ui: &mut Ui, model: &CraftingModel, state: &mut CraftPanel) {
    let query = search(ui, &mut state.search);
    let rows = model.recipes.iter();
    let rows: Vec<&RecipeRow> = rows.filter(|row| found(&query, &[&row.name])).collect();
    if rows.is_empty() {
        ui.weak(labels::NOTHING_FOUND.get(ui.ctx()));
    }
    let height = ui.spacing().interact_size.y;
    egui::ScrollArea::vertical()
        .id_salt("recipes")
        .auto_shrink(false)
        .show_rows(ui, height, rows.len(), |ui, range| {
            for row in rows.get(range).unwrap_or_default() {
                let chosen = state.chosen == Some(row.recipe);
                let text = RichText::new(&row.name);
                let text = if row.possible { text } else { text.weak() };
                if ui.selectable_label(chosen, text).clicked() {
                    state.chosen = (!chosen).then_some(row.recipe);
                }
            }
        });
}

fn recipe(
    ui: &mut Ui,
    model: &CraftingModel,
    details: &RecipeDetails,
    state: &mut CraftPanel,
    intents: &mut Vec<Intent>,
) {
    ui.heading(&details.row.name);
    let makes: [(&str, &dyn std::fmt::Display); 2] =
        [("count", &details.count), ("item", &details.makes)];
    ui.label(labels::CRAFT_MAKES.fill(ui.ctx(), &makes));
    if !details.description.is_empty() {
        ui.weak(&details.description);
    }
    needs(ui, details);
    odds(ui, details);
    ui.separator();
    ui.horizontal_wrapped(|ui| {
        let times = DragValue::new(&mut state.times).range(1..=MAX_TIMES);
        ui.add(times)
            .labelled_by(ui.weak(labels::CRAFT_TIMES.get(ui.ctx())).id);
        let subject = Subject::Recipe(details.row.recipe);
        let busy = labels::BUSY.get(ui.ctx());
        let busy = model.job.as_ref().map(|_| busy.as_ref());
        let refusal = busy.or(details.why_not.as_deref());
        let waiting = model.feedback.is_pending(subject);
        let make = egui::Button::new(labels::CRAFT_MAKE.get(ui.ctx()));
        let make = ui.add_enabled(refusal.is_none() && !waiting, make);
        let make = match refusal {
            Some(refusal) => make.on_disabled_hover_text(refusal),
            None => make,
        };
        if make.clicked() {
            let order = CraftItem {
                recipe: details.row.recipe,
                times: state.times,
                station: details.at,
                pick: Vec::new(),
            };
            intents.push(Ask::of(&order).about(subject).into());
        }
        if let Some(flash) = model.feedback.refusal(subject) {
            ui.colored_label(ui.visuals().error_fg_color, &flash.text);
        }
    });
    if let Some(why) = &details.why_not {
        ui.colored_label(ui.visuals().warn_fg_color, why);
    }
}

fn needs(ui: &mut Ui, details: &RecipeDetails) {
    for (what, have, need) in &details.materials {
        let args: [(&str, &dyn std::fmt::Display); 3] =
            [("what", what), ("have", have), ("need", need)];
        let text = labels::CRAFT_MATERIAL.fill(ui.ctx(), &args);
        ui.colored_label(change_color(ui, Some(have >= need)), text);
    }
    for (tool, there) in &details.tools {
        let label = match there {
            true => labels::CRAFT_TOOL,
            false => labels::CRAFT_NO_TOOL,
        };
        let text = label.fill(ui.ctx(), &[("tool", tool)]);
        ui.colored_label(change_color(ui, Some(*there)), text);
    }
    if let Some((wanted, place)) = &details.station {
        let there = place.is_some();
        let named = place.as_ref().unwrap_or(wanted);
        let label = match there {
            true => labels::CRAFT_STATION,
            false => labels::CRAFT_NO_STATION,
        };
        let text = label.fill(ui.ctx(), &[("station", named)]);
        ui.colored_label(change_color(ui, Some(there)), text);
    }
}

fn odds(ui: &mut Ui, details: &RecipeDetails) {
    let percent = number((details.chance * 100.0) as f32);
    ui.label(labels::CRAFT_CHANCE.fill(ui.ctx(), &[("percent", &percent)]));
    if let Some((skill, value)) = &details.skill {
        let value = number(*value);
        ui.weak(labels::CRAFT_SKILL.fill(ui.ctx(), &[("skill", skill), ("value", &value)]));
    }
    if let Some((min, mean, max)) = details.score {
        let (min, mean, max) = (number(min), number(mean), number(max));
        let args: [(&str, &dyn std::fmt::Display); 3] =
            [("min", &min), ("mean", &mean), ("max", &max)];
        ui.label(labels::CRAFT_SCORE.fill(ui.ctx(), &args));
    }
    if details.seconds > 0.0 {
        let time = time_words(ui.ctx(), f64::from(details.seconds));
        ui.label(labels::CRAFT_TIME.fill(ui.ctx(), &[("time", &time)]));
    }
    if !details.price.is_empty() {
        ui.label(labels::CRAFT_PRICE.fill(ui.ctx(), &[("price", &details.price)]));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;
