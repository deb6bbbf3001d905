//! [`CorePlugin`]: the foundation that every other plugin adds if it is missing.

use bevy::{ecs::schedule::IntoScheduleConfigs, prelude::*};

use crate::{
    action::{ActionAppExt, ActionRegistry, HostSerials},
    aggregate::{AggregateRegistry, ReplicationActive},
    authority::{Authority, LocalPlayer, Owner, Players, Policies, Position, ReachLimit, is_host},
    character::{
        Character, CharacterDef, CharacterReady, DisplayName, Outfitted, Outfitters,
        outfit_characters, somebody_is_new,
    },
    clock::{self, Accumulated, ClockMode, Paused, RulesClock, RulesSystems, RulesTick},
    content::{ContentAppExt, ContentPlugin, ContentSystems},
    dice::WorldSeed,
    door::{
        self, AnswerMemory, Answered, Answers, Buckets, DoorLimits, DoorMetrics, Inbox, Outbox,
        Pending,
    },
    feature::{Features, KnownFeatures, SwitchFeature},
    id::{Identity, UidIndex, UidMint},
    ledger::{Ledger, UndoAction},
    people::SetRole,
    protocol::{ProtocolAppExt, ProtocolRegistry},
    state::{Audience, DirtyRecords, StateAppExt, StateRegistry},
    text::{CORE_TEXTS, TextAppExt},
};

/// Content, ids, actions, the rules' clock, the state registry.
///
/// Add it after `MinimalPlugins` or `DefaultPlugins`, or let another Wayfarer plugin add it.
/// Adding it twice is harmless.
#[derive(Default, Clone, Debug)]
pub struct CorePlugin;

impl CorePlugin {
    /// Adds the plugin unless it is there.
    pub fn ensure(app: &mut App) {
        if !app.is_plugin_added::<Self>() {
            app.add_plugins(Self);
        }
    }
}

/// The system set in `PreUpdate` that runs [`RulesTick`] when it is due. A network backend
/// receives before it.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RulesDriveSystems;

/// The folders of Wayfarer's own packs. One whose plugin is absent is left alone instead of being
/// a mistake.
const OUR_KINDS: &[&str] = &[
    "stats",
    "bonus_types",
    "sheets",
    "worlds",
    "tags",
    "effects",
    "calendars",
    "damage_types",
    "damage_rules",
    "semantic_types",
    "derivations",
    "relations",
    "items",
    "compartments",
    "load_curves",
    "kits",
    "stations",
    "loot_tables",
    "recipes",
    "slots",
    "gear",
    "equip_rules",
    "currencies",
    "trade_rules",
    "shops",
    "qualities",
    "rarities",
    "conditions",
    "materials",
    "wear_rules",
    "repair_rules",
    "enchantments",
    "enchant_rules",
    "gear_sets",
    "identification_rules",
    "item_abilities",
    "name_rules",
];

/// The system set in `PreUpdate` that looks at what the network has brought to a client, before
/// [`RulesDriveSystems`]. The network plugin orders it after receiving.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReceivedSystems;

/// The system set in `PostUpdate` in which an interface puts what the player wants into the
/// [`Outbox`]. The network plugin sends it afterwards, in the same frame.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AskingSystems;

/// The plugin has been added; adding it again does nothing.
#[derive(Resource)]
struct Installed;

impl Plugin for CorePlugin {
    fn build(&self, app: &mut App) {
        if app.world().contains_resource::<Installed>() {
            return;
        }
        app.insert_resource(Installed);
        if !app.is_plugin_added::<ContentPlugin>() {
            app.add_plugins(ContentPlugin::default());
        }
        app.init_resource::<Authority>()
            .init_resource::<Players>()
            .init_resource::<LocalPlayer>()
            .init_resource::<Policies>()
            .init_resource::<ReachLimit>()
            .init_resource::<ClockMode>()
            .init_resource::<RulesClock>()
            .init_resource::<Paused>()
            .init_resource::<Accumulated>()
            .init_resource::<UidMint>()
            .init_resource::<UidIndex>()
            .init_resource::<WorldSeed>()
            .init_resource::<Outbox>()
            .init_resource::<Inbox>()
            .init_resource::<Pending>()
            .init_resource::<Answers>()
            .init_resource::<AnswerMemory>()
            .init_resource::<Buckets>()
            .init_resource::<DoorLimits>()
            .init_resource::<DoorMetrics>()
            .init_resource::<Ledger>()
            .init_resource::<ActionRegistry>()
            .init_resource::<Features>()
            .init_resource::<KnownFeatures>()
            .init_resource::<AggregateRegistry>()
            .init_resource::<ReplicationActive>()
            .init_resource::<ProtocolRegistry>()
            .init_resource::<StateRegistry>()
            .init_resource::<DirtyRecords>()
            .init_resource::<Outfitters>()
            .add_message::<Answered>()
            .add_message::<CharacterReady>()
            .register_type::<Identity>()
            .register_type::<Owner>()
            .register_type::<Position>()
            .register_type::<Character>()
            .register_type::<DisplayName>()
            .register_texts(CORE_TEXTS)
            .register_definition::<CharacterDef>()
            .register_action::<UndoAction>()
            .register_action::<SetRole>()
            .register_action::<SwitchFeature>();

        app.init_schedule(RulesTick);
        app.configure_sets(
            RulesTick,
            (
                RulesSystems::Inbox,
                RulesSystems::Actions,
                RulesSystems::Simulate,
                RulesSystems::Settle,
                RulesSystems::Facts,
                RulesSystems::Send,
            )
                .chain(),
        )
        .configure_sets(
            RulesTick,
            RulesSystems::Simulate
                .run_if(is_host)
                .run_if(|paused: Res<Paused>| !paused.0),
        )
        .add_systems(
            RulesTick,
            (
                (clock::advance, door::send_local)
                    .chain()
                    .in_set(RulesSystems::Inbox),
                (
                    outfit_characters.run_if(somebody_is_new),
                    door::decide_requests.run_if(is_host),
                )
                    .chain()
                    .in_set(RulesSystems::Actions),
                door::tell_answers.in_set(RulesSystems::Facts),
            ),
        )
        .configure_sets(
            PreUpdate,
            ReceivedSystems
                .after(ContentSystems::Swap)
                .before(RulesDriveSystems),
        )
        .add_systems(
            PreUpdate,
            clock::drive
                .in_set(RulesDriveSystems)
                .after(ContentSystems::Swap),
        );

        // A pack of ours may speak of things whose plugin this game does not use.
        let mut kinds = app
            .world_mut()
            .get_resource_or_init::<crate::content::ContentRegistry>();
        for &kind in OUR_KINDS {
            kinds.ignore_folder(kind);
        }
        self.register_state(app);
    }

    fn is_unique(&self) -> bool {
        false
    }
}

impl CorePlugin {
    fn register_state(&self, app: &mut App) {
        const PLUGIN: &str = "wayfarer_core";
        app.register_state_resource::<UidMint>("core.uid_mint", 1, true)
            .register_state_resource::<WorldSeed>("core.world_seed", 1, true)
            .register_state_resource::<RulesClock>("core.clock", 1, false)
            .register_state_resource::<HostSerials>("core.host_serials", 1, false)
            .register_state_resource::<Players>("core.players", 1, false)
            .register_state_resource::<Features>("core.features", 1, true);
        app.register_state::<Owner>("core.owner", 1, Audience::Public);
        app.register_state::<Character>("core.character", 1, Audience::Public);
        app.register_state::<DisplayName>("core.name", 1, Audience::Public);
        app.register_state::<Outfitted>("core.outfitted", 1, Audience::HostOnly);
        // Positions move without transactions and differ on clients by what is in flight.
        app.register_state::<Position>("core.position", 1, Audience::HostOnly)
            .scanned();
        app.declare_replicated::<Identity>(PLUGIN, "core.identity", 1, Audience::Public)
            .declare_replicated::<Owner>(PLUGIN, "core.owner", 1, Audience::Public)
            .declare_replicated::<Character>(PLUGIN, "core.character", 1, Audience::Public)
            .declare_replicated::<DisplayName>(PLUGIN, "core.name", 1, Audience::Public)
            .declare_replicated::<Position>(PLUGIN, "core.position", 1, Audience::Public);
    }
}
