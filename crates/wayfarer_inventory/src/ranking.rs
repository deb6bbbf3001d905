//! How rare an item is, as far as sorting goes.

use bevy::prelude::*;
use wayfarer_core::content::Content;

use crate::{item::Item, view::View};

/// How rare an item is: more is rarer.
pub type Rank = fn(&Content, &Item) -> i32;

/// What tells how rare an item is; without it, all are.
#[derive(Resource, Clone, Copy)]
pub struct ItemRanking(pub Rank);

/// Registration of the ranking.
pub trait ItemRankingAppExt {
    /// Has `rank` asked when things are sorted by rarity. The last one registered counts.
    ///
    /// ```
    /// # use bevy::prelude::*;
    /// # use wayfarer_inventory::{content::ItemDef, ranking::ItemRankingAppExt};
    /// let mut app = App::new();
    /// app.rank_items(|content, item| {
    ///     let def = content.table::<ItemDef>().get(item.def);
    ///     def.map_or(0, |def| i32::from(def.rarity == "rare"))
    /// });
    /// ```
    fn rank_items(&mut self, rank: Rank) -> &mut Self;
}

impl ItemRankingAppExt for App {
    fn rank_items(&mut self, rank: Rank) -> &mut Self {
        self.insert_resource(ItemRanking(rank))
    }
}

/// How rare an item is.
pub fn rank(view: &View<'_>, item: &Item) -> i32 {
    let ranking = view.world.get_resource::<ItemRanking>();
    ranking.map_or(0, |ranking| ranking.0(view.content, item))
}
