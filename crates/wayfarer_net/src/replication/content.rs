//! A host that reloads its content while others play: who has the same stays, who has not is told
//! and leaves, rather than playing by other rules without knowing.

use std::time::{Duration, Instant};

use bevy::prelude::*;
use bevy_replicon::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    aggregate::ReplicationActive,
    authority::Authority,
    content::{ActiveContent, ContentLoaded},
};

use super::ReplicationSystems;

/// The hash of the host's content after a reload.
#[derive(Message, Serialize, Deserialize, Clone, Copy, Debug)]
pub(crate) struct WireContent(pub u64);

/// The host plays by other content than we have, and our own files did not follow in time.
/// The session plugin leaves on it.
#[derive(Message, Clone, Copy, Debug)]
pub struct ContentDiverged;

/// How long a client's own files may take to follow the host's: two people who edit one shared
/// folder see each other's change a moment later.
const GRACE: Duration = Duration::from_secs(5);

#[derive(Resource, Default)]
struct HostContent(Option<(u64, Instant)>);

pub(super) fn build(app: &mut App) {
    app.init_resource::<HostContent>()
        .add_message::<ContentDiverged>()
        .add_systems(
            PostUpdate,
            tell.in_set(ReplicationSystems::Dispatch)
                .run_if(on_message::<ContentLoaded>),
        )
        .add_systems(
            PreUpdate,
            compare
                .in_set(ReplicationSystems::Deliver)
                .run_if(resource_equals(Authority::Client)),
        )
        .add_systems(
            OnExit(ClientState::Connected),
            forget.after(super::connection::lost),
        );
}

fn tell(
    active: Res<ReplicationActive>,
    content: Res<ActiveContent>,
    mut out: MessageWriter<ToClients<WireContent>>,
) {
    if active.0 {
        out.write(ToClients {
            targets: SendTargets::CLIENTS_ONLY,
            message: WireContent(content.0.hash()),
        });
    }
}

fn compare(
    mut words: MessageReader<WireContent>,
    content: Res<ActiveContent>,
    mut host: ResMut<HostContent>,
    mut diverged: MessageWriter<ContentDiverged>,
) {
    if let Some(word) = words.read().last() {
        host.0 = Some((word.0, Instant::now()));
    }
    let Some((hash, since)) = host.0 else { return };
    if content.0.hash() == hash {
        host.0 = None;
    } else if since.elapsed() > GRACE {
        host.0 = None;
        diverged.write(ContentDiverged);
    }
}

fn forget(mut host: ResMut<HostContent>) {
    host.0 = None;
}
