//! Stat sets: what stats there are.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Ref, Spanned, Text};
use wayfarer_formula::parse;

use super::{Entries, Formula, LabelsDef, SemanticTypeDef, number::check_finite};
use crate::rules::{level, tier};

/// Definition kind `stats`: a set of stats that characters have or do not have as a whole.
///
/// ```ron
/// {
///     "attributes": (
///         name: "Attributes",
///         stats: {
///             "strength": (name: "Strength", min: 1, max: 30, default: 10),
///             "strength_mod": (name: "Strength modifier", formula: "floor((strength - 10) / 2)"),
///         },
///     ),
/// }
/// ```
///
/// The full name of a stat is `core:attributes.strength`. In formulas a bare name means a stat of
/// the same set, else the only one of that name in the same pack, else the only one in the packs
/// that it depends on, else the only one at all.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct StatSetDef {
    /// Name shown to players.
    pub name: String,
    /// What the set is about, in a sentence.
    #[serde(default)]
    pub description: String,
    /// The stats, in the order in which they are shown.
    pub stats: Entries<StatDef>,
    /// States of the whole set. The one with the highest priority whose conditions all hold is
    /// the level; of equal priorities the one written first.
    #[serde(default)]
    pub levels: Vec<LevelDef>,
    /// Further words for how the set stands, found when they are asked for.
    #[serde(default)]
    pub labels: Entries<LabelsDef>,
}

/// One stat.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct StatDef {
    /// Name shown to players.
    pub name: String,
    /// What it is good for, in a sentence.
    #[serde(default)]
    pub description: String,
    /// Lowest value. Without it 0; unbounded for a formula.
    #[serde(default)]
    pub min: Option<Spanned<f32>>,
    /// Highest value. Without it 100; unbounded for a formula or a resource.
    #[serde(default)]
    pub max: Option<Spanned<f32>>,
    /// The value of a character of whom nothing else is said. Without it the value nearest to 0
    /// that is allowed. A resource without one begins full.
    #[serde(default)]
    pub default: Option<Spanned<f32>>,
    /// The value follows from other stats, unless a sheet or a game master says otherwise.
    #[serde(default)]
    pub formula: Option<Formula>,
    /// The stat is used up and comes back.
    #[serde(default)]
    pub resource: Option<ResourceDef>,
    /// Whether strangers see it.
    #[serde(default)]
    pub public: bool,
    /// Unit shown after the value, such as `kg` or `m/s`.
    #[serde(default)]
    pub unit: String,
    /// Names for ranges of the value. Each reaches up to the beginning of the next.
    #[serde(default)]
    pub tiers: Vec<TierDef>,
    /// What the number means, so that derivations of any pack can read it.
    #[serde(default)]
    pub semantic: Option<Ref<SemanticTypeDef>>,
    /// How much it counts where a derivation averages several stats of its semantic type. Above 0;
    /// 1 without it.
    #[serde(default)]
    pub weight: Option<Spanned<f32>>,
}

/// How a resource is limited and comes back.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct ResourceDef {
    /// How much there can be at most: a stat or any formula.
    pub max: Formula,
    /// How much comes back in a second; negative for what falls, such as stress.
    #[serde(default)]
    pub regen: Option<Formula>,
}

/// A name for a range of a stat, `[min, min of the next)`.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct TierDef {
    /// Stable name, such as `novice`.
    pub id: Text,
    /// Lowest value of the tier.
    pub min: Spanned<f32>,
    /// Name shown to players.
    pub name: String,
}

/// A state of a set.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct LevelDef {
    /// Stable name, such as `exhausted`.
    pub id: Text,
    /// Name shown to players.
    pub name: String,
    /// The highest priority wins.
    #[serde(default)]
    pub priority: i32,
    /// All of these must hold.
    #[serde(default)]
    pub when: Vec<LevelCondition>,
}

/// One condition of a level or a label. Every limit that is given must hold.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct LevelCondition {
    /// The stat, named as in a formula.
    pub stat: Text,
    /// Lowest value that fits.
    #[serde(default)]
    pub min: Option<Spanned<f32>>,
    /// Last value that does not fit yet.
    #[serde(default)]
    pub above: Option<Spanned<f32>>,
    /// Highest value that fits.
    #[serde(default)]
    pub max: Option<Spanned<f32>>,
    /// First value that no longer fits.
    #[serde(default)]
    pub below: Option<Spanned<f32>>,
    /// The only value that fits.
    #[serde(default)]
    pub is: Option<Spanned<f32>>,
}

impl LevelCondition {
    /// The range that fits.
    pub(crate) fn range(&self) -> level::Range {
        let number = |n: &Option<Spanned<f32>>, without| n.as_ref().map_or(without, |n| n.value);
        let limits = level::Range {
            min: number(&self.min, f32::NEG_INFINITY),
            above: number(&self.above, f32::NEG_INFINITY),
            max: number(&self.max, f32::INFINITY),
            below: number(&self.below, f32::INFINITY),
        };
        let exact = self.is.as_ref().map(|is| level::Range {
            min: is.value,
            max: is.value,
            ..level::Range::ALL
        });
        exact.map_or(limits, |exact| limits.and(exact))
    }

    pub(super) fn link(&self, ctx: &mut LinkCtx<'_>) {
        let numbers = [&self.min, &self.above, &self.max, &self.below, &self.is];
        for number in numbers.into_iter().flatten() {
            check_finite(ctx, number, "the limit of a condition");
        }
    }
}

impl StatDef {
    /// Lowest value, or minus infinity.
    pub fn lowest(&self) -> f32 {
        let unset = if self.formula.is_some() {
            f32::NEG_INFINITY
        } else {
            0.0
        };
        self.min.as_ref().map_or(unset, |min| min.value)
    }

    /// Highest value, or infinity.
    pub fn highest(&self) -> f32 {
        let unbounded = self.formula.is_some() || self.resource.is_some();
        let unset = if unbounded { f32::INFINITY } else { 100.0 };
        self.max.as_ref().map_or(unset, |max| max.value)
    }

    /// The value of a character of whom nothing else is said; for a formula, what a character
    /// without this set is taken to have.
    pub fn start(&self) -> f32 {
        let default = self.default.as_ref().map_or(0.0, |d| d.value);
        crate::rules::sum::clamped(default, self.lowest(), self.highest())
    }

    fn link(&mut self, key: &Text, ctx: &mut LinkCtx<'_>) {
        let numbers = [
            (&self.min, "`min`"),
            (&self.max, "`max`"),
            (&self.default, "`default`"),
        ];
        let mut finite = true;
        for (number, what) in numbers {
            finite &= number.as_ref().is_none_or(|n| check_finite(ctx, n, what));
        }
        if finite {
            self.check_range(key, ctx);
        }
        if self.formula.is_some() && self.resource.is_some() {
            let help = "put the formula into a stat of its own and name it in `max`".to_owned();
            let message = format!("`{key}` is a resource and cannot follow a formula");
            ctx.error(key, "formula-and-resource", message, Some(help));
        }
        if let Some(formula) = &mut self.formula {
            formula.link(ctx);
        }
        if let Some(resource) = &mut self.resource {
            resource.max.link(ctx);
            if let Some(regen) = &mut resource.regen {
                regen.link(ctx);
            }
        }
        self.check_tiers(key, ctx);
        self.check_weight(ctx);
    }

    fn check_weight(&self, ctx: &mut LinkCtx<'_>) {
        let Some(weight) = &self.weight else {
            return;
        };
        if self.semantic.is_none() {
            let help = "give it a `semantic` type, or leave the weight out".to_owned();
            let message = "a weight means something only with a semantic type";
            ctx.error(weight, "weight-without-semantic", message, Some(help));
        }
        if check_finite(ctx, weight, "`weight`") && weight.value <= 0.0 {
            let help = "leave out the semantic type of what should not count".to_owned();
            let message = format!("the weight of a stat is above 0, not {}", weight.value);
            ctx.error(weight, "bad-weight", message, Some(help));
        }
    }

    fn check_range(&self, key: &Text, ctx: &mut LinkCtx<'_>) {
        let (low, high) = (self.lowest(), self.highest());
        if low > high {
            let at = self.min.as_ref().or(self.max.as_ref());
            let message = format!("`min` {low} of `{key}` is above `max` {high}");
            match at {
                Some(at) => ctx.error(at, "bad-range", message, None),
                None => ctx.error(key, "bad-range", message, None),
            }
        } else if let Some(default) = &self.default
            && !(low..=high).contains(&default.value)
        {
            let message = format!(
                "`default` {} is not between {low} and {high}",
                default.value
            );
            ctx.error(default, "bad-default", message, None);
        }
    }

    fn check_tiers(&self, key: &Text, ctx: &mut LinkCtx<'_>) {
        if self.tiers.len() > tier::MAX {
            let message = format!("`{key}` has more than {} tiers", tier::MAX);
            ctx.error(key, "too-many-tiers", message, None);
        }
        for (index, this) in self.tiers.iter().enumerate() {
            if !check_finite(ctx, &this.min, "`min` of a tier") {
                continue;
            }
            let earlier = &self.tiers[..index];
            if earlier.iter().any(|tier| tier.id == this.id) {
                let message = format!("tier `{}` is written twice", this.id);
                ctx.error(&this.id, "duplicate-name", message, None);
            }
            match earlier.last() {
                Some(before) if this.min.value <= before.min.value => {
                    let message = format!(
                        "tier `{}` begins at {}, not above `{}` at {}",
                        this.id, this.min.value, before.id, before.min.value
                    );
                    let help = "write tiers in ascending order".to_owned();
                    ctx.error(this.min, "tier-order", message, Some(help));
                }
                None if self.lowest().is_finite() && this.min.value > self.lowest() => {
                    let message = format!(
                        "no tier covers `{key}` from {} up to {}",
                        self.lowest(),
                        this.min.value
                    );
                    let help = format!("let the first tier begin at {}", self.lowest());
                    ctx.error(this.min, "tier-gap", message, Some(help));
                }
                _ if this.min.value > self.highest() => {
                    let message = format!(
                        "tier `{}` is never reached: `{key}` ends at {}",
                        this.id,
                        self.highest()
                    );
                    ctx.error(this.min, "tier-unreachable", message, None);
                }
                _ => {}
            }
        }
    }
}

impl Definition for StatSetDef {
    const KIND: &'static str = "stats";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        self.stats.check_unique(ctx, "stat");
        if self.stats.is_empty() {
            ctx.error(
                ctx.entry_span(),
                "empty-set",
                "a stat set needs at least one stat",
                None,
            );
        }
        for (key, stat) in self.stats.iter_mut() {
            if !is_word(key) {
                let help = "use letters, digits and `_`; no word that formulas know".to_owned();
                let message = format!("`{key}` cannot be written in a formula");
                ctx.error(key, "bad-name", message, Some(help));
            }
            stat.link(key, ctx);
        }
        if self.levels.len() > level::MAX {
            let message = format!("more than {} levels in one set", level::MAX);
            ctx.error(ctx.entry_span(), "too-many-levels", message, None);
        }
        for (index, this) in self.levels.iter().enumerate() {
            if self.levels[..index].iter().any(|level| level.id == this.id) {
                let message = format!("level `{}` is written twice", this.id);
                ctx.error(&this.id, "duplicate-name", message, None);
            }
            for condition in &this.when {
                condition.link(ctx);
            }
        }
        self.labels.check_unique(ctx, "label");
        for (_, labels) in self.labels.iter() {
            labels.link(ctx);
        }
    }
}

/// Whether a formula can name it. `and`, for example, means something else there, and `d6` is a die.
fn is_word(name: &str) -> bool {
    let whole = !name.contains(['.', ':']) && name.trim() == name;
    whole && parse(name).is_ok_and(|formula| formula.names().map(|(word, _)| word).eq([name]))
}
