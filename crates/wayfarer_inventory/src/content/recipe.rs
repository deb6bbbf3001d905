//! Kind `recipes`: what can be made of what.

use serde::Deserialize;
use wayfarer_core::{
    content::{Definition, LinkCtx, Ref, Text},
    id::DefId,
};

use super::{BAD_NUMBER, Expression, ItemDef, Quantity};

/// Definition kind `recipes`.
///
/// ```ron
/// { "iron_sword": (
///     output: (item: "iron_sword"),
///     inputs: [(item: "iron_ingot", count: 3), (tag: "wood")],
///     tools: ["hammer"],
///     station: "forge",
///     skill: (stat: "core:crafts.smithing", min: 10),
///     difficulty: 40,
///     seconds: 30,
///     chance: "clamp(0.6 + 0.01 * (skill - difficulty) + 0.1 * (station - 1), 0.05, 0.99)",
///     score: "0.7 * skill + 0.3 * roll",
///     on_fail: (lost: 0.5, byproducts: [(item: "slag")]),
/// ) }
/// ```
///
/// A recipe may be profitable: work and skill are a cost. What needs neither is warned of, since
/// somebody will do it all day:
///
/// - `out-of-nothing`: recipes of one material each (no coins, no fee) that lead back to it and
///   give more than was put in, whatever skill and time they take; a chance that is a formula
///   counts as certain, what falls off counts on average.
/// - `free-profit`: a recipe without `skill`, `seconds` and risk whose product some shop pays more
///   for than its materials cost in the cheapest shops, or made by other such recipes. Prices are
///   those for somebody with ordinary stats, at the stock that suits the customer best.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct RecipeDef {
    /// Name shown to players; that of what is made if left out.
    #[serde(default)]
    pub name: String,
    /// What is made.
    pub output: RecipeOutput,
    /// What goes into it.
    pub inputs: Vec<RecipeInput>,
    /// What must be at hand and is kept, each by its tag: carried or worn.
    #[serde(default)]
    pub tools: Vec<Text>,
    /// The kind of place that is needed; anywhere if left out.
    #[serde(default)]
    pub station: Option<Text>,
    /// The skill that decides. A station with a keeper works with the keeper's.
    #[serde(default)]
    pub skill: Option<RecipeSkill>,
    /// How hard it is, for the formulas; from 0.
    #[serde(default)]
    pub difficulty: f32,
    /// How long one takes, in seconds at a station of efficiency 1; a formula over `skill`. At once
    /// if left out.
    #[serde(default = "nothing")]
    pub seconds: Expression,
    /// How likely it succeeds, 0 to 1; a formula over `skill`, `difficulty` and `station`, the
    /// efficiency of the place (1 without one). Certain if left out.
    #[serde(default = "certain")]
    pub chance: Expression,
    /// How well it is made, 0 to 100; a formula over `skill`, `difficulty`, `station` and `roll`, a
    /// hundred-sided die. What that means is for quality. Nothing if left out.
    #[serde(default)]
    pub score: Option<Expression>,
    /// The level of what is made, for its quality and enchantments; a formula over `skill`.
    #[serde(default = "certain")]
    pub level: Expression,
    /// Coins that are used up, in the smallest coin.
    #[serde(default)]
    pub cost: u64,
    /// What else comes of it when it succeeds.
    #[serde(default)]
    pub byproducts: Vec<Byproduct>,
    /// What a failure means.
    #[serde(default)]
    pub on_fail: OnFail,
    /// It must be learned before.
    #[serde(default)]
    pub learned: bool,
}

/// What a recipe makes.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct RecipeOutput {
    /// What.
    pub item: Ref<ItemDef>,
    /// How many pieces, from 1.
    #[serde(default = "one")]
    pub count: u32,
}

/// One material: an item, or anything with a tag.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct RecipeInput {
    /// This item.
    #[serde(default)]
    pub item: Option<Ref<ItemDef>>,
    /// Anything that has this tag.
    #[serde(default)]
    pub tag: Option<Text>,
    /// How many pieces, from 1.
    #[serde(default = "one")]
    pub count: u32,
}

/// The skill that a recipe asks for.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct RecipeSkill {
    /// The stat, `pack:set.stat`.
    pub stat: Text,
    /// The least that is needed.
    #[serde(default)]
    pub min: f32,
    #[serde(skip)]
    id: DefId,
}

impl RecipeSkill {
    /// A short name for players.
    pub fn shown(&self) -> &str {
        self.stat.rsplit('.').next().unwrap_or_default()
    }

    /// The stat.
    pub const fn stat_id(&self) -> DefId {
        self.id
    }
}

/// Something that comes out beside what was wanted.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Byproduct {
    /// What.
    pub item: Ref<ItemDef>,
    /// How many, with dice; a formula over `skill`.
    #[serde(default = "one_piece")]
    pub count: Quantity,
    /// How likely, 0 to 1.
    #[serde(default = "always")]
    pub chance: f32,
}

/// What a failure means.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct OnFail {
    /// The share of each material that is lost, 0 to 1; rounded up.
    #[serde(default = "always")]
    pub lost: f32,
    /// What is left over instead.
    #[serde(default)]
    pub byproducts: Vec<Byproduct>,
}

impl Default for OnFail {
    fn default() -> Self {
        Self {
            lost: 1.0,
            byproducts: Vec::new(),
        }
    }
}

impl OnFail {
    /// How many of `count` pieces a failure costs.
    pub fn lost_of(&self, count: u32) -> u32 {
        let lost = f64::from(count) * f64::from(self.lost);
        // 0.1 of ten pieces is one, although 0.1 is a little more than a tenth.
        ((lost - 1e-4).ceil().max(0.0) as u32).min(count)
    }
}

fn one() -> u32 {
    1
}

fn one_piece() -> Quantity {
    Quantity::number(1)
}

fn always() -> f32 {
    1.0
}

fn nothing() -> Expression {
    Expression::number(0.0)
}

fn certain() -> Expression {
    Expression::number(1.0)
}

/// More pieces than this of one thing are a typing mistake.
const MAX_PIECES: u32 = 1000;

impl Byproduct {
    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        self.count.link(ctx, "count", ["skill"]);
        check_share(ctx, &self.item, "chance", self.chance);
    }
}

fn check_share(
    ctx: &mut LinkCtx<'_>,
    at: impl wayfarer_core::content::Located,
    field: &str,
    value: f32,
) {
    if !(0.0..=1.0).contains(&value) {
        let message = format!("`{field}` is {value}; it must be 0 to 1");
        ctx.error(at, BAD_NUMBER, message, None);
    }
}

impl Definition for RecipeDef {
    const KIND: &'static str = "recipes";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let at = ctx.entry_span();
        self.seconds.link(ctx, "seconds", ["skill"]);
        self.chance
            .link(ctx, "chance", ["skill", "difficulty", "station"]);
        if let Some(score) = &mut self.score {
            let names = ["skill", "difficulty", "station", "roll"];
            score.link(ctx, "score", names);
        }
        self.level.link(ctx, "level", ["skill"]);
        if let Some(skill) = &mut self.skill {
            skill.id = DefId::of(&ctx.qualify(&skill.stat, &skill.stat));
        }
        let byproducts = self.byproducts.iter_mut();
        for byproduct in byproducts.chain(&mut self.on_fail.byproducts) {
            byproduct.link(ctx);
        }
        check_share(ctx, at, "lost", self.on_fail.lost);
        for input in &self.inputs {
            if input.item.is_some() == input.tag.is_some() {
                let message = "a material is either an `item` or a `tag`";
                ctx.error(at, "material", message, None);
            }
        }
        let counts = self.inputs.iter().map(|input| input.count);
        for count in counts.chain([self.output.count]) {
            if count == 0 || count > MAX_PIECES {
                let message = format!("`count` is {count}; it must be 1 to {MAX_PIECES}");
                ctx.error(at, BAD_NUMBER, message, None);
            }
        }
        if self.inputs.is_empty() && self.cost == 0 {
            let message = "this makes something out of nothing";
            ctx.warn(at, "no-material", message, Some("name its `inputs`".into()));
        }
    }
}
