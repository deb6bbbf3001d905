//! Draws a shop.

use bevy_egui::egui::{self, Align, Layout, RichText, Ui, WidgetInfo, WidgetType, vec2};
use wayfarer_inventory::{
    actions::{BuyItem, SellItem, TidyPurse},
    shop::MAX_PIECES,
    value::{PriceLine, PriceOp},
};

use super::{
    ShopPanel,
    model::{Blocked, ShopModel, ShopView, Ware},
};
use crate::{
    intent::{Ask, Intent},
    model::Subject,
    panels::{found, number, search},
    texts::labels,
};

/// Width of the buttons in the list, in points.
const BUTTON: f32 = 92.0;
/// Width of the prices in the list, in points.
const PRICE: f32 = 88.0;

/// A shop that has not answered yet, or will not.
pub(super) fn closed(ui: &mut Ui, model: &ShopModel, shop: &ShopView) {
    ui.heading(&shop.name);
    match model.feedback.refusal(Subject::Holder(shop.uid)) {
        Some(refusal) => ui.colored_label(ui.visuals().error_fg_color, &refusal.text),
        None => ui.weak(labels::SHOP_OPENING.get(ui.ctx())),
    };
}

/// The wares on the left, what the player has on the right.
pub(super) fn open(
    ui: &mut Ui,
    model: &ShopModel,
    shop: &ShopView,
    state: &mut ShopPanel,
    intents: &mut Vec<Intent>,
) {
    ui.heading(&shop.name);
    let query = ui
        .horizontal_wrapped(|ui| {
            ui.label(labels::SHOP_PURSE.fill(ui.ctx(), &[("money", &shop.purse)]));
            ui.weak(labels::SHOP_TILL.fill(ui.ctx(), &[("money", &shop.till)]));
            tidy(ui, shop, intents);
            let count = ui.label(labels::SHOP_COUNT.get(ui.ctx()));
            let field = egui::DragValue::new(&mut state.count).range(1..=MAX_PIECES);
            ui.add(field).labelled_by(count.id);
            search(ui, &mut state.search)
        })
        .inner;
    ui.separator();
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        let title = labels::SHOP_WARES.get(left.ctx());
        left.strong(title);
        list(left, "wares", &shop.wares, &query, |ui, ware| {
            row(ui, model, shop, ware, true, intents);
        });
        if shop.wares.is_empty() {
            left.weak(labels::SHOP_NO_WARES.get(left.ctx()));
        }
        let title = labels::SHOP_OWN.get(right.ctx());
        right.strong(title);
        list(right, "own", &shop.own, &query, |ui, ware| {
            row(ui, model, shop, ware, false, intents);
        });
        if shop.own.is_empty() {
            right.weak(labels::SHOP_NO_OWN.get(right.ctx()));
        }
    });
}

/// The button that makes the coins few.
fn tidy(ui: &mut Ui, shop: &ShopView, intents: &mut Vec<Intent>) {
    let refusal = match (shop.tidy, shop.changes) {
        (true, _) => Some(labels::PURSE_TIDY),
        (false, false) => Some(labels::NOBODY_CHANGES),
        (false, true) => None,
    };
    let button = egui::Button::new(labels::TIDY_PURSE.get(ui.ctx()));
    let button = ui.add_enabled(refusal.is_none(), button);
    if button.clicked() {
        intents.push(Ask::of(&TidyPurse).into());
    }
    if let Some(refusal) = refusal {
        let text = refusal.get(ui.ctx());
        button.on_disabled_hover_text(text.as_ref());
    }
}

fn list(
    ui: &mut Ui,
    salt: &str,
    wares: &[Ware],
    query: &str,
    mut each: impl FnMut(&mut Ui, &Ware),
) {
    let shown: Vec<&Ware> = wares.iter().filter(|w| found(query, &[&w.name])).collect();
    if shown.is_empty() && !wares.is_empty() {
        ui.weak(labels::NOTHING_FOUND.get(ui.ctx()));
    }
    egui::ScrollArea::vertical()
        .id_salt(salt)
        .auto_shrink(false)
        .show(ui, |ui| {
            for ware in shown {
                each(ui, ware);
            }
        });
}

fn row(
    ui: &mut Ui,
    model: &ShopModel,
    shop: &ShopView,
    ware: &Ware,
    buy: bool,
    intents: &mut Vec<Intent>,
) {
    let subject = Subject::Item(ware.uid);
    let title = match ware.has {
        1 => ware.name.clone(),
        has => format!("{} ×{has}", ware.name),
    };
    let (label, short) = match (buy, ware.price.bought_back) {
        (true, false) => (labels::BUY_FOR, labels::BUY_COUNT),
        (true, true) => (labels::BUY_BACK_FOR, labels::BUY_BACK_COUNT),
        (false, _) => (labels::SELL_FOR, labels::SELL_COUNT),
    };
    let args: [(&str, &dyn std::fmt::Display); 2] =
        [("count", &ware.count), ("price", &ware.price.text)];
    let (spoken, short) = (label.fill(ui.ctx(), &args), short.fill(ui.ctx(), &args));
    let free = ware.blocked.is_none() && !model.feedback.is_pending(subject);
    let refusal = ware.blocked.as_ref().map(|blocked| match blocked {
        Blocked::Purse(money) => labels::TOO_DEAR.fill(ui.ctx(), &[("money", money)]),
        Blocked::Till(money) => labels::TILL_EMPTY.fill(ui.ctx(), &[("money", money)]),
        Blocked::Rules(why) => why.clone(),
    });
    // From the right: buttons and prices stand below each other, the name gets what is left.
    let height = ui.spacing().interact_size.y;
    let size = vec2(ui.available_width(), height);
    let from_the_right = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(size, from_the_right, |ui| {
        let button = egui::Button::new(short).min_size(vec2(BUTTON, 0.0));
        let button = ui.add_enabled(free, button);
        button.widget_info(|| WidgetInfo::labeled(WidgetType::Button, free, spoken.as_str()));
        let button = button.on_hover_ui(|ui| reasons(ui, ware));
        let button = match &refusal {
            Some(refusal) => button.on_disabled_hover_text(refusal),
            None => button,
        };
        if button.clicked() {
            intents.push(deal(ui, shop, ware, buy).about(subject).into());
        }
        ui.allocate_ui_with_layout(vec2(PRICE, height), from_the_right, |ui| {
            ui.set_min_width(PRICE);
            ui.label(&ware.price.text);
        });
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let title = egui::Label::new(title).truncate();
            ui.add(title).on_hover_ui(|ui| reasons(ui, ware));
        });
    });
    if let Some(refusal) = model.feedback.refusal(subject) {
        ui.colored_label(ui.visuals().error_fg_color, &refusal.text);
    }
}

fn deal(ui: &Ui, shop: &ShopView, ware: &Ware, buy: bool) -> Ask {
    let (shop, item, count, price) = (shop.uid, ware.uid, ware.count, ware.price.amount);
    let done = |label: crate::texts::Label| label.fill(ui.ctx(), &[("item", &ware.name)]);
    if buy {
        Ask::of(&BuyItem {
            shop,
            item,
            count,
            price,
        })
        .done(done(labels::BOUGHT))
    } else {
        Ask::of(&SellItem {
            shop,
            item,
            count,
            price,
        })
        .done(done(labels::SOLD))
    }
}

/// Why it costs what it costs, line by line.
fn reasons(ui: &mut Ui, ware: &Ware) {
    ui.strong(&ware.name);
    for line in &ware.price.lines {
        ui.label(reason(ui, line));
        if let Some(place) = &line.place {
            ui.label(RichText::new(place).small().weak());
        }
    }
    ui.strong(&ware.price.text);
}

fn reason(ui: &Ui, line: &PriceLine) -> String {
    let label = match line.op {
        PriceOp::Plus => labels::PRICE_PLUS,
        PriceOp::Times => labels::PRICE_TIMES,
        PriceOp::AtMost => labels::PRICE_AT_MOST,
    };
    let sign = match line.op {
        PriceOp::Plus if line.amount > 0.0 => "+",
        _ => "",
    };
    let amount = format!("{sign}{}", number(line.amount));
    label.fill(ui.ctx(), &[("label", &line.label), ("amount", &amount)])
}
