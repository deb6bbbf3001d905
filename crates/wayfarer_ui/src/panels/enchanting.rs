//! The enchanting panel: what is on a thing, what may come of taking it apart, what could be laid on
//! it and what that costs; what is still unknown about it. All odds are shown before anything is
//! risked.

mod lay;
mod present;
#[cfg(test)]
mod tests;
mod unknown;

use bevy_egui::egui::{self, Ui};
use wayfarer_core::{authority::Position, id::Uid};
use wayfarer_equipment::prelude::{EnchantLore, Equipment};
use wayfarer_inventory::{Inventory, work::Work};
use wayfarer_stats::inputs::StatInputs;

use crate::{
    build::{KeyMaker, enchanting},
    game_panel::{GamePanel, PanelScene},
    intent::{Ask, Intent},
    model::{Subject, enchanting::EnchantingModel},
    texts::{Label, labels, use_key},
    widgets::{empty_state, section},
};

/// The enchanting panel.
#[derive(Default)]
pub struct EnchantingPanel {
    /// The chosen thing.
    pub chosen: Option<Uid>,
    /// The enchantment for which taking the thing apart was asked once: the second click does it.
    pub(crate) sure: Option<wayfarer_core::id::DefId>,
}

impl GamePanel for EnchantingPanel {
    const NAME: &'static str = "enchanting";
    const TITLE: Label = labels::TITLE_ENCHANTING;
    const SIZE: [f32; 2] = [720.0, 520.0];
    type Model = EnchantingModel;

    fn depends(&self, scene: &PanelScene<'_>, key: &mut KeyMaker<'_>) {
        key.also(self.chosen);
        // What runs out, and work that goes on, are told by the second.
        key.also(scene.now().tick / 20);
        for entity in scene.local.into_iter().chain(scene.visited().map(|v| v.1)) {
            key.changed::<Inventory>(entity)
                .changed::<Equipment>(entity)
                .changed::<EnchantLore>(entity)
                .changed::<Work>(entity)
                .changed::<StatInputs>(entity)
                .changed::<Position>(entity);
        }
    }

    fn model(&self, scene: &PanelScene<'_>) -> EnchantingModel {
        enchanting(scene, self.chosen)
    }

    fn show(&mut self, ui: &mut Ui, model: &EnchantingModel, intents: &mut Vec<Intent>) {
        enchanting_panel(ui, model, self, intents);
    }
}

/// Draws the enchanting panel.
pub fn enchanting_panel(
    ui: &mut Ui,
    model: &EnchantingModel,
    state: &mut EnchantingPanel,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    if !model.present {
        ui.label(labels::NO_CHARACTER.get(&ctx));
        return;
    }
    ui.horizontal(|ui| {
        match &model.place {
            Some(place) => ui.strong(place),
            None => ui.weak(labels::ENCHANT_NOWHERE.fill(&ctx, &[("key", &use_key(&ctx))])),
        };
        ui.weak(labels::ENCHANT_XP.fill(&ctx, &[("xp", &model.xp)]));
    });
    if let Some((work, share)) = &model.working {
        ui.add(egui::ProgressBar::new(*share).text(work.as_str()));
    }
    if model.items.is_empty() {
        let hint = labels::ENCHANT_NO_GEAR_HINT.get(&ctx);
        empty_state(ui, "◇", &labels::ENCHANT_NO_GEAR.get(&ctx), &hint);
        return;
    }
    egui::Panel::left("things")
        .resizable(true)
        .default_size(200.0)
        .show_inside(ui, |ui| list(ui, model, state));
    egui::CentralPanel::default().show_inside(ui, |ui| {
        egui::ScrollArea::vertical()
            .id_salt("chosen thing")
            .auto_shrink(false)
            .show(ui, |ui| details(ui, model, state, intents));
    });
}

fn list(ui: &mut Ui, model: &EnchantingModel, state: &mut EnchantingPanel) {
    egui::ScrollArea::vertical()
        .id_salt("things")
        .auto_shrink(false)
        .show(ui, |ui| {
            for line in &model.items {
                let chosen = state.chosen == Some(line.uid);
                let text = if line.worn {
                    egui::RichText::new(&line.name).strong()
                } else {
                    egui::RichText::new(&line.name)
                };
                if ui.selectable_label(chosen, text).clicked() {
                    state.chosen = (!chosen).then_some(line.uid);
                    state.sure = None;
                }
            }
        });
}

fn details(
    ui: &mut Ui,
    model: &EnchantingModel,
    state: &mut EnchantingPanel,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    // Whoever works on something works on nothing else meanwhile.
    let busy = labels::BUSY.get(&ctx);
    let busy = model.working.as_ref().map(|_| busy.as_ref());
    let Some(thing) = &model.chosen else {
        ui.weak(labels::ENCHANT_CHOOSE.get(&ctx));
        return;
    };
    ui.horizontal(|ui| {
        ui.heading(&thing.name);
        if let Some(used) = thing.used {
            let slots = [
                ("value", &used as &dyn std::fmt::Display),
                ("max", &thing.slots),
            ];
            ui.weak(labels::OF.fill(&ctx, &slots));
        }
        if model.feedback.is_pending(Subject::Item(thing.uid)) {
            ui.spinner();
        }
    });
    if let Some(flash) = model.feedback.refusal(Subject::Item(thing.uid)) {
        ui.colored_label(ui.visuals().error_fg_color, &flash.text);
    }
    if let Some(unknown) = &thing.unknown {
        section(ui, &labels::IDENTIFY_TITLE.get(&ctx), |ui| {
            unknown::unknown(ui, thing.uid, unknown, busy, intents);
        });
    }
    if let Some((attuned, refusal)) = &thing.attuned {
        section(ui, &labels::ATTUNE_TITLE.get(&ctx), |ui| {
            let refusal = busy.or(refusal.as_deref());
            unknown::attuning(ui, thing.uid, *attuned, refusal, intents);
        });
    }
    if thing.used.is_some() {
        section(ui, &labels::ENCHANT_ON_IT.get(&ctx), |ui| {
            present::present(ui, thing, state, intents);
        });
        section(ui, &labels::ENCHANT_TO_LAY.get(&ctx), |ui| {
            lay::lay(ui, thing, model, busy, intents);
        });
    }
}

/// A request about a thing.
fn ask<A: wayfarer_core::action::Action>(item: Uid, action: &A) -> Intent {
    Ask::of(action).about(Subject::Item(item)).into()
}

/// A button that says why it cannot be pressed; whether it was.
fn button(ui: &mut Ui, text: &str, refusal: Option<&str>) -> bool {
    let response = ui.add_enabled(refusal.is_none(), egui::Button::new(text));
    let clicked = response.clicked();
    if let Some(refusal) = refusal {
        response.on_disabled_hover_text(refusal);
        ui.weak(refusal);
    }
    clicked
}
