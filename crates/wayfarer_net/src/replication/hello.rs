//! What this app says of itself before it is let in: its plugins' protocols and its packs.

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::{
    action::ActionRegistry, content::ActiveContent, id::DefId, protocol::ProtocolRegistry,
};
use xxhash_rust::xxh3::xxh3_64;

use crate::session::{FileInfo, HelloInfo, PackInfo, PluginInfo, WIRE_VERSION};

/// The hello of this app, as it is now. Content must be ready.
pub fn hello_info(world: &World) -> HelloInfo {
    let mut plugins: BTreeMap<String, String> = BTreeMap::new();
    if let Some(protocol) = world.get_resource::<ProtocolRegistry>() {
        for entry in protocol.iter() {
            let lines = plugins.entry(entry.plugin.to_owned()).or_default();
            *lines += &format!("{} {} {:?}\n", entry.name, entry.version, entry.audience);
        }
    }
    if let Some(actions) = world.get_resource::<ActionRegistry>() {
        for (DefId(id), action) in actions.iter() {
            // `stats.patch` belongs to the plugin `wayfarer_stats`; a game's own to `game`.
            let family = action.name.split('.').next().unwrap_or(action.name);
            let ours = format!("wayfarer_{family}");
            let name = if plugins.contains_key(&ours) {
                ours
            } else {
                family.to_owned()
            };
            let lines = plugins.entry(name).or_default();
            *lines += &format!("action {id:08x} {}\n", action.name);
        }
    }
    let plugins = plugins
        .into_iter()
        .map(|(name, lines)| PluginInfo {
            name,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            hash: xxh3_64(lines.as_bytes()),
        })
        .collect();
    let packs = world
        .get_resource::<ActiveContent>()
        .map(|content| {
            content
                .0
                .pack_hashes()
                .iter()
                .map(|(name, _version, hash, files)| PackInfo {
                    name: name.clone(),
                    hash: *hash,
                    files: files
                        .iter()
                        .map(|(path, hash)| FileInfo {
                            path: path.clone(),
                            hash: *hash,
                        })
                        .collect(),
                })
                .collect()
        })
        .unwrap_or_default();
    HelloInfo {
        wire: WIRE_VERSION,
        plugins,
        packs,
    }
}
