//! An aggregate is a component that changes only by ops: small values that apply at once and
//! return their exact inverse.
//!
//! One op type serves applying, rolling back, the wire, replay and the game master's undo.

use std::{any::TypeId, fmt::Debug};

use bevy::{ecs::component::Mutable, platform::collections::HashMap, prelude::*};
use bevy_replicon::shared::replication::diff::{Diffable, EntityDiffExt};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use smallvec::SmallVec;

/// Why an op could not be applied. Nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct OpError(pub &'static str);

/// A component that changes only by [`Op`](Aggregate::Op)s.
///
/// **Invariants.** Applying an op and then the inverse it returned leaves the value
/// bit-identical. An op that fails changes nothing. `apply` is total: any op, from any peer, is
/// applied or refused without a panic.
///
/// Fields are private to the owning crate and nobody takes `&mut`: a direct change beside a diff
/// would make clients differ silently and for ever.
pub trait Aggregate:
    Component<Mutability = Mutable> + Serialize + DeserializeOwned + Clone + Debug
{
    /// Stable name, for the wire and the ledger.
    const NAME: &'static str;
    /// How it can change.
    type Op: Clone + Debug + Serialize + DeserializeOwned + Send + Sync + 'static;

    /// Applies an op and returns its exact inverse.
    fn apply(&mut self, op: &Self::Op) -> Result<Self::Op, OpError>;
    /// How many ops were ever committed; part of the value, so that a client knows what it sees.
    fn revision(&self) -> u32;
    /// Sets the count. Called by the transaction and by replication only.
    fn set_revision(&mut self, revision: u32);
}

/// An op on its way to the clients.
///
/// On the host the op is applied inside the transaction already; replicon records the diff at
/// commit and must not apply it a second time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpDiff<O> {
    op: O,
    #[serde(skip)]
    applied: bool,
}

/// What `apply_diff` does for every aggregate; used by [`replicate_by_ops!`](crate::replicate_by_ops).
#[doc(hidden)]
pub fn receive_op<A: Aggregate>(value: &mut A, diff: &OpDiff<A::Op>) -> Result<()> {
    if !diff.applied {
        value.apply(&diff.op).map_err(|error| {
            BevyError::warning(format!("{} differs from the host's: {error}", A::NAME))
        })?;
    }
    value.set_revision(value.revision().wrapping_add(1));
    Ok(())
}

/// Implements replicon's `Diffable` for an aggregate, so that its ops are what is replicated.
#[macro_export]
macro_rules! replicate_by_ops {
    ($aggregate:ty) => {
        impl $crate::replicon::shared::replication::diff::Diffable for $aggregate {
            type Diff = $crate::aggregate::OpDiff<<$aggregate as $crate::aggregate::Aggregate>::Op>;
            const HISTORY_LEN: usize = 256;

            fn apply_diff(&mut self, diff: &Self::Diff) -> ::bevy::prelude::Result<()> {
                $crate::aggregate::receive_op(self, diff)
            }
        }
    };
}

/// Whether a network host is running, so that committed ops are recorded for its clients.
/// Set by the network plugin.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReplicationActive(pub bool);

/// Called after ops on an entity's aggregate were committed, once for all ops of a transaction.
pub type CommittedHook = fn(&mut World, Entity);

type RecordOps = fn(&mut World, Entity, &dyn std::any::Any);

#[derive(Default)]
struct AggregateEntry {
    record: Option<RecordOps>,
    hooks: SmallVec<[CommittedHook; 2]>,
}

/// What happens at the commit of each kind of aggregate.
#[derive(Resource, Default)]
pub struct AggregateRegistry {
    entries: HashMap<TypeId, AggregateEntry>,
}

impl AggregateRegistry {
    pub(crate) fn committed<A: Aggregate>(world: &mut World, entity: Entity, ops: &[A::Op])
    where
        A::Op: 'static,
    {
        let record = world
            .get_resource::<Self>()
            .and_then(|registry| registry.entries.get(&TypeId::of::<A>())?.record);
        let active = || {
            let active = world.get_resource::<ReplicationActive>();
            active.is_some_and(|active| active.0)
        };
        match record {
            Some(record) if active() => {
                for op in ops {
                    record(world, entity, op);
                }
            }
            _ => mark_changed::<A>(world, entity, ops.len()),
        }
    }

    /// Calls the hooks of an aggregate after the last of its ops.
    pub(crate) fn run_hooks(world: &mut World, kind: TypeId, entity: Entity) {
        let hooks = world
            .get_resource::<Self>()
            .and_then(|registry| registry.entries.get(&kind))
            .map_or_else(SmallVec::new, |entry| entry.hooks.clone());
        for hook in hooks {
            hook(world, entity);
        }
    }
}

fn mark_changed<A: Aggregate>(world: &mut World, entity: Entity, ops: usize) {
    if let Some(mut value) = world.get_mut::<A>(entity) {
        let revision = value.revision().wrapping_add(ops as u32);
        value.set_revision(revision);
    }
}

fn record_op<A>(world: &mut World, entity: Entity, op: &dyn std::any::Any)
where
    A: Aggregate + Diffable<Diff = OpDiff<<A as Aggregate>::Op>>,
{
    let Some(op) = op.downcast_ref::<A::Op>() else {
        return;
    };
    let diff = OpDiff {
        op: op.clone(),
        applied: true,
    };
    let Ok(mut entity) = world.get_entity_mut(entity) else {
        return;
    };
    if let Err(error) = entity.apply_diff::<A>(diff) {
        tracing::warn!("{} was not recorded for clients: {error}", A::NAME);
    }
}

/// Registration of aggregates.
pub trait AggregateAppExt {
    /// Registers how an aggregate is committed. Needed once per type; repeating it is harmless.
    fn register_aggregate<A>(&mut self) -> &mut Self
    where
        A: Aggregate + Diffable<Diff = OpDiff<<A as Aggregate>::Op>>;

    /// Calls `hook` after ops on an `A` were committed, for example to put it on a dirty list.
    fn on_committed<A: Aggregate>(&mut self, hook: CommittedHook) -> &mut Self;
}

impl AggregateAppExt for App {
    fn register_aggregate<A>(&mut self) -> &mut Self
    where
        A: Aggregate + Diffable<Diff = OpDiff<<A as Aggregate>::Op>>,
    {
        self.init_resource::<AggregateRegistry>();
        let mut registry = self.world_mut().resource_mut::<AggregateRegistry>();
        registry
            .entries
            .entry(TypeId::of::<A>())
            .or_default()
            .record = Some(record_op::<A>);
        self
    }

    fn on_committed<A: Aggregate>(&mut self, hook: CommittedHook) -> &mut Self {
        self.init_resource::<AggregateRegistry>();
        let mut registry = self.world_mut().resource_mut::<AggregateRegistry>();
        let entry = registry.entries.entry(TypeId::of::<A>()).or_default();
        if !entry
            .hooks
            .iter()
            .any(|&known| std::ptr::fn_addr_eq(known, hook))
        {
            entry.hooks.push(hook);
        }
        self
    }
}
