//! How well made, and how rare, new things are.

use bevy::prelude::*;
use wayfarer_core::{
    content::{Content, Def},
    dice::DiceStream,
    formula::Roller,
};
use wayfarer_inventory::{
    Item,
    making::{ItemMakerAppExt, Making, Source},
    value::ItemValueAppExt,
};

use crate::{
    content::{GearDef, QualityDef, RarityDef},
    ext::{Quality, Rarity, quality_of, rarity_of},
    value::appraise_gear,
};

pub(crate) fn plugin(app: &mut App) {
    app.register_item_maker("equipment.1 quality", make_quality)
        .register_item_maker("equipment.2 rarity", make_rarity)
        .register_item_valuer("equipment.1 quality", appraise_gear);
}

/// Parts of the whole that the dice decide between.
const WHOLE: u32 = 1_000_000;

/// Gives new gear a quality: what is crafted by the score of the work, what is found by the level.
/// Gear whose definition says how well it is made is always so.
fn make_quality(making: &Making<'_>, dice: &mut DiceStream, item: &mut Item) {
    let Some(gear) = making.content.table::<GearDef>().get(item.def) else {
        return;
    };
    if gear.quality.is_some() {
        return;
    }
    let tier = match (making.source, making.score) {
        (_, Some(score)) => by_score(making.content, score),
        (Source::Loot | Source::Shop, None) => by_level(making.content, making.level, dice),
        _ => None,
    };
    let usual = quality_of(making.content, item).map(Def::id);
    if let Some(tier) = tier
        && Some(tier.id()) != usual
    {
        *item = item.clone().with_ext(&Quality(tier.id()));
    }
}

/// Gives found gear a rarity, by the level. Gear whose definition says how rare it is is always so.
fn make_rarity(making: &Making<'_>, dice: &mut DiceStream, item: &mut Item) {
    let Some(gear) = making.content.table::<GearDef>().get(item.def) else {
        return;
    };
    if gear.rarity.is_some() || !matches!(making.source, Source::Loot | Source::Shop) {
        return;
    }
    let chances = RarityDef::chances(making.content, making.level);
    let usual = rarity_of(making.content, item).map(Def::id);
    if let Some(rarity) = pick(&chances, dice)
        && Some(rarity.id()) != usual
    {
        *item = item.clone().with_ext(&Rarity(rarity.id()));
    }
}

/// The best tier that a score reaches.
pub fn by_score(content: &Content, score: f32) -> Option<&Def<QualityDef>> {
    let mut tiers = QualityDef::in_order(content).into_iter().rev();
    tiers.find(|tier| tier.from_score.is_some_and(|from| score >= from))
}

fn by_level<'a>(
    content: &'a Content,
    level: f32,
    dice: &mut DiceStream,
) -> Option<&'a Def<QualityDef>> {
    pick(&QualityDef::chances(content, level), dice)
}

/// One of several by their chances, which together are 1.
fn pick<'a, T>(chances: &[(&'a Def<T>, f64)], dice: &mut DiceStream) -> Option<&'a Def<T>>
where
    T: wayfarer_core::content::Definition,
{
    let (&(last, _), _) = chances.split_last()?;
    let at = f64::from(dice.die(WHOLE) - 1) / f64::from(WHOLE);
    let mut sum = 0.0;
    for &(def, chance) in chances {
        sum += chance;
        if at < sum {
            return Some(def);
        }
    }
    Some(last)
}
