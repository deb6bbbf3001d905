//! What decides what can be found: level, themes, and who looks.

use wayfarer_core::{
    content::{Content, Def},
    id::DefId,
};

use crate::content::{ItemDef, LootEntry};

/// The occasion on which something is found.
#[derive(Clone, Copy)]
pub struct LootContext<'a> {
    /// The level of the encounter or the finder, from 0.
    pub level: f32,
    /// Free words for the place and the occasion.
    pub themes: &'a [String],
    /// The stats of the finder; 0 for what they do not have.
    pub stat: &'a dyn Fn(DefId) -> f32,
}

impl<'a> LootContext<'a> {
    /// A level, no themes, and nobody in particular.
    pub fn of_level(level: f32) -> Self {
        Self {
            level,
            themes: &[],
            stat: &|_| 0.0,
        }
    }

    /// Whether an entry can come at all.
    pub fn allows(&self, entry: &LootEntry) -> bool {
        let has = |theme: &str| self.themes.iter().any(|own| own == theme);
        entry.min_level.is_none_or(|min| self.level >= min)
            && entry.max_level.is_none_or(|max| self.level <= max)
            && (entry.themes.is_empty() || entry.themes.iter().any(|theme| has(theme)))
            && !entry.not_themes.iter().any(|theme| has(theme))
            && entry
                .when
                .as_ref()
                .is_none_or(|when| when.eval(self.stat) > 0.0)
    }
}

/// The items that have a tag and are worth no more than `max_value`, by name.
pub fn items_with<'c>(
    content: &'c Content,
    tag: &'c str,
    max_value: Option<f32>,
) -> impl Iterator<Item = &'c Def<ItemDef>> {
    content
        .table::<ItemDef>()
        .iter()
        .filter(move |item| item.has_tag(tag))
        .filter(move |item| max_value.is_none_or(|max| item.value <= max))
}
