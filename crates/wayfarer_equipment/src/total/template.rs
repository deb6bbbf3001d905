//! First: what the definition says.

use wayfarer_stats::{api, modifier::Modifier};

use super::Stage;
use crate::content::GearDef;

pub(super) fn modifiers(stage: &Stage<'_>) -> Vec<Modifier> {
    let (content, item) = (stage.content, stage.item);
    let gear = content.table::<GearDef>().get(item.def);
    gear.map(|gear| api::to_modifiers(content, item.uid, item.def, &gear.modifiers, 0))
        .unwrap_or_default()
}
