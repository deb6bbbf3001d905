//! Checks of enchantments, sets and abilities that need the whole content.

use std::collections::BTreeSet;

use wayfarer_core::{
    content::{Content, Def, Ref, Report, did_you_mean},
    id::DefId,
};

use wayfarer_stats::effects::{EffectDef, Lasts};

use super::{
    EnchantRulesDef, EnchantmentDef, EquipRulesDef, GearDef, GearSetDef, IdentificationRulesDef,
    ItemAbilityDef,
};

/// Content check: enchantments belong to grades and schools, stats exist, nothing is unreachable.
pub(crate) fn check_magic(content: &Content, report: &mut Report) {
    check_enchantments(content, report);
    check_worn_effects(content, report);
    for set in content.table::<GearSetDef>() {
        for tier in &set.tiers {
            for modifier in &tier.modifiers {
                modifier.check(content, report);
            }
        }
        for item in &set.items {
            if content.table::<GearDef>().get(item.id()).is_none() {
                let message = format!("`{item}` can not be worn, so it never counts");
                report.error(item, "not-wearable", message, None);
            }
        }
    }
    for ability in content.table::<ItemAbilityDef>() {
        ability.check(content, report);
    }
    for rules in content.table::<EnchantRulesDef>() {
        rules.skill.check_stats(content, report);
    }
    for rules in content.table::<IdentificationRulesDef>() {
        if let Some(study) = &rules.study {
            study.skill.check_stats(content, report);
        }
    }
    for rules in content.table::<EquipRulesDef>() {
        for amount in [&rules.level, &rules.attunements].into_iter().flatten() {
            amount.check_stats(content, report);
        }
    }
    let steps = IdentificationRulesDef::in_force(content).map_or(0, |rules| rules.steps.len());
    for gear in content.table::<GearDef>() {
        let hides = gear.hidden.as_ref().map_or(0, |hidden| hidden.steps);
        if usize::from(hides) > steps {
            let message = format!("this hides {hides} steps, and there are {steps}");
            let help = "the kind `identification_rules` says which there are".to_owned();
            report.error(gear, "bad-steps", message, Some(help));
        }
    }
}

fn check_enchantments(content: &Content, report: &mut Report) {
    let all = content.table::<EnchantmentDef>();
    let rules = EnchantRulesDef::in_force(content);
    for enchantment in all {
        for modifier in &enchantment.modifiers {
            modifier.check(content, report);
        }
        let Some(rules) = rules else {
            let message = "there are no `enchant_rules`, so nobody can use this".to_owned();
            report.error(enchantment, "no-rules", message, None);
            continue;
        };
        for (word, list, what) in [
            (&enchantment.grade, &rules.grades, "grade"),
            (&enchantment.school, &rules.schools, "school"),
        ] {
            let names = list.iter().map(|named| named.id.as_str());
            if !names.clone().any(|name| word == name) {
                let near = did_you_mean(word, names);
                let help = near.map(|near| format!("did you mean `{near}`?"));
                report.error(
                    word,
                    "unknown-reference",
                    format!("there is no {what} `{word}`"),
                    help,
                );
            }
        }
        if needs_itself(content, enchantment) {
            let message = "nobody can ever lay this: it requires itself by way of others";
            report.error(enchantment, "cycle", message, None);
        }
    }
}

/// What comes with wearing something has to last as long as it is worn.
fn check_worn_effects(content: &Content, report: &mut Report) {
    let gear = content.table::<GearDef>().iter();
    let enchantments = content.table::<EnchantmentDef>().iter();
    let sets = content.table::<GearSetDef>().iter();
    let tiers = sets.flat_map(|set| &set.tiers);
    let all = gear
        .flat_map(|gear| &gear.effects)
        .chain(enchantments.flat_map(|enchantment| &enchantment.effects))
        .chain(tiers.flat_map(|tier| &tier.effects));
    for effect in all {
        let def = content.table::<EffectDef>().get(effect.id());
        if def.is_some_and(|def| def.lasts == Lasts::Instant) {
            let message = format!("`{effect}` is over at once, and this lasts while it is worn");
            let help = "give the effect `lasts: Forever`".to_owned();
            report.error(effect, "instant-effect", message, Some(help));
        }
    }
}

/// Whether what an enchantment requires leads back to it.
fn needs_itself(content: &Content, enchantment: &Def<EnchantmentDef>) -> bool {
    let mut seen = BTreeSet::new();
    let mut left: Vec<DefId> = enchantment.requires.iter().map(Ref::id).collect();
    while let Some(next) = left.pop() {
        if next == enchantment.id() {
            return true;
        }
        if seen.insert(next)
            && let Some(def) = content.table::<EnchantmentDef>().get(next)
        {
            left.extend(def.requires.iter().map(Ref::id));
        }
    }
    false
}
