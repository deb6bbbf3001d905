use bevy::prelude::*;
use wayfarer_core::{
    character::Character,
    content::{ActiveContent, Content, Def},
    id::{DefId, Identity, Uid},
    text::Texts,
};
use wayfarer_inventory::{
    Inventory,
    content::{ItemDef, RecipeDef},
    craft::{CraftOrder, Crafting, known_recipes, plan_craft, preview_craft},
    currency::Money,
    naming::tag_words,
    station::find_station,
    view::View,
    work::{Job, Work},
};

use super::{effects::refused, rebuild::now, sheet::name_of};
use crate::model::crafting::{CraftingModel, JobRow, RecipeDetails, RecipeRow};

/// The recipes that an entity knows, with the details of `chosen`. `visited` is the place that is
/// used where there are several.
pub fn crafting_model(
    world: &World,
    entity: Entity,
    chosen: Option<DefId>,
    visited: Option<Uid>,
) -> CraftingModel {
    let mut model = CraftingModel {
        now: now(world),
        ..CraftingModel::default()
    };
    let Some(content) = world.get_resource::<ActiveContent>() else {
        return model;
    };
    let content = &*content.0;
    let Ok(view) = View::of(world, content, entity) else {
        return model;
    };
    model.here = true;
    let places = places(world, visited);
    for recipe in known_recipes(world, content, entity) {
        let order = order(world, content, entity, recipe, &places);
        let row = RecipeRow {
            recipe: recipe.id(),
            name: recipe.title(content),
            possible: plan_craft(&view, &order).is_ok(),
        };
        if chosen == Some(recipe.id()) {
            model.details = details(&view, recipe, &order, &row);
        }
        model.recipes.push(row);
    }
    model
        .recipes
        .sort_by(|a, b| (&a.name, a.recipe).cmp(&(&b.name, b.recipe)));
    if let Some(work) = world.get::<Work>(entity) {
        model.job = work.job.as_ref().map(|job| job_row(world, content, job));
        let note = work.last.as_ref().and_then(|last| last.note.as_ref());
        model.last = note.map(|note| refused(world, note));
    }
    model
}

/// Whatever could be a place to work at, the visited one first.
fn places(world: &World, visited: Option<Uid>) -> Vec<Uid> {
    let mut all: Vec<Uid> = Vec::new();
    if let Some(mut query) = world.try_query_filtered::<&Identity, With<Character>>() {
        all.extend(query.iter(world).map(|identity| identity.0));
    }
    all.sort_unstable_by_key(|&uid| (Some(uid) != visited, uid));
    all
}

fn order(
    world: &World,
    content: &Content,
    entity: Entity,
    recipe: &Def<RecipeDef>,
    places: &[Uid],
) -> CraftOrder {
    let near = |wanted: &str| {
        let near = |&&place: &&Uid| find_station(world, content, entity, place, wanted).is_ok();
        places.iter().find(near).copied()
    };
    CraftOrder {
        recipe: recipe.id(),
        station: recipe.station.as_deref().and_then(near),
        pick: Vec::new(),
    }
}

fn details(
    view: &View<'_>,
    recipe: &Def<RecipeDef>,
    order: &CraftOrder,
    row: &RecipeRow,
) -> Option<RecipeDetails> {
    let seen = preview_craft(view, order).ok()?;
    let made = view
        .content
        .table::<ItemDef>()
        .get(recipe.output.item.id())?;
    let price = seen.cost.saturating_add(seen.fee);
    let station = recipe.station.as_ref().map(|wanted| {
        let place = order
            .station
            .and_then(|uid| find_station(view.world, view.content, view.entity, uid, wanted).ok());
        (
            tag_words(wanted),
            place.map(|place| name_of(view.world, place.entity)),
        )
    });
    Some(RecipeDetails {
        row: row.clone(),
        makes: made.name.clone(),
        description: made.description.clone(),
        count: recipe.output.count,
        materials: seen
            .materials
            .into_iter()
            .map(|line| (line.label, line.have, line.need))
            .collect(),
        tools: seen
            .tools
            .into_iter()
            .map(|(tag, tool)| (tag_words(&tag), tool.is_some()))
            .collect(),
        station,
        at: order.station,
        skill: recipe
            .skill
            .as_ref()
            .map(|skill| (skill.shown().to_owned(), seen.skill)),
        chance: seen.chance.exact(),
        score: seen.score.map(|score| (score.min, score.mean, score.max)),
        seconds: seen.seconds,
        price: match (price, Money::of(view.content)) {
            (0, _) => String::new(),
            (price, Some(money)) => money.show(price),
            (price, None) => price.to_string(),
        },
        why_not: seen.refusal.map(|refusal| refused(view.world, &refusal)),
    })
}

fn job_row(world: &World, content: &Content, job: &Job) -> JobRow {
    let moment = now(world);
    let crafting = job.decode::<Crafting>();
    let recipe = crafting.as_ref().and_then(|crafting| {
        let recipe = content.table::<RecipeDef>().get(crafting.order.recipe)?;
        Some(recipe.title(content))
    });
    let what = recipe.unwrap_or_else(|| {
        let texts = world.get_resource::<Texts>();
        let kinds = world.get_resource::<wayfarer_inventory::work::WorkRegistry>();
        let kind = kinds.and_then(|kinds| kinds.get(job.kind));
        match (texts, kind) {
            (Some(texts), Some(kind)) => texts.get(&format!("work.{}", kind.name)).to_owned(),
            _ => String::new(),
        }
    });
    JobRow {
        what,
        share: job.share(moment.tick),
        left: job.until.saturating_sub(moment.tick) as f64 / moment.hz,
        more: crafting.map_or(0, |crafting| crafting.left.saturating_sub(1)),
    }
}

/// Whether an entity has anything to make things of.
pub(crate) fn can_craft(world: &World, entity: Entity) -> bool {
    world.get::<Inventory>(entity).is_some()
}
