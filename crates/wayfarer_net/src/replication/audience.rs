//! Who sees what: everything is private until it was declared public.
//!
//! One filter serves owner, party and viewers. Replicon ANDs its filters, so three filters could
//! only say "owner *and* party *and* viewer"; one predicate over the three says "or".

use std::collections::BTreeSet;

use bevy::prelude::*;
use bevy_replicon::{
    prelude::*,
    shared::replication::{
        registry::ReplicationRegistry,
        visibility::{FilterScope, VisibilityScope},
    },
};
use wayfarer_core::{
    authority::{Owner, Role, Viewers},
    clock::{RulesSystems, RulesTick},
    id::{Identity, PlayerId},
    protocol::ProtocolRegistry,
    state::Audience,
};

/// Who may see the private components of this thing. Required by
/// [`Identity`], so it is there before the first byte leaves; replaced when owner or viewers
/// change.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq)]
#[component(immutable)]
pub struct Private {
    seen_by: BTreeSet<PlayerId>,
}

impl Private {
    fn new(owner: Option<PlayerId>, viewers: Option<&Viewers>) -> Self {
        let viewers = viewers.into_iter().flat_map(|v| v.0.iter().copied());
        Self {
            seen_by: viewers.chain(owner).collect(),
        }
    }
}

/// What is known of a network client for the purpose of seeing. On the client's entity.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
#[component(immutable)]
pub struct Viewer {
    /// Who it is.
    pub player: PlayerId,
    /// Game masters see everything.
    pub role: Role,
}

impl VisibilityFilter for Private {
    type ClientComponent = Viewer;
    type Scope = AllExceptPublic;

    fn is_visible(&self, _: Entity, viewer: Option<&Viewer>) -> bool {
        viewer.is_some_and(|v| v.role >= Role::GameMaster || self.seen_by.contains(&v.player))
    }
}

/// Every component but the declared public ones.
pub struct AllExceptPublic;

impl FilterScope for AllExceptPublic {
    fn visibility_scope(world: &mut World, registry: &mut ReplicationRegistry) -> VisibilityScope {
        let public: Vec<_> = world
            .get_resource::<ProtocolRegistry>()
            .map(|protocol| {
                protocol
                    .iter()
                    .filter(|entry| entry.audience == Audience::Public)
                    .map(|entry| entry.scope)
                    .collect()
            })
            .unwrap_or_default();
        let mut all = None;
        for scope in public {
            let VisibilityScope::Components(mask) = scope(world, registry) else {
                continue;
            };
            match &mut all {
                None => all = Some(mask),
                Some(all) => *all |= &mask,
            }
        }
        match all {
            Some(mask) => VisibilityScope::AllExcept(mask),
            // Nothing was declared public: hiding the whole entity is the private reading.
            None => VisibilityScope::Entity,
        }
    }
}

pub(super) fn register_filter(app: &mut App) {
    app.add_visibility_filter::<Private>();
}

pub(super) fn build(app: &mut App) {
    app.add_observer(on_owner)
        .add_observer(on_identity)
        .add_systems(
            RulesTick,
            on_viewers
                .in_set(RulesSystems::Send)
                .before(bevy_replicon::server::increment_tick)
                .run_if(super::is_hosting),
        );
}

type Parts<'a> = (Option<&'a Owner>, Option<&'a Viewers>, &'a Private);

fn refresh(entity: Entity, (owner, viewers, current): Parts, commands: &mut Commands) {
    let private = Private::new(owner.map(|o| o.0), viewers);
    if *current != private {
        commands.entity(entity).insert(private);
    }
}

fn on_owner(
    insert: On<Insert, Owner>,
    things: Query<Parts, With<Identity>>,
    mut commands: Commands,
) {
    if let Ok(audience) = things.get(insert.entity) {
        refresh(insert.entity, audience, &mut commands);
    }
}

/// A thing may have its owner before it has its identity, and with it its filter.
fn on_identity(
    insert: On<Insert, Identity>,
    things: Query<Parts, With<Identity>>,
    mut commands: Commands,
) {
    if let Ok(audience) = things.get(insert.entity) {
        refresh(insert.entity, audience, &mut commands);
    }
}

/// Only things that can be looked into have viewers, so this looks at few.
fn on_viewers(
    changed: Query<(Entity, Parts), (With<Identity>, Changed<Viewers>)>,
    mut commands: Commands,
) {
    for (entity, audience) in &changed {
        refresh(entity, audience, &mut commands);
    }
}
