//! The load: how heavy what somebody carries is for them, and what it does to them.
//!
//! Derived on the host and on clients alike from items, content and stats, and only when one of
//! them has changed. The host keeps the curve's modifiers and replaces them only when one of them
//! changes.

use bevy::prelude::*;
use smallvec::SmallVec;
use wayfarer_core::{
    action::HostWorldExt,
    aggregate::AggregateAppExt,
    authority::{Authority, is_host},
    clock::{RulesSystems, RulesTick},
    content::{ActiveContent, Content},
    fact::Fact,
    id::{DefId, Identity, Uid},
};
use wayfarer_stats::{StatSystems, inputs::StatInputs};

use crate::{
    content::{KitDef, LoadCurveDef},
    facts::LoadChanged,
    inventory::Inventory,
    measure::Micro,
    overflow::settle_places,
    plugin::MeasureTable,
    rules::{load_factor, load_share},
    stats::{self, Change},
    view::View,
};

/// What somebody carries, against what they can. Only on those whose kit has a weight limit or a
/// load curve.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Reflect)]
#[reflect(Component)]
pub struct Load {
    /// Kilograms carried, worn things included.
    pub weight: f32,
    /// Kilograms that may be carried; `None` without limit.
    pub max_weight: Option<f32>,
    /// Bulk in all compartments.
    pub bulk: f32,
    /// Bulk that fits into the compartments that have a limit.
    pub max_bulk: f32,
    /// Weight ÷ limit; 0 without limit.
    pub share: f32,
    /// What the curve multiplies first: as a rule, how fast its carrier still is. 1 without a curve.
    pub factor: f32,
    /// Whether to warn the player.
    pub warn: bool,
}

/// Whose load has to be looked at again.
#[derive(Resource, Default)]
pub struct LoadDirty(Vec<Entity>);

impl LoadDirty {
    /// Looks at somebody's load again in the next tick. Only needed for causes of a game's own,
    /// such as a policy that changes; items, stats and content are noticed.
    pub fn push(&mut self, entity: Entity) {
        self.0.push(entity);
    }
}

/// When loads are settled: in [`RulesSystems::Settle`], before stats, so that speed follows the
/// load in the same tick.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LoadSystems;

pub(crate) fn items_committed(world: &mut World, entity: Entity) {
    if let Some(mut dirty) = world.get_resource_mut::<LoadDirty>() {
        dirty.push(entity);
    }
}

/// The limit may follow from stats.
pub(crate) fn stats_committed(world: &mut World, entity: Entity) {
    if world.get::<Load>(entity).is_some() {
        items_committed(world, entity);
    }
}

/// On a client, items and stats come by replication and past the transactions.
fn find_received(
    changed: Query<
        Entity,
        (
            With<Inventory>,
            Or<(Changed<Inventory>, Changed<StatInputs>)>,
        ),
    >,
    mut dirty: ResMut<LoadDirty>,
) {
    for entity in &changed {
        dirty.push(entity);
    }
}

fn settle(world: &mut World) {
    let mut dirty = std::mem::take(&mut world.resource_mut::<LoadDirty>().0);
    // By uid, so that ledger and modifiers come in the same order on every run.
    dirty.sort_unstable_by_key(|&entity| (world.get::<Identity>(entity).map(|id| id.0), entity));
    dirty.dedup();
    let content = world.resource::<ActiveContent>().0.clone();
    for &entity in &dirty {
        settle_one(world, &content, entity);
    }
    dirty.clear();
    // The memory is kept: a tick in which somebody moves things allocates nothing.
    let mut list = world.resource_mut::<LoadDirty>();
    if list.0.is_empty() {
        list.0 = dirty;
    }
}

fn settle_one(world: &mut World, content: &Content, entity: Entity) {
    let Some(inventory) = world.get::<Inventory>(entity) else {
        return unburden(world, entity);
    };
    if !inventory.is_measured()
        && let Some(table) = content.derived::<MeasureTable>()
        && let Some(mut inventory) = world.get_mut::<Inventory>(entity)
    {
        // A snapshot that replication laid over the old value has no totals yet.
        inventory.bypass_change_detection().attach(table.0.clone());
    }
    let Ok(view) = View::of(world, content, entity) else {
        return;
    };
    let Some((load, curve)) = load_of(&view) else {
        return unburden(world, entity);
    };
    if *world.resource::<Authority>() == Authority::Host
        && let Some((origin, changes)) = curve
        && let Some(&Identity(uid)) = world.get::<Identity>(entity)
    {
        lay_on(world, entity, uid, origin, &changes);
    }
    if world.get::<Load>(entity) != Some(&load) {
        world.entity_mut(entity).insert(load);
        LoadChanged { entity }.tell(world);
    }
}

/// Somebody carries nothing any more that could be a load, or their kit knows none.
fn unburden(world: &mut World, entity: Entity) {
    if world.get::<Load>(entity).is_none() {
        return;
    }
    if *world.resource::<Authority>() == Authority::Host
        && let Some(&Identity(uid)) = world.get::<Identity>(entity)
    {
        lay_on(world, entity, uid, DefId(0), &[]);
    }
    world.entity_mut(entity).remove::<Load>();
    LoadChanged { entity }.tell(world);
}

/// What a curve does now.
type Laid = (DefId, SmallVec<[Change; 4]>);

/// The load of somebody, with the curve and what it changes; `None` when the kit has neither limit
/// nor curve.
fn load_of(view: &View<'_>) -> Option<(Load, Option<Laid>)> {
    let kit: &KitDef = view.kit()?;
    if kit.weight_limit.is_none() && kit.load.is_none() {
        return None;
    }
    let curve = kit
        .load
        .as_ref()
        .and_then(|curve| view.content.table::<LoadCurveDef>().get(curve.id()));
    let inventory = view.inventory;
    let carried = inventory.total();
    let max_weight = view.weight_limit();
    let (mut bulk, mut max_bulk) = (Micro::default(), 0.0);
    for index in (0..=u8::MAX).take(inventory.compartments().len()) {
        bulk.0 = bulk.0.wrapping_add(inventory.tally(index).bulk.0);
        max_bulk += view.limits(index).ok().and_then(|l| l.bulk).unwrap_or(0.0);
    }
    let share = load_share(carried, max_weight);
    let (factor, warn) = load_factor(share, curve.map(|def| &**def));
    let load = Load {
        weight: carried.weight.to_f32(),
        max_weight,
        bulk: bulk.to_f32(),
        max_bulk,
        share,
        factor,
        warn,
    };
    let laid = curve.map(|def| {
        let changes = def.changes.iter().filter_map(|change| change.at(share));
        (def.id(), changes.collect())
    });
    Some((load, laid))
}

fn lay_on(world: &mut World, entity: Entity, uid: Uid, origin: DefId, changes: &[Change]) {
    if stats::does(world, entity, uid, changes) {
        return;
    }
    let done = world.transact("inventory.load", |txn| {
        stats::lay_on(txn, entity, uid, origin, changes)
    });
    if let Err(refusal) = done {
        tracing::warn!("the load of {uid} could not be laid on: {refusal}");
    }
}

/// New content: other weights, limits and curves.
pub(crate) fn content_swapped(world: &mut World, _: &Content, new: &Content) {
    let Some(table) = new.derived::<MeasureTable>() else {
        return;
    };
    let measures = table.0.clone();
    let mut inventories = world.query::<(Entity, &mut Inventory)>();
    let mut all = Vec::new();
    for (entity, mut inventory) in inventories.iter_mut(world) {
        inventory.bypass_change_detection().attach(measures.clone());
        all.push(entity);
    }
    world.get_resource_or_init::<LoadDirty>().0.extend(all);
    settle_places(world, new);
}

pub(crate) fn plugin(app: &mut App) {
    app.init_resource::<LoadDirty>()
        .on_committed::<Inventory>(items_committed)
        .on_committed::<StatInputs>(stats_committed)
        .register_type::<Load>()
        .configure_sets(
            RulesTick,
            LoadSystems
                .in_set(RulesSystems::Settle)
                .before(StatSystems::Settle),
        )
        .add_systems(
            RulesTick,
            (
                find_received.run_if(not(is_host)),
                settle.run_if(|dirty: Res<LoadDirty>| !dirty.0.is_empty()),
            )
                .chain()
                .in_set(LoadSystems),
        );
}
