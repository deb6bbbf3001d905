//! [`TagQuery`]: which tags somebody must have and must not have.

use serde::Deserialize;
use wayfarer_core::{
    content::{LinkCtx, Ref},
    id::DefId,
};

use super::{TagDef, Tags};

/// A condition on tags, as written in content: `(all: ["living"], none: ["condition.prone"])`.
#[derive(Deserialize, Clone, Debug, Default)]
#[serde(deny_unknown_fields)]
pub struct TagQuery {
    /// All of these must be there.
    #[serde(default)]
    pub all: Vec<Ref<TagDef>>,
    /// At least one of these must be there, if any are listed.
    #[serde(default)]
    pub any: Vec<Ref<TagDef>>,
    /// None of these may be there.
    #[serde(default)]
    pub none: Vec<Ref<TagDef>>,
}

/// Why a query does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagMiss {
    /// This one is missing.
    Missing(DefId),
    /// This one is in the way.
    Blocked(DefId),
}

impl TagQuery {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.any.is_empty() && self.none.is_empty()
    }

    /// Whether these tags fulfil it.
    pub fn holds(&self, tags: &Tags) -> bool {
        self.miss(tags).is_none()
    }

    /// The first thing that does not fit.
    pub fn miss(&self, tags: &Tags) -> Option<TagMiss> {
        let missing = self.all.iter().map(Ref::id).find(|tag| !tags.has(*tag));
        let blocked = self.none.iter().map(Ref::id).find(|tag| tags.has(*tag));
        let none_of = || {
            let first = self.any.first().map(Ref::id)?;
            let some = self.any.iter().any(|tag| tags.has(tag.id()));
            (!some).then_some(TagMiss::Missing(first))
        };
        missing
            .map(TagMiss::Missing)
            .or(blocked.map(TagMiss::Blocked))
            .or_else(none_of)
    }

    /// Reports a tag that is both wanted and forbidden.
    pub fn link(&self, ctx: &mut LinkCtx<'_>) {
        for wanted in self.all.iter() {
            // What stands beneath a forbidden tag is forbidden too.
            let against = self.none.iter().find(|tag| {
                wanted.name() == tag.name()
                    || wanted
                        .name()
                        .strip_prefix(tag.name())
                        .is_some_and(|rest| rest.starts_with('.'))
            });
            if let Some(against) = against {
                let message =
                    format!("`{wanted}` is required while `{against}` is forbidden: never true");
                let help = Some("remove one of the two".to_owned());
                ctx.error(against, "contradiction", message, help);
            }
        }
    }
}
