//! The step `equipment.identify` of effects: a spell, a potion or a place that finds things out.

use bevy::prelude::*;
use wayfarer_core::{
    content::Content, feature::Features, id::Uid, refusal::Refusal, text::TextAppExt, txn::Txn,
};
use wayfarer_inventory::Inventory;
use wayfarer_stats::effects::{EffectStepAppExt, StepCall};

use crate::{
    FEATURE,
    ext::{hidden_steps, known_steps},
    identifying::identify,
    refusals::NOTHING_UNKNOWN,
};

/// The name of the step.
const STEP: &str = "equipment.identify";

/// Everything that an inventory holds and that is not fully known, worn things first, by uid.
fn unknown(content: &Content, inventory: &Inventory) -> Vec<Uid> {
    let open =
        |item: &&wayfarer_inventory::Item| known_steps(content, item) < hidden_steps(content, item);
    let mut found: Vec<(bool, Uid)> = inventory
        .iter()
        .filter(open)
        .map(|item| (item.place.slot().is_none(), item.uid))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, uid)| uid).collect()
}

/// Finds out so many steps, rounded down, about each thing that the target carries or wears and
/// does not fully know. With less than one step nothing comes of it.
fn step(txn: &mut Txn<'_>, call: &StepCall) -> Result<(), Refusal> {
    Features::check(txn.world(), FEATURE)?;
    let content = txn.content();
    let inventory = txn.get::<Inventory>(call.target);
    let unknown = inventory.map(|inventory| unknown(&content, inventory));
    let unknown = unknown.filter(|unknown| !unknown.is_empty());
    // Whatever the dice said: nobody is to lose a scroll over nothing.
    let unknown = unknown.ok_or(NOTHING_UNKNOWN)?;
    // The cast saturates, and maps what is below 0 to 0.
    let steps = call.amount.floor() as u8;
    if steps == 0 {
        return Ok(());
    }
    for item in unknown {
        identify(txn, call.target, item, steps)?;
    }
    Ok(())
}

pub(crate) fn plugin(app: &mut App) {
    app.register_effect_step(STEP, step).register_texts(&[(
        "step.equipment.identify",
        "Finds out {amount} step(s), on average, about everything that is carried and not fully known.",
    )]);
}
