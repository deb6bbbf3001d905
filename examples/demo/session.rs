//! Hosting and joining: keys from the profile, the hello from what is loaded.

use std::{net::Ipv4Addr, path::Path};

use bevy::prelude::*;
use wayfarer::{net::identity::BanList, prelude::*};

use crate::args::Args;

/// Begins to host the running game.
///
/// # Errors
/// A sentence for the player.
pub fn host(world: &mut World, args: &Args) -> Result<(), String> {
    let profile = args.profile();
    let key = HostKey::load_or_create(profile.join("host.key")).map_err(|e| e.to_string())?;
    let code = match args.code.as_deref() {
        Some("open") => None,
        Some(code) => Some(code.parse::<JoinCode>().map_err(|e| e.to_string())?),
        None => Some(JoinCode::generate().map_err(|e| e.to_string())?),
    };
    let mut session = HostSession::new(format!("{}'s clearing", args.name), key, hello_info(world));
    session.bind = (Ipv4Addr::UNSPECIFIED, args.port).into();
    session.join_code = code;
    session.advertise_on_lan = true;
    session.bans = BanList::open(profile.join("bans.txt")).map_err(|e| e.to_string())?;
    world.write_message(session);
    Ok(())
}

/// Knocks at a host's door.
///
/// # Errors
/// A sentence for the player.
pub fn join(
    world: &mut World,
    args: &Args,
    address: &str,
    code: Option<&str>,
) -> Result<(), String> {
    let profile = args.profile();
    let code = code
        .filter(|code| !code.trim().is_empty() && *code != "open")
        .map(|code| code.parse::<JoinCode>().map_err(|e| e.to_string()))
        .transpose()?;
    crate::world::clear(world);
    let hello = hello_info(world);
    world.write_message(JoinSession {
        address: address.trim().to_owned(),
        code,
        player: keys(&profile)?,
        display_name: args.name.clone(),
        hello,
        known_hosts: known_hosts(&profile)?,
    });
    Ok(())
}

/// Forgets the key of a host, for players who know why it has another one now.
///
/// # Errors
/// A sentence for the player.
pub fn forget(args: &Args, address: &str) -> Result<(), String> {
    known_hosts(&args.profile())?
        .forget(address)
        .map_err(|e| e.to_string())
}

fn known_hosts(profile: &Path) -> Result<KnownHosts, String> {
    KnownHosts::open(profile.join("known_hosts.txt")).map_err(|e| e.to_string())
}

fn keys(profile: &Path) -> Result<PlayerKeys, String> {
    PlayerKeys::load_or_create(profile.join("player.key")).map_err(|e| e.to_string())
}
