//! The recipes that somebody has learned.

use std::collections::BTreeSet;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    content::{Content, Def},
    id::DefId,
    refusal::{Code, Refusal},
    txn::Txn,
};

use crate::{content::RecipeDef, refusals::ALREADY_KNOWN};

/// The recipes that somebody has learned. Saved; sent to the owner.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
pub struct Recipes {
    /// Entries of kind `recipes`.
    pub known: BTreeSet<DefId>,
}

/// Whether somebody may use a recipe: it needs no learning, or they have learned it.
pub fn knows(world: &World, entity: Entity, recipe: &Def<RecipeDef>) -> bool {
    let known = world.get::<Recipes>(entity);
    !recipe.learned || known.is_some_and(|recipes| recipes.known.contains(&recipe.id()))
}

/// The recipes that somebody may use, by name.
pub fn known_recipes<'c>(
    world: &World,
    content: &'c Content,
    entity: Entity,
) -> Vec<&'c Def<RecipeDef>> {
    let all = content.table::<RecipeDef>().iter();
    all.filter(|recipe| knows(world, entity, recipe)).collect()
}

/// Teaches somebody a recipe.
///
/// # Errors
/// `template_unavailable` when there is no such recipe, `already_known`.
pub fn learn(txn: &mut Txn<'_>, entity: Entity, recipe: DefId) -> Result<(), Refusal> {
    let content = txn.content();
    let def = content.table::<RecipeDef>().get(recipe);
    let def = def.ok_or_else(|| Refusal::new(Code::TEMPLATE_UNAVAILABLE).with("what", recipe))?;
    if knows(txn.world(), entity, def) {
        return Err(Refusal::new(ALREADY_KNOWN).with("recipe", def.title(&content)));
    }
    txn.ensure::<Recipes>(entity)?;
    let mut recipes = txn.need::<Recipes>(entity, "recipes")?.clone();
    recipes.known.insert(recipe);
    txn.set(entity, recipes)
}
