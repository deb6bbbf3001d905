//! Which parts of the rules are switched off, told to everybody when it changes and to newcomers.

use bevy::prelude::*;
use bevy_replicon::prelude::*;
use wayfarer_core::{
    authority::Authority,
    clock::{RulesSystems, RulesTick},
    feature::Features,
};

use super::{RemotePlayer, ReplicationSystems, WireFeatures};

pub(super) fn build(app: &mut App) {
    app.add_systems(
        RulesTick,
        announce
            .in_set(RulesSystems::Send)
            .run_if(super::is_hosting),
    )
    .add_systems(
        PreUpdate,
        listen
            .in_set(ReplicationSystems::Deliver)
            .run_if(resource_equals(Authority::Client)),
    );
}

fn announce(
    features: Res<Features>,
    new: Query<(), Added<RemotePlayer>>,
    mut out: MessageWriter<ToClients<WireFeatures>>,
) {
    if features.is_changed() || !new.is_empty() {
        out.write(ToClients {
            targets: SendTargets::CLIENTS_ONLY,
            message: WireFeatures(features.clone()),
        });
    }
}

fn listen(mut words: MessageReader<WireFeatures>, mut features: ResMut<Features>) {
    if let Some(last) = words.read().last() {
        features.set_if_neq(last.0.clone());
    }
}
