//! The definition of a tag.

use serde::Deserialize;
use wayfarer_core::content::{Content, Def, Definition, Report, did_you_mean};

/// Definition kind `tags`: a word that rules may ask for.
///
/// ```ron
/// {
///     "condition": (name: "Condition"),
///     "condition.poisoned": (name: "Poisoned"),
/// }
/// ```
///
/// The dots say what a tag is beneath: `core:condition.poisoned` is beneath `core:condition`, which
/// must be an entry too.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct TagDef {
    /// Name shown to players.
    pub name: String,
    /// What it means to have it, in a sentence.
    #[serde(default)]
    pub description: String,
}

impl Definition for TagDef {
    const KIND: &'static str = "tags";
}

/// Every tag stands beneath one that exists.
pub(crate) fn check_tags(content: &Content, report: &mut Report) {
    let tags = content.table::<TagDef>();
    for tag in tags {
        let Some(parent) = parent(tag.name()) else {
            continue;
        };
        if tags.get_by_name(parent).is_none() {
            let near = did_you_mean(parent, tags.iter().map(Def::name));
            let help = near.map_or_else(
                || format!("add an entry for `{parent}`"),
                |near| format!("did you mean `{near}`? Else add an entry for `{parent}`"),
            );
            let message = format!("there is no tag `{parent}` above `{}`", tag.name());
            report.error(tag, "unknown-reference", message, Some(help));
        }
    }
}

/// The name of the tag above: `core:condition` for `core:condition.poisoned`.
pub(super) fn parent(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(parent, _)| parent)
}
