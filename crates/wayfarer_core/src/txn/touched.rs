//! Which aggregates a transaction has touched, each once.

use std::any::TypeId;

use bevy::{platform::collections::HashSet, prelude::*};
use smallvec::SmallVec;

use super::Touched;
use crate::{
    aggregate::{Aggregate, AggregateRegistry},
    id::Identity,
    state::DirtyRecords,
};

/// From this many on they are found by a table instead of by looking at each.
const MANY: usize = 8;

/// The aggregates that the steps of one commit have touched, in the order of their first step.
#[derive(Default)]
pub(crate) struct TouchedAggregates {
    list: SmallVec<[TouchedAggregate; 4]>,
    table: HashSet<(Entity, TypeId)>,
}

struct TouchedAggregate {
    entity: Entity,
    kind: TypeId,
    name: &'static str,
    revision: fn(&World, Entity) -> Option<u32>,
}

impl TouchedAggregates {
    /// Notes that an op of an `A` was committed.
    pub(super) fn add<A: Aggregate>(&mut self, entity: Entity) {
        let kind = TypeId::of::<A>();
        let is_this = |known: &TouchedAggregate| known.entity == entity && known.kind == kind;
        let known = if self.list.len() < MANY {
            self.list.iter().any(is_this)
        } else {
            if self.table.is_empty() {
                let all = self.list.iter();
                self.table
                    .extend(all.map(|known| (known.entity, known.kind)));
            }
            !self.table.insert((entity, kind))
        };
        if !known {
            self.list.push(TouchedAggregate {
                entity,
                kind,
                name: A::NAME,
                revision: |world, entity| world.get::<A>(entity).map(Aggregate::revision),
            });
        }
    }

    /// Calls the hooks and marks the records, once for each aggregate however many ops there were.
    pub(super) fn finish(self, world: &mut World) -> SmallVec<[Touched; 4]> {
        let mut touched = SmallVec::with_capacity(self.list.len());
        for TouchedAggregate {
            entity,
            kind,
            name,
            revision,
        } in self.list
        {
            AggregateRegistry::run_hooks(world, kind, entity);
            let uid = world.get::<Identity>(entity).map(|id| id.0);
            if let Some(uid) = uid {
                world.get_resource_or_init::<DirtyRecords>().changed(uid);
            }
            if let Some(revision) = revision(world, entity) {
                touched.push(Touched {
                    uid,
                    entity,
                    aggregate: name,
                    revision,
                });
            }
        }
        touched
    }
}
