//! Keeps the panels of the viewed character up to date.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    authority::Role,
    character::DisplayName,
    id::{Identity, UidIndex},
};
use wayfarer_stats::{
    effects::ActiveEffects, relations::Relations, tags::Tags, values::StatValues,
};

use super::{
    Cached, Inspected, effects, graph,
    key::KeyMaker,
    packages,
    rebuild::{everybody, my_role, now, stat_key},
    relations, sheet,
};
use crate::{
    answers::Answers,
    model::{EffectsModel, GraphModel, PackagesModel, RelationsModel, Viewed},
    open::{Panel, PanelsOpen},
    plugin::PanelStates,
};

/// Builds again what has changed and is shown.
pub(super) fn rebuild(world: &mut World, local: Option<Entity>, open: &PanelsOpen) {
    let panels = [
        Panel::Effects,
        Panel::Relations,
        Panel::Packages,
        Panel::Graph,
    ];
    if !panels.into_iter().any(|panel| open.is_open(panel)) {
        return;
    }
    let entity = viewed(world, local);
    if open.is_open(Panel::Effects) {
        effects(world, entity);
    }
    if open.is_open(Panel::Relations) {
        relations(world, entity);
    }
    if open.is_open(Panel::Packages) {
        packages(world, entity);
    }
    if open.is_open(Panel::Graph) {
        graph(world, entity);
    }
}

fn viewed(world: &mut World, local: Option<Entity>) -> Option<Entity> {
    let others = everybody(world);
    world.resource_scope(|world, mut cached: Mut<Cached<Viewed>>| {
        let chosen = world.resource::<Inspected>().0;
        let chosen = chosen.and_then(|uid| world.resource::<UidIndex>().get(uid));
        let target = chosen.or(local);
        let mut key = KeyMaker::new(world);
        key.also(target).also(local).also(&others);
        for (_, entity) in &others {
            key.changed::<DisplayName>(*entity);
        }
        let key = Some(key.done());
        if cached.key != key {
            let names = others
                .iter()
                .map(|&(uid, entity)| (uid, sheet::name_of(world, entity)));
            cached.model = Viewed {
                uid: target
                    .and_then(|entity| world.get::<Identity>(entity))
                    .map(|uid| uid.0),
                name: target.map_or_else(String::new, |entity| sheet::name_of(world, entity)),
                own: target.is_some() && target == local,
                may_edit: false,
                others: names.collect(),
            };
            cached.key = key;
        }
        cached.model.may_edit = my_role(world) >= Role::GameMaster;
        target
    })
}

/// Copies whom the panels are about into a model.
fn follow(world: &World, to: &mut Viewed) {
    let viewed = &world.resource::<Cached<Viewed>>().model;
    if to != viewed {
        to.clone_from(viewed);
    }
}

/// Everything that the effects on a character depend on.
fn effects_key(key: &mut KeyMaker<'_>, entity: Entity) {
    stat_key(key, entity);
    key.changed::<ActiveEffects>(entity).changed::<Tags>(entity);
}

fn effects(world: &mut World, target: Option<Entity>) {
    world.resource_scope(|world, mut cached: Mut<Cached<EffectsModel>>| {
        let may_edit = world.resource::<Cached<Viewed>>().model.may_edit;
        let mut key = KeyMaker::new(world);
        key.also(may_edit);
        if let Some(entity) = target {
            effects_key(&mut key, entity);
        }
        let now = now(world);
        let built = key.done();
        if cached.key != Some(built) {
            cached.model = target.map_or_else(EffectsModel::default, |entity| {
                effects::effects_model(world, entity)
            });
            if may_edit {
                cached.model.choices = effects::choices(world);
            }
            cached.key = Some(built);
        }
        let model = &mut cached.model;
        model.now = now;
        follow(world, &mut model.viewed);
        let feedback = world.resource::<Answers>().feedback();
        if model.feedback != *feedback {
            model.feedback.clone_from(feedback);
        }
        outlooks(world, target, model, built);
    });
}

/// What was looked at last, and what it was then.
#[derive(Resource, Default)]
struct Looked {
    ending: Option<u64>,
    applying: Option<u64>,
    what_if: Option<u64>,
    settings: Option<u64>,
    bond: Option<u64>,
    values: Option<u64>,
}

/// Previews are dear: only what is pointed at or chosen has one.
fn outlooks(world: &mut World, target: Option<Entity>, model: &mut EffectsModel, built: u64) {
    world.init_resource::<Looked>();
    let state = &world.resource::<PanelStates>().effects;
    let (pointed, chosen, level) = (state.pointed, state.chosen, state.level());
    // What comes back by itself changes amounts without a word; twice a second is enough.
    let beat = model.now.tick / 10;
    let mut key = KeyMaker::new(world);
    let ending = key.also(built).also(beat).also(target).also(pointed).done();
    let applying = key.also(chosen).also(level.map(f32::to_bits)).done();
    if world.resource::<Looked>().ending != Some(ending) {
        model.ending = target.zip(pointed).and_then(|(entity, effect)| {
            Some((effect, effects::preview_end(world, entity, effect)?))
        });
        world.resource_mut::<Looked>().ending = Some(ending);
    }
    if world.resource::<Looked>().applying != Some(applying) {
        let wish = target
            .zip(chosen)
            .zip(level)
            .filter(|_| model.viewed.may_edit);
        model.applying = wish.map(|((entity, effect), level)| {
            (effect, effects::preview_apply(world, entity, effect, level))
        });
        world.resource_mut::<Looked>().applying = Some(applying);
    }
}

fn relations(world: &mut World, target: Option<Entity>) {
    world.init_resource::<Looked>();
    world.resource_scope(|world, mut cached: Mut<Cached<RelationsModel>>| {
        let now = now(world);
        // They wear off with time, and names come and go: once a second is often enough to look.
        let second = (now.tick as f64 / now.hz.max(1.0)) as u64;
        let mut key = KeyMaker::new(world);
        key.also(second).also(target);
        if let Some(entity) = target {
            key.changed::<Relations>(entity);
        }
        let chosen = world.resource::<PanelStates>().relations.chosen;
        let built = Some(key.done());
        let bond = Some(key.also(chosen).done());
        if cached.key != built {
            let details = cached.model.details.take();
            cached.model = target.map_or_else(RelationsModel::default, |entity| {
                relations::relations_model(world, entity)
            });
            cached.model.details = details;
            cached.key = built;
        }
        let model = &mut cached.model;
        model.now = now;
        follow(world, &mut model.viewed);
        if world.resource::<Looked>().bond != bond {
            model.details = target.zip(chosen).and_then(|(entity, (other, kind))| {
                relations::bond_details(world, entity, other, kind)
            });
            world.resource_mut::<Looked>().bond = bond;
        }
    });
}

fn packages(world: &mut World, target: Option<Entity>) {
    world.init_resource::<Looked>();
    world.resource_scope(|world, mut cached: Mut<Cached<PackagesModel>>| {
        let built = Some(KeyMaker::new(world).done());
        if cached.key != built {
            cached.model = packages::packages_model(world);
            cached.key = built;
            *world.resource_mut::<Looked>() = Looked::default();
        }
        let tick = now(world).tick;
        let tried = world.resource::<PanelStates>().packages.tried.clone();
        let mut key = KeyMaker::new(world);
        if let Some(entity) = target {
            stat_key(&mut key, entity);
        }
        let settings = Some(key.also(target).also(tick / 10).done());
        for (stat, value) in &tried {
            key.also(stat).also(value.to_bits());
        }
        let what_if = Some(key.done());
        let model = &mut cached.model;
        follow(world, &mut model.viewed);
        if world.resource::<Looked>().settings != settings {
            let found = target.map(|entity| packages::settings(world, entity));
            (model.has, model.settings) = found.unwrap_or_default();
            world.resource_mut::<Looked>().settings = settings;
        }
        if world.resource::<Looked>().what_if != what_if {
            model.what_if =
                target.and_then(|entity| packages::what_if_model(world, entity, &tried));
            world.resource_mut::<Looked>().what_if = what_if;
        }
    });
}

fn graph(world: &mut World, target: Option<Entity>) {
    world.init_resource::<Looked>();
    world.resource_scope(|world, mut cached: Mut<Cached<GraphModel>>| {
        let layout = target
            .and_then(|entity| world.get::<StatValues>(entity))
            .and_then(StatValues::layout);
        let shape = layout.map(|layout| (layout.shape().sets(), layout.shape().world()));
        let mut key = KeyMaker::new(world);
        let built = Some(key.also(shape).done());
        if let Some(entity) = target {
            stat_key(&mut key, entity);
        }
        let values = Some(key.also(target).also(now(world).tick / 10).done());
        if cached.key != built {
            let revision = cached.model.graph.revision + 1;
            let mut graph = target
                .map(|entity| graph::graph_model(world, entity))
                .unwrap_or_default();
            graph.revision = revision;
            cached.model.graph = Arc::new(graph);
            cached.key = built;
            world.resource_mut::<Looked>().values = None;
        }
        let model = &mut cached.model;
        follow(world, &mut model.viewed);
        if world.resource::<Looked>().values != values {
            model.values = target.map_or_else(Vec::new, |entity| {
                graph::graph_values(world, entity, &model.graph)
            });
            world.resource_mut::<Looked>().values = values;
        }
    });
}
