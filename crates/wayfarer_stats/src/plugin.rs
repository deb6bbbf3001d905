//! [`StatsPlugin`].

use bevy::prelude::*;
use wayfarer_core::{
    CorePlugin,
    action::ActionAppExt,
    authority::{Authority, is_host},
    character::CharacterAppExt,
    clock::{RulesSystems, RulesTick},
    content::ContentAppExt,
    text::TextAppExt,
};

use crate::{
    actions::{PatchStat, ResetRuntime},
    content::{
        ActiveWorld, BonusTypeDef, DerivationDef, SemanticTypeDef, SheetDef, StatSetDef, WorldDef,
        check_sheets, check_worlds,
    },
    dirty::DirtyStats,
    effects, expire,
    facts::{LevelChanged, StatChanged, StatMessages, TierChanged},
    index::StatIndex,
    layout::Layouts,
    origin::Origins,
    outfit, protocol,
    public::PublicStats,
    refusals,
    settle::{self, StatSystems},
    swap::UnknownStats,
    tags::{self, TagDef, TagIndex, Tags},
};

/// Stats: sets, sheets, modifiers, tiers, resources.
///
/// Adds [`CorePlugin`] if it is missing. Adding it twice is harmless through
/// [`StatsPlugin::ensure`].
#[derive(Default, Clone, Debug)]
pub struct StatsPlugin;

impl StatsPlugin {
    /// Adds the plugin unless it is there.
    pub fn ensure(app: &mut App) {
        if !app.is_plugin_added::<Self>() {
            app.add_plugins(Self);
        }
    }
}

/// The plugin has been added; adding it again does nothing.
#[derive(Resource)]
struct Installed;

impl Plugin for StatsPlugin {
    fn is_unique(&self) -> bool {
        false
    }

    fn build(&self, app: &mut App) {
        if app.world().contains_resource::<Installed>() {
            return;
        }
        app.insert_resource(Installed);
        CorePlugin::ensure(app);
        app.init_resource::<DirtyStats>()
            .init_resource::<Layouts>()
            .init_resource::<Origins>()
            .init_resource::<StatMessages>()
            .init_resource::<ActiveWorld>()
            .init_resource::<UnknownStats>()
            .add_message::<StatChanged>()
            .add_message::<TierChanged>()
            .add_message::<LevelChanged>()
            .register_type::<PublicStats>()
            .register_type::<ActiveWorld>()
            .register_type::<Tags>()
            .register_texts(refusals::TEXTS)
            .register_definition::<TagDef>()
            .register_definition::<BonusTypeDef>()
            .register_definition::<SemanticTypeDef>()
            .register_definition::<StatSetDef>()
            .register_definition::<DerivationDef>()
            .register_definition::<SheetDef>()
            .register_definition::<WorldDef>()
            .register_content_derive("stats.1_index", StatIndex::build)
            .register_content_derive("stats.0_tags", TagIndex::build)
            .register_content_check("stats.tags", tags::check_tags)
            .register_content_check("stats.sheets", check_sheets)
            .register_content_check("stats.worlds", check_worlds)
            .on_content_swap(settle::swap_content)
            .register_action::<PatchStat>()
            .register_action::<ResetRuntime>()
            .register_outfit("1 stats", outfit::outfit);
        protocol::register(app);
        effects::register(app);
        crate::damage::register(app);

        app.configure_sets(RulesTick, StatSystems::GoOn.in_set(RulesSystems::Simulate));
        app.configure_sets(RulesTick, StatSystems::Settle.in_set(RulesSystems::Settle))
            .add_systems(
                RulesTick,
                (
                    settle::change_world.run_if(resource_changed::<ActiveWorld>.and_then(is_host)),
                    settle::settle.run_if(settle::something_to_settle),
                )
                    .chain()
                    .in_set(StatSystems::Settle),
            );
        app.add_systems(
            RulesTick,
            expire::expire
                .run_if(expire::something_ends)
                .in_set(StatSystems::GoOn),
        );
        let on_client = |authority: Res<Authority>| *authority == Authority::Client;
        app.configure_sets(
            PreUpdate,
            (StatSystems::ClientScan, StatSystems::ClientSettle)
                .chain()
                .in_set(wayfarer_core::ReceivedSystems)
                .run_if(on_client),
        )
        .add_systems(
            PreUpdate,
            (
                settle::scan_received.in_set(StatSystems::ClientScan),
                settle::settle
                    .run_if(settle::something_to_settle)
                    .in_set(StatSystems::ClientSettle),
            ),
        );
    }
}
