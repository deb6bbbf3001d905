//! A host and a guest in one program, over UDP on this machine.
//!
//! No window: `cargo run --example net`.

use std::{net::Ipv4Addr, time::Duration};

use bevy::{prelude::*, state::app::StatesPlugin};
use wayfarer::{core::content::FolderSource, prelude::*};

fn game() -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatesPlugin, RulesPlugins, NetPlugin))
        .add_pack_source(FolderSource::new("assets"));
    app.finish();
    app.cleanup();
    if let Err(errors) = app.load_content_now() {
        eprintln!("{errors:#?}");
    }
    app
}

fn main() -> Result {
    let (mut host, mut guest) = (game(), game());
    host.world_mut().spawn(Character::new("demo:knight"));
    let hello = hello_info(host.world());
    let mut session = HostSession::new("example", HostKey::generate()?, hello);
    session.bind = (Ipv4Addr::LOCALHOST, 0).into();
    session.join_code = Some("FERN-4KLM".parse()?);
    host.world_mut().write_message(session);

    let (mut asked, player) = (false, PlayerKeys::generate()?);
    for _ in 0..1_500 {
        host.update();
        guest.update();
        if !asked && let SessionStatus::Hosting { local_address, .. } = host.world().resource() {
            asked = true;
            let join = JoinSession {
                address: local_address.to_string(),
                code: Some("fern4klm".parse()?),
                player: player.clone(),
                display_name: "Gus".into(),
                hello: hello_info(guest.world()),
                known_hosts: KnownHosts::in_memory(),
            };
            guest.world_mut().write_message(join);
        }
        if let Some(name) = guest
            .world_mut()
            .query::<&DisplayName>()
            .iter(guest.world())
            .next()
        {
            println!("Gus sees {}", name.0);
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    println!("no luck: {:?}", guest.world().resource::<SessionStatus>());
    Ok(())
}
