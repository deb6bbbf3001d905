//! Draws a trade.

use bevy_egui::egui::{self, Ui};
use wayfarer_inventory::{
    actions::{AcceptTrade, AnswerTrade, AskTrade, CancelTrade, OfferTrade},
    trade::TradePhase,
};

use super::{
    TradePanel,
    model::{OfferRow, OfferSide, TradeModel, TradeView},
};
use crate::{
    intent::{Ask, Intent},
    model::Subject,
    panels::{found, good, search},
    texts::labels,
    widgets::empty_state,
};

/// Who is near and could be asked.
pub(super) fn partners(ui: &mut Ui, model: &TradeModel, intents: &mut Vec<Intent>) {
    if model.partners.is_empty() {
        let ctx = ui.ctx().clone();
        let hint = labels::TRADE_NOBODY_HINT.get(&ctx);
        empty_state(ui, "…", &labels::TRADE_NOBODY.get(&ctx), &hint);
    }
    for (with, name) in &model.partners {
        let subject = Subject::Holder(*with);
        let text = labels::TRADE_ASK.fill(ui.ctx(), &[("name", name)]);
        let free = !model.feedback.is_pending(subject);
        if ui.add_enabled(free, egui::Button::new(text)).clicked() {
            intents.push(Ask::of(&AskTrade { with: *with }).about(subject).into());
        }
        refusal(ui, model, subject);
    }
}

fn refusal(ui: &mut Ui, model: &TradeModel, subject: Subject) {
    if let Some(refusal) = model.feedback.refusal(subject) {
        ui.colored_label(ui.visuals().error_fg_color, &refusal.text);
    }
}

/// The trade itself.
pub(super) fn trade(
    ui: &mut Ui,
    model: &TradeModel,
    trade: &TradeView,
    state: &mut TradePanel,
    intents: &mut Vec<Intent>,
) {
    let about = Subject::Holder(trade.uid);
    let mut ask = |ask: Ask| intents.push(ask.about(about).into());
    if trade.phase == TradePhase::Asked {
        question(ui, trade, &mut ask);
        refusal(ui, model, about);
        return;
    }
    if let Some(failed) = &trade.failed {
        ui.colored_label(ui.visuals().error_fg_color, failed);
    }
    if trade.phase == TradePhase::Review {
        ui.strong(labels::TRADE_REVIEW.get(ui.ctx()));
    }
    ui.horizontal(|ui| {
        decide(ui, model, trade, &mut ask);
    });
    refusal(ui, model, about);
    ui.separator();
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        let title = labels::TRADE_YOU.get(left.ctx()).into_owned();
        side(left, &title, &trade.own, |ui, row| {
            let text = labels::TRADE_TAKE_BACK.fill(ui.ctx(), &[("item", &row.name)]);
            if ui.button(text).clicked() {
                ask(offer(trade, |items| {
                    items.retain(|(uid, _)| *uid != row.uid);
                }));
            }
        });
        let title = labels::TRADE_THEY.fill(right.ctx(), &[("name", &trade.with)]);
        side(right, &title, &trade.other, |_, _| {});
    });
    ui.separator();
    money(ui, trade, state, &mut ask);
    bags(ui, trade, state, &mut ask);
}

fn question(ui: &mut Ui, trade: &TradeView, ask: &mut impl FnMut(Ask)) {
    let name: [(&str, &dyn std::fmt::Display); 1] = [("name", &trade.with)];
    if trade.asked_by_me {
        ui.label(labels::TRADE_WAITING.fill(ui.ctx(), &name));
        cancel(ui, trade, ask);
        return;
    }
    ui.label(labels::TRADE_ASKED.fill(ui.ctx(), &name));
    ui.horizontal(|ui| {
        for (label, yes) in [(labels::TRADE_YES, true), (labels::TRADE_NO, false)] {
            if ui.button(label.get(ui.ctx())).clicked() {
                let trade = trade.uid;
                ask(Ask::of(&AnswerTrade { trade, yes }));
            }
        }
    });
}

fn cancel(ui: &mut Ui, trade: &TradeView, ask: &mut impl FnMut(Ask)) {
    if ui.button(labels::CANCEL.get(ui.ctx())).clicked() {
        ask(Ask::of(&CancelTrade { trade: trade.uid }));
    }
}

fn decide(ui: &mut Ui, model: &TradeModel, trade: &TradeView, ask: &mut impl FnMut(Ask)) {
    let label = match trade.phase {
        TradePhase::Review => labels::TRADE_AGREE_FINALLY,
        _ => labels::TRADE_AGREE,
    };
    let waiting = model.feedback.is_pending(Subject::Holder(trade.uid));
    let gives = |side: &OfferSide| !side.items.is_empty() || side.amount > 0;
    let refusal = if trade.own.agreed {
        Some(labels::TRADE_AGREED_ALREADY.fill(ui.ctx(), &[("name", &trade.with)]))
    } else if !gives(&trade.own) && !gives(&trade.other) {
        Some(labels::TRADE_NOTHING_OFFERED.get(ui.ctx()).into_owned())
    } else {
        None
    };
    let button = egui::Button::new(label.get(ui.ctx()));
    let button = ui.add_enabled(refusal.is_none() && !waiting, button);
    let button = match &refusal {
        Some(refusal) => button.on_disabled_hover_text(refusal),
        None => button,
    };
    if button.clicked() {
        // What is agreed to is what is shown here, and nothing later.
        ask(Ask::of(&AcceptTrade {
            trade: trade.uid,
            phase: trade.phase,
            revision: trade.revision,
        }));
    }
    cancel(ui, trade, ask);
}

fn side(ui: &mut Ui, title: &str, side: &OfferSide, mut more: impl FnMut(&mut Ui, &OfferRow)) {
    ui.strong(title);
    let (label, color) = match side.agreed {
        true => (labels::TRADE_AGREED, good(ui)),
        false => (labels::TRADE_NOT_AGREED, ui.visuals().weak_text_color()),
    };
    let text = label.get(ui.ctx());
    ui.colored_label(color, text.as_ref());
    if side.items.is_empty() && side.amount == 0 {
        ui.weak(labels::TRADE_NOTHING.get(ui.ctx()));
    }
    for item in &side.items {
        ui.horizontal_wrapped(|ui| {
            ui.label(title_of(item)).on_hover_ui(|ui| about(ui, item));
            if !item.inside.is_empty() {
                let count = item.inside.len();
                let text = labels::TRADE_INSIDE.fill(ui.ctx(), &[("count", &count)]);
                ui.weak(text).on_hover_ui(|ui| about(ui, item));
            }
            more(ui, item);
        });
    }
    if side.amount > 0 {
        ui.label(labels::TRADE_MONEY.fill(ui.ctx(), &[("money", &side.money)]));
    }
    ui.weak(labels::TRADE_WORTH.fill(ui.ctx(), &[("money", &side.worth)]));
}

fn title_of(item: &OfferRow) -> String {
    match item.count {
        1 => item.name.clone(),
        count => format!("{} ×{count}", item.name),
    }
}

fn about(ui: &mut Ui, item: &OfferRow) {
    ui.strong(title_of(item));
    if !item.description.is_empty() {
        ui.weak(&item.description);
    }
    for inner in &item.inside {
        ui.label(inner);
    }
}

/// The player's own offer with a change.
fn offer(trade: &TradeView, change: impl FnOnce(&mut Vec<(wayfarer_core::id::Uid, u32)>)) -> Ask {
    let own = trade.own.items.iter();
    let mut items = own.map(|row| (row.uid, row.count)).collect();
    change(&mut items);
    Ask::of(&OfferTrade {
        trade: trade.uid,
        items,
        money: trade.own.amount,
    })
}

fn money(ui: &mut Ui, trade: &TradeView, state: &mut TradePanel, ask: &mut impl FnMut(Ask)) {
    ui.horizontal(|ui| {
        let text = labels::TRADE_SET_MONEY.get(ui.ctx());
        let label = ui.label(text.as_ref());
        let field = egui::DragValue::new(&mut state.money).range(0..=trade.purse);
        ui.add(field).labelled_by(label.id);
        let differs = state.money != trade.own.amount;
        let button = egui::Button::new(labels::TRADE_SET.get(ui.ctx()));
        let same = labels::TRADE_SAME_MONEY.get(ui.ctx());
        let button = ui.add_enabled(differs, button);
        if button.on_disabled_hover_text(same.as_ref()).clicked() {
            let own = trade.own.items.iter();
            ask(Ask::of(&OfferTrade {
                trade: trade.uid,
                items: own.map(|row| (row.uid, row.count)).collect(),
                money: state.money,
            }));
        }
    });
}

fn bags(ui: &mut Ui, trade: &TradeView, state: &mut TradePanel, ask: &mut impl FnMut(Ask)) {
    let query = ui
        .horizontal(|ui| {
            ui.strong(labels::TRADE_YOUR_BAGS.get(ui.ctx()));
            search(ui, &mut state.search)
        })
        .inner;
    let shown = trade.bags.iter().filter(|row| found(&query, &[&row.name]));
    egui::ScrollArea::vertical()
        .id_salt("bags")
        .auto_shrink(false)
        .show(ui, |ui| {
            for row in shown {
                let text = labels::TRADE_OFFER.fill(ui.ctx(), &[("item", &title_of(row))]);
                let button = ui.add_enabled(row.refusal.is_none(), egui::Button::new(text));
                let button = button.on_hover_ui(|ui| about(ui, row));
                let button = match &row.refusal {
                    Some(refusal) => button.on_disabled_hover_text(refusal),
                    None => button,
                };
                if button.clicked() {
                    ask(offer(trade, |items| items.push((row.uid, row.count))));
                }
            }
        });
}
