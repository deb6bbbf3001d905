//! What found things carry: the maker of this crate for enchantments.

use wayfarer_core::formula::Roller;
use wayfarer_core::{content::Def, dice::DiceStream};
use wayfarer_inventory::{
    Item,
    making::{Making, Source},
};

use super::{quality_place, rarity_place};
use crate::{
    content::{EnchantRulesDef, EnchantmentDef, GearDef, QualityDef},
    ext::{AppliedEnchant, Enchants, enchant_slots, rarity_of},
    rules::{
        applying::{PowerRange, success_parts},
        outcome::WHOLE,
    },
};

/// Lays enchantments on things that are found or that a merchant brings, as rarity and level say.
pub(crate) fn maker(making: &Making<'_>, dice: &mut DiceStream, item: &mut Item) {
    let content = making.content;
    if !matches!(making.source, Source::Loot | Source::Shop)
        || making.count != 1
        || content.table::<GearDef>().get(item.def).is_none()
    {
        return;
    }
    let Some(found) = EnchantRulesDef::in_force(content).and_then(|rules| rules.found.as_ref())
    else {
        return;
    };
    let most = rarity_of(content, item).map_or(0, |rarity| usize::from(rarity.max_effects));
    let places = most.min(enchant_slots(content, item));
    let (rarity, quality) = (rarity_place(content, item), quality_place(content, item));
    let parts = success_parts(found.chance.eval(&[making.level, rarity]), 0.0, 1.0);
    let least = found.least_power.eval(&[making.level, rarity, quality]);
    let greatest = found.most_power.eval(&[making.level, rarity, quality]);
    let mut all = Enchants::of(item, 0);
    for _ in 0..places {
        if parts == 0 || dice.die(WHOLE) > parts {
            continue;
        }
        let Some(def) = choose(making, &all, quality, dice) else {
            return;
        };
        let spread = ((greatest - least) / 2.0).clamp(0.0, 50.0);
        let range = PowerRange {
            middle: least + spread,
            spread: spread as u8,
            least: 1,
            most: 100,
        };
        let power = range.power(dice.die(range.sides()));
        // It was laid before anybody counts: time of found things begins at the first tick.
        let mut enchant = AppliedEnchant::new(def, power, None, 0, 0.0);
        enchant.until = None;
        all.0.push(enchant);
        *item = item.clone().with_ext(&all);
    }
}

/// One of the enchantments that the thing takes, by weight.
fn choose<'c>(
    making: &Making<'c>,
    there: &Enchants,
    quality: f32,
    dice: &mut DiceStream,
) -> Option<&'c Def<EnchantmentDef>> {
    let content = making.content;
    let table = content.table::<EnchantmentDef>();
    let tiers = QualityDef::in_order(content);
    let fits = |def: &Def<EnchantmentDef>| {
        let tags = def.items.is_empty() || def.items.iter().any(|tag| making.def.has_tag(tag));
        let least = def.min_quality.as_ref().map_or(0, |least| {
            tiers
                .iter()
                .position(|tier| tier.id() == least.id())
                .unwrap_or(0)
        });
        let alone = there.0.iter().all(|other| {
            let says = table.get(other.def);
            let against = |a: &EnchantmentDef, b| a.excludes.iter().any(|no| no.id() == b);
            !against(def, other.def) && !says.is_some_and(|says| against(says, def.id()))
        });
        tags && alone
            && quality >= least as f32
            && there.count(def.id()) < usize::from(def.max_per_item)
    };
    // Weights in thousandths: whole numbers for a die.
    let weighed: Vec<(&Def<EnchantmentDef>, u32)> = table
        .iter()
        .filter(|def| fits(def))
        .map(|def| (def, (def.found.clamp(0.0, 1000.0) * 1000.0) as u32))
        .filter(|(_, weight)| *weight > 0)
        .collect();
    let sum = weighed
        .iter()
        .fold(0u32, |sum, (_, weight)| sum.saturating_add(*weight));
    if sum == 0 {
        return None;
    }
    let mut left = dice.die(sum);
    weighed.into_iter().find_map(|(def, weight)| {
        let hit = left <= weight;
        left = left.saturating_sub(weight);
        hit.then_some(def)
    })
}
