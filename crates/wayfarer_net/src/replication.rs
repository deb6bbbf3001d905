//! [`ReplicationPlugin`]: Wayfarer's state over any `bevy_replicon` backend.
//!
//! It applies the protocol that the rules crates have declared, keeps private components private,
//! carries requests and answers, and moves [`Authority`](wayfarer_core::authority::Authority)
//! with the connection. It opens no socket: [`SessionPlugin`](crate::session::SessionPlugin) does,
//! or the game's own backend.
//!
//! A backend tells it who a client is by inserting [`RemotePlayer`] on the client's entity, once
//! it has proof; until then nothing of that client is looked at.

use bevy::prelude::*;
use bevy_replicon::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    AskingSystems, CorePlugin, ReceivedSystems, RulesDriveSystems,
    aggregate::ReplicationActive,
    authority::Role,
    clock::{RulesSystems, RulesTick},
    content::ContentSystems,
    door::Answer,
    feature::Features,
    id::{Identity, PlayerId},
    protocol::ProtocolRegistry,
};

mod audience;
mod clients;
mod clock;
mod connection;
mod content;
mod door;
mod dormancy;
mod features;
mod hello;
mod people;

pub use audience::{OnView, Private, Viewer};
pub use clients::{RemotePlayer, RolePolicy};
pub use connection::{HostLost, Welcomed};
pub use content::ContentDiverged;
pub use dormancy::{AwakeRadius, Dormant};
pub use hello::hello_info;
pub use people::{PeopleOnline, Person};

/// Replication of everything that the rules crates have declared.
///
/// Order does not matter: the protocol is applied when the app is complete.
#[derive(Default, Clone, Debug)]
pub struct ReplicationPlugin;

/// Where the network meets the rules.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReplicationSystems {
    /// `PreUpdate`: what arrived is handed to the rules.
    Deliver,
    /// `PostUpdate`: what the local player asked for leaves.
    Dispatch,
}

/// A request on the wire: postcard of a [`wayfarer_core::door::Request`].
#[derive(Message, Serialize, Deserialize, Clone, Debug)]
pub(crate) struct WireRequest(#[serde(with = "serde_bytes")] pub Vec<u8>);

/// Answers on the wire.
#[derive(Message, Serialize, Deserialize, Clone, Debug)]
pub(crate) struct WireAnswers(pub Vec<Answer>);

/// The host's clock; once a second, and to newcomers at once.
#[derive(Message, Serialize, Deserialize, Clone, Copy, Debug)]
pub(crate) struct WireClock {
    pub tick: u64,
    pub hz: f32,
    pub paused: bool,
}

/// Tells a newcomer who they are here.
#[derive(Message, Serialize, Deserialize, Clone, Copy, Debug)]
pub(crate) struct WireWelcome {
    pub player: PlayerId,
    pub role: Role,
}

/// Which parts of the rules are switched off.
#[derive(Message, Serialize, Deserialize, Clone, Debug)]
pub(crate) struct WireFeatures(pub Features);

/// Who is at the table.
#[derive(Message, Serialize, Deserialize, Clone, Debug)]
pub(crate) struct WirePeople(pub Vec<Person>);

/// How far the plugin has got in this app; adding it again does nothing.
#[derive(Resource, PartialEq, Eq)]
enum Installed {
    Built,
    Finished,
}

impl Plugin for ReplicationPlugin {
    fn build(&self, app: &mut App) {
        if app.world().contains_resource::<Installed>() {
            return;
        }
        app.insert_resource(Installed::Built);
        CorePlugin::ensure(app);
        if !app.is_plugin_added::<bevy::state::app::StatesPlugin>() {
            app.add_plugins(bevy::state::app::StatesPlugin);
        }
        // A game that uses replicon already has set it up as it likes; ours fits beside it as
        // long as it authorises clients itself (`AuthMethod::Custom`).
        if !app.is_plugin_added::<RepliconSharedPlugin>() {
            app.add_plugins(
                RepliconPlugins
                    .build()
                    .set(RepliconSharedPlugin {
                        auth_method: AuthMethod::Custom,
                    })
                    .set(ServerPlugin {
                        tick_schedule: None,
                        ..Default::default()
                    }),
            );
        }
        app.init_resource::<PeopleOnline>()
            .init_resource::<RolePolicy>()
            .init_resource::<AwakeRadius>()
            .add_message::<HostLost>()
            .add_message::<Welcomed>()
            .register_required_components::<Identity, Private>()
            .register_required_components::<Identity, OnView>();

        app.configure_sets(
            PreUpdate,
            ReplicationSystems::Deliver
                .after(ClientSystems::Receive)
                .after(ServerSystems::Receive)
                .after(ContentSystems::Swap)
                .before(RulesDriveSystems),
        )
        .configure_sets(
            PreUpdate,
            ReceivedSystems.after(ReplicationSystems::Deliver),
        )
        .configure_sets(
            PostUpdate,
            ReplicationSystems::Dispatch
                .after(AskingSystems)
                .before(ClientSystems::Send)
                .before(ServerSystems::Send),
        );
        audience::build(app);
        clients::build(app);
        clock::build(app);
        connection::build(app);
        content::build(app);
        door::build(app);
        dormancy::build(app);
        features::build(app);
        people::build(app);
        app.add_systems(
            RulesTick,
            bevy_replicon::server::increment_tick
                .in_set(RulesSystems::Send)
                .run_if(in_state(ServerState::Running)),
        );
    }

    fn is_unique(&self) -> bool {
        false
    }

    fn finish(&self, app: &mut App) {
        if app.world().get_resource() == Some(&Installed::Finished) {
            return;
        }
        app.insert_resource(Installed::Finished);
        // Sorted by name, so that two apps with the same plugins in another order agree.
        let entries: Vec<_> = app
            .world()
            .resource::<ProtocolRegistry>()
            .iter()
            .copied()
            .collect();
        for entry in &entries {
            (entry.apply)(app);
        }
        app.add_client_message::<WireRequest>(Channel::Ordered)
            .add_server_message::<WireAnswers>(Channel::Ordered)
            .make_message_independent::<WireAnswers>()
            .add_server_message::<WireClock>(Channel::Ordered)
            .make_message_independent::<WireClock>()
            .add_server_message::<WireWelcome>(Channel::Ordered)
            .make_message_independent::<WireWelcome>()
            .add_server_message::<content::WireContent>(Channel::Ordered)
            .make_message_independent::<content::WireContent>()
            .add_server_message::<WirePeople>(Channel::Ordered)
            .make_message_independent::<WirePeople>()
            .add_server_message::<WireFeatures>(Channel::Ordered)
            .make_message_independent::<WireFeatures>();
        // After the protocol: the scope is made of the public components in it.
        audience::register_filter(app);
    }
}

/// Starts and stops sending a thing with the host's session and its dormancy.
pub(crate) fn is_hosting(active: Res<ReplicationActive>) -> bool {
    active.0
}

/// Everything with an identity is shown to clients while a host runs.
pub(crate) type Shown = (With<Identity>, Without<Dormant>, Without<Replicated>);

#[cfg(test)]
mod tests;
