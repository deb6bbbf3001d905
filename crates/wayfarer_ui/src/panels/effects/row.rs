//! One effect in the list.

use bevy_egui::egui::{self, Align, Layout, RichText, Sense, Ui, UiBuilder, pos2, vec2};

use super::{EffectsState, outlook};
use crate::{
    intent::Intent,
    model::{
        Subject,
        effects::{EffectEnd, EffectRow, EffectsModel},
        item::Now,
    },
    panels::{number, viewed::time_words},
    texts::{Label, labels},
    theme::Palette,
};

/// Height of a row.
pub(super) const HEIGHT: f32 = 64.0;
/// Height of the bar below it.
const BAR: f32 = 3.0;

pub(super) fn row(
    ui: &mut Ui,
    row: &EffectRow,
    model: &EffectsModel,
    state: &mut EffectsState,
    intents: &mut Vec<Intent>,
) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let inner = rect.shrink2(vec2(4.0, 2.0));
    let mut ui = ui.new_child(UiBuilder::new().max_rect(inner).id_salt(row.uid));
    ui.set_clip_rect(ui.clip_rect().intersect(rect));
    let ui = &mut ui;
    let line = ui.spacing().interact_size.y;
    ui.allocate_ui_with_layout(
        vec2(inner.width(), line),
        Layout::right_to_left(Align::Center),
        |ui| {
            buttons(ui, row, model, state, intents);
            quiet(ui, RichText::new(remaining(ui.ctx(), row.until, model.now)));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| title(ui, row));
        },
    );
    second_line(ui, row, model);
    bar(ui, row, model.now, inner);
    response.on_hover_ui(|ui| about(ui, row));
}

/// A text that lets the pointer through to the row.
fn quiet(ui: &mut Ui, text: RichText) {
    ui.add(egui::Label::new(text).selectable(false).truncate());
}

fn title(ui: &mut Ui, row: &EffectRow) {
    let ctx = ui.ctx().clone();
    let palette = Palette::of(&ctx);
    let color = if row.suppressed.is_some() {
        palette.muted
    } else {
        palette.text
    };
    quiet(ui, RichText::new(&row.name).strong().color(color));
    if row.stacks > 1 {
        let stacks = labels::EFFECT_STACKS.fill(&ctx, &[("stacks", &row.stacks)]);
        quiet(ui, RichText::new(stacks).color(palette.accent));
    }
    if row.level != 1.0 {
        let level = number(row.level);
        quiet(
            ui,
            RichText::new(labels::EFFECT_LEVEL.fill(&ctx, &[("level", &level)])).color(color),
        );
    }
    if let Some(name) = &row.source {
        let source = labels::EFFECT_SOURCE.fill(&ctx, &[("name", name)]);
        quiet(ui, RichText::new(source).weak());
    }
}

/// What it does, or why not; a refusal comes first.
fn second_line(ui: &mut Ui, row: &EffectRow, model: &EffectsModel) {
    let subject = Subject::Effect(row.uid);
    if let Some(flash) = model.feedback.refusal(subject) {
        let color = ui.visuals().error_fg_color;
        quiet(ui, RichText::new(&flash.text).color(color));
    } else if let Some(why) = &row.suppressed {
        quiet(ui, RichText::new(why).italics().weak());
    } else if !row.modifiers.is_empty() {
        let modifiers: Vec<String> = row
            .modifiers
            .iter()
            .map(|modifier| format!("{} {}", modifier.stat, modifier.amount))
            .collect();
        quiet(ui, RichText::new(modifiers.join(", ")).weak());
    } else {
        quiet(ui, RichText::new(&row.description).weak());
    }
}

fn bar(ui: &Ui, row: &EffectRow, now: Now, inner: egui::Rect) {
    let palette = Palette::of(ui.ctx());
    let Some(share) = share_left(row.since, row.until, now) else {
        return;
    };
    let top = pos2(inner.left(), inner.bottom() - BAR);
    let all = egui::Rect::from_min_size(top, vec2(inner.width(), BAR));
    ui.painter().rect_filled(all, 1, palette.sunken);
    let left = egui::Rect::from_min_size(top, vec2(inner.width() * share, BAR));
    let color = if row.suppressed.is_some() {
        palette.muted
    } else {
        palette.accent
    };
    ui.painter().rect_filled(left, 1, color);
}

/// How much of its time is left, 0 to 1; `None` for what does not end with time.
pub(super) fn share_left(since: u64, until: EffectEnd, now: Now) -> Option<f32> {
    let EffectEnd::Tick(until) = until else {
        return None;
    };
    let whole = until.saturating_sub(since);
    let left = until.saturating_sub(now.tick);
    (whole > 0).then(|| (left as f64 / whole as f64).clamp(0.0, 1.0) as f32)
}

/// How long an effect lasts from now, in words.
pub(super) fn remaining(ctx: &egui::Context, until: EffectEnd, now: Now) -> String {
    match until {
        EffectEnd::Tick(tick) => time_words(ctx, tick.saturating_sub(now.tick) as f64 / now.hz),
        EffectEnd::Turns(1) => labels::TIME_TURN.get(ctx).into_owned(),
        EffectEnd::Turns(turns) => labels::TIME_TURNS.fill(ctx, &[("turns", &turns)]),
        EffectEnd::ShortRest => labels::UNTIL_SHORT_REST.get(ctx).into_owned(),
        EffectEnd::LongRest => labels::UNTIL_LONG_REST.get(ctx).into_owned(),
        EffectEnd::Forever => labels::UNTIL_FOREVER.get(ctx).into_owned(),
        EffectEnd::AtOnce => labels::AT_ONCE.get(ctx).into_owned(),
    }
}

fn buttons(
    ui: &mut Ui,
    row: &EffectRow,
    model: &EffectsModel,
    state: &mut EffectsState,
    intents: &mut Vec<Intent>,
) {
    if model.feedback.is_pending(Subject::Effect(row.uid)) {
        ui.spinner();
        return;
    }
    let mut button = |ui: &mut Ui, label: Label, intent: Intent| {
        let response = ui.small_button(label.get(ui.ctx()));
        if response.hovered() {
            state.pointed = Some(row.uid);
        }
        if response.clicked() {
            intents.push(intent);
        }
        response.on_hover_ui(|ui| match &model.ending {
            Some((uid, then)) if *uid == row.uid => {
                ui.strong(labels::AFTERWARDS.get(ui.ctx()));
                outlook::outlook(ui, then, model.now, false);
            }
            // It comes with the next frame.
            _ => {
                ui.weak("…");
            }
        });
    };
    if let Some(character) = model.viewed.uid.filter(|_| model.viewed.may_edit) {
        let effect = row.uid;
        button(
            ui,
            labels::REMOVE,
            Intent::RemoveEffect { character, effect },
        );
    }
    if row.dismissable && model.viewed.own {
        button(ui, labels::DISMISS, Intent::DismissEffect(row.uid));
    }
}

fn about(ui: &mut Ui, row: &EffectRow) {
    ui.strong(&row.name);
    if !row.description.is_empty() {
        ui.label(&row.description);
    }
    if let Some(why) = &row.suppressed {
        ui.colored_label(ui.visuals().warn_fg_color, why);
    }
    for modifier in &row.modifiers {
        let mut text = format!("{}: {}", modifier.stat, modifier.amount);
        if let Some(when) = &modifier.when {
            text += &format!(" ({when})");
        }
        ui.label(text);
    }
    if !row.tags.is_empty() {
        let tags = row.tags.join(", ");
        ui.weak(labels::EFFECT_TAGS.fill(ui.ctx(), &[("tags", &tags)]));
    }
    if let Some(name) = &row.source {
        ui.weak(labels::EFFECT_SOURCE.fill(ui.ctx(), &[("name", name)]));
    }
}
