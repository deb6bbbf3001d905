//! A trade: what both offer, who agrees, and what has to be looked at once more.

mod build;
mod model;
mod show;
#[cfg(test)]
mod tests;

use bevy_egui::egui::Ui;
use wayfarer_core::id::Uid;
use wayfarer_inventory::{Inventory, trade::trades_with};

pub use model::{OfferRow, OfferSide, TradeModel, TradeView};

use crate::{
    build::KeyMaker,
    game_panel::{GamePanel, PanelScene},
    intent::Intent,
    texts::{Label, labels},
};

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct TradePanel {
    /// The money that is about to be offered, in the smallest coin.
    pub money: u64,
    /// The search as typed.
    pub search: String,
    /// The trade that [`TradePanel::money`] is about.
    trade: Option<Uid>,
}

impl GamePanel for TradePanel {
    const NAME: &'static str = "trade";
    const TITLE: Label = labels::TITLE_TRADE;
    const SIZE: [f32; 2] = [620.0, 460.0];
    type Model = TradeModel;

    fn depends(&self, scene: &PanelScene<'_>, key: &mut KeyMaker<'_>) {
        // Who is near changes by walking, which nobody tells.
        let now = scene.now();
        key.also((now.tick as f64 / now.hz.max(1.0)) as u64);
        for (uid, trade) in my_trades(scene) {
            // Every agreement, offer and phase shows in these.
            let agreed = trade.sides.each_ref().map(|side| side.agreed);
            key.also((uid, trade.revision, trade.phase, agreed));
        }
        if let Some(me) = scene.local {
            key.changed::<Inventory>(me);
        }
    }

    fn model(&self, scene: &PanelScene<'_>) -> TradeModel {
        build::trade_model(scene)
    }

    fn show(&mut self, ui: &mut Ui, model: &TradeModel, intents: &mut Vec<Intent>) {
        let trade = model.trade.as_ref();
        if self.trade != trade.map(|trade| trade.uid) {
            self.trade = trade.map(|trade| trade.uid);
            self.money = trade.map_or(0, |trade| trade.own.amount);
        }
        match trade {
            Some(trade) => show::trade(ui, model, trade, self, intents),
            None => show::partners(ui, model, intents),
        }
    }

    fn is_called(scene: &PanelScene<'_>) -> bool {
        !my_trades(scene).is_empty()
    }
}

/// The trades of the player's character, the one that keeps them busy first.
fn my_trades<'w>(scene: &PanelScene<'w>) -> Vec<(Uid, &'w wayfarer_inventory::trade::Trade)> {
    let Some(me) = scene.local_uid() else {
        return Vec::new();
    };
    let mut all = trades_with(scene.world, me);
    all.sort_by_key(|(uid, trade)| (!trade.occupies(me), *uid));
    all
}
