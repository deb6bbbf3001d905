//! What has been found out about an item.

use serde::{Deserialize, Serialize};
use wayfarer_core::content::Content;
use wayfarer_inventory::{Item, ext::ItemExt};

use crate::{
    content::{GearDef, IdentificationRulesDef},
    rules::identify::{Aspect, shows},
};

/// How many steps of identification have been made with an item. What carries none is as its
/// definition hides it.
///
/// It decides what panels, names and refusals tell, not what is sent: an item travels whole to
/// whoever sees it, so a client that was tampered with can read what its player does not know yet.
/// What must stay secret from such clients has to be rolled when it is found out.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Identified(pub u8);

impl ItemExt for Identified {
    const NAME: &'static str = "equipment.identified";
}

/// How many steps an item hides; 0 for what is no secret.
pub fn hidden_steps(content: &Content, item: &Item) -> u8 {
    let gear = content.table::<GearDef>().get(item.def);
    let hidden = gear.and_then(|gear| gear.hidden.as_ref());
    hidden.map_or(0, |hidden| hidden.steps)
}

/// How many of them are known.
pub fn known_steps(content: &Content, item: &Item) -> u8 {
    let known = item.ext::<Identified>().unwrap_or_default().0;
    known.min(hidden_steps(content, item))
}

/// Whether an aspect of an item is known. The same on host and client, so that panels hide what
/// explanations seal.
pub fn is_known(content: &Content, item: &Item, aspect: Aspect) -> bool {
    let hidden = hidden_steps(content, item);
    if hidden == 0 {
        return true;
    }
    let rules = IdentificationRulesDef::in_force(content);
    rules.is_none_or(|rules| shows(&rules.aspects(), hidden, known_steps(content, item), aspect))
}
