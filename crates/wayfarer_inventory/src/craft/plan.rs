//! Whether somebody can make something here and now, and what it would take.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    content::{Content, Def},
    id::{DefId, Uid},
    refusal::{Code, Refusal},
};

use super::{
    known::knows,
    materials::{self, Materials},
};
use crate::{
    content::{ItemDef, RecipeDef},
    currency::purse,
    naming::tag_words,
    refusals::{self, MATERIALS_MISSING, RECIPE_UNKNOWN, SKILL_GATE, TOOL_MISSING},
    rules::Chance,
    station::{self, StationView, find_station},
    stats,
    view::View,
};

/// What somebody wants to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CraftOrder {
    /// The recipe.
    pub recipe: DefId,
    /// Where, if the recipe needs a place.
    pub station: Option<Uid>,
    /// Materials to be used before others.
    pub pick: Vec<Uid>,
}

/// What making one would take, and how likely it works.
#[derive(Clone, Debug, PartialEq)]
pub struct CraftPlan {
    /// Stack, how many pieces, and for which input of the recipe.
    pub taken: Vec<(Uid, u32, usize)>,
    /// The tools that would be used.
    pub tools: Vec<Uid>,
    /// The skill that decides: the maker's, or the keeper's.
    pub skill: f32,
    /// The efficiency of the place; 1 without one.
    pub efficiency: f32,
    /// The chance of success, as the die that would be thrown.
    pub chance: Chance,
    /// How long, in seconds.
    pub seconds: f32,
    /// Coins that are used up, in the smallest coin.
    pub cost: u64,
    /// Coins for the keeper of the place.
    pub fee: u64,
    /// Who gets the fee, if anybody can.
    pub keeper: Option<Entity>,
}

/// The recipe of an order, and its place.
pub(super) struct Site<'c> {
    pub(super) recipe: &'c Def<RecipeDef>,
    pub(super) output: &'c Def<ItemDef>,
    pub(super) station: Option<StationView<'c>>,
    pub(super) skill: f32,
}

impl Site<'_> {
    pub(super) fn efficiency(&self) -> f32 {
        self.station.map_or(1.0, |station| station.def.efficiency)
    }

    pub(super) fn chance(&self) -> Chance {
        let values = [self.skill, self.recipe.difficulty, self.efficiency()];
        Chance::of(self.recipe.chance.eval(&values))
    }

    pub(super) fn seconds(&self) -> f32 {
        let seconds = self.recipe.seconds.eval(&[self.skill]);
        (seconds / self.efficiency()).max(0.0)
    }

    pub(super) fn fee(&self) -> u64 {
        let worth = worth_of(self.recipe, self.output);
        self.station.map_or(0, |station| station.def.fee_for(worth))
    }
}

/// What the things that a recipe makes are worth, for the fee of a place.
pub(super) fn worth_of(recipe: &RecipeDef, made: &ItemDef) -> u64 {
    let worth = crate::value::whole(f64::from(made.value));
    worth.saturating_mul(u64::from(recipe.output.count))
}

/// The recipe, if it exists and whoever asks knows it.
pub(super) fn recipe_of<'c>(
    world: &World,
    content: &'c Content,
    maker: Entity,
    recipe: DefId,
) -> Result<(&'c Def<RecipeDef>, &'c Def<ItemDef>), Refusal> {
    let unavailable = |what: DefId| Refusal::new(Code::TEMPLATE_UNAVAILABLE).with("what", what);
    let def = content.table::<RecipeDef>().get(recipe);
    let def = def.ok_or_else(|| unavailable(recipe))?;
    let output = def.output.item.id();
    let made = content.table::<ItemDef>().get(output);
    let made = made.ok_or_else(|| unavailable(output))?;
    if !knows(world, maker, def) {
        return Err(Refusal::new(RECIPE_UNKNOWN).with("recipe", def.title(content)));
    }
    Ok((def, made))
}

/// The place that an order names. A place that the recipe does not need is none.
pub(super) fn place_of<'c>(
    world: &World,
    content: &'c Content,
    maker: Entity,
    recipe: &RecipeDef,
    output: &ItemDef,
    station: Option<Uid>,
) -> Result<Option<StationView<'c>>, Refusal> {
    let Some(wanted) = &recipe.station else {
        return Ok(None);
    };
    let station = station.ok_or_else(|| station::missing(wanted))?;
    let station = find_station(world, content, maker, station, wanted)?;
    station.check_takes(output)?;
    Ok(Some(station))
}

/// The skill that decides: the keeper's where there is one.
pub(super) fn skill_of(
    world: &World,
    maker: Entity,
    recipe: &RecipeDef,
    station: Option<StationView<'_>>,
) -> f32 {
    let keeper = station.and_then(|station| station.def.skill);
    keeper.unwrap_or_else(|| {
        let skill = recipe.skill.as_ref();
        skill.map_or(0.0, |skill| stats::value(world, maker, skill.stat_id()))
    })
}

/// Plans making one. Changes nothing.
///
/// # Errors
/// `template_unavailable`, `recipe_unknown`, `station_missing`, `out_of_reach`, `station_refuses`,
/// `skill_gate`, `tool_missing`, `materials_missing`, `only_spared`, `not_material`,
/// `insufficient_funds`, and what constraints say of tools and picks.
pub fn plan_craft(view: &View<'_>, order: &CraftOrder) -> Result<CraftPlan, Refusal> {
    let (world, content, maker) = (view.world, view.content, view.entity);
    let (recipe, output) = recipe_of(world, content, maker, order.recipe)?;
    let station = place_of(world, content, maker, recipe, output, order.station)?;
    let skill = skill_of(world, maker, recipe, station);
    if let Some(needed) = &recipe.skill
        && skill < needed.min
    {
        return Err(Refusal::new(SKILL_GATE)
            .with("stat", needed.shown())
            .with("need", needed.min)
            .with("have", skill));
    }
    let tools = recipe.tools.iter().map(|tag| {
        materials::find_tool(view, tag, &order.pick).map_err(|why| {
            why.unwrap_or_else(|| Refusal::new(TOOL_MISSING).with("tool", tag_words(tag)))
        })
    });
    let tools = tools.collect::<Result<Vec<Uid>, Refusal>>()?;
    let taken = find_materials(view, recipe, &order.pick, &tools)?;
    let site = Site {
        recipe,
        output,
        station,
        skill,
    };
    let (cost, fee) = (recipe.cost, site.fee());
    let price = cost.saturating_add(fee);
    let have = purse(view);
    if price > have {
        return Err(refusals::insufficient_funds(content, price, have));
    }
    Ok(CraftPlan {
        taken,
        tools,
        skill,
        efficiency: site.efficiency(),
        chance: site.chance(),
        seconds: site.seconds(),
        cost,
        fee,
        keeper: station.and_then(|station| station.keeper(world)),
    })
}

impl RecipeDef {
    /// Its name; that of what is made if it has none of its own.
    pub fn title(&self, content: &Content) -> String {
        if !self.name.is_empty() {
            return self.name.clone();
        }
        let made = content.table::<ItemDef>().get(self.output.item.id());
        made.map_or_else(|| self.output.item.to_string(), |item| item.name.clone())
    }
}

/// The materials that would be used up: stack, how many pieces, and for which input.
pub(super) fn find_materials(
    view: &View<'_>,
    recipe: &RecipeDef,
    pick: &[Uid],
    tools: &[Uid],
) -> Result<Vec<(Uid, u32, usize)>, Refusal> {
    let Materials { taken, lines } = materials::choose(view, recipe, pick, tools)?;
    let Some(short) = lines.iter().find(|line| line.have < line.need) else {
        return Ok(taken);
    };
    let missing = || {
        Refusal::new(MATERIALS_MISSING)
            .with("what", short.label.as_str())
            .with("need", short.need)
            .with("have", short.have)
    };
    let spared = materials::spared_only(view, recipe, short, (pick, tools));
    Err(spared.unwrap_or_else(missing))
}
