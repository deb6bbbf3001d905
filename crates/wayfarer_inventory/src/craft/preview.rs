//! What panels show before anybody commits to anything.

use wayfarer_core::{id::Uid, refusal::Refusal};

use super::{
    materials::{self, MaterialLine},
    plan::{CraftOrder, Site, place_of, plan_craft, recipe_of, skill_of},
};
use crate::{content::RecipeDef, rules::Chance, view::View};

/// How well something could turn out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScoreOdds {
    /// The least, 0 to 100.
    pub min: f32,
    /// On average.
    pub mean: f32,
    /// The most.
    pub max: f32,
}

/// All that can be known of a piece of work beforehand.
#[derive(Clone, Debug, PartialEq)]
pub struct CraftPreview {
    /// Each material: needed and there.
    pub materials: Vec<MaterialLine>,
    /// Each tool: its tag, and the one that would be used.
    pub tools: Vec<(String, Option<Uid>)>,
    /// The skill that decides.
    pub skill: f32,
    /// The chance of success, exactly.
    pub chance: Chance,
    /// How well it could turn out; nothing where that does not matter.
    pub score: Option<ScoreOdds>,
    /// How long one takes, in seconds.
    pub seconds: f32,
    /// Coins that are used up.
    pub cost: u64,
    /// Coins for the keeper of the place.
    pub fee: u64,
    /// Why it can not be made now, if it can not.
    pub refusal: Option<Refusal>,
}

/// What making one would take, whether it can be made or not. The same on the host and on clients.
///
/// # Errors
/// `template_unavailable` and `recipe_unknown`: then there is nothing to show.
pub fn preview_craft(view: &View<'_>, order: &CraftOrder) -> Result<CraftPreview, Refusal> {
    let (world, content, maker) = (view.world, view.content, view.entity);
    let (recipe, output) = recipe_of(world, content, maker, order.recipe)?;
    let station = place_of(world, content, maker, recipe, output, order.station);
    let station = station.ok().flatten();
    let skill = skill_of(world, maker, recipe, station);
    let site = Site {
        recipe,
        output,
        station,
        skill,
    };
    let tools = recipe.tools.iter().map(|tag| {
        let tool = materials::find_tool(view, tag, &order.pick);
        (tag.to_string(), tool.ok())
    });
    let tools: Vec<(String, Option<Uid>)> = tools.collect();
    let used: Vec<Uid> = tools.iter().filter_map(|(_, tool)| *tool).collect();
    // Picks that do not fit are the refusal's business.
    let materials = materials::choose(view, recipe, &order.pick, &used)
        .or_else(|_| materials::choose(view, recipe, &[], &used))?;
    Ok(CraftPreview {
        materials: materials.lines,
        tools,
        skill,
        chance: site.chance(),
        score: spread(recipe, skill, site.efficiency()),
        seconds: site.seconds(),
        cost: recipe.cost,
        fee: site.fee(),
        refusal: plan_craft(view, order).err(),
    })
}

/// How well it turns out for each face of the hundred-sided die, each equally likely; nothing
/// where that does not matter.
pub fn score_odds(recipe: &RecipeDef, skill: f32, efficiency: f32) -> Option<Vec<f32>> {
    let score = recipe.score.as_ref()?;
    let faces = (1..=SCORE_DIE).map(|roll| {
        let values = [skill, recipe.difficulty, efficiency, roll as f32];
        score.eval(&values).clamp(0.0, 100.0)
    });
    Some(faces.collect())
}

/// The die that decides how well something turns out.
pub(super) const SCORE_DIE: u32 = 100;

fn spread(recipe: &RecipeDef, skill: f32, efficiency: f32) -> Option<ScoreOdds> {
    let faces = score_odds(recipe, skill, efficiency)?;
    let first = *faces.first()?;
    let sum: f32 = faces.iter().sum();
    Some(ScoreOdds {
        min: faces.iter().copied().fold(first, f32::min),
        mean: sum / faces.len() as f32,
        max: faces.iter().copied().fold(first, f32::max),
    })
}
