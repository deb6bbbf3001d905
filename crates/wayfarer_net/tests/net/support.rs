//! Apps that host and join, and a patient way to wait for what they do.

use std::{
    net::{Ipv4Addr, SocketAddr},
    thread::sleep,
    time::{Duration, Instant},
};

use bevy::{prelude::*, state::app::StatesPlugin};
use bevy_replicon::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_net::{identity::*, session::*};

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(8);

#[derive(Component, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Health(pub u32);

/// Something of size.
#[derive(Component, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Blob(pub Vec<u8>);

/// A client asks, numbered so that order can be checked.
#[derive(Message, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Ask {
    pub number: u32,
    pub padding: Vec<u8>,
}

/// Like [`Ask`] without any guarantee.
#[derive(Message, Serialize, Deserialize, Clone, Debug)]
pub struct Shout(pub Vec<u8>);

/// The host answers.
#[derive(Message, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Answer(pub u32);

#[derive(Resource, Default)]
pub struct Log {
    pub events: Vec<SessionEvent>,
    pub asked: Vec<(Entity, u32)>,
    pub answers: Vec<u32>,
    pub shouts: usize,
}

pub fn app() -> App {
    app_with(SessionLimits::default())
}

pub fn app_with(limits: SessionLimits) -> App {
    let mut app = App::new();
    app.add_plugins((
        MinimalPlugins,
        StatesPlugin,
        RepliconPlugins
            .set(RepliconSharedPlugin {
                auth_method: AuthMethod::Custom,
            })
            .set(ServerPlugin::new(PostUpdate)),
        SessionPlugin,
    ))
    .insert_resource(limits)
    .init_resource::<Log>()
    .replicate::<Health>()
    .replicate::<Blob>()
    .add_client_message::<Ask>(Channel::Ordered)
    .add_client_message::<Shout>(Channel::Unreliable)
    .add_server_message::<Answer>(Channel::Ordered)
    .make_message_independent::<Answer>()
    .add_observer(|joined: On<Add, ConnectedPlayer>, mut commands: Commands| {
        commands.entity(joined.entity).insert(AuthorizedClient);
    })
    .add_systems(Update, (note, answer));
    app.finish();
    app
}

fn note(
    mut events: MessageReader<SessionEvent>,
    mut answers: MessageReader<Answer>,
    mut shouts: MessageReader<FromClient<Shout>>,
    mut log: ResMut<Log>,
) {
    log.events.extend(events.read().cloned());
    log.answers.extend(answers.read().map(|answer| answer.0));
    log.shouts += shouts.read().count();
}

fn answer(
    mut asks: MessageReader<FromClient<Ask>>,
    mut answers: MessageWriter<ToClients<Answer>>,
    mut log: ResMut<Log>,
) {
    for ask in asks.read() {
        log.asked
            .push((ask.client_id.entity().unwrap(), ask.number));
        answers.write(ToClients {
            targets: SendTargets::Single(ask.client_id),
            message: Answer(ask.number),
        });
    }
}

/// What everybody has who plays in these tests.
pub fn hello() -> HelloInfo {
    let file = |path: &str, hash| FileInfo {
        path: path.into(),
        hash,
    };
    HelloInfo {
        plugins: vec![PluginInfo {
            name: "wayfarer_stats".into(),
            version: "0.1.0".into(),
            hash: 7,
        }],
        packs: vec![PackInfo {
            name: "demo".into(),
            hash: 1,
            files: vec![file("items/swords.ron", 1), file("npc/tom.ron", 2)],
        }],
        ..HelloInfo::default()
    }
}

pub fn host_wish() -> HostSession {
    HostSession {
        bind: (Ipv4Addr::LOCALHOST, 0).into(),
        ..HostSession::new("Tom's cave", HostKey::generate().unwrap(), hello())
    }
}

pub fn join_wish(address: SocketAddr) -> JoinSession {
    JoinSession {
        address: address.to_string(),
        code: None,
        player: PlayerKeys::generate().unwrap(),
        display_name: "Ann".into(),
        hello: hello(),
        known_hosts: KnownHosts::in_memory(),
    }
}

/// A host that runs, and its address.
pub fn host(wish: HostSession) -> (App, SocketAddr) {
    host_app(app(), wish)
}

pub fn host_app(mut app: App, wish: HostSession) -> (App, SocketAddr) {
    app.world_mut().write_message(wish);
    wait_for(&mut [&mut app], "hosting", |apps| {
        matches!(status(apps[0]), SessionStatus::Hosting { .. })
            && *apps[0].world().resource::<State<ServerState>>() == ServerState::Running
    });
    let SessionStatus::Hosting { local_address, .. } = status(&app) else {
        panic!("not hosting: {:?}", status(&app));
    };
    (app, local_address)
}

/// A client that asked to join.
pub fn joining(wish: JoinSession) -> App {
    let mut client = app();
    client.world_mut().write_message(wish);
    client
}

/// Runs both until the client is in.
pub fn join(host: &mut App, wish: JoinSession) -> App {
    let mut client = joining(wish);
    let before = players(host);
    wait_for(&mut [host, &mut client], "join", |apps| {
        is_joined(apps[1]) && players(apps[0]) > before
    });
    client
}

/// Runs both until the client is refused.
pub fn refused(host: &mut App, wish: JoinSession) -> JoinRefusal {
    let mut client = joining(wish);
    wait_for(&mut [host, &mut client], "refusal", |apps| {
        assert!(!is_joined(apps[1]), "it must not get in");
        matches!(status(apps[1]), SessionStatus::Refused(_))
    });
    let SessionStatus::Refused(refusal) = status(&client) else {
        unreachable!();
    };
    assert_eq!(
        *client.world().resource::<State<ClientState>>(),
        ClientState::Disconnected
    );
    refusal
}

pub fn status(app: &App) -> SessionStatus {
    app.world().resource::<SessionStatus>().clone()
}

pub fn log(app: &App) -> &Log {
    app.world().resource::<Log>()
}

pub fn is_joined(app: &App) -> bool {
    matches!(status(app), SessionStatus::Joined { .. })
        && *app.world().resource::<State<ClientState>>() == ClientState::Connected
}

pub fn lost(app: &App) -> Option<LeaveReason> {
    match status(app) {
        SessionStatus::Lost(reason) => Some(reason),
        _ => None,
    }
}

/// Connected players on the host.
pub fn players(app: &mut App) -> usize {
    let world = app.world_mut();
    world.query::<&ConnectedPlayer>().iter(world).count()
}

/// The only connected player's entity.
pub fn player(app: &mut App) -> Entity {
    let world = app.world_mut();
    let mut query = world.query_filtered::<Entity, With<ConnectedPlayer>>();
    query.single(world).unwrap()
}

pub fn ask(client: &mut App, number: u32, padding: usize) {
    client.world_mut().write_message(Ask {
        number,
        padding: vec![0; padding],
    });
}

/// Updates all apps by turns until `done`; panics with what they did when it takes too long.
pub fn wait_for(apps: &mut [&mut App], what: &str, mut done: impl FnMut(&mut [&mut App]) -> bool) {
    let start = Instant::now();
    loop {
        for app in apps.iter_mut() {
            app.update();
        }
        if done(apps) {
            return;
        }
        if start.elapsed() > PATIENCE {
            let states: Vec<_> = apps
                .iter()
                .map(|app| (status(app), &log(app).events))
                .collect();
            panic!("waited too long for {what}: {states:#?}");
        }
        sleep(Duration::from_millis(2));
    }
}

/// Updates all apps by turns for some time.
pub fn run_for(apps: &mut [&mut App], time: Duration) {
    let start = Instant::now();
    while start.elapsed() < time {
        for app in apps.iter_mut() {
            app.update();
        }
        sleep(Duration::from_millis(2));
    }
}
