//! Between the session, the saves and the panels: fills the panels' models and does what they want
//! of the program.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use bevy::prelude::*;
use wayfarer::{
    net::session::{Ban, JoinRefusal, WIRE_VERSION},
    prelude::*,
    ui::{
        intent::Intent,
        keys::KeyStore,
        model::{
            SessionModel,
            hud::ToastKind,
            session::{Connection, LanGame, Person},
        },
        plugin::LocalCharacter,
        toasts::Toasts,
    },
};

use crate::{
    session,
    window::{Options, Stage},
    world,
};

/// Who sits at this machine, and with which character.
#[derive(Resource, Default, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Me {
    /// Their id in this session.
    pub player: PlayerId,
    /// Their character's entity.
    pub entity: Option<Entity>,
    /// Their character.
    pub uid: Option<Uid>,
}

pub fn plugin(app: &mut App) {
    keep_keys(app);
    app.init_resource::<Me>()
        .add_systems(
            PreUpdate,
            find_my_character.after(wayfarer::core::RulesDriveSystems),
        )
        .add_systems(
            Update,
            (
                fill_session_model,
                do_what_panels_want,
                tell_saves,
                tell_session,
                store_keys,
            ),
        );
}

/// Where the keys are kept among the player's settings.
const KEYS: &str = "keys";

/// The text of the key bindings, shared with the interface, which keeps it without knowing where.
#[derive(Resource, Clone, Default)]
struct KeptKeys(Arc<Mutex<Option<String>>>);

impl KeptKeys {
    fn text(&self) -> Option<String> {
        // A poisoned lock only means that another thread panicked while it held the text.
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn keep_keys(app: &mut App) {
    let kept = KeptKeys::default();
    let settings = app.world().resource::<Settings>();
    *kept.0.lock().unwrap_or_else(PoisonError::into_inner) =
        settings.get(KEYS).map(ToOwned::to_owned);
    let (read, write) = (kept.clone(), kept.clone());
    app.insert_resource(KeyStore::new(
        move || read.text(),
        move |text| {
            *write.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.to_owned());
        },
    ))
    .insert_resource(kept);
}

fn store_keys(kept: Res<KeptKeys>, mut settings: ResMut<Settings>) {
    if let Some(text) = kept.text()
        && settings.get(KEYS) != Some(text.as_str())
    {
        settings.set(KEYS, text);
    }
}

fn find_my_character(
    local: Res<LocalPlayer>,
    mut me: ResMut<Me>,
    characters: Query<(Entity, &Identity, &Owner), With<Character>>,
    mut shown: ResMut<LocalCharacter>,
) {
    let mine = characters
        .iter()
        .find(|(.., owner)| owner.0 == local.player)
        .map(|(entity, identity, _)| (entity, identity.0));
    let now = Me {
        player: local.player,
        entity: mine.map(|(entity, _)| entity),
        uid: mine.map(|(_, uid)| uid),
    };
    me.set_if_neq(now);
    if shown.0 != now.entity {
        shown.0 = now.entity;
    }
}

fn fill_session_model(
    status: Res<SessionStatus>,
    people: Res<PeopleOnline>,
    players: Res<Players>,
    lan: Res<LanGames>,
    save: Res<SaveStatus>,
    authority: Res<Authority>,
    me: Res<Me>,
    characters: Query<(&DisplayName, &Owner), With<Character>>,
    mut model: ResMut<SessionModel>,
) {
    let connection = match &*status {
        SessionStatus::Hosting {
            local_address,
            join_code,
            ..
        } => Connection::Hosting {
            address: reachable(*local_address),
            code: join_code
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        },
        SessionStatus::Connecting { address } => Connection::Connecting {
            address: address.clone(),
        },
        SessionStatus::Joined {
            host_name, address, ..
        } => Connection::Joined {
            host: host_name.clone(),
            address: address.clone(),
        },
        _ => Connection::Offline,
    };
    let notice = match &*status {
        SessionStatus::HostFailed(error) => Some(error.to_string()),
        SessionStatus::Refused(refusal) => Some(refusal.to_string()),
        SessionStatus::Lost(reason) => Some(reason.to_string()),
        _ => None,
    };
    let changed_host = match &*status {
        SessionStatus::Refused(JoinRefusal::HostKeyChanged { address, .. }) => {
            Some(address.clone())
        }
        _ => None,
    };
    let of = |player: PlayerId| -> Vec<String> {
        characters
            .iter()
            .filter(|(_, owner)| owner.0 == player)
            .map(|(name, _)| name.0.clone())
            .collect()
    };
    // Alone, nobody announces who is here.
    let people: Vec<Person> = if people.0.is_empty() {
        players
            .iter()
            .map(|(id, record)| Person {
                id,
                name: record.name.clone(),
                role: record.role,
                online: record.online,
                latency_ms: None,
                characters: of(id),
            })
            .collect()
    } else {
        people
            .0
            .iter()
            .map(|person| Person {
                id: person.player,
                name: person.name.clone(),
                role: person.role,
                online: person.online,
                latency_ms: person.ping_ms.map(f32::from),
                characters: of(person.player),
            })
            .collect()
    };
    let now = SessionModel {
        connection,
        me: me.player,
        people,
        notice,
        changed_host,
        lan: lan
            .games
            .iter()
            .filter_map(|game| {
                // Link-local IPv6 addresses need a zone that nobody wants to type.
                let address = game.addresses.iter().find(|a| a.is_ipv4());
                Some(LanGame {
                    name: game.name.clone(),
                    address: address.or(game.addresses.first())?.to_string(),
                    players: (game.players, game.max_players),
                    needs_code: game.needs_code,
                    blocked: (game.wire != WIRE_VERSION)
                        .then(|| "another version of the game".to_owned()),
                })
            })
            .collect(),
        browsing: model.browsing,
        can_save: *authority == Authority::Host
            && matches!(save.profile, wayfarer::save::ProfileState::Ready(_)),
    };
    model.set_if_neq(now);
}

/// The address to tell others: the port, and this machine's address on the local network if the
/// system can say which that is.
fn reachable(local: SocketAddr) -> String {
    if !local.ip().is_unspecified() {
        return local.to_string();
    }
    // Nothing is sent: connecting a UDP socket only asks the system for the way out.
    let own = std::net::UdpSocket::bind(("0.0.0.0", 0))
        .and_then(|socket| {
            socket.connect(("192.0.2.1", 9))?;
            socket.local_addr()
        })
        .ok();
    match own {
        Some(own) if !own.ip().is_unspecified() => format!("{}:{}", own.ip(), local.port()),
        _ => format!("port {}", local.port()),
    }
}

fn do_what_panels_want(world: &mut World) {
    let mut reader = world.remove_resource::<IntentReader>().unwrap_or_default();
    let wishes: Vec<Intent> = reader
        .0
        .read(world.resource::<Messages<Intent>>())
        .cloned()
        .collect();
    world.insert_resource(reader);
    for wish in wishes {
        match wish {
            Intent::Join(wish) => {
                let mut args = world.resource::<Options>().0.clone();
                args.name = wish.name;
                let code = (!wish.code.is_empty()).then_some(wish.code.as_str());
                if let Err(why) = session::join(world, &args, &wish.address, code) {
                    world.resource_mut::<Toasts>().push(ToastKind::Warning, why);
                }
            }
            Intent::ForgetHost(address) => {
                let args = world.resource::<Options>().0.clone();
                match session::forget(&args, &address) {
                    Ok(()) => {
                        // The refusal is dealt with; its words would only confuse from now on.
                        *world.resource_mut::<SessionStatus>() = SessionStatus::Offline;
                        world.resource_mut::<Toasts>().push(
                            ToastKind::Fact,
                            format!("{address} is forgotten. Join again to trust its new key."),
                        );
                    }
                    Err(why) => world.resource_mut::<Toasts>().push(ToastKind::Warning, why),
                }
            }
            Intent::Leave => {
                world.write_message(LeaveSession);
                world.write_message(StopHosting {
                    reason: "the host has ended the game".into(),
                });
            }
            Intent::Kick(player) => {
                if let Some(client) = client_of(world, player) {
                    let reason = "the host has asked you to leave".into();
                    world.write_message(Kick { client, reason });
                }
            }
            Intent::Ban(player) => {
                if let Some(client) = client_of(world, player) {
                    let reason = "the host does not want you here".into();
                    world.write_message(Ban { client, reason });
                }
            }
            Intent::BrowseLan(on) => {
                world.write_message(if on {
                    BrowseLan::Start
                } else {
                    BrowseLan::Stop
                });
                world.resource_mut::<SessionModel>().browsing = on;
            }
            Intent::SaveNow => {
                world::save(world);
            }
            _ => {}
        }
    }
}

/// Where reading of the panels' wishes has got to.
#[derive(Resource, Default)]
struct IntentReader(bevy::ecs::message::MessageCursor<Intent>);

fn client_of(world: &mut World, player: PlayerId) -> Option<Entity> {
    let mut clients = world.query::<(Entity, &RemotePlayer)>();
    clients
        .iter(world)
        .find(|(_, remote)| remote.player == player)
        .map(|(client, _)| client)
}

fn tell_saves(
    mut saved: MessageReader<GameSaved>,
    mut failed: MessageReader<SaveFailed>,
    mut loaded: MessageReader<GameLoaded>,
    mut toasts: ResMut<Toasts>,
) {
    for save in saved
        .read()
        .filter(|save| save.full && save.slot == world::SLOT)
    {
        let kb = save.bytes.div_ceil(1024);
        toasts.push(ToastKind::Fact, format!("Saved ({kb} KiB)."));
    }
    for failure in failed.read() {
        toasts.push(ToastKind::Warning, failure.text.clone());
    }
    for load in loaded.read() {
        for problem in &load.problems {
            toasts.push(ToastKind::Warning, problem.clone());
        }
    }
}

fn tell_session(
    mut events: MessageReader<SessionEvent>,
    mut toasts: ResMut<Toasts>,
    mut next: ResMut<NextState<Stage>>,
) {
    for event in events.read() {
        match event {
            SessionEvent::PlayerJoined { name, .. } => {
                toasts.push(ToastKind::Fact, format!("{name} has joined."));
            }
            SessionEvent::PlayerLeft { name, reason, .. } => {
                toasts.push(ToastKind::Fact, format!("{name} is gone: {reason}."));
            }
            SessionEvent::HostWarning(text) => toasts.push(ToastKind::Warning, text.clone()),
            SessionEvent::Joined { .. } => next.as_mut().set_if_neq(Stage::Playing),
            SessionEvent::Lost(reason) => {
                toasts.push(ToastKind::Warning, reason.to_string());
                next.as_mut().set_if_neq(Stage::Menu);
            }
            SessionEvent::Left => next.as_mut().set_if_neq(Stage::Menu),
            SessionEvent::Hosting { .. } => {
                toasts.push(ToastKind::Fact, "Others can join now.");
            }
            SessionEvent::HostFailed(error) => {
                toasts.push(ToastKind::Warning, error.to_string());
            }
            _ => {}
        }
    }
}

/// Saves, stops hosting or leaves, and goes back to the first screen.
pub fn back_to_menu(world: &mut World) {
    if *world.resource::<Authority>() == Authority::Host {
        world::save(world);
    }
    world.write_message(LeaveSession);
    world.write_message(StopHosting {
        reason: "the host has ended the game".into(),
    });
}
