//! Auras: effects that give effects to those around.

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    authority::{Authority, Position},
    clock::{ClockMode, RulesClock, ticks},
    content::{Content, Def},
    id::{Identity, Uid},
    txn::Txn,
};

use super::{
    active::{ActiveEffect, ActiveEffects, Until},
    apply::{apply_effect, check, eval, look_up},
    definition::{EffectDef, StackedBy},
    facts::EndReason,
    queue::EffectQueue,
    refresh, remove,
    spec::EffectSpec,
};
use crate::inputs::StatInputs;

/// Who is around the bearer of an aura, within its radius: the game's to say. May include the
/// bearer, who is left out if the aura says so.
///
/// The default is asked only after somebody has moved; a game's own every [`AURA_INTERVAL`].
#[derive(Resource, Clone, Copy)]
pub struct AuraMembers(pub fn(&mut World, Entity, f32) -> Vec<Entity>);

impl Default for AuraMembers {
    fn default() -> Self {
        Self(within_radius)
    }
}

/// How often members of auras are looked for, in seconds.
pub const AURA_INTERVAL: f32 = 0.25;

/// Everybody with stats whose [`Position`] is not farther than the radius.
pub fn within_radius(world: &mut World, bearer: Entity, radius: f32) -> Vec<Entity> {
    let Some(center) = world.get::<Position>(bearer).copied() else {
        return Vec::new();
    };
    let mut query = world.query_filtered::<(Entity, &Position), With<StatInputs>>();
    let near = |position: &Position| {
        let (x, y, z) = (
            position.x - center.x,
            position.y - center.y,
            position.z - center.z,
        );
        x * x + y * y + z * z <= radius * radius
    };
    query
        .iter(world)
        .filter(|(_, position)| near(position))
        .map(|(entity, _)| entity)
        .collect()
}

/// Notes that somebody has moved, if there is an aura at all.
pub(crate) fn notice_moves(
    moved: Query<(), (Changed<Position>, With<StatInputs>)>,
    mut queue: ResMut<EffectQueue>,
) {
    if !queue.auras_moved && !moved.is_empty() {
        queue.auras_moved = true;
    }
}

/// Run condition: on the host, there is an aura.
pub(crate) fn there_are_auras(queue: Res<EffectQueue>, authority: Res<Authority>) -> bool {
    *authority == Authority::Host && (!queue.auras.is_empty() || queue.auras_moved)
}

/// One aura and those who are to have what it gives.
struct Aura {
    bearer: Entity,
    effect: ActiveEffect,
    members: Vec<Entity>,
}

/// Gives what auras give to those who have come, and takes it from those who have left.
pub(crate) fn update(world: &mut World) {
    let now = world.resource::<RulesClock>().tick;
    let hz = world
        .get_resource::<ClockMode>()
        .copied()
        .unwrap_or_default()
        .hz();
    if !now.is_multiple_of(ticks(AURA_INTERVAL, hz).max(1)) {
        return;
    }
    let mut queue = world.resource_mut::<EffectQueue>();
    let moved = std::mem::take(&mut queue.auras_moved);
    // Why the game's own members come and go cannot be noticed: they are asked for each time.
    let by_position: fn(&mut World, Entity, f32) -> Vec<Entity> = within_radius;
    let members = world.get_resource_or_init::<AuraMembers>().0;
    if !moved && std::ptr::fn_addr_eq(members, by_position) {
        return;
    }
    let queue = world.resource::<EffectQueue>();
    let bearers: Vec<Entity> = queue.auras.iter().copied().collect();
    let mut auras: Vec<Aura> = bearers.into_iter().flat_map(|b| find(world, b)).collect();
    auras.sort_by_key(|aura| aura.effect.uid);
    let done = world.transact("effects.auras", |txn| {
        let content = txn.content();
        // All leave before anybody comes: where two auras give the same, the other one takes over.
        for aura in &auras {
            leave(txn, &content, aura);
        }
        for aura in &auras {
            join(txn, &content, aura);
        }
        Ok(())
    });
    if let Err(refusal) = done {
        tracing::warn!("auras could not be updated: {refusal}");
    }
}

/// Ends what an aura gave to those who are no longer around.
fn leave(txn: &mut Txn<'_>, content: &Content, aura: &Aura) {
    let why = EndReason::LeftAura;
    for (entity, child) in children(txn.world(), content, &aura.effect) {
        if !aura.members.contains(&entity)
            && let Err(refusal) =
                txn.attempt(|txn| remove::remove_effect_because(txn, entity, child, why))
        {
            tracing::warn!("an aura could not be left: {refusal}");
        }
    }
}

/// Gives what an aura gives to those who do not have it yet.
fn join(txn: &mut Txn<'_>, content: &Content, aura: &Aura) {
    let Some(given) = given(content, &aura.effect) else {
        return;
    };
    let parent = aura.effect.uid;
    let spec = EffectSpec {
        def: given.id(),
        source: aura
            .effect
            .source
            .or_else(|| uid_of(txn.world(), aura.bearer)),
        parent: Some(parent),
        level: aura.effect.level,
        until: Some(Until::Forever),
        numbers: aura.effect.numbers.clone(),
    };
    for &member in &aura.members {
        // Two campfires warm no more than one, unless the effect stacks by source.
        let has = txn.get::<ActiveEffects>(member).is_some_and(|effects| {
            effects.of(given.id()).any(|old| match given.stacking.by {
                StackedBy::Target => true,
                StackedBy::Source => old.source == spec.source,
                StackedBy::Each => old.parent == Some(parent),
            })
        });
        // Who is immune is asked again when somebody moves.
        if !has
            && check(txn.world(), content, member, &spec).is_ok()
            && let Err(refusal) = txn.attempt(|txn| apply_effect(txn, member, &spec))
        {
            tracing::debug!("an aura did not reach: {refusal}");
        }
    }
}

/// What an aura gives.
fn given<'c>(content: &'c Content, aura: &ActiveEffect) -> Option<&'c Def<EffectDef>> {
    let table = content.table::<EffectDef>();
    table.get(table.get(aura.def)?.aura.as_ref()?.effect.id())
}

fn uid_of(world: &World, entity: Entity) -> Option<Uid> {
    world.get::<Identity>(entity).map(|identity| identity.0)
}

/// Those who have what an aura gives, by it.
fn children(world: &World, content: &Content, aura: &ActiveEffect) -> Vec<(Entity, Uid)> {
    let given = given(content, aura).map(Def::id);
    let queue = world.get_resource::<EffectQueue>();
    let known = queue.and_then(|queue| queue.children.get(&aura.uid));
    let is_given = |entity: Entity, uid: Uid| {
        let effects = world.get::<ActiveEffects>(entity);
        let effect = effects.and_then(|effects| effects.get(uid));
        effect.is_some_and(|effect| Some(effect.def) == given)
    };
    let known = known.into_iter().flatten().copied();
    let mut found: Vec<_> = known
        .filter(|(entity, uid)| is_given(*entity, *uid))
        .collect();
    found.sort_unstable_by_key(|(_, uid)| *uid);
    found
}

/// The auras of a bearer, with their members in the order of uids.
fn find(world: &mut World, bearer: Entity) -> Vec<Aura> {
    let Some(content) = refresh::content(world) else {
        return Vec::new();
    };
    let effects: Vec<ActiveEffect> = world
        .get::<ActiveEffects>(bearer)
        .map(|effects| effects.iter().cloned().collect())
        .unwrap_or_default();
    let members_of = world.get_resource_or_init::<AuraMembers>().0;
    let mut auras = Vec::new();
    for effect in effects {
        let Ok((def, compiled)) = look_up(&content, effect.def) else {
            continue;
        };
        let (Some(aura), Some(radius)) = (&def.aura, &compiled.radius) else {
            continue;
        };
        let mut members = Vec::new();
        if !effect.suppressed {
            let radius = eval(world, bearer, &effect, radius).max(0.0);
            members = members_of(world, bearer, radius);
            members.retain(|member| {
                (aura.bearer || *member != bearer)
                    && world.get::<StatInputs>(*member).is_some()
                    && aura.to.holds(&refresh::tags_now(world, *member))
            });
            members.sort_by_cached_key(|member| uid_of(world, *member));
            members.dedup();
        }
        auras.push(Aura {
            bearer,
            effect,
            members,
        });
    }
    auras
}
