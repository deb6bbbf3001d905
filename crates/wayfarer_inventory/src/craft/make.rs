//! The making itself: pays, uses up, throws the dice, makes.

use bevy::prelude::*;
use wayfarer_core::{
    content::Content,
    dice::DiceStream,
    ledger::MovementKind,
    refusal::{Code, Refusal},
    txn::Txn,
};
use wayfarer_formula::Roller;

use super::{
    plan::{CraftOrder, CraftPlan, plan_craft},
    preview::SCORE_DIE,
};
use crate::{
    actions::remove,
    content::{Byproduct, RecipeDef},
    currency::pay_whatever_fits,
    facts::{CraftEnded, ToolUsed},
    making::{MakeSpec, Source, make},
    refusals::{CRAFT_DONE, CRAFT_FAILED},
    rules::Chance,
    view::View,
    work::tell_outcome,
};

/// Makes one, or fails to: either way all of it happens. Refused when it can not even be tried, or
/// when there is no room for what was made; then nothing was used up.
pub(super) fn craft_once(
    txn: &mut Txn<'_>,
    maker: Entity,
    order: &CraftOrder,
) -> Result<(), Refusal> {
    let content = txn.content();
    let view = View::of_txn(txn, &content, maker)?;
    let plan = plan_craft(&view, order)?;
    let recipe = content.table::<RecipeDef>().get(order.recipe);
    let recipe = recipe.ok_or_else(|| Refusal::new(Code::TEMPLATE_UNAVAILABLE))?;

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

    pay_whatever_fits(txn, maker, plan.cost, None)?;
    pay_whatever_fits(txn, maker, plan.fee, plan.keeper)?;
    use_up(txn, maker, recipe, &plan, done)?;
    let mut item = None;
    if done {
        let spec = MakeSpec {
            score,
            level: recipe.level.eval(&[plan.skill]).max(0.0),
            ..MakeSpec::new(recipe.output.item.id(), recipe.output.count, Source::Craft)
        };
        item = make(txn, maker, &spec, None)?.last().copied();
    }
    for spec in beside {
        if done {
            make(txn, maker, &spec, None)?;
        } else if let Err(why) = txn.attempt(|txn| make(txn, maker, &spec, None)) {
            // Or a full bag would take every failure back.
            tracing::debug!("what is left of a failure has no room: {why}");
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
