//! First: what the definition says.

use wayfarer_stats::{api, modifier::Modifier};

use super::Stage;

pub(super) fn modifiers(stage: &Stage<'_>) -> Vec<Modifier> {
    let item = stage.item;
    let gear = stage.gear;
    gear.map(|gear| api::to_modifiers(stage.content, item.uid, item.def, &gear.modifiers, 0))
        .unwrap_or_default()
}
