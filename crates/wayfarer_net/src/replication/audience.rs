//! Who sees what: everything is private until it was declared otherwise.
//!
//! Two filters over disjoint components: [`Private`] for what its owner knows, [`OnView`] for what
//! whoever looks into it sees as well. Replicon ANDs its filters, so "owner *or* party *or* viewer"
//! has to be one predicate each.

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

/// Who may see the private components of this thing: whoever owns it. Required by
/// [`Identity`], so it is there before the first byte leaves; replaced when the owner changes.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[component(immutable)]
pub struct Private {
    owner: Option<PlayerId>,
}

/// Who may see what is in this thing, or on offer: its owner and its [`Viewers`]. Required by
/// [`Identity`]; replaced when either changes.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq)]
#[component(immutable)]
pub struct OnView {
    to: BTreeSet<PlayerId>,
}

impl OnView {
    fn new(owner: Option<PlayerId>, viewers: Option<&Viewers>) -> Self {
        let viewers = viewers.into_iter().flat_map(|v| v.0.iter().copied());
        Self {
            to: viewers.chain(owner).collect(),
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

impl Viewer {
    fn sees(self, also: impl FnOnce(PlayerId) -> bool) -> bool {
        self.role >= Role::GameMaster || also(self.player)
    }
}

impl VisibilityFilter for Private {
    type ClientComponent = Viewer;
    type Scope = ForOwners;

    fn is_visible(&self, _: Entity, viewer: Option<&Viewer>) -> bool {
        viewer.is_some_and(|v| v.sees(|player| self.owner == Some(player)))
    }
}

impl VisibilityFilter for OnView {
    type ClientComponent = Viewer;
    type Scope = ForViewers;

    fn is_visible(&self, _: Entity, viewer: Option<&Viewer>) -> bool {
        viewer.is_some_and(|v| v.sees(|player| self.to.contains(&player)))
    }
}

/// Every component but those that were declared for somebody else than the owner.
pub struct ForOwners;

/// The components that were declared for viewers.
pub struct ForViewers;

impl FilterScope for ForOwners {
    fn visibility_scope(world: &mut World, registry: &mut ReplicationRegistry) -> VisibilityScope {
        let for_others = |audience| matches!(audience, Audience::Public | Audience::Viewers);
        match declared(world, registry, for_others) {
            Some(VisibilityScope::Components(mask)) => VisibilityScope::AllExcept(mask),
            // Nothing was declared public: hiding the whole entity is the private reading.
            _ => VisibilityScope::Entity,
        }
    }
}

impl FilterScope for ForViewers {
    fn visibility_scope(world: &mut World, registry: &mut ReplicationRegistry) -> VisibilityScope {
        let for_viewers = |audience| audience == Audience::Viewers;
        declared(world, registry, for_viewers)
            .unwrap_or_else(|| VisibilityScope::Components(Default::default()))
    }
}

/// The declared components of some audiences; `None` when there are none.
fn declared(
    world: &mut World,
    registry: &mut ReplicationRegistry,
    of: impl Fn(Audience) -> bool,
) -> Option<VisibilityScope> {
    let protocol = world.get_resource::<ProtocolRegistry>()?;
    let scopes: Vec<_> = protocol
        .iter()
        .filter(|entry| of(entry.audience))
        .map(|entry| entry.scope)
        .collect();
    let mut all: Option<VisibilityScope> = None;
    for scope in scopes {
        let scope = scope(world, registry);
        match (&mut all, scope) {
            (None, scope) => all = Some(scope),
            (Some(VisibilityScope::Components(all)), VisibilityScope::Components(mask)) => {
                *all |= &mask;
            }
            // A declared component has a scope of its own and nothing else.
            _ => {}
        }
    }
    all
}

pub(super) fn register_filter(app: &mut App) {
    app.add_visibility_filter::<Private>()
        .add_visibility_filter::<OnView>();
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

type Parts<'a> = (
    Option<&'a Owner>,
    Option<&'a Viewers>,
    &'a Private,
    &'a OnView,
);

fn refresh(entity: Entity, (owner, viewers, private, shown): Parts, commands: &mut Commands) {
    let owner = owner.map(|owner| owner.0);
    if private.owner != owner {
        commands.entity(entity).insert(Private { owner });
    }
    let to = OnView::new(owner, viewers);
    if *shown != to {
        commands.entity(entity).insert(to);
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
