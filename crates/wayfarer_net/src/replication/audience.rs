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
    authority::{Owner, Role},
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
    pub(super) fn new(owner: Option<PlayerId>, viewers: &Viewers) -> Self {
        Self {
            seen_by: viewers.0.iter().copied().chain(owner).collect(),
        }
    }
}

/// Players who look into this thing for now: an open chest, a trade, a shop. On the host only.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq)]
#[component(immutable)]
pub struct Viewers(pub BTreeSet<PlayerId>);

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
    app.add_observer(on_owner).add_observer(on_viewers);
}

type Audiences<'w, 's> =
    Query<'w, 's, (Option<&'static Owner>, &'static Viewers, &'static Private), With<Identity>>;

fn refresh(entity: Entity, things: &Audiences, commands: &mut Commands) {
    let Ok((owner, viewers, current)) = things.get(entity) else {
        return;
    };
    let private = super::private_of(owner, viewers);
    if *current != private {
        commands.entity(entity).insert(private);
    }
}

fn on_owner(insert: On<Insert, Owner>, things: Audiences, mut commands: Commands) {
    refresh(insert.entity, &things, &mut commands);
}

fn on_viewers(insert: On<Insert, Viewers>, things: Audiences, mut commands: Commands) {
    refresh(insert.entity, &things, &mut commands);
}
