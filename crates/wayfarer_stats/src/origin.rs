//! Where modifiers come from, in words: what explanations show.

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::{content::Content, id::DefId};

/// A definition that gives modifiers, as an explanation shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its name, as players see it.
    pub label: String,
    /// The file, line and column that say so.
    pub place: Option<String>,
}

/// Finds the origin of the modifier `index` of a definition, if it is of the finder's kind.
pub type FindOrigin = fn(&Content, DefId, u16) -> Option<Origin>;

/// How modifiers are traced back, by kind of definition.
#[derive(Resource, Clone, Default, Debug)]
pub struct Origins {
    finders: BTreeMap<&'static str, FindOrigin>,
}

impl Origins {
    /// The origin of a modifier; the name of the definition if no finder knows it.
    pub fn find(&self, content: &Content, def: DefId, index: u16) -> Option<Origin> {
        let found = self
            .finders
            .values()
            .find_map(|find| find(content, def, index));
        found.or_else(|| {
            Some(Origin {
                label: content.name_of(def)?.to_owned(),
                place: None,
            })
        })
    }
}

/// Registration of origins.
pub trait OriginAppExt {
    /// Lets explanations trace modifiers back to definitions of one kind.
    fn register_modifier_origin(&mut self, kind: &'static str, find: FindOrigin) -> &mut Self;
}

impl OriginAppExt for App {
    fn register_modifier_origin(&mut self, kind: &'static str, find: FindOrigin) -> &mut Self {
        self.init_resource::<Origins>();
        let mut origins = self.world_mut().resource_mut::<Origins>();
        origins.finders.insert(kind, find);
        self
    }
}
