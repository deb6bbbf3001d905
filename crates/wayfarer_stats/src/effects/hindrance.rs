//! Why an effect does nothing for now, for panels.

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content},
    id::{DefId, Uid},
};

use super::{
    active::{ActiveEffect, ActiveEffects},
    definition::EffectDef,
    refresh,
    rules::suppression::{Hindrance, hindered},
};
use crate::tags::{TagDef, TagIndex, TagMiss};

/// Why an effect does nothing for now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhySuppressed {
    /// It works only while the bearer has this tag, named as players see it.
    Missing(String),
    /// It does not work while the bearer has this tag, named as players see it.
    Blocked(String),
    /// The bearer is immune by nature.
    Nature,
    /// Another effect, with this name, suppresses it or makes immune to it.
    By {
        /// That effect.
        effect: Uid,
        /// Its name.
        name: String,
    },
    /// The content does not know the effect any more.
    Unknown,
}

/// Why an effect of a character does nothing for now; `None` if it does, or is not there. Works on
/// the host and for the owner on a client.
pub fn why_suppressed(world: &World, bearer: Entity, effect: Uid) -> Option<WhySuppressed> {
    let content = &world.get_resource::<ActiveContent>()?.0;
    let effects = world.get::<ActiveEffects>(bearer)?;
    let at = effects.iter().position(|known| known.uid == effect)?;
    let definitions = refresh::definitions(content, effects);
    let Some(def) = *definitions.get(at)? else {
        return Some(WhySuppressed::Unknown);
    };
    let nature = refresh::nature(world, content, bearer);
    let index = content.derived::<TagIndex>()?;
    let (found, tags) = hindered(&definitions, &nature, index);
    Some(match found.get(at).copied().flatten()? {
        Hindrance::Nature => WhySuppressed::Nature,
        Hindrance::By(other) => by(effects.iter().nth(other)?, content),
        Hindrance::During => match def.during.miss(&tags) {
            Some(TagMiss::Missing(tag)) => WhySuppressed::Missing(name(content, tag)),
            Some(TagMiss::Blocked(tag)) => WhySuppressed::Blocked(name(content, tag)),
            // It cannot be decided: it would hinder itself.
            None => WhySuppressed::By {
                effect,
                name: def.name.clone(),
            },
        },
    })
}

fn by(other: &ActiveEffect, content: &Content) -> WhySuppressed {
    let def = content.table::<EffectDef>().get(other.def);
    WhySuppressed::By {
        effect: other.uid,
        name: def.map_or_else(|| other.def.to_string(), |def| def.name.clone()),
    }
}

fn name(content: &Content, tag: DefId) -> String {
    let def = content.table::<TagDef>().get(tag);
    def.map_or_else(|| tag.to_string(), |def| def.name.clone())
}
