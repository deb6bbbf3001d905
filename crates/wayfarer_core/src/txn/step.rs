//! The single steps of a transaction, each with its way back.

use bevy::{ecs::component::Mutable, prelude::*};

use super::{TouchedAggregates, commit_ops};
use crate::{
    aggregate::Aggregate,
    id::{Identity, Uid},
    state::DirtyRecords,
};

/// Something done that can be made final or taken back.
pub(crate) trait Step: Send + Sync {
    /// Takes the step back; the value is bit-identical to before.
    fn undo(&self, world: &mut World);
    /// Makes the step final.
    fn commit(&self, world: &mut World, touched: &mut TouchedAggregates);
    /// Whether a game master can undo it after the commit.
    fn undoable(&self) -> bool;
    /// Undoes it as a change of its own, which clients hear of. `false` when it no longer fits.
    fn undo_later(&self, txn: &mut super::Txn<'_>) -> Result<(), crate::refusal::Refusal>;
}

pub(super) struct OpStep<A: Aggregate> {
    entity: Entity,
    op: A::Op,
    inverse: A::Op,
}

impl<A: Aggregate> OpStep<A> {
    pub(super) fn new(entity: Entity, op: A::Op, inverse: A::Op) -> Self {
        Self {
            entity,
            op,
            inverse,
        }
    }
}

impl<A: Aggregate> Step for OpStep<A> {
    fn undo(&self, world: &mut World) {
        if let Some(mut value) = world.get_mut::<A>(self.entity)
            && let Err(error) = value.bypass_change_detection().apply(&self.inverse)
        {
            // An inverse that does not apply is a defect of the aggregate: say so loudly, its
            // property tests are what keeps this line from being reached.
            tracing::error!("{}: an inverse did not apply: {error}", A::NAME);
        }
    }

    fn commit(&self, world: &mut World, touched: &mut TouchedAggregates) {
        commit_ops::<A>(world, self.entity, std::slice::from_ref(&self.op), touched);
    }

    fn undoable(&self) -> bool {
        true
    }

    fn undo_later(&self, txn: &mut super::Txn<'_>) -> Result<(), crate::refusal::Refusal> {
        txn.op::<A>(self.entity, self.inverse.clone())
    }
}

pub(super) struct SetStep<C> {
    entity: Entity,
    before: C,
}

impl<C> SetStep<C> {
    pub(super) fn new(entity: Entity, before: C) -> Self {
        Self { entity, before }
    }
}

impl<C: Component<Mutability = Mutable> + Clone> Step for SetStep<C> {
    fn undo(&self, world: &mut World) {
        if let Some(mut value) = world.get_mut::<C>(self.entity) {
            *value.bypass_change_detection() = self.before.clone();
        }
    }

    fn commit(&self, world: &mut World, _: &mut TouchedAggregates) {
        if let Some(mut value) = world.get_mut::<C>(self.entity) {
            value.set_changed();
        }
        if let Some(&Identity(uid)) = world.get::<Identity>(self.entity) {
            world.get_resource_or_init::<DirtyRecords>().changed(uid);
        }
    }

    fn undoable(&self) -> bool {
        true
    }

    fn undo_later(&self, txn: &mut super::Txn<'_>) -> Result<(), crate::refusal::Refusal> {
        txn.set(self.entity, self.before.clone())
    }
}

pub(super) struct EnsureStep<C> {
    entity: Entity,
    component: std::marker::PhantomData<fn() -> C>,
}

impl<C> EnsureStep<C> {
    pub(super) fn new(entity: Entity) -> Self {
        Self {
            entity,
            component: std::marker::PhantomData,
        }
    }
}

impl<C: Component> Step for EnsureStep<C> {
    fn undo(&self, world: &mut World) {
        if let Ok(mut entity) = world.get_entity_mut(self.entity) {
            entity.remove::<C>();
        }
    }

    fn commit(&self, world: &mut World, _: &mut TouchedAggregates) {
        if let Some(&Identity(uid)) = world.get::<Identity>(self.entity) {
            world.get_resource_or_init::<DirtyRecords>().changed(uid);
        }
    }

    fn undoable(&self) -> bool {
        true
    }

    /// What was there as a default may hold something by then, and an empty one harms nobody.
    fn undo_later(&self, _: &mut super::Txn<'_>) -> Result<(), crate::refusal::Refusal> {
        Ok(())
    }
}

pub(super) struct SpawnStep {
    uid: Uid,
    entity: Entity,
}

impl SpawnStep {
    pub(super) fn new(uid: Uid, entity: Entity) -> Self {
        Self { uid, entity }
    }
}

impl Step for SpawnStep {
    fn undo(&self, world: &mut World) {
        world.despawn(self.entity);
    }

    fn commit(&self, world: &mut World, _: &mut TouchedAggregates) {
        world
            .get_resource_or_init::<DirtyRecords>()
            .changed(self.uid);
    }

    fn undoable(&self) -> bool {
        false
    }

    fn undo_later(&self, _: &mut super::Txn<'_>) -> Result<(), crate::refusal::Refusal> {
        Err(crate::refusal::Code::CANNOT_UNDO.into())
    }
}

pub(super) struct ResourceStep<R> {
    before: Option<R>,
}

impl<R> ResourceStep<R> {
    pub(super) fn new(before: Option<R>) -> Self {
        Self { before }
    }
}

impl<R: Resource<Mutability = Mutable> + Clone> Step for ResourceStep<R> {
    fn undo(&self, world: &mut World) {
        match &self.before {
            Some(before) => world.insert_resource(before.clone()),
            None => {
                world.remove_resource::<R>();
            }
        }
    }

    fn commit(&self, _: &mut World, _: &mut TouchedAggregates) {}

    fn undoable(&self) -> bool {
        self.before.is_some()
    }

    fn undo_later(&self, txn: &mut super::Txn<'_>) -> Result<(), crate::refusal::Refusal> {
        if let Some(before) = &self.before {
            txn.set_resource(before.clone());
        }
        Ok(())
    }
}
