//! The making itself: pays, uses up, throws the dice, makes.

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::{
    content::Content,
    dice::DiceStream,
    id::Uid,
    ledger::MovementKind,
    refusal::{Code, Refusal},
    txn::Txn,
};
use wayfarer_formula::Roller;

use super::{
    plan::{CraftOrder, CraftPlan, find_materials, plan_craft},
    preview::SCORE_DIE,
};
use crate::{
    actions::remove,
    content::{Byproduct, RecipeDef},
    currency::pay_whatever_fits,
    facts::{CraftEnded, ToolUsed},
    making::{MakeSpec, Source, check_room_for, make_or_overflow},
    refusals::{CRAFT_DONE, CRAFT_FAILED},
    rules::{Chance, Forecast},
    view::View,
    work::tell_outcome,
};

/// Makes one, or fails to: either way all of it happens. Refused when it can not even be tried, or
/// when there would be no room for an ordinary one; then nothing was used up and no die has fallen.
///
/// Once dice have fallen it is never refused, or whoever keeps their bags full could throw until
/// they like what comes: what has no room after all goes into the overflow.
pub(super) fn craft_once(
    txn: &mut Txn<'_>,
    maker: Entity,
    order: &CraftOrder,
) -> Result<(), Refusal> {
    let content = txn.content();
    let view = View::of_txn(txn, &content, maker)?;
    let mut plan = plan_craft(&view, order)?;
    let recipe = content.table::<RecipeDef>().get(order.recipe);
    let recipe = recipe.ok_or_else(|| Refusal::new(Code::TEMPLATE_UNAVAILABLE))?;

    pay_whatever_fits(txn, maker, plan.cost, None)?;
    pay_whatever_fits(txn, maker, plan.fee, plan.keeper)?;
    if plan.cost > 0 || plan.fee > 0 {
        // Coins may be a material as well, and those that have paid are gone.
        let view = View::of_txn(txn, &content, maker)?;
        let mut pick = order.pick.clone();
        pick.retain(|&uid| view.item(uid).is_ok());
        plan.taken = find_materials(&view, recipe, &pick, &plan.tools)?;
    }
    let spec = MakeSpec::new(recipe.output.item.id(), recipe.output.count, Source::Craft);
    check_room(txn, &content, maker, &plan, &spec)?;

    let mut dice = txn.dice("craft");
    let done = plan.chance.roll(&mut dice);
    let score = recipe.score.as_ref().filter(|_| done).map(|score| {
        let roll = dice.die(SCORE_DIE) as f32;
        let values = [plan.skill, recipe.difficulty, plan.efficiency, roll];
        score.eval(&values).clamp(0.0, 100.0)
    });
    let byproducts = if done {
        &recipe.byproducts
    } else {
        &recipe.on_fail.byproducts
    };
    let beside = fall_off(byproducts, plan.skill, &mut dice);
    txn.keep_rolls(&dice);

    use_up(txn, maker, recipe, &plan, done)?;
    let mut item = None;
    if done {
        let spec = MakeSpec {
            score,
            level: recipe.level.eval(&[plan.skill]).max(0.0),
            ..spec
        };
        item = make_or_overflow(txn, maker, &spec)?.last().copied();
    }
    for spec in beside {
        if let Err(why) = txn.attempt(|txn| make_or_overflow(txn, maker, &spec)) {
            // More of it than there can be at once, as dice may ask for.
            tracing::warn!("something that should be left over can not be made: {why}");
        }
    }
    for &tool in &plan.tools {
        txn.emit(ToolUsed {
            entity: maker,
            item: tool,
            recipe: order.recipe,
        });
    }
    txn.emit(CraftEnded {
        entity: maker,
        recipe: order.recipe,
        item,
        score,
    });
    tell_outcome(txn, maker, outcome(&content, recipe, done, score))
}

/// Refuses when there would be no room for an ordinary one although the materials are gone.
fn check_room(
    txn: &Txn<'_>,
    content: &Content,
    maker: Entity,
    plan: &CraftPlan,
    spec: &MakeSpec,
) -> Result<(), Refusal> {
    let view = View::of_txn(txn, content, maker)?;
    // One stack may serve for several materials, and leaves its place only as a whole.
    let mut taken: BTreeMap<Uid, u32> = BTreeMap::new();
    for &(uid, count, _) in &plan.taken {
        *taken.entry(uid).or_default() += count;
    }
    let mut would = Forecast::of(view.inventory);
    for (uid, count) in taken {
        would.take_item(view.item(uid)?, count);
    }
    check_room_for(&view, &mut would, spec)
}

fn outcome(content: &Content, recipe: &RecipeDef, done: bool, score: Option<f32>) -> Refusal {
    let code = if done { CRAFT_DONE } else { CRAFT_FAILED };
    let mut note = Refusal::new(code).with("recipe", recipe.title(content));
    if let Some(score) = score {
        note = note.with("score", score);
    }
    note
}

/// What comes off beside the work itself.
fn fall_off(list: &[Byproduct], skill: f32, dice: &mut DiceStream) -> Vec<MakeSpec> {
    let mut specs = Vec::new();
    for byproduct in list {
        if !Chance::of(byproduct.chance).roll(dice) {
            continue;
        }
        let count = byproduct.count.roll(&[skill], dice);
        if count > 0 {
            specs.push(MakeSpec::new(byproduct.item.id(), count, Source::Craft));
        }
    }
    specs
}

/// Takes the materials: all of them for a success, a share of each for a failure.
fn use_up(
    txn: &mut Txn<'_>,
    maker: Entity,
    recipe: &RecipeDef,
    plan: &CraftPlan,
    done: bool,
) -> Result<(), Refusal> {
    let mut lost: Vec<u32> = recipe
        .inputs
        .iter()
        .map(|input| match done {
            true => input.count,
            false => recipe.on_fail.lost_of(input.count),
        })
        .collect();
    for &(uid, count, input) in &plan.taken {
        let Some(left) = lost.get_mut(input) else {
            continue;
        };
        let count = count.min(*left);
        *left -= count;
        if count > 0 {
            remove(txn, maker, MovementKind::Consumed, uid, count)?;
        }
    }
    Ok(())
}
