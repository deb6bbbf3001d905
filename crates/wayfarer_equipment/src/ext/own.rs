//! What makes an item somebody's own: its name, and who is attuned to it.

use serde::{Deserialize, Serialize};
use wayfarer_core::{content::Content, id::Uid};
use wayfarer_inventory::{Item, ext::ItemExt};

use crate::content::GearDef;

/// The name that somebody has given to an item.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct GivenName(pub String);

impl ItemExt for GivenName {
    const NAME: &'static str = "equipment.name";
}

/// Who is attuned to an item. It stays with the item and means nothing to anybody else.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attuned(pub Uid);

impl ItemExt for Attuned {
    const NAME: &'static str = "equipment.attuned";
}

/// Whether somebody is attuned to an item.
pub fn is_attuned(item: &Item, who: Uid) -> bool {
    item.ext::<Attuned>() == Some(Attuned(who))
}

/// Whether an item does nothing for somebody because they are not attuned to it.
pub fn lacks_attunement(content: &Content, item: &Item, who: Option<Uid>) -> bool {
    let gear = content.table::<GearDef>().get(item.def);
    gear.is_some_and(|gear| gear.attune) && !who.is_some_and(|who| is_attuned(item, who))
}
