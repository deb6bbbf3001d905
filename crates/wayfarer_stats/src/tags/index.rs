//! [`TagIndex`]: which tag stands above which.

use bevy::platform::collections::HashMap;
use wayfarer_core::{
    content::{Content, Report},
    id::DefId,
};

use super::{TagDef, definition::parent};

/// The tag above each tag, derived from the content.
#[derive(Clone, Debug, Default)]
pub struct TagIndex {
    above: HashMap<DefId, DefId>,
}

impl TagIndex {
    /// Reads the tags of the content.
    pub(crate) fn build(content: &Content, _: &mut Report) -> Option<Self> {
        let tags = content.table::<TagDef>();
        let above = tags
            .iter()
            .filter_map(|tag| Some((tag.id(), DefId::of(parent(tag.name())?))))
            .collect();
        Some(Self { above })
    }

    /// The tag and everything above it.
    pub fn with_ancestors(&self, tag: DefId) -> impl Iterator<Item = DefId> + '_ {
        // Names get shorter upwards, so there is no cycle.
        std::iter::successors(Some(tag), |tag| self.above.get(tag).copied())
    }

    /// Whether a tag is another one or stands beneath it.
    pub fn is_under(&self, tag: DefId, above: DefId) -> bool {
        self.with_ancestors(tag).any(|tag| tag == above)
    }

    /// Whether one of these tags is, or stands beneath, one of those.
    pub fn any_under(&self, tags: &[DefId], above: &[DefId]) -> bool {
        tags.iter()
            .any(|tag| above.iter().any(|above| self.is_under(*tag, *above)))
    }
}
