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
        gear::{AbilityLine, GearModel, SetLine, TierLine, WornLine},
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
                if model.worn.is_empty() {
                    ui.weak(labels::GEAR_WORN_NOTHING.get(&ctx));
                }
                for line in &model.worn {
                    ui.label(worn(&ctx, line));
                }
            });
            advice::show(ui, &model.upgrades);
        });
}

/// "Boots: Badly damaged, 12.5 %".
fn worn(ctx: &egui::Context, line: &WornLine) -> String {
    let percent = number(line.percent);
    if line.band.is_empty() {
        return format!("{}: {percent} %", line.name);
    }
    let args: [(&str, &dyn Display); 3] = [
        ("name", &line.name),
        ("band", &line.band),
        ("percent", &percent),
    ];
    labels::GEAR_WORN_LINE.fill(ctx, &args)
}

/// "2 pieces, In step: Armour +2, Regeneration".
fn tier(ctx: &egui::Context, line: &TierLine) -> String {
    let mut text = match line.pieces {
        1 => labels::GEAR_TIER_ONE.get(ctx).into_owned(),
        pieces => labels::GEAR_TIER.fill(ctx, &[("pieces", &pieces)]),
    };
    if !line.name.is_empty() {
        text = labels::GEAR_TIER_NAMED.fill(ctx, &[("pieces", &text), ("name", &line.name)]);
    }
    if !line.gives.is_empty() {
        let gives = line.gives.join(", ");
        text = labels::GEAR_TIER_GIVES.fill(ctx, &[("tier", &text), ("gives", &gives)]);
    }
    text
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
        let response = response.on_hover_text(&line.description);
        if let Some(refusal) = &line.refusal {
            response.on_disabled_hover_text(refusal);
        }
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
    let most = line.tiers.last().map_or(0, |tier| tier.pieces);
    ui.horizontal(|ui| {
        ui.strong(&line.name).on_hover_text(&line.description);
        let pieces: [(&str, &dyn Display); 2] = [("value", &line.counted), ("max", &most)];
        ui.label(labels::OF.fill(&ctx, &pieces));
    });
    for one in &line.tiers {
        let mark = if one.active { "✔" } else { "·" };
        let text = format!("{mark} {}", tier(&ctx, one));
        match one.active {
            true => ui.label(text),
            false => ui.weak(text),
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
