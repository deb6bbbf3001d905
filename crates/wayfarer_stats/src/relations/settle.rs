//! How relations come to characters, and how their changes are told.

use std::collections::BTreeSet;

use bevy::prelude::*;
use wayfarer_core::{
    action::ActionAppExt,
    aggregate::AggregateAppExt,
    clock::RulesTick,
    content::{ActiveContent, Content, ContentAppExt},
    id::DefId,
    protocol::ProtocolAppExt,
    state::{Audience, RestoreReport, StateAppExt},
};

use super::{
    ForgetRelations, PatchRelation, RelationChanged, RelationDef, RelationIndex,
    RelationLevelChanged, RelationTierChanged, Relations, check_relations, facts::Told,
    view::BondValues,
};
use crate::{StatId, StatSystems, rules::resource::Now};

/// Everything about relations that the plugin adds.
pub(crate) fn register(app: &mut App, plugin: &'static str) {
    app.init_resource::<TouchedRelations>()
        .init_resource::<UnknownRelations>()
        .add_message::<RelationChanged>()
        .add_message::<RelationTierChanged>()
        .add_message::<RelationLevelChanged>()
        .register_definition::<RelationDef>()
        .register_content_derive("stats.2_relations", RelationIndex::build)
        .register_content_check("stats.relations", check_relations)
        .on_content_swap(swap)
        .register_action::<PatchRelation>()
        .register_action::<ForgetRelations>()
        .register_aggregate::<Relations>()
        .register_revision::<Relations>()
        .on_committed::<Relations>(committed)
        .on_restored("stats.relations", restored);
    app.register_state::<Relations>("stats.relations", 1, Audience::Owner);
    app.declare_replicated_ops::<Relations>(plugin, "stats.relations", 1, Audience::Owner);
    let something = |touched: Res<TouchedRelations>| !touched.0.is_empty();
    app.add_systems(
        RulesTick,
        tell.run_if(something)
            .after(crate::settle::settle)
            .in_set(StatSystems::Settle),
    )
    .add_systems(
        PreUpdate,
        (
            scan_received.in_set(StatSystems::ClientScan),
            tell.run_if(something)
                .after(crate::settle::settle)
                .in_set(StatSystems::ClientSettle),
        ),
    );
}

/// Whose relations have changed since changes were last told.
#[derive(Resource, Default, Debug)]
struct TouchedRelations(BTreeSet<Entity>);

/// Kinds of relations, and stats of kinds, that holders have values for and that the content does
/// not know. They are kept; each is told of once.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownRelations(pub BTreeSet<(DefId, Option<StatId>)>);

/// The commit hook of [`Relations`].
fn committed(world: &mut World, entity: Entity) {
    if let Some(mut touched) = world.get_resource_mut::<TouchedRelations>() {
        touched.0.insert(entity);
    }
}

/// On a client: whose relations the network has changed.
fn scan_received(
    changed: Query<Entity, Changed<Relations>>,
    mut touched: ResMut<TouchedRelations>,
) {
    if !changed.is_empty() {
        touched.0.extend(&changed);
    }
}

/// Tells what is different since the last time.
fn tell(world: &mut World) {
    let touched = std::mem::take(&mut world.resource_mut::<TouchedRelations>().0);
    let content = world
        .get_resource::<ActiveContent>()
        .map(|active| active.0.clone())
        .unwrap_or_default();
    let now = Now::of(world);
    let mut told = Told::default();
    for entity in touched {
        let Some(mut relations) = world.get_mut::<Relations>(entity) else {
            continue;
        };
        let before = std::mem::take(&mut relations.bypass_change_detection().touched);
        let Some(index) = content.derived::<RelationIndex>() else {
            continue;
        };
        for (bond, stored) in before {
            let Some(kind) = index.get(bond.kind) else {
                continue;
            };
            let values = |stored| BondValues::of_stored(&content, kind, stored, now);
            let after = relations.get(bond).map_or(&[][..], |known| known.values());
            told.compare(entity, bond.other, &values(&stored), &values(after));
        }
    }
    told.tell(world);
}

fn swap(world: &mut World, old: &Content, new: &Content) {
    warn_of_unknown(world, old, new);
}

fn restored(world: &mut World, _: &mut RestoreReport) {
    let Some(content) = world.get_resource::<ActiveContent>().map(|c| c.0.clone()) else {
        return;
    };
    // What was told of the world before is not waited for any more.
    world.resource_mut::<TouchedRelations>().0.clear();
    warn_of_unknown(world, &content, &content);
}

/// Warns once of each kind and stat that relations have and the content has not.
fn warn_of_unknown(world: &mut World, old: &Content, new: &Content) {
    let empty = RelationIndex::default();
    let index = new.derived::<RelationIndex>().unwrap_or(&empty);
    let mut lost = BTreeSet::new();
    let mut query = world.query::<&Relations>();
    for (bond, relation) in query.iter(world).flat_map(Relations::iter) {
        match index.get(bond.kind) {
            None => {
                lost.insert((bond.kind, None));
            }
            Some(kind) => lost.extend(
                relation
                    .values()
                    .iter()
                    .filter(|(stat, _)| kind.axis(*stat).is_none())
                    .map(|(stat, _)| (bond.kind, Some(*stat))),
            ),
        }
    }
    let mut unknown = world.get_resource_or_init::<UnknownRelations>();
    for (kind, stat) in lost.difference(&unknown.0) {
        let name = old
            .name_of(*kind)
            .map_or_else(|| kind.to_string(), str::to_owned);
        match stat {
            None => tracing::warn!(
                "the content does not have the relation {name}; those of characters are kept"
            ),
            Some(stat) => tracing::warn!(
                "the relation {name} does not have the stat {stat}; values of characters are kept"
            ),
        }
    }
    unknown.0 = lost;
}
