//! Labels: words for how a set stands, by ordered rules.

use serde::Deserialize;
use wayfarer_core::content::{LinkCtx, Text};

use super::LevelCondition;

/// One label of a set: rules that are tried in order, and what holds if none of them does.
///
/// ```ron
/// "style": (
///     rules: [
///         (id: "warm", name: "Warm", when: [(stat: "warmth", min: 70)]),
///         (id: "curt", name: "Curt", when: [(stat: "warmth", max: 30)]),
///     ],
///     otherwise: (id: "neutral", name: "Neutral"),
/// )
/// ```
///
/// Unlike a level it is found only when it is asked for, with
/// [`StatValues::label`](crate::values::StatValues::label), and nobody is told of changes. A set
/// can have any number of labels. Several rules may give the same id.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct LabelsDef {
    /// Name of the label shown to players.
    #[serde(default)]
    pub name: String,
    /// The rules; the first whose conditions all hold counts.
    #[serde(default)]
    pub rules: Vec<LabelRule>,
    /// What counts when no rule does. It has no conditions.
    pub otherwise: LabelRule,
}

/// One word that a label can be.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct LabelRule {
    /// Stable name, such as `reserved`.
    pub id: Text,
    /// Name shown to players.
    pub name: String,
    /// All of these must hold.
    #[serde(default)]
    pub when: Vec<LevelCondition>,
}

impl LabelsDef {
    pub(super) fn link(&self, ctx: &mut LinkCtx<'_>) {
        for rule in &self.rules {
            if rule.when.is_empty() {
                let message = format!("`{}` always holds", rule.id);
                let help = "write it as `otherwise`".to_owned();
                ctx.error(&rule.id, "label-without-condition", message, Some(help));
            }
            for condition in &rule.when {
                condition.link(ctx);
            }
        }
        if !self.otherwise.when.is_empty() {
            let message = "`otherwise` is what holds when no rule does; it has no conditions";
            let help = "make it the last of the `rules`".to_owned();
            let at = &self.otherwise.id;
            ctx.error(at, "label-with-condition", message, Some(help));
        }
    }
}
