//! Kind `kits`: what a new character or container has. The entry has the name of the character.

use serde::Deserialize;
use wayfarer_core::{
    character::CharacterDef,
    content::{Content, Definition, LinkCtx, Ref, Report, Text},
    id::DefId,
};

use super::{Amount, BAD_NUMBER, CompartmentDef, ItemDef, LoadCurveDef, LootTableDef, RecipeDef};

/// Definition kind `kits`.
///
/// ```ron
/// { "knight": (
///     compartments: ["core:backpack", "core:belt"],
///     weight_limit: "core:movement.carry_limit",
///     load: "core:default",
///     items: [(item: "iron_sword", wear: "core:main_hand"), (item: "apple", count: 3)],
/// ) }
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct KitDef {
    /// The compartments, in order; at most 255.
    pub compartments: Vec<Ref<CompartmentDef>>,
    /// Kilograms that are a full load, worn things included; without limit if left out.
    #[serde(default)]
    pub weight_limit: Option<Amount>,
    /// How many times a full load may be carried before nothing more is taken, from 1.
    #[serde(default = "full")]
    pub hard_limit: f32,
    /// How the load slows down; not at all if left out.
    #[serde(default)]
    pub load: Option<Ref<LoadCurveDef>>,
    /// What is in it at first.
    #[serde(default)]
    pub items: Vec<KitItem>,
    /// Recipes that are known from the beginning.
    #[serde(default)]
    pub recipes: Vec<Ref<RecipeDef>>,
    /// What is found in it when it is opened; nothing more if left out.
    #[serde(default)]
    pub loot: Option<KitLoot>,
    /// What is left behind by whoever falls; nothing but what they are if left out.
    #[serde(default)]
    pub remains: Option<KitRemains>,
}

/// What is left behind by whoever falls.
///
/// ```ron
/// remains: (resource: "core:vitals.health", leaves: "bones", loot: (table: "goblin", level: 2))
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct KitRemains {
    /// The resource of which a blow takes the last, `pack:set.stat`.
    pub resource: Text,
    /// The container that holds what they had: a character with a kit of its own.
    pub leaves: Ref<CharacterDef>,
    /// What else is found in it. Its level is a formula over the stats of who dealt the blow.
    #[serde(default)]
    pub loot: Option<KitLoot>,
    /// Whether they are gone then, with all they wore; never of players' characters.
    #[serde(default = "yes")]
    pub gone: bool,
    #[serde(skip)]
    resource_id: DefId,
}

impl KitRemains {
    /// The resource.
    pub const fn resource_id(&self) -> DefId {
        self.resource_id
    }
}

fn yes() -> bool {
    true
}

/// What is found in a container when somebody opens it for the first time.
///
/// ```ron
/// loot: (table: "chest", level: "core:progress.level", themes: ["underground"], every: 3600)
/// ```
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct KitLoot {
    /// The table that is rolled.
    pub table: Ref<LootTableDef>,
    /// The level of the find; a formula over the stats of whoever opens it.
    #[serde(default = "level_one")]
    pub level: Amount,
    /// Free words for the place.
    #[serde(default)]
    pub themes: Vec<Text>,
    /// After so many seconds it is filled again, if it is empty then; never if left out.
    #[serde(default)]
    pub every: Option<f32>,
}

fn level_one() -> Amount {
    Amount::number(1.0)
}

/// One line of a kit.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct KitItem {
    /// What.
    pub item: Ref<ItemDef>,
    /// How many pieces, from 1.
    #[serde(default = "one")]
    pub count: u32,
    /// Into which compartment; the first if left out.
    #[serde(default)]
    pub into: Option<Ref<CompartmentDef>>,
    /// Worn in this slot from the beginning (kind `slots`, which the equipment plugin reads).
    #[serde(default)]
    pub wear: Option<Text>,
}

fn one() -> u32 {
    1
}

const fn full() -> f32 {
    1.0
}

/// A kit that asks for more stacks than this is a typing mistake.
const MAX_KIT_PIECES: u32 = 1_000_000;

impl Definition for KitDef {
    const KIND: &'static str = "kits";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        if let Some(limit) = &mut self.weight_limit {
            limit.link(ctx, "weight_limit");
        }
        let at = ctx.entry_span();
        if !(self.hard_limit.is_finite() && self.hard_limit >= 1.0) {
            let message = format!("`hard_limit` is {}; it must be from 1", self.hard_limit);
            ctx.error(at, BAD_NUMBER, message, None);
        }
        if let Some(remains) = &mut self.remains {
            let full = ctx.qualify(&remains.resource, &remains.resource);
            remains.resource_id = DefId::of(&full);
        }
        let on_them = self
            .remains
            .as_mut()
            .and_then(|remains| remains.loot.as_mut());
        for loot in self.loot.iter_mut().chain(on_them) {
            loot.level.link(ctx, "level");
            if let Some(every) = loot.every
                && !(every.is_finite() && every > 0.0)
            {
                let message = format!("`every` is {every}; it must be more than 0 seconds");
                ctx.error(&loot.table, BAD_NUMBER, message, None);
            }
        }
        if self.compartments.is_empty() || self.compartments.len() > 255 {
            let message = "a kit has 1 to 255 compartments";
            ctx.error(at, "compartments", message, None);
        }
        for line in &mut self.items {
            if line.count == 0 || line.count > MAX_KIT_PIECES {
                let message = format!(
                    "`count` is {}; it must be 1 to {MAX_KIT_PIECES}",
                    line.count
                );
                ctx.error(&line.item, BAD_NUMBER, message, None);
            }
            if let Some(into) = &line.into
                && !self.compartments.contains(into)
            {
                let message = format!("this kit has no compartment `{into}`");
                ctx.error(into, "no-compartment", message, None);
            }
            if let Some(wear) = &line.wear {
                let full = ctx.qualify(wear, wear);
                if line.count != 1 {
                    let message = "only one piece can be worn in a slot";
                    ctx.error(wear, "worn-count", message, None);
                }
                line.wear = Some(Text::new(full));
            }
        }
    }
}

/// Content check: does what a kit puts in go in?
pub fn check_kits(content: &Content, report: &mut Report) {
    let items = content.table::<ItemDef>();
    let compartments = content.table::<CompartmentDef>();
    for kit in content.table::<KitDef>() {
        for line in &kit.items {
            let into = line.into.as_ref().or(kit.compartments.first());
            let Some((item, compartment)) = items
                .get(line.item.id())
                .zip(into.and_then(|into| compartments.get(into.id())))
            else {
                continue;
            };
            if line.wear.is_none()
                && let Err(tag) = compartment.check_tags(item)
            {
                let message = format!(
                    "`{}` does not go into `{}` because of the tag {tag}",
                    item.name,
                    compartment.name()
                );
                report.error(&line.item, "kit-tags", message, None);
            }
        }
    }
}
