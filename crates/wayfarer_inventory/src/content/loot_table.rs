//! Kind `loot_tables`: what can be found, and how likely.

use serde::Deserialize;
use wayfarer_core::content::{Definition, LinkCtx, Ref, Text};

use super::{Amount, BAD_NUMBER, Expression, ItemDef, Quantity};

/// Definition kind `loot_tables`.
///
/// ```ron
/// { "goblin": (pick: All, entries: [
///     (item: "coin", count: "10 + 5 * level + 2d6"),
///     (table: "gems", chance: 0.1),
///     (item: "rusty_key", themes: ["underground"], min_level: 3),
/// ]),
/// "gems": (pick: Count("1d3"), entries: [
///     (item: "ruby", weight: "0.1 + 0.02 * level"),
///     (item: "quartz", weight: 3),
///     (weight: 6), // nothing
/// ]) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct LootTableDef {
    /// Which of the entries come.
    #[serde(default)]
    pub pick: Pick,
    /// What can come.
    pub entries: Vec<LootEntry>,
}

/// Which entries of a table come.
#[derive(Deserialize, Debug, Clone, Default)]
pub enum Pick {
    /// Every entry, each with its own chance.
    All,
    /// One entry, by weight.
    #[default]
    One,
    /// So many times one entry, by weight, with repetitions. A formula over `level`.
    Count(Quantity),
}

/// One line of a loot table. Without `item`, `table` and `tag` it is nothing at all.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct LootEntry {
    /// An item.
    #[serde(default)]
    pub item: Option<Ref<ItemDef>>,
    /// What another table gives.
    #[serde(default)]
    pub table: Option<Ref<LootTableDef>>,
    /// Any item that has this tag, each equally likely.
    #[serde(default)]
    pub tag: Option<Text>,
    /// The most that an item found by its tag may be worth, in the smallest coin; a formula over
    /// `level`.
    #[serde(default)]
    pub max_value: Option<Expression>,
    /// How many pieces, or how many times the other table; a formula over `level`, with dice.
    #[serde(default = "one")]
    pub count: Quantity,
    /// How likely it is picked, against the weights of the others; a formula over `level`. Not in
    /// a table of which all entries come.
    #[serde(default)]
    pub weight: Option<Expression>,
    /// How likely it comes at all, 0 to 1; a formula over `level`.
    #[serde(default)]
    pub chance: Option<Expression>,
    /// From which level on.
    #[serde(default)]
    pub min_level: Option<f32>,
    /// Up to which level.
    #[serde(default)]
    pub max_level: Option<f32>,
    /// Only where at least one of these themes holds; everywhere if empty.
    #[serde(default)]
    pub themes: Vec<Text>,
    /// Nowhere where one of these themes holds.
    #[serde(default)]
    pub not_themes: Vec<Text>,
    /// Only while this is above 0: a formula over the stats of whoever finds it.
    #[serde(default)]
    pub when: Option<Amount>,
}

fn one() -> Quantity {
    Quantity::number(1)
}

impl LootEntry {
    /// The weight at this level, from 0.
    pub fn weight_at(&self, level: f32) -> f32 {
        self.weight
            .as_ref()
            .map_or(1.0, |weight| weight.eval(&[level]))
    }

    /// The chance at this level.
    pub fn chance_at(&self, level: f32) -> f32 {
        self.chance
            .as_ref()
            .map_or(1.0, |chance| chance.eval(&[level]))
    }

    fn link(&mut self, ctx: &mut LinkCtx<'_>, weighed: bool) {
        let at = ctx.entry_span();
        self.count.link(ctx, "count", ["level"]);
        for (field, formula) in [
            ("weight", &mut self.weight),
            ("chance", &mut self.chance),
            ("max_value", &mut self.max_value),
        ] {
            if let Some(formula) = formula {
                formula.link(ctx, field, ["level"]);
            }
        }
        if let Some(when) = &mut self.when {
            when.link(ctx, "when");
        }
        let named = usize::from(self.item.is_some())
            + usize::from(self.table.is_some())
            + usize::from(self.tag.is_some());
        if named > 1 {
            let message = "an entry is an `item`, a `table` or a `tag`, not several of them";
            ctx.error(at, "two-things", message, Some("write two entries".into()));
        }
        if self.weight.is_some() && !weighed {
            let message = "`weight` means nothing where all entries come";
            let help = "write `chance`, or pick `One`".to_owned();
            ctx.error(at, "weight", message, Some(help));
        }
        if self.max_value.is_some() && self.tag.is_none() {
            let message = "`max_value` is for items found by their `tag`";
            ctx.error(at, "max-value", message, None);
        }
        let (min, max) = (self.min_level.unwrap_or(0.0), self.max_level);
        if min > max.unwrap_or(f32::MAX) || min.is_nan() {
            let message = "no level is at least `min_level` and at most `max_level`";
            ctx.error(at, BAD_NUMBER, message, None);
        }
    }
}

impl Definition for LootTableDef {
    const KIND: &'static str = "loot_tables";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let weighed = !matches!(self.pick, Pick::All);
        if let Pick::Count(count) = &mut self.pick {
            count.link(ctx, "pick", ["level"]);
        }
        for entry in &mut self.entries {
            entry.link(ctx, weighed);
        }
        if self.entries.is_empty() {
            let at = ctx.entry_span();
            ctx.error(at, "no-entry", "this table gives nothing", None);
        }
    }
}
