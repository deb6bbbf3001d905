//! The gear panel: sets, what can be done with things, and how much of what is worn is left.

mod advice;
#[cfg(test)]
mod tests;

use std::fmt::Display;

use bevy_egui::egui::{self, Ui};
use wayfarer_core::authority::Position;
use wayfarer_equipment::prelude::{Equipment, UseAbility};
use wayfarer_inventory::Inventory;
use wayfarer_stats::{effects::ActiveEffects, inputs::StatInputs};

use crate::{
    build::{KeyMaker, gear},
    game_panel::{GamePanel, PanelScene},
    intent::{Ask, Intent},
    model::{
        Subject,
        gear::{AbilityLine, GearModel, SetLine},
    },
    panels::number,
    texts::{Label, labels},
    widgets::section,
};

/// The gear panel.
#[derive(Default)]
pub struct GearPanel;

impl GamePanel for GearPanel {
    const NAME: &'static str = "gear";
    const TITLE: Label = labels::ACTION_GEAR;
    const SIZE: [f32; 2] = [460.0, 480.0];
    type Model = GearModel;

    fn depends(&self, scene: &PanelScene<'_>, key: &mut KeyMaker<'_>) {
        // Cooldowns are told to a fifth of a second.
        key.also(scene.now().tick / 4);
        if let Some(entity) = scene.local {
            key.changed::<Inventory>(entity)
                .changed::<Equipment>(entity)
                .changed::<StatInputs>(entity)
                .changed::<ActiveEffects>(entity)
                .changed::<Position>(entity);
        }
    }

    fn model(&self, scene: &PanelScene<'_>) -> GearModel {
        gear(scene)
    }

    fn show(&mut self, ui: &mut Ui, model: &GearModel, intents: &mut Vec<Intent>) {
        gear_panel(ui, model, intents);
    }
}

/// Draws the gear panel.
pub fn gear_panel(ui: &mut Ui, model: &GearModel, intents: &mut Vec<Intent>) {
    let ctx = ui.ctx().clone();
    if !model.present {
        ui.label(labels::NO_CHARACTER.get(&ctx));
        return;
    }
    egui::ScrollArea::vertical()
        .id_salt("gear")
        .auto_shrink(false)
        .show(ui, |ui| {
            section(ui, &labels::GEAR_ABILITIES.get(&ctx), |ui| {
                if model.abilities.is_empty() {
                    ui.weak(labels::GEAR_NO_ABILITIES.get(&ctx));
                }
                for line in &model.abilities {
                    ability(ui, model, line, intents);
                }
            });
            section(ui, &labels::GEAR_SETS.get(&ctx), |ui| {
                if model.sets.is_empty() {
                    ui.weak(labels::GEAR_NO_SETS.get(&ctx));
                }
                for line in &model.sets {
                    set(ui, line);
                }
            });
            section(ui, &labels::GEAR_WORN.get(&ctx), |ui| {
                for line in &model.worn {
                    let text = format!("{}: {} % {}", line.name, number(line.percent), line.band);
                    ui.label(text.trim_end());
                }
            });
            advice::show(ui, &model.upgrades);
        });
}

fn ability(ui: &mut Ui, model: &GearModel, line: &AbilityLine, intents: &mut Vec<Intent>) {
    let ctx = ui.ctx().clone();
    let subject = Subject::Item(line.item);
    ui.horizontal_wrapped(|ui| {
        let pending = model.feedback.is_pending(subject);
        let button = egui::Button::new(line.name.as_str());
        let response = ui.add_enabled(line.refusal.is_none() && !pending, button);
        if response.clicked() {
            let action = UseAbility {
                item: line.item,
                ability: line.ability,
                target: line.target,
            };
            intents.push(Ask::of(&action).about(subject).into());
        }
        response.on_hover_text(&line.description);
        ui.weak(&line.item_name);
        if line.remaining > 0.0 {
            let seconds = number((line.remaining * 10.0).ceil() / 10.0);
            let left: [(&str, &dyn Display); 1] = [("seconds", &seconds)];
            ui.label(labels::GEAR_READY_IN.fill(&ctx, &left));
        } else if let Some(refusal) = &line.refusal {
            ui.weak(refusal);
        }
        if let Some(flash) = model.feedback.refusal(subject) {
            ui.colored_label(ui.visuals().error_fg_color, &flash.text);
        }
    });
}

fn set(ui: &mut Ui, line: &SetLine) {
    let ctx = ui.ctx().clone();
    let most = line.tiers.last().map_or(0, |tier| tier.0);
    ui.horizontal(|ui| {
        ui.strong(&line.name).on_hover_text(&line.description);
        let pieces: [(&str, &dyn Display); 2] = [("value", &line.counted), ("max", &most)];
        ui.label(labels::OF.fill(&ctx, &pieces));
    });
    for (pieces, name, active) in &line.tiers {
        let mark = if *active { "✔" } else { "·" };
        let text = format!("{mark} {pieces} {name}");
        match active {
            true => ui.label(text.trim_end()),
            false => ui.weak(text.trim_end()),
        };
    }
    if !line.missing.is_empty() {
        let missing = line.missing.join(", ");
        ui.weak(labels::GEAR_MISSING.fill(&ctx, &[("items", &missing)]));
    }
    if !line.unsound.is_empty() {
        let items = line.unsound.join(", ");
        let label = match line.restored {
            0 => labels::GEAR_UNSOUND,
            _ => labels::GEAR_REPAIR,
        };
        ui.colored_label(
            ui.visuals().warn_fg_color,
            label.fill(&ctx, &[("items", &items), ("tiers", &line.restored)]),
        );
    }
}
