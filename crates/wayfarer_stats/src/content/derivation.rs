//! Derivations: stats that follow from stats of other packs, by what these mean.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Ref, Spanned};

use super::{Entries, Formula, SemanticTypeDef, StatSetDef, number::check_finite};

/// Definition kind `derivations`: stats of one set follow from whatever stats of certain
/// [semantic types](SemanticTypeDef) a character has.
///
/// ```ron
/// {
///     "mood_from_sentiment": (
///         name: "Feelings for others",
///         priority: 50,
///         into: "mood",
///         needs: ["positive_sentiment"],
///         values: {
///             "valence": (from: [(type: "positive_sentiment")]),
///         },
///     ),
/// }
/// ```
///
/// All derivations that apply to the sets of a character together are the formula of each stat
/// they are for, as if it had been written in the set. Sheets, worlds, permanent values and
/// overrides still come first. A stat with a formula of its own, or a resource, cannot be derived.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct DerivationDef {
    /// Name shown to players, in explanations.
    pub name: String,
    /// What follows from what, in a sentence.
    #[serde(default)]
    pub description: String,
    /// Lower numbers come first; of equal ones the one whose full name comes first.
    #[serde(default)]
    pub priority: i32,
    /// Whether it applies everywhere. If not, only in worlds that put it in place of another.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// The set whose stats follow.
    pub into: Ref<StatSetDef>,
    /// It applies to characters that have at least one stat of each of these types.
    #[serde(default)]
    pub needs: Vec<Ref<SemanticTypeDef>>,
    /// By stat of the set, how it follows.
    pub values: Entries<DerivedAxis>,
}

/// How one stat follows. Exactly one of `from` and `formula` is given.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct DerivedAxis {
    /// The semantic types it follows from.
    #[serde(default)]
    pub from: Vec<DerivedSource>,
    /// How these become one number.
    #[serde(default)]
    pub combine: Combine,
    /// Instead of `from`: a formula over stats, named as in the set.
    #[serde(default)]
    pub formula: Option<Formula>,
    /// Added to the number.
    #[serde(default)]
    pub offset: Option<Spanned<f32>>,
    /// Whether the number is then kept between 0 and 100. The limits of the stat hold in any case.
    #[serde(default = "yes")]
    pub normalize: bool,
    /// How the number meets what earlier derivations have given to the stat.
    #[serde(default)]
    pub compose: Compose,
}

/// One semantic type that a stat follows from. A type of which the character has no stat counts
/// as the default of the stat that follows; as 50 if it has none.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct DerivedSource {
    /// The type.
    #[serde(rename = "type")]
    pub semantic: Ref<SemanticTypeDef>,
    /// The number is multiplied by this; it may be negative. 1 without it.
    #[serde(default)]
    pub weight: Option<Spanned<f32>>,
    /// How several stats of the type become one number.
    #[serde(default)]
    pub combine: Combine,
}

/// How several numbers become one.
#[derive(Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Combine {
    /// The sum, each times its weight, divided by the sum of the weights without their signs.
    #[default]
    WeightedAvg,
    /// The sum. Sources count with their weight, stats of one type as they are.
    Sum,
    /// The highest. Sources count with their weight, stats of one type as they are.
    Max,
    /// The lowest. Sources count with their weight, stats of one type as they are.
    Min,
    /// The first that the character has: of sources as they are written, of stats those of the
    /// set whose full name comes first.
    First,
}

/// How a derivation meets what earlier ones have given to the same stat.
#[derive(Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compose {
    /// It counts instead.
    #[default]
    Override,
    /// The higher of the two counts.
    Max,
    /// The mean counts; of several that blend in a row, the mean of all.
    Blend,
    /// It is added. Where nothing has been given yet, to the default of the stat.
    Add,
    /// It counts only where nothing has been given yet.
    Keep,
}

fn yes() -> bool {
    true
}

impl DerivedSource {
    /// The weight; 1 if none is written.
    pub fn weight(&self) -> f32 {
        self.weight.as_ref().map_or(1.0, |weight| weight.value)
    }
}

impl Definition for DerivationDef {
    const KIND: &'static str = "derivations";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        self.values.check_unique(ctx, "stat");
        if self.values.is_empty() {
            let message = "a derivation needs at least one stat in `values`";
            ctx.error(ctx.entry_span(), "empty-derivation", message, None);
        }
        check_twice(self.needs.iter(), ctx);
        for (key, axis) in self.values.iter_mut() {
            match (&axis.formula, axis.from.is_empty()) {
                (None, true) => {
                    let message = format!("`{key}` follows from nothing");
                    let help = "give it `from` or a `formula`".to_owned();
                    ctx.error(key, "no-source", message, Some(help));
                }
                (Some(formula), false) => {
                    let message = format!("`{key}` has both `from` and a formula");
                    let help = "leave one of them out".to_owned();
                    ctx.error(formula, "two-sources", message, Some(help));
                }
                _ => {}
            }
            axis.link(ctx);
        }
    }
}

impl DerivedAxis {
    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        if let Some(formula) = &mut self.formula {
            formula.link(ctx);
        }
        if let Some(offset) = &self.offset {
            check_finite(ctx, offset, "`offset`");
        }
        check_twice(self.from.iter().map(|source| &source.semantic), ctx);
        for weight in self.from.iter().filter_map(|source| source.weight.as_ref()) {
            if check_finite(ctx, weight, "`weight`") && weight.value == 0.0 {
                let message = "a source with weight 0 does not count";
                let help = "leave the source out".to_owned();
                ctx.error(weight, "bad-weight", message, Some(help));
            }
        }
    }
}

fn check_twice<'a>(
    types: impl Iterator<Item = &'a Ref<SemanticTypeDef>> + Clone,
    ctx: &mut LinkCtx<'_>,
) {
    for (index, this) in types.clone().enumerate() {
        if types.clone().take(index).any(|other| other == this) {
            let message = format!("`{this}` is listed twice");
            ctx.error(this, "duplicate-name", message, None);
        }
    }
}
