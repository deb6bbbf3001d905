//! Plugins can be added in any order, and the protocol is what it was.

use bevy::{prelude::*, state::app::StatesPlugin};
use bevy_replicon::shared::protocol::ProtocolHash;
use wayfarer::{core::protocol::ProtocolRegistry, prelude::*};

fn hash(add: impl FnOnce(&mut App)) -> ProtocolHash {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatesPlugin));
    add(&mut app);
    app.finish();
    app.cleanup();
    *app.world().resource::<ProtocolHash>()
}

#[test]
fn any_order_gives_the_same_protocol() {
    let first = hash(|app| {
        app.add_plugins((RulesPlugins, NetPlugin));
    });
    let second = hash(|app| {
        app.add_plugins((NetPlugin, RulesPlugins));
    });
    // The last of the rules brings all the others along.
    let third = hash(|app| {
        app.add_plugins((NetPlugin, EquipmentPlugin));
    });
    assert_eq!(first, second);
    assert_eq!(first, third);
}

/// The wire form. A change here breaks old clients: raise the version of what changed.
#[test]
fn the_protocol_is_the_golden_one() {
    let app = super::rig::game(super::rig::BY_HAND);
    let now = app.world().resource::<ProtocolRegistry>().describe();
    let golden = include_str!("protocol.txt");
    assert_eq!(now.trim(), golden.trim(), "\n{now}");
}
