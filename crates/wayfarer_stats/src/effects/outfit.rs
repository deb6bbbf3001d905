//! A new character gets the effects that its sheet gives it.

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    content::ActiveContent,
    id::{DefId, Identity},
};

use super::{apply::apply_effect, refresh, spec::EffectSpec};
use crate::content::SheetDef;

pub(crate) fn outfit(world: &mut World, entity: Entity, def: DefId) {
    let content = world.resource::<ActiveContent>().0.clone();
    let Some(sheet) = content.table::<SheetDef>().get(def) else {
        return;
    };
    let source = world.get::<Identity>(entity).map(|identity| identity.0);
    for effect in &sheet.effects {
        let spec = EffectSpec {
            source,
            ..EffectSpec::new(effect.id())
        };
        let given = world.transact("effects.outfit", |txn| apply_effect(txn, entity, &spec));
        if let Err(refusal) = given {
            tracing::warn!("{} does not begin with {effect}: {refusal}", sheet.name());
        }
    }
    // What it is by nature holds from the beginning.
    refresh::committed(world, entity);
}
