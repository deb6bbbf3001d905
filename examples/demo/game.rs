//! What every form of the demo has: rules, content, saves, network. Windows come on top.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer::{
    core::content::{ContentSources, FolderSource},
    prelude::*,
};

use crate::{args::Args, walk, world};

/// The demo's rules on top of Wayfarer's.
pub fn add_rules(app: &mut App, args: &Args) {
    app.add_plugins((RulesPlugins, NetPlugin, SavePlugin::in_dir(args.profile())));
    let mut sources = app.world_mut().resource_mut::<ContentSources>();
    // The built-in pack first: a copy of it in the folder, edited, wins.
    sources.push(Arc::new(core_pack()));
    sources.push(Arc::new(FolderSource::new(args.assets())));
    app.add_plugins((walk::plugin, world::plugin));
}

/// The character of the player at this machine.
pub fn my_character(world: &mut World, me: PlayerId) -> Option<(Entity, Uid)> {
    let mut query = world.query_filtered::<(Entity, &Identity, &Owner), With<Character>>();
    query
        .iter(world)
        .find(|(.., owner)| owner.0 == me)
        .map(|(entity, identity, _)| (entity, identity.0))
}
