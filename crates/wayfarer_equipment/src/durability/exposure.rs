//! Weather: optional, off for everybody who carries no [`Exposure`].

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::{Action, HostWorldExt},
    authority::Role,
    clock::{ClockMode, RulesClock, ticks},
    content::{ActiveContent, Content},
    feature::Features,
    id::Identity,
    refusal::{Code, Refusal},
    txn::Txn,
};

use super::{
    apply::{WearCause, roll, wear_out_all},
    group_of, hardiness, hour_seconds,
    rounds::exposed,
};
use crate::{
    FEATURE,
    content::{MaterialDef, WearRulesDef},
};

/// The surroundings that somebody is out in: what they wear suffers from it, in hours of the world
/// and never while nobody plays.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(Component)]
pub struct Exposure {
    /// A word of the wear rules, such as `rain`; empty for a roof over the head.
    pub environment: String,
    /// The tick at which it next wears things.
    pub next: u64,
}

/// `equipment.expose`: a game master puts the actor out into the weather, or under a roof.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub struct Expose {
    /// A word of the wear rules; under a roof if left out.
    pub environment: Option<String>,
}

impl Action for Expose {
    const NAME: &'static str = "equipment.expose";
    type Receipt = ();
    const MIN_ROLE: Role = Role::GameMaster;
    const FEATURE: Option<&'static str> = Some(FEATURE);

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let actor = txn.actor()?;
        expose(txn, actor, self.environment.as_deref())
    }
}

/// Puts somebody out into the weather, or under a roof. For a game's own places.
///
/// # Errors
/// `not_found` for surroundings that the rules do not know.
pub fn expose(txn: &mut Txn<'_>, entity: Entity, environment: Option<&str>) -> Result<(), Refusal> {
    let content = txn.content();
    let environment = environment.unwrap_or_default();
    if txn
        .get::<Exposure>(entity)
        .map_or(environment.is_empty(), |now| now.environment == environment)
    {
        return Ok(());
    }
    let rules = WearRulesDef::in_force(&content);
    let known = rules.is_some_and(|rules| rules.environments.contains_key(environment));
    if !known && !environment.is_empty() {
        return Err(Refusal::new(Code::NOT_FOUND).with("what", "environment"));
    }
    let next = txn.tick().saturating_add(period(txn.world(), &content));
    txn.ensure::<Exposure>(entity)?;
    txn.set(
        entity,
        Exposure {
            environment: environment.to_owned(),
            next,
        },
    )
}

fn period(world: &World, content: &Content) -> u64 {
    let hours = WearRulesDef::in_force(content).map_or(1.0, |rules| rules.exposure_hours);
    let mode = world.get_resource::<ClockMode>().copied();
    ticks(hours * hour_seconds(content), mode.unwrap_or_default().hz()).max(1)
}

/// Wears what is due, by uid.
pub(super) fn expose_all(world: &mut World) {
    if Features::check(world, FEATURE).is_err() {
        return;
    }
    let now = world.resource::<RulesClock>().tick;
    let mut query = world.query::<(Entity, &Identity, &Exposure)>();
    let mut due: Vec<_> = query
        .iter(world)
        .filter(|(.., exposure)| !exposure.environment.is_empty() && exposure.next <= now)
        .map(|(entity, id, _)| (id.0, entity))
        .collect();
    if due.is_empty() {
        return;
    }
    due.sort_unstable();
    let content = world.resource::<ActiveContent>().0.clone();
    let period = period(world, &content);
    for (_, entity) in due {
        let done = world.transact("equipment.exposure", |txn| {
            weather(txn, &content, entity, now.saturating_add(period))
        });
        if let Err(refusal) = done {
            tracing::debug!("the weather wore nothing: {refusal}");
        }
    }
}

fn weather(txn: &mut Txn<'_>, content: &Content, entity: Entity, next: u64) -> Result<(), Refusal> {
    let exposure = txn.need::<Exposure>(entity, "exposure")?.clone();
    let environment = exposure.environment.clone();
    txn.set(entity, Exposure { next, ..exposure })?;
    let mut amounts = Vec::new();
    for item in exposed(txn, entity)? {
        let Some((rules, group)) = group_of(content, &item) else {
            continue;
        };
        let surroundings = rules.environments.get(&environment);
        let surroundings = surroundings.copied().unwrap_or(1.0);
        let percent =
            f64::from(group.exposure) * f64::from(rules.exposure_hours) * f64::from(surroundings);
        let hardiness = hardiness(content, &item, exposure_factor);
        let amount = roll(txn, percent, hardiness, rules.variance);
        amounts.push((item.uid, amount));
    }
    wear_out_all(txn, entity, &amounts, WearCause::Exposure)
}

fn exposure_factor(material: &MaterialDef) -> f32 {
    material.exposure_factor
}
