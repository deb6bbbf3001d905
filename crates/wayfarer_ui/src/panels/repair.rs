//! The repair bench: what is damaged, by urgency, with what it costs, how likely it works, what
//! comes back, and how far a budget goes.

use std::collections::BTreeSet;

use bevy_egui::egui::{self, RichText, Ui};
use wayfarer_core::{feature::Features, id::Uid};
use wayfarer_equipment::{
    content::{MaterialDef, RepairRulesDef},
    repair::RepairItem,
};
use wayfarer_inventory::{Inventory, actions::StopWork, station::station_of, work::Work};
use wayfarer_stats::inputs::StatInputs;

use super::{good, number, viewed::changes};
use crate::{
    build::{KeyMaker, repair_model},
    game_panel::{GamePanel, PanelScene},
    intent::{Ask, Intent},
    model::{
        Subject,
        repair::{RepairModel, RepairRow},
    },
    texts::{Label, labels, use_key},
    theme::Tone,
    widgets::{Threshold, empty_state, load_bar, section, toast},
};

#[cfg(test)]
mod tests;

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct RepairPanel {
    /// The budget as typed, in the smallest coin; without one if it is no number.
    pub budget: String,
    /// Things for which more is to be used up than is needed.
    pub extras: BTreeSet<Uid>,
}

impl RepairPanel {
    fn budget(&self) -> Option<u64> {
        self.budget.trim().parse().ok()
    }
}

impl GamePanel for RepairPanel {
    const NAME: &'static str = "repair";
    const TITLE: Label = labels::TITLE_REPAIR;
    const SIZE: [f32; 2] = [460.0, 560.0];
    type Model = RepairModel;

    fn depends(&self, scene: &PanelScene<'_>, key: &mut KeyMaker<'_>) {
        key.also(self.budget()).also(&self.extras);
        if let Some(local) = scene.local {
            key.changed::<Inventory>(local)
                .changed::<StatInputs>(local)
                .changed::<Work>(local);
        }
        let features = scene.world.get_resource::<Features>();
        key.also(features.map(|features| features.off().map(str::to_owned).collect::<Vec<_>>()));
    }

    fn model(&self, scene: &PanelScene<'_>) -> RepairModel {
        let Some(local) = scene.local else {
            return RepairModel::default();
        };
        let (station, budget) = (scene.visited(), self.budget());
        let feedback = scene.feedback();
        repair_model(scene.world, local, station, budget, &self.extras, feedback)
    }

    fn show(&mut self, ui: &mut Ui, model: &RepairModel, intents: &mut Vec<Intent>) {
        repair_panel(ui, model, self, intents);
    }

    /// At a place where things are repaired.
    fn is_called(scene: &PanelScene<'_>) -> bool {
        let content = scene
            .world
            .get_resource::<wayfarer_core::content::ActiveContent>();
        let (Some(content), Some((_, entity))) = (content, scene.visited()) else {
            return false;
        };
        let Some(station) = station_of(scene.world, content, entity) else {
            return false;
        };
        let rules = RepairRulesDef::in_force(content).and_then(|rules| rules.station.as_ref());
        let materials = content.table::<MaterialDef>().iter();
        let mut wanted = rules
            .into_iter()
            .chain(materials.filter_map(|material| material.station.as_ref()));
        wanted.any(|kind| station.is(kind))
    }
}

/// The repair bench.
pub fn repair_panel(
    ui: &mut Ui,
    model: &RepairModel,
    state: &mut RepairPanel,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    if !model.somebody {
        ui.weak(labels::NO_CHARACTER.get(&ctx));
        return;
    }
    ui.horizontal(|ui| {
        if !model.place.is_empty() {
            ui.strong(&model.place);
        }
        ui.label(labels::PURSE.fill(&ctx, &[("amount", &model.purse)]));
    });
    if model.place.is_empty() {
        ui.weak(labels::REPAIR_NO_PLACE.fill(&ctx, &[("key", &use_key(&ctx))]));
    }
    ui.horizontal(|ui| {
        let label = ui.label(labels::BUDGET.get(&ctx));
        let field = egui::TextEdit::singleline(&mut state.budget).desired_width(90.0);
        ui.add(field).labelled_by(label.id);
    });
    if let Some(working) = &model.working {
        ui.horizontal(|ui| {
            ui.label(labels::WORKING.fill(&ctx, &[("what", working)]));
            if ui.button(labels::STOP_WORK.get(&ctx)).clicked() {
                intents.push(Ask::of(&StopWork).into());
            }
        });
    } else if let Some(last) = &model.last {
        toast(ui, Tone::Plain, last);
    }
    if model.rows.is_empty() {
        let hint = labels::NOTHING_DAMAGED_HINT.get(&ctx);
        empty_state(ui, "✔", &labels::NOTHING_DAMAGED.get(&ctx), &hint);
        return;
    }
    egui::ScrollArea::vertical()
        .id_salt("repairs")
        .auto_shrink(false)
        .show(ui, |ui| {
            for row in &model.rows {
                show_row(ui, model, row, &mut state.extras, intents);
            }
        });
}

fn show_row(
    ui: &mut Ui,
    model: &RepairModel,
    row: &RepairRow,
    chosen: &mut BTreeSet<Uid>,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    let Some(item) = row.item else {
        return;
    };
    section(ui, &row.name, |ui| {
        let tone = if row.pressing { Tone::Bad } else { Tone::Warn };
        let tone = if row.urgency.is_empty() {
            Tone::Good
        } else {
            tone
        };
        let name = &row.urgency;
        let state = [Threshold {
            at: 0.0,
            tone,
            name,
        }];
        load_bar(ui, &row.condition, row.percent, 100.0, &state);
        let points = number(row.points);
        let odds = labels::REPAIR_ODDS.fill(
            &ctx,
            &[
                ("points", &points),
                ("chance", &number(row.chance)),
                ("botch", &number(row.botch)),
                ("seconds", &number(row.seconds.ceil())),
            ],
        );
        let odds = ui.label(odds);
        if !row.rank.is_empty() {
            odds.on_hover_text(labels::BY_RANK.fill(&ctx, &[("rank", &row.rank)]));
        }
        needs(ui, row);
        if !row.extras.is_empty() {
            extras(ui, row, item, chosen);
        }
        if !row.back.is_empty() {
            ui.colored_label(good(ui), labels::REPAIR_GIVES.get(&ctx));
            changes(ui, &row.back);
        }
        buttons(ui, model, row, item, intents);
    });
}

/// Whether to use up more than is needed, for a better outcome.
fn extras(ui: &mut Ui, row: &RepairRow, item: Uid, chosen: &mut BTreeSet<Uid>) {
    let mut with = chosen.contains(&item);
    let text = labels::REPAIR_WITH.fill(ui.ctx(), &[("extras", &row.extras)]);
    if ui.checkbox(&mut with, text).changed() {
        if with {
            chosen.insert(item);
        } else {
            chosen.remove(&item);
        }
    }
}

/// What it uses up and asks for; what is missing stands out.
fn needs(ui: &mut Ui, row: &RepairRow) {
    let ctx = ui.ctx().clone();
    let missing = ui.visuals().error_fg_color;
    ui.horizontal_wrapped(|ui| {
        for (name, need, have) in &row.materials {
            let text =
                labels::MATERIAL.fill(&ctx, &[("name", name), ("need", need), ("have", have)]);
            if have < need {
                ui.colored_label(missing, text);
            } else {
                ui.label(text);
            }
        }
        if let Some((tag, there)) = &row.tool {
            let name: [(&str, &dyn std::fmt::Display); 1] = [("name", tag)];
            if *there {
                ui.label(labels::TOOL.fill(&ctx, &name));
            } else {
                ui.colored_label(missing, labels::NO_TOOL.fill(&ctx, &name));
            }
        }
    });
}

fn buttons(
    ui: &mut Ui,
    model: &RepairModel,
    row: &RepairRow,
    item: Uid,
    intents: &mut Vec<Intent>,
) {
    let ctx = ui.ctx().clone();
    let subject = Subject::Item(item);
    let pending = model.feedback.is_pending(subject);
    ui.horizontal_wrapped(|ui| {
        let text = labels::REPAIR_FOR.fill(&ctx, &[("name", &row.name), ("price", &row.price)]);
        let busy = labels::BUSY.get(&ctx);
        let busy = model.working.as_ref().map(|_| busy.as_ref());
        let refusal = busy.or(row.refusal.as_deref());
        let can = refusal.is_none() && !pending;
        let button = ui.add_enabled(can, egui::Button::new(text));
        let button = button.on_hover_text(row.reasons.join("\n"));
        let button = match refusal {
            Some(why) => button.on_disabled_hover_text(why),
            None => button,
        };
        if button.clicked() {
            let action = RepairItem {
                item,
                station: model.station,
                points: None,
                extras: row.with_extras,
            };
            intents.push(Ask::of(&action).about(subject).into());
        }
        if !row.within {
            ui.weak(labels::BEYOND_BUDGET.get(&ctx));
        }
    });
    let flash = model.feedback.refusal(subject).map(|flash| &flash.text);
    if let Some(why) = flash.or(row.refusal.as_ref()) {
        ui.label(RichText::new(why).color(ui.visuals().error_fg_color));
    }
}
