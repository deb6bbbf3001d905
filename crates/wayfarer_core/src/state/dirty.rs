//! Which things have changed since the last save.

use std::collections::BTreeSet;

use bevy::{ecs::change_detection::Tick, platform::collections::HashSet, prelude::*};

use super::{StateRegistry, persistent_entities};
use crate::id::Uid;

/// Things that a save still has to write. Filled by transactions, emptied by the save plugin.
#[derive(Resource, Default, Debug, Clone)]
pub struct DirtyRecords {
    changed: HashSet<Uid>,
    removed: HashSet<Uid>,
}

impl DirtyRecords {
    /// The thing is new or has changed.
    pub fn changed(&mut self, uid: Uid) {
        if !self.removed.is_empty() {
            self.removed.remove(&uid);
        }
        self.changed.insert(uid);
    }

    /// The thing is gone.
    pub fn removed(&mut self, uid: Uid) {
        self.changed.remove(&uid);
        self.removed.insert(uid);
    }

    /// Takes both lists: changed and removed.
    pub fn take(&mut self) -> (BTreeSet<Uid>, BTreeSet<Uid>) {
        let sorted = |uids: &mut HashSet<Uid>| std::mem::take(uids).into_iter().collect();
        (sorted(&mut self.changed), sorted(&mut self.removed))
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.removed.is_empty()
    }

    /// How many things wait to be written.
    pub fn len(&self) -> usize {
        self.changed.len() + self.removed.len()
    }
}

/// Puts things on the list whose scanned components (see
/// [`StateRegistration::scanned`](super::StateRegistration::scanned)) have changed after `since`.
///
/// For the save plugin, when an autosave is due.
pub fn mark_scanned(world: &mut World, since: Tick) {
    let now = world.change_tick();
    let mut moved = Vec::new();
    if let Some(registry) = world.get_resource::<StateRegistry>() {
        let scanned: Vec<_> = registry
            .components()
            .filter(|entry| entry.scanned)
            .map(|entry| entry.changed)
            .collect();
        for (uid, entity) in persistent_entities(world) {
            let entity = world.entity(entity);
            if scanned.iter().any(|changed| changed(entity, since, now)) {
                moved.push(uid);
            }
        }
    }
    let mut dirty = world.get_resource_or_init::<DirtyRecords>();
    for uid in moved {
        dirty.changed(uid);
    }
}
