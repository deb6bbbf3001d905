//! What a save says about itself before it is loaded.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{clock::RulesClock, content::ActiveContent};

/// Stored beside the label of a save.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveHeader {
    /// The rules' tick.
    pub tick: u64,
    /// The packs it was played with: name, version, hash.
    pub packs: Vec<(String, String, u64)>,
}

impl SaveHeader {
    pub(crate) fn of(world: &World) -> Self {
        Self {
            tick: world.get_resource::<RulesClock>().map_or(0, |c| c.tick),
            packs: world
                .get_resource::<ActiveContent>()
                .map(|content| {
                    content
                        .0
                        .pack_hashes()
                        .iter()
                        .map(|(name, version, hash, _)| (name.clone(), version.clone(), *hash))
                        .collect()
                })
                .unwrap_or_default(),
        }
    }

    /// Reads the header of a save's description; `None` when it has none that we know.
    pub fn read(extra: &[u8]) -> Option<Self> {
        postcard::from_bytes(extra).ok()
    }

    /// What is different now from when the save was written, as sentences.
    pub(crate) fn differences(&self, now: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, version, hash) in &self.packs {
            match now.packs.iter().find(|(other, ..)| other == name) {
                None => lines.push(format!(
                    "the save was made with pack {name} {version}, which is not loaded: \
                     things from it are kept as they are until it is back"
                )),
                Some((_, current, _)) if current != version => {
                    lines.push(format!("pack {name} was {version} and is {current} now"));
                }
                Some((_, _, current)) if current != hash => {
                    lines.push(format!("pack {name} {version} has changed since the save"));
                }
                Some(_) => {}
            }
        }
        lines
    }
}
