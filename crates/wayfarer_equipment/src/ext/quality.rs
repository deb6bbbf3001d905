//! How well an item is made.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    content::{Content, Def, Ref},
    id::DefId,
};
use wayfarer_inventory::{Item, ext::ItemExt};

use crate::content::{GearDef, QualityDef};

/// How well an item is made, if not as well as usual: an entry of kind `qualities`.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quality(pub DefId);

impl ItemExt for Quality {
    const NAME: &'static str = "equipment.quality";
}

/// How well an item is made: what it carries, else what its gear is usually, else the lowest tier.
/// `None` when the packs know no qualities, and for what is no gear and carries none. A tier that
/// the packs do not have any more counts as the usual one.
pub fn quality_of<'a>(content: &'a Content, item: &Item) -> Option<&'a Def<QualityDef>> {
    let table = content.table::<QualityDef>();
    if let Some(Quality(own)) = item.ext::<Quality>()
        && let Some(def) = table.get(own)
    {
        return Some(def);
    }
    let gear = content.table::<GearDef>().get(item.def)?;
    let usual = gear.quality.as_ref().map(Ref::id);
    usual
        .and_then(|usual| table.get(usual))
        .or_else(|| QualityDef::lowest(content))
}
