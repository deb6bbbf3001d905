//! The systems that bring values up to inputs.

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    authority::Authority,
    clock::{ClockMode, RulesClock},
    content::{ActiveContent, Content, ContentState},
};

use crate::{
    content::ActiveWorld,
    dirty::{DirtyStats, queue, queue_all},
    facts::{StatMessages, Told},
    id::StatId,
    inputs::{Current, StatInputs},
    layout::Layouts,
    ops::StatOp,
    public::PublicStats,
    rules::resource::Now,
    swap,
    values::StatValues,
};

/// Where the systems of this crate run.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatSystems {
    /// In [`RulesSystems::Settle`](wayfarer_core::clock::RulesSystems::Settle): values catch up
    /// with inputs.
    Settle,
    /// In `PreUpdate` on a client: finds what the network has changed. Order it after receiving.
    ClientScan,
    /// In `PreUpdate` on a client, after [`ClientScan`](Self::ClientScan): values catch up.
    ClientSettle,
}

impl Now {
    /// The present of a world.
    pub fn of(world: &World) -> Self {
        let clock = world.get_resource::<RulesClock>();
        let mode = world.get_resource::<ClockMode>().copied();
        Self {
            tick: clock.map_or(0, |clock| clock.tick),
            hz: mode.unwrap_or_default().hz(),
        }
    }
}

/// Run condition: somebody waits, and there are rules to settle by.
pub(crate) fn something_to_settle(
    dirty: Res<DirtyStats>,
    authority: Res<Authority>,
    state: Res<ContentState>,
    clock: Res<RulesClock>,
    mode: Res<ClockMode>,
) -> bool {
    let waiting = !dirty.list.is_empty()
        || (!dirty.returning.is_empty() && a_second_has_passed(*clock, *mode));
    waiting && *authority != Authority::None && *state == ContentState::Ready
}

/// What comes back by itself is looked at once a second.
fn a_second_has_passed(clock: RulesClock, mode: ClockMode) -> bool {
    clock.tick.is_multiple_of((mode.hz().round() as u64).max(1))
}

/// On a client: puts what the network has changed on the list.
pub(crate) fn scan_received(
    changed: Query<Entity, Changed<StatInputs>>,
    mut values: Query<&mut StatValues>,
    mut dirty: ResMut<DirtyStats>,
) {
    for entity in &changed {
        if let Ok(mut values) = values.get_mut(entity)
            && !std::mem::replace(&mut values.bypass_change_detection().queued, true)
        {
            dirty.list.push(entity);
        }
    }
}

/// The active world has changed: every layout is another.
pub(crate) fn change_world(world: &mut World) {
    world.resource_mut::<Layouts>().clear();
    queue_all(world);
}

/// New content: every layout is another. Instances are carried over at once, so that no rule sees
/// values of the old content beside definitions of the new.
pub(crate) fn swap_content(world: &mut World, old: &Content, new: &Content) {
    swap::warn_of_unknown(world, old, new);
    change_world(world);
    if world.get_resource::<Authority>() != Some(&Authority::None) {
        settle(world);
    }
}

/// Settles everybody on the list.
pub(crate) fn settle(world: &mut World) {
    let now = Now::of(world);
    let Some(content) = world.get_resource::<ActiveContent>().map(|c| c.0.clone()) else {
        return;
    };
    let active_world = world
        .get_resource::<ActiveWorld>()
        .copied()
        .unwrap_or_default();
    let hosts = world.get_resource::<Authority>() == Some(&Authority::Host);
    let told = world
        .get_resource::<StatMessages>()
        .copied()
        .unwrap_or_default()
        .0;
    // Taken out while the characters are borrowed; pushes meanwhile land in the empty one.
    let mut work = std::mem::take(&mut *world.resource_mut::<DirtyStats>());
    let mut layouts = std::mem::take(&mut *world.resource_mut::<Layouts>());
    work.changes.told = told;
    let mut facts = Told::default();
    let mut rebases: Vec<(Entity, StatId, Current)> = Vec::new();
    let mut query = world.query::<(&mut StatInputs, &mut StatValues, &mut PublicStats)>();
    let returning = std::mem::take(&mut work.returning);
    let mut still: Vec<Entity> = Vec::new();
    let characters = work.list.iter().map(|entity| (*entity, false));
    for (entity, returns) in characters.chain(returning.into_iter().map(|e| (e, true))) {
        let Ok((mut inputs, mut values, mut public)) = query.get_mut(world, entity) else {
            continue;
        };
        let inputs = inputs.bypass_change_detection();
        let settled = values.bypass_change_detection();
        work.changes.clear();
        let changed = if returns {
            settled.settle_resources(inputs, now, &mut work.changes)
        } else {
            settled.queued = false;
            let layout = settled
                .needs_layout(inputs)
                .then(|| layouts.get(&content, active_world, inputs));
            settled.settle(inputs, layout, now, &mut work.changes)
        };
        let was_returning = settled.returning && !returns;
        settled.returning = settled.is_returning(inputs, now);
        if settled.returning && !was_returning {
            still.push(entity);
        }
        if !changed {
            rebases.extend(work.changes.rebases.iter().map(|&(s, c)| (entity, s, c)));
            continue;
        }
        if hosts {
            publish(settled, &mut public);
        }
        if let Some(layout) = settled.layout() {
            facts.take(entity, layout, &work.changes);
        }
        rebases.extend(work.changes.rebases.iter().map(|&(s, c)| (entity, s, c)));
        values.set_changed();
    }
    work.list.clear();
    work.returning = still;
    give_back(world, work, layouts);
    if hosts {
        for (entity, stat, current) in rebases {
            store(world, entity, stat, current);
        }
    }
    facts.tell(world);
}

fn give_back(world: &mut World, mut work: DirtyStats, layouts: Layouts) {
    let mut dirty = world.resource_mut::<DirtyStats>();
    work.list.append(&mut dirty.list);
    *dirty = work;
    *world.resource_mut::<Layouts>() = layouts;
}

/// Writes the public values, if one differs.
fn publish(values: &StatValues, public: &mut Mut<PublicStats>) {
    let Some(layout) = values.layout() else {
        return;
    };
    let rows = layout.shape().public();
    let now = || {
        rows.iter()
            .map(|&(stat, slot)| (stat, values.at(slot).unwrap_or(0.0)))
    };
    if !public.rows.iter().copied().eq(now()) {
        public.rows.clear();
        let rows = now();
        public.rows.extend(rows);
    }
}

/// Stores what has come back so far, because from now on it comes back differently.
fn store(world: &mut World, entity: Entity, stat: StatId, current: Current) {
    let op = StatOp::SetResource {
        stat,
        current: Some(current),
    };
    let stored = world.transact("stats.store_resource", |txn| {
        txn.op::<StatInputs>(entity, op)
    });
    if let Err(refusal) = stored {
        tracing::warn!("a resource could not be stored: {refusal}");
    }
}

/// The commit hook of [`StatInputs`].
pub(crate) fn committed(world: &mut World, entity: Entity) {
    queue(world, entity);
}
