//! Registration.

use bevy::prelude::*;
use wayfarer_core::{
    action::ActionAppExt,
    aggregate::AggregateAppExt,
    authority::Authority,
    character::CharacterAppExt,
    clock::{RulesSystems, RulesTick},
    content::{Content, ContentAppExt},
    id::DefId,
    protocol::ProtocolAppExt,
    state::{Audience, StateAppExt},
};

use super::{
    actions::{AcceptEffect, ApplyEffect, DismissEffect, EndTurn, RemoveEffect, Rest},
    active::ActiveEffects,
    auras::{self, AuraMembers},
    calendar::CalendarDef,
    definition::EffectDef,
    facts::{EffectApplied, EffectEnded, EffectSuppressed, Rested},
    foreign::ForeignSteps,
    index::EffectIndex,
    outfit,
    public::PublicEffects,
    queue::EffectQueue,
    refresh, tick,
};
use crate::{
    origin::{Origin, OriginAppExt},
    settle::StatSystems,
};

const PLUGIN: &str = "wayfarer_stats";

/// Effects, as a part of [`StatsPlugin`](crate::StatsPlugin).
pub(crate) fn register(app: &mut App) {
    let foreign = app
        .world_mut()
        .get_resource_or_init::<ForeignSteps>()
        .clone();
    app.init_resource::<EffectQueue>()
        .init_resource::<AuraMembers>()
        .add_message::<EffectApplied>()
        .add_message::<EffectEnded>()
        .add_message::<EffectSuppressed>()
        .add_message::<Rested>()
        .register_type::<PublicEffects>()
        .register_definition::<EffectDef>()
        .register_definition::<CalendarDef>()
        .register_content_derive("stats.2_effects", move |content, report| {
            EffectIndex::build(content, &foreign, report)
        })
        .register_modifier_origin("effects", origin)
        .on_content_swap(refresh::swap_content)
        .register_outfit("1 stats effects", outfit::outfit)
        .register_action::<AcceptEffect>()
        .register_action::<ApplyEffect>()
        .register_action::<RemoveEffect>()
        .register_action::<DismissEffect>()
        .register_action::<EndTurn>()
        .register_action::<Rest>();
    app.register_aggregate::<ActiveEffects>()
        .register_revision::<ActiveEffects>()
        .on_committed::<ActiveEffects>(refresh::committed);
    app.on_restored("stats.effects", refresh::restored);
    app.register_state::<ActiveEffects>("stats.effects", 1, Audience::Owner);
    app.declare_replicated_ops::<ActiveEffects>(PLUGIN, "stats.effects", 1, Audience::Owner)
        .declare_replicated::<PublicEffects>(PLUGIN, "stats.public_effects", 1, Audience::Public);
    app.add_systems(
        RulesTick,
        (
            refresh::refresh_stale
                .run_if(refresh::somebody_is_stale)
                .before(RulesSystems::Inbox),
            (
                tick::tick.run_if(tick::something_is_due),
                tick::follow_sources.run_if(tick::somebody_follows),
                (auras::notice_moves, auras::update)
                    .chain()
                    .run_if(auras::there_are_auras),
            )
                .chain()
                .after(crate::expire::expire)
                .in_set(StatSystems::GoOn),
        ),
    );
    let on_client = |authority: Res<Authority>| *authority == Authority::Client;
    app.add_systems(
        PreUpdate,
        (
            refresh::scan_received,
            refresh::refresh_stale.run_if(refresh::somebody_is_stale),
        )
            .chain()
            .in_set(wayfarer_core::ReceivedSystems)
            .after(StatSystems::ClientSettle)
            .run_if(on_client),
    );
}

/// The effect that gives a modifier, for explanations.
fn origin(content: &Content, def: DefId, index: u16) -> Option<Origin> {
    let effect = content.table::<EffectDef>().get(def)?;
    let modifier = effect.modifiers.get(usize::from(index))?;
    Some(Origin {
        label: effect.name.clone(),
        place: content
            .place_of(&modifier.stat)
            .map(|place| place.to_string()),
    })
}
