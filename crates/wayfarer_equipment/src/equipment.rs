//! What hangs on somebody's slots: which of them may not be changed yet.

use std::collections::BTreeMap;

use bevy::{
    ecs::{lifecycle::HookContext, world::DeferredWorld},
    prelude::*,
};
use serde::{Deserialize, Serialize};
use wayfarer_core::id::DefId;

use crate::follow::WornDirty;

/// The slots of a character. What is worn stands in its
/// [`Inventory`](wayfarer_inventory::Inventory), under
/// [`Place::Worn`](wayfarer_inventory::Place::Worn); here is until when slots are locked.
///
/// The lock is the slot's and not the item's, so taking off and putting on cannot get round it.
/// Ticks are those of the saved [`RulesClock`](wayfarer_core::clock::RulesClock), so what remains
/// is kept over a restart and does not run meanwhile.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
#[component(on_insert = look_at)]
pub struct Equipment {
    pub(crate) revision: u32,
    pub(crate) locked: BTreeMap<DefId, u64>,
}

impl Equipment {
    /// The tick from which a slot may be changed again, if it was locked.
    pub fn locked_until(&self, slot: DefId) -> Option<u64> {
        self.locked.get(&slot).copied()
    }

    /// Ticks from `now` until a slot may be changed; 0 when it may. At exactly the tick at which
    /// the lock ends it may.
    pub fn remaining(&self, slot: DefId, now: u64) -> u64 {
        self.locked_until(slot).unwrap_or(0).saturating_sub(now)
    }

    /// The locked slots with the tick at which each is free again. Some may have passed.
    pub fn locks(&self) -> impl Iterator<Item = (DefId, u64)> {
        self.locked.iter().map(|(&slot, &until)| (slot, until))
    }
}

/// What comes from a save may have been written under other content.
fn look_at(mut world: DeferredWorld, ctx: HookContext) {
    if let Some(mut dirty) = world.get_resource_mut::<WornDirty>() {
        dirty.0.push(ctx.entity);
    }
}
