//! The systems that bring values up to inputs.

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    authority::Authority,
    clock::{ClockMode, RulesClock},
    content::{ActiveContent, Content, ContentState},
};

use crate::{
    StatId,
    content::ActiveWorld,
    dirty::{DirtyStats, queue, queue_all},
    facts::StatMessages,
    inputs::StatInputs,
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
    /// In [`RulesSystems::Simulate`](wayfarer_core::clock::RulesSystems::Simulate): what has lasted
    /// long enough ends, and what goes on by itself goes on.
    GoOn,
    /// In [`RulesSystems::Settle`](wayfarer_core::clock::RulesSystems::Settle): values catch up
    /// with inputs.
    Settle,
    /// In `PreUpdate` on a client, in [`ReceivedSystems`](wayfarer_core::ReceivedSystems): finds
    /// what the network has changed.
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

fn is_second(world: &World) -> bool {
    let clock = world.get_resource::<RulesClock>().copied();
    let mode = world.get_resource::<ClockMode>().copied();
    a_second_has_passed(clock.unwrap_or_default(), mode.unwrap_or_default())
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

/// The active world has changed: [`settle`] moves everybody into it.
pub(crate) fn change_world(world: &mut World) {
    queue_all(world);
}

/// New content: every layout is another. Instances are carried over at once, so that no rule sees
/// values of the old content beside definitions of the new.
pub(crate) fn swap_content(world: &mut World, old: &Content, new: &Content) {
    swap::warn_of_unknown(world, old, new);
    world.resource_mut::<Layouts>().clear();
    queue_all(world);
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
    let hosts = world.get_resource::<Authority>() == Some(&Authority::Host);
    let active = world.get_resource::<ActiveWorld>().and_then(|a| a.0);
    let told = world.get_resource::<StatMessages>().copied();
    // Taken out while the characters are borrowed; pushes meanwhile land in the empty one.
    let mut work = std::mem::take(&mut *world.resource_mut::<DirtyStats>());
    let mut layouts = std::mem::take(&mut *world.resource_mut::<Layouts>());
    work.changes.told = told.unwrap_or_default().0;
    let returning = if is_second(world) {
        std::mem::take(&mut work.returning)
    } else {
        Vec::new()
    };
    let mut after: Vec<(Entity, StatOp)> = Vec::new();
    let mut newly_public: Vec<(Entity, PublicStats)> = Vec::new();
    let mut query = world.query::<(&mut StatInputs, &mut StatValues, Option<&mut PublicStats>)>();
    let list = std::mem::take(&mut work.list);
    let touched = list.iter().map(|&entity| (entity, false));
    let back = returning.iter().map(|&entity| (entity, true));
    for (entity, returns) in touched.chain(back) {
        let Ok((mut inputs, mut values, mut public)) = query.get_mut(world, entity) else {
            continue;
        };
        let inputs = inputs.bypass_change_detection();
        let settled = values.bypass_change_detection();
        work.changes.begin(entity);
        let changed = if returns {
            settled.returning = false;
            settled.settle_resources(inputs, now, &mut work.changes)
        } else {
            settled.queued = false;
            let new = settled.needs_layout(inputs);
            if hosts && new && inputs.world != active {
                after.push((entity, StatOp::SetWorld(active)));
            }
            let layout = new.then(|| layouts.get(&content, inputs));
            settled.settle(inputs, layout, now, &mut work.changes)
        };
        if !settled.returning && settled.is_returning(inputs, now) {
            settled.returning = true;
            work.returning.push(entity);
        }
        if hosts && let Some(until) = inputs.next_expiry() {
            work.expiries.insert((until, entity));
        }
        after.extend(work.changes.rebases.iter().map(|&(stat, current)| {
            let current = Some(current);
            (entity, StatOp::SetResource { stat, current })
        }));
        if !changed {
            continue;
        }
        if hosts {
            match &mut public {
                Some(public) => publish(settled, public),
                None => newly_public.extend(first_public(settled).map(|public| (entity, public))),
            }
        }
        values.set_changed();
    }
    work.list = list;
    work.list.clear();
    let mut facts = std::mem::take(&mut work.changes.facts);
    give_back(world, work, layouts);
    for (entity, public) in newly_public {
        world.entity_mut(entity).insert(public);
    }
    if hosts {
        for (entity, op) in after {
            follow_up(world, entity, op);
        }
    }
    facts.tell(world);
    // An observer may have settled characters meanwhile.
    let mut dirty = world.resource_mut::<DirtyStats>();
    dirty.changes.facts.keep_room(facts);
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

/// The public values of a character that has not shown any yet; `None` if it has none to show.
fn first_public(values: &StatValues) -> Option<PublicStats> {
    let rows = values.layout()?.shape().public();
    let row = |&(stat, slot): &(StatId, u16)| (stat, values.at(slot).unwrap_or(0.0));
    let rows: Vec<(StatId, f32)> = rows.iter().map(row).collect();
    (!rows.is_empty()).then_some(PublicStats { rows })
}

/// What settling itself makes the host write: what a resource has come back to before its rate
/// changed, and the world in which the character is.
fn follow_up(world: &mut World, entity: Entity, op: StatOp) {
    let done = world.transact("stats.follow_up", |txn| txn.op::<StatInputs>(entity, op));
    if let Err(refusal) = done {
        tracing::warn!("settling could not be finished: {refusal}");
    }
}

/// The commit hook of [`StatInputs`].
pub(crate) fn committed(world: &mut World, entity: Entity) {
    queue(world, entity);
}
