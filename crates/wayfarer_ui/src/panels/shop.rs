//! A shop: what is for sale, what would be bought, and why it costs what it costs.

mod build;
mod model;
mod show;
#[cfg(test)]
mod tests;

use bevy_egui::egui::Ui;
use wayfarer_core::id::Uid;
use wayfarer_inventory::{
    Container, Inventory,
    actions::OpenContainer,
    shop::{Shop, Standings},
};
use wayfarer_stats::{inputs::StatInputs, relations::Relations, tags::Tags};

pub use model::{Blocked, PriceView, ShopModel, ShopView, Ware};

use crate::{
    build::KeyMaker,
    game_panel::{GamePanel, PanelScene},
    intent::{Ask, Intent},
    model::Subject,
    texts::{Label, labels, use_key},
    widgets::empty_state,
};

/// What the panel remembers.
#[derive(Clone, Debug)]
pub struct ShopPanel {
    /// The search as typed.
    pub search: String,
    /// How many are bought or sold at once, from 1.
    pub count: u32,
    /// The shop that was asked to open.
    asked: Option<Uid>,
}

impl Default for ShopPanel {
    fn default() -> Self {
        Self {
            search: String::new(),
            count: 1,
            asked: None,
        }
    }
}

impl GamePanel for ShopPanel {
    const NAME: &'static str = "shop";
    const TITLE: Label = labels::TITLE_SHOP;
    const SIZE: [f32; 2] = [720.0, 460.0];
    type Model = ShopModel;

    fn depends(&self, scene: &PanelScene<'_>, key: &mut KeyMaker<'_>) {
        key.also(self.count);
        if let Some((_, shop)) = scene.visited() {
            // What can be bought back is so for a while only.
            let now = scene.now();
            key.also((now.tick as f64 / now.hz.max(1.0)) as u64)
                .also(build::is_open(scene, shop))
                .changed::<Inventory>(shop)
                .changed::<Shop>(shop)
                .changed::<Container>(shop)
                .changed::<Relations>(shop)
                .changed::<Standings>(shop);
        }
        if let Some(me) = scene.local {
            key.changed::<Inventory>(me)
                .changed::<StatInputs>(me)
                .changed::<Tags>(me);
        }
    }

    fn model(&self, scene: &PanelScene<'_>) -> ShopModel {
        build::shop_model(scene, self.count)
    }

    fn show(&mut self, ui: &mut Ui, model: &ShopModel, intents: &mut Vec<Intent>) {
        let Some(shop) = &model.shop else {
            self.asked = None;
            let ctx = ui.ctx().clone();
            let hint = labels::SHOP_NOBODY_HINT.fill(&ctx, &[("key", &use_key(&ctx))]);
            empty_state(ui, "…", &labels::SHOP_NOBODY.get(&ctx), &hint);
            return;
        };
        if !shop.open {
            // Once: a shop that refuses is not asked again before one comes back.
            if self.asked != Some(shop.uid) {
                self.asked = Some(shop.uid);
                let open = OpenContainer {
                    container: shop.uid,
                };
                intents.push(Ask::of(&open).about(Subject::Holder(shop.uid)).into());
            }
            show::closed(ui, model, shop);
            return;
        }
        self.asked = None;
        show::open(ui, model, shop, self, intents);
    }
}
