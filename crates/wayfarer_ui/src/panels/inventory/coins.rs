//! The purse, and coins that become others.

use bevy_egui::egui::{self, Context, Ui};
use wayfarer_core::id::DefId;
use wayfarer_inventory::actions::{ExchangeCoins, TidyPurse};

use super::{Cx, button_or_why};
use crate::{
    intent::Ask,
    model::{
        Subject,
        inventory::{CoinModel, MoneyModel},
        item::ItemRow,
    },
    texts::labels,
};

/// The question "how many coins?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExchangeDialog {
    /// The coins that go; here the answer shows.
    about: Subject,
    /// What they are.
    from: DefId,
    /// What they become.
    into: DefId,
    /// How many times the least that can be changed.
    pub times: u64,
}

/// How much money there is, and the button that makes the coins few.
pub(super) fn purse(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some((money, holder)) = cx.model.money.as_ref().zip(cx.model.holder) else {
        return;
    };
    let ctx = ui.ctx().clone();
    // Flowing texts would make the doll's panel as wide as they are.
    ui.label(labels::MONEY.fill(&ctx, &[("money", &money.text)]));
    let refusal = match (money.tidy, money.changes) {
        (true, _) => Some(labels::PURSE_TIDY.get(&ctx)),
        (false, false) => Some(labels::NOBODY_CHANGES.get(&ctx)),
        (false, true) => None,
    };
    let subject = Subject::Holder(holder);
    let text = labels::TIDY_PURSE.get(&ctx);
    if button_or_why(ui, &text, refusal.as_deref()) {
        cx.intents.push(Ask::of(&TidyPurse).about(subject).into());
    }
    if let Some(flash) = cx.model.feedback.refusal(subject) {
        ui.colored_label(ui.visuals().error_fg_color, &flash.text);
    }
}

/// The most that can be changed at once, in steps of the least; 0 when there is too little.
fn steps(from: &CoinModel, into: &CoinModel) -> u64 {
    let (take, give) = from.rate(into);
    // What comes out is asked for as a number of coins, and must be one.
    let most = u64::from(u32::MAX) / take.max(give).max(1);
    (from.count / take.max(1)).min(most)
}

/// A button for each coin that these could become; nothing for what is no money.
pub(super) fn buttons(ui: &mut Ui, item: &ItemRow, cx: &mut Cx<'_>) {
    let Some((money, from)) = coin(cx.model.money.as_ref(), item.def) else {
        return;
    };
    let ctx = ui.ctx().clone();
    for into in money.coins.iter().filter(|coin| coin.def != from.def) {
        let (take, _) = from.rate(into);
        let refusal = if !money.changes {
            Some(labels::NOBODY_CHANGES.get(&ctx).into_owned())
        } else if steps(from, into) == 0 {
            let args: [(&str, &dyn std::fmt::Display); 2] =
                [("count", &take), ("coin", &from.name)];
            Some(labels::TOO_FEW_COINS.fill(&ctx, &args))
        } else {
            None
        };
        let text = labels::CHANGE_INTO.fill(&ctx, &[("coin", &into.name)]);
        if button_or_why(ui, &text, refusal.as_deref()) {
            cx.state.exchange = Some(ExchangeDialog {
                about: Subject::Item(item.uid),
                from: from.def,
                into: into.def,
                times: steps(from, into),
            });
        }
    }
}

fn coin(money: Option<&MoneyModel>, def: DefId) -> Option<(&MoneyModel, &CoinModel)> {
    let money = money?;
    Some((money, money.coin(def)?))
}

/// The dialog, while it is open.
pub(super) fn dialog(ctx: &Context, cx: &mut Cx<'_>) {
    let Some(mut dialog) = cx.state.exchange.take() else {
        return;
    };
    let money = cx.model.money.as_ref();
    let Some((from, into)) = money.and_then(|m| Some((m.coin(dialog.from)?, m.coin(dialog.into)?)))
    else {
        return;
    };
    let most = steps(from, into);
    if most == 0 {
        // Spent while the question stood.
        return;
    }
    dialog.times = dialog.times.clamp(1, most);
    let (take, give) = from.rate(into);
    let mut done = None;
    let modal = egui::Modal::new(egui::Id::new("exchange")).show(ctx, |ui| {
        ui.set_width(300.0);
        ui.heading(labels::CHANGE_COINS.get(ctx));
        let label = ui.label(labels::HOW_MANY.fill(ctx, &[("name", &from.name)]));
        let mut lost = dialog.times * take;
        let slider = egui::Slider::new(&mut lost, take..=most * take);
        ui.add(slider.integer().step_by(take as f64))
            .labelled_by(label.id);
        dialog.times = (lost / take).clamp(1, most);
        let (lost, won) = (dialog.times * take, dialog.times * give);
        let args: [(&str, &dyn std::fmt::Display); 4] = [
            ("count", &lost),
            ("coin", &from.name),
            ("gets", &won),
            ("other", &into.name),
        ];
        ui.label(labels::CHANGE_RESULT.fill(ctx, &args));
        ui.horizontal(|ui| {
            if ui.button(labels::OK.get(ctx)).clicked() {
                done = Some(true);
            }
            if ui.button(labels::CANCEL.get(ctx)).clicked() {
                done = Some(false);
            }
        });
    });
    if done.is_none() && ctx.input(|input| input.key_pressed(egui::Key::Enter)) {
        done = Some(true);
    } else if modal.should_close() {
        done = done.or(Some(false));
    }
    match done {
        None => cx.state.exchange = Some(dialog),
        Some(false) => {}
        Some(true) => {
            let action = ExchangeCoins {
                from: dialog.from,
                // The steps leave nothing larger.
                count: u32::try_from(dialog.times * take).unwrap_or(u32::MAX),
                into: dialog.into,
            };
            cx.intents.push(Ask::of(&action).about(dialog.about).into());
        }
    }
}
