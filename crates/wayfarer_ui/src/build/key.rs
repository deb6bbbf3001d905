use std::hash::{Hash, Hasher};

use bevy::{platform::hash::FixedHasher, prelude::*};
use wayfarer_core::content::ContentReport;

/// Stands for everything a model was built from: equal keys, equal models.
pub type Key = u64;

/// Puts a key together: what a model depends on. Equal keys, equal models.
pub struct KeyMaker<'w> {
    world: &'w World,
    hasher: <FixedHasher as std::hash::BuildHasher>::Hasher,
}

impl<'w> KeyMaker<'w> {
    /// Every model depends on the content.
    pub(crate) fn new(world: &'w World) -> Self {
        let hasher = std::hash::BuildHasher::build_hasher(&FixedHasher);
        let mut key = Self { world, hasher };
        let content = world.get_resource::<ContentReport>();
        key.also(content.map(|report| report.revision));
        key
    }

    /// A value that matters.
    pub fn also(&mut self, value: impl Hash) -> &mut Self {
        value.hash(&mut self.hasher);
        self
    }

    /// When a component was changed last; that it is missing matters too.
    pub fn changed<C: Component>(&mut self, entity: Entity) -> &mut Self {
        let ticks = self
            .world
            .get_entity(entity)
            .ok()
            .and_then(|entity| entity.get_change_ticks::<C>());
        self.also(ticks.map(|ticks| (ticks.added.get(), ticks.changed.get())))
    }

    /// The key.
    pub(crate) fn done(&self) -> Key {
        self.hasher.finish()
    }
}
