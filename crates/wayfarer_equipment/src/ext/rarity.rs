//! How rare an item is.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    content::{Content, Def, Ref},
    id::DefId,
};
use wayfarer_inventory::{Item, ext::ItemExt};

use crate::content::{GearDef, RarityDef};

/// How rare an item is, if not as its definition says: an entry of kind `rarities`.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rarity(pub DefId);

impl ItemExt for Rarity {
    const NAME: &'static str = "equipment.rarity";
}

/// How rare an item is: what it carries, else what its gear is, else the most common. `None` when
/// the packs know no rarities, and for what is no gear and carries none. A rarity that the packs do
/// not have any more counts as the usual one.
pub fn rarity_of<'a>(content: &'a Content, item: &Item) -> Option<&'a Def<RarityDef>> {
    let table = content.table::<RarityDef>();
    if let Some(Rarity(own)) = item.ext::<Rarity>()
        && let Some(def) = table.get(own)
    {
        return Some(def);
    }
    let gear = content.table::<GearDef>().get(item.def)?;
    let usual = gear.rarity.as_ref().map(Ref::id);
    usual
        .and_then(|usual| table.get(usual))
        .or_else(|| RarityDef::lowest(content))
}
